import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readZone } from '../../shared/dates';
import { asText } from '../../shared/read';
import type { RateKey } from '../../shared/lanes';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller } from '../../shared/transport';
import { Turns } from '../../shared/turns';
import { serverName } from '../../shared/url';
import { Pam360Calls } from './calls';
import { isTooMany } from './envelope';
import { Pam360Ids } from './ids';
import { Pam360Pki } from './pki';
import { Pam360Scim } from './scim';
import { signPam360Request } from './signing';
import { callerOf, tokenTypeOf } from './token';
import type { TokenType } from './token';
import { pam360BaseUrl } from './url';

export const CREDENTIAL_TYPE = 'pam360Api';

/** Of all executions of this process. */
const turns = new Turns();

/** PAM360's REST API, for all items of a run. */
export class Pam360Api extends Pam360Calls implements ApiSecrets {
	/** The server's IANA zone, where the credential names it. */
	readonly serverTimeZone: string | undefined;

	readonly secrets: string[];

	/** What tells the server from others: its address, and the organization in it. */
	readonly serverName: string;

	/** Whose token the calls are made with. */
	readonly tokenType: TokenType;

	/** IDs by name, each looked up once. */
	readonly ids: Pam360Ids;

	/** SSH keys and certificates, a family of calls of its own. */
	readonly pki: Pam360Pki;

	/** Users as SCIM knows them, another one. */
	readonly scim: Pam360Scim;

	constructor(transport: Transport, credentials: ICredentialDataDecryptedObject) {
		super(transport, pam360BaseUrl(credentials));
		this.pki = new Pam360Pki(transport, this.server);
		this.scim = new Pam360Scim(transport, this.server);
		this.serverName = serverName(this.server, asText(credentials.orgName)?.trim());
		this.serverTimeZone = readZone(credentials.serverTimeZone);
		this.tokenType = tokenTypeOf(credentials);
		const { authToken, appAuthToken, clientKey } = credentials;
		this.secrets = [authToken, appAuthToken, clientKey].map((secret) =>
			String(secret ?? '').trim(),
		);
		this.ids = new Pam360Ids(this);
	}

	/** What a limit would be counted by; none is documented (docs/api/pam360.md, "Lists, limits, TLS"). */
	static rateKey(credentials: ICredentialDataDecryptedObject): RateKey {
		return { server: pam360BaseUrl(credentials), key: callerOf(credentials) };
	}

	static connect(
		caller: Caller,
		credentials: ICredentialDataDecryptedObject,
		settings: RunSettings,
	): Pam360Api {
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			sign: signPam360Request,
			isTooMany,
			...settings,
		});
		return new Pam360Api(transport, credentials);
	}

	/**
	 * Does one thing after the other, for all executions of this process at the same server.
	 *
	 * @param what Tasks of the same name wait for each other: `resource/WEB-LINUX-01`.
	 */
	async inTurn<T>(what: string, task: () => Promise<T>): Promise<T> {
		return await turns.take(JSON.stringify([this.server, what]), task);
	}
}
