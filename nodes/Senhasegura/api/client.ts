import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Claims } from '../../shared/claims';
import { readZone } from '../../shared/dates';
import { inputFailure } from '../../shared/failure';
import type { RateKey } from '../../shared/lanes';
import { Memo } from '../../shared/memo';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { asText } from '../../shared/read';
import { Transport } from '../../shared/transport';
import type { Caller } from '../../shared/transport';
import { serverName } from '../../shared/url';
import { SenhaseguraCalls } from './calls';
import { isTooMany } from './envelope';
import { signSenhaseguraRequest } from './signing';
import { senhaseguraBaseUrl } from './url';

export type { Caller };

/** Which of the node's two credential types is used. */
export type Authentication = 'oAuth2' | 'oAuth1';

export function credentialTypeOf(authentication: Authentication): string {
	return authentication === 'oAuth1' ? 'senhaseguraOAuth1Api' : 'senhaseguraOAuth2Api';
}

/** The A2A API of senhasegura, for all items of a run. */
export class SenhaseguraApi extends SenhaseguraCalls implements ApiSecrets {
	readonly secrets: string[];

	/** Lists that were read in this run, by their path. */
	readonly lists = new Memo<IDataObject[]>();

	/** The IANA zone of the vault's clock, where the credential names it. */
	readonly serverTimeZone: string | undefined;

	/** What the credential says of the addresses of certificates. */
	readonly certificateApi: unknown;

	/** What tells the vault from others: its address, whichever of the two prefixes is used, and the tenant. */
	readonly vault: string;

	/** See `evenIfCancelled`: made once, since reading the credential's keys takes time for each item. */
	private lasting: SenhaseguraApi | undefined;

	/** @param claims The names under which items of this run have stored something. */
	constructor(
		transport: Transport,
		credentials: ICredentialDataDecryptedObject,
		private readonly claims = new Claims(),
	) {
		super(transport, credentials);
		const address = senhaseguraBaseUrl(credentials).replace(/\/\w+$/, '');
		this.vault = serverName(address, asText(credentials.tenant)?.trim());
		this.serverTimeZone = readZone(credentials.serverTimeZone);
		this.certificateApi = credentials.certificateApi;
		const { clientId, clientSecret, consumerSecret, token, tokenSecret, clientKey } = credentials;
		const tokenData = credentials.oauthTokenData as { access_token?: unknown } | undefined;
		this.secrets = [
			clientSecret,
			// As it stands in the token request with the client in the header.
			clientSecret && Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64'),
			consumerSecret,
			token,
			tokenSecret,
			clientKey,
			tokenData?.access_token,
			...this.decryption.secrets,
		]
			.map((secret) => String(secret ?? '').trim())
			.filter((secret) => secret !== '');
	}

	/** API v2 has a limit (docs/api/senhasegura.md, "API v2"); who it is counted for is not documented. */
	static rateKey(credentials: ICredentialDataDecryptedObject): RateKey {
		const { clientId, consumerKey, token } = credentials;
		const key = clientId ?? [consumerKey, token].join(' ');
		return { server: senhaseguraBaseUrl(credentials), key: String(key) };
	}

	static connect(
		caller: Caller,
		authentication: Authentication,
		credentials: ICredentialDataDecryptedObject,
		settings: RunSettings,
	): SenhaseguraApi {
		const oAuth2 = authentication === 'oAuth2';
		const sign = oAuth2 ? undefined : signSenhaseguraRequest;
		const transport = new Transport(caller, {
			credentialType: credentialTypeOf(authentication),
			credentials,
			oAuth2,
			sign,
			isTooMany,
			...settings,
		});
		return new SenhaseguraApi(transport, credentials, settings.claims);
	}

	/**
	 * The same API for what rests on something that was just looked at: nothing is sent after this time, in
	 * milliseconds.
	 */
	within(milliseconds: number): SenhaseguraApi {
		const transport = this.transport.within(milliseconds);
		return new SenhaseguraApi(transport, this.credentials, this.claims);
	}

	/** The same API for setting right what must not stay, which goes on where the execution is cancelled. */
	evenIfCancelled(): SenhaseguraApi {
		this.lasting ??= new SenhaseguraApi(
			this.transport.evenIfCancelled(),
			this.credentials,
			this.claims,
		);
		return this.lasting;
	}

	/**
	 * Keeps names for one item of the run, whatever credentials the others have: of two secrets under one of
	 * them only one would be left, and nobody could tell which. Whether the vault minds the case of a name is
	 * not documented, so that two which differ in it alone count as one.
	 *
	 * @param names Each with what it is, for the message: `'Identifier' web-01`.
	 * @throws Failure where another item has one of them
	 */
	claim(...names: string[]): void {
		const folded = (name: string) => name.normalize('NFKC').toLowerCase();
		const taken = names.find((name) => this.claims.has(this.vault, folded(name)));
		if (taken !== undefined) {
			throw inputFailure(
				`${taken} was used for another item already`,
				'Give each item one of its own: the second would overwrite the first.',
			);
		}
		for (const name of names) this.claims.take(this.vault, folded(name));
	}
}
