import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { readZone } from '../../shared/dates';
import type { Failure } from '../../shared/failure';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller } from '../../shared/transport';
import { readReply } from './envelope';
import type { Pam360Reply } from './envelope';
import { inputData } from './inputData';
import type { DetailsKey } from './inputData';
import { REST_API, pam360BaseUrl } from './url';

const CREDENTIAL_TYPE = 'pam360Api';

/** PAM360's REST API, for all items of a run. */
export class Pam360Api implements ApiSecrets {
	/** The server's IANA zone, where the credential names it. */
	readonly serverTimeZone: string | undefined;

	readonly secrets: string[];

	private readonly base: string;

	constructor(
		private readonly transport: Transport,
		credentials: ICredentialDataDecryptedObject,
	) {
		this.base = pam360BaseUrl(credentials) + REST_API;
		this.serverTimeZone = readZone(credentials.serverTimeZone);
		this.secrets = [credentials.authToken, credentials.clientKey].map((secret) =>
			String(secret ?? '').trim(),
		);
	}

	static async connect(caller: Caller, settings: RunSettings): Promise<Pam360Api> {
		const credentials = await caller.getCredentials(CREDENTIAL_TYPE);
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			...settings,
		});
		return new Pam360Api(transport, credentials);
	}

	/**
	 * A POST after which something exists, sent once. PAM360 offers nothing to look up what became of
	 * it, so a lost answer ends the item.
	 *
	 * @param path Below `/restapi/json/v1/`.
	 * @param what What may exist after a lost answer, for the message.
	 * @throws Failure
	 */
	async issue(
		path: string,
		details: IDataObject,
		{ key, what }: { key: DetailsKey; what: string },
	): Promise<Pam360Reply> {
		return await this.transport
			.send({
				method: 'POST',
				url: `${this.base}/${path}`,
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
				body: inputData(details, key),
				repeatable: false,
			})
			.then(readReply)
			.catch((failure: Failure) => {
				throw failure.kind === 'lost' ? mayExist(failure, what) : failure;
			});
	}
}

/** Nothing declared: a run that n8n repeats by itself would issue another one. */
function mayExist(failure: Failure, what: string): Failure {
	return failure
		.with({ declared: undefined })
		.plus(
			`${what} may have been issued all the same: PAM360 has no call to look it up, and the request was not repeated.`,
		);
}
