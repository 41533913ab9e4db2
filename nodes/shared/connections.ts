import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { inputFailure } from './failure';
import type { Failure } from './failure';
import { asObject } from './fields';
import type { Lane } from './lane';
import { lanes } from './lanes';
import type { ApiSecrets, CredentialUse, RunSettings, Vendor } from './operation';
import { recipientPrivateKey } from './recipientKey';
import type { Caller } from './transport';

/** What calls with one credential have in common. */
export interface Connection<Api> {
	/** With it what is looked up, and what was lost. */
	api: Api;
	/** The way of its requests, shared more widely; none where the vendor names no account. */
	readonly lane?: Lane;
	/** Values of the credential that must not appear in any text. */
	readonly secrets: string[];
	/** What tells the credential from others; nothing of it can be read from this. */
	readonly name: string;
	/** The private key that opens encrypted secrets; empty where the credential has none. */
	readonly recipientPrivateKey: string;
	/** A credential that was refused once is refused a thousand times, and may get locked. */
	rejected?: Failure;
}

/** The connection of a caller without items: a trigger, or a list in the editor. */
export async function connectionOf<Api>(
	caller: Caller,
	vendor: Vendor<Api>,
	settings: RunSettings,
): Promise<Connection<Api>> {
	const credentials = await caller.getCredentials(vendor.credential(caller).type);
	return connect(caller, vendor, credentials, settings);
}

/**
 * The connections of a run. n8n evaluates the expressions in a credential for each item: items whose
 * credential comes out equal share one connection, and others share nothing.
 */
export class Connections<Api> {
	private readonly known = new Map<string, Connection<Api>>();

	private readonly use: CredentialUse;

	private first?: Promise<string>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor<Api>,
		private readonly settings: RunSettings,
	) {
		this.use = vendor.credential(context);
	}

	/** @throws Failure, or n8n's own error, where the credential of the item cannot be used */
	async of(index: number): Promise<Connection<Api>> {
		const credentials = await this.context.getCredentials(this.use.type, index);
		const name = nameOf(credentials);
		await this.demandFirst(name, index);
		const known = this.known.get(name);
		if (known) return withToken(known, credentials);
		const connection = connect(this.context, this.vendor, credentials, this.settings);
		this.known.set(name, connection);
		return connection;
	}

	/**
	 * n8n's OAuth2 engine reads the credential as the first item has it, and keeps one token for it: the
	 * calls of an item with another one would be made in the name of the first.
	 */
	private async demandFirst(name: string, index: number): Promise<void> {
		const { type, instead } = this.use;
		if (instead === undefined) return;
		this.first ??= this.context.getCredentials(type, 0).then(nameOf);
		if ((await this.first) === name) return;
		throw inputFailure(
			`The credential of item ${index} is not that of item 0`,
			`n8n keeps one OAuth 2.0 token for a credential, whatever its expressions come to. ${instead}`,
		);
	}
}

function connect<Api>(
	caller: Caller,
	vendor: Vendor<Api>,
	credentials: ICredentialDataDecryptedObject,
	settings: RunSettings,
): Connection<Api> {
	const { [recipientPrivateKey.name]: key, ...rest } = credentials;
	const privateKey = typeof key === 'string' ? key.trim() : '';
	// What makes requests never sees it.
	const account = vendor.account?.(rest);
	const lane = account && lanes.of(account);
	const api: Api & ApiSecrets = vendor.connect(caller, rest, {
		...settings,
		...(lane && { lane }),
	});
	const secrets = [...api.secrets, ...(privateKey === '' ? [] : [privateKey])];
	const name = createHash('sha256').update(nameOf(credentials), 'utf8').digest('base64url');
	return withToken(
		{ api, secrets, name, recipientPrivateKey: privateKey, ...(lane && { lane }) },
		credentials,
	);
}

const TOKEN_DATA = 'oauthTokenData';

/** The token that n8n has renewed since is as secret as the first one. */
function withToken<Api>(
	connection: Connection<Api>,
	credentials: ICredentialDataDecryptedObject,
): Connection<Api> {
	const { access_token: access, refresh_token: refresh } = asObject(credentials[TOKEN_DATA]) ?? {};
	for (const token of [access, refresh]) {
		const isNew = typeof token === 'string' && !connection.secrets.includes(token);
		if (isNew && token !== '') connection.secrets.push(token);
	}
	return connection;
}

/** The same text for equal credentials, whatever token n8n's OAuth2 engine has put into them meanwhile. */
function nameOf(credentials: ICredentialDataDecryptedObject): string {
	return JSON.stringify(sorted({ ...credentials, [TOKEN_DATA]: undefined }));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	const object = asObject(value);
	if (!object) return value;
	const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
