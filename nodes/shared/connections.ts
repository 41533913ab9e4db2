import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { Claims } from './claims';
import { inputFailure } from './failure';
import type { Failure } from './failure';
import { asObject } from './read';
import type { Lane } from './lane';
import { lanes } from './lanes';
import type { ApiSecrets, CredentialUse, RunSettings, Vendor } from './operation';
import { recipientPrivateKey } from './recipientKey';
import { TOKEN_DATA, accessTokenOf, mayUse, withOwnToken } from './tokens';
import type { TokenUser } from './tokens';
import type { Caller } from './request';

/** What calls with one credential have in common. */
export interface Connection<Api> {
	/** The client, which keeps what it has looked up and which calls were lost. */
	api: Api;
	/** The way of its requests, shared more widely; none where the vendor names no rate key. */
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
	const use = vendor.credential(caller);
	const credentials = await caller.getCredentials(use.type);
	// Without items n8n gives nothing that an expression could depend on.
	const isConstant = async () => await Promise.resolve(true);
	return connect({ caller, vendor, settings, use, credentials, isConstant }).connection;
}

/** A connection, and what n8n's OAuth2 engine calls for; no user where it makes no calls. */
interface Known<Api> {
	connection: Connection<Api>;
	user?: TokenUser;
}

/**
 * The connections of a run. n8n evaluates the expressions in a credential for each item: items whose
 * credential comes out equal share one connection, and others share nothing.
 */
export class Connections<Api> {
	private readonly known = new Map<string, Known<Api>>();

	private readonly nameOf = namer();

	private readonly use: CredentialUse;

	private first?: Promise<string>;

	private alone?: Promise<string | undefined>;

	private readonly settings: RunSettings;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor<Api>,
		settings: RunSettings,
	) {
		this.settings = { ...settings, claims: new Claims() };
		this.use = vendor.credential(context);
	}

	/** @throws Failure, or n8n's own error, where the credential of the item cannot be used */
	async of(index: number): Promise<Connection<Api>> {
		const { context, vendor, settings, use } = this;
		const credentials = await context.getCredentials(use.type, index);
		const name = this.nameOf(credentials);
		await this.demandFirst(name, index);
		let known = this.known.get(name);
		if (!known) {
			const isConstant = async () => (await this.nameAlone()) === name;
			known = connect({ caller: context, vendor, settings, use, credentials, isConstant });
			this.known.set(name, known);
		}
		const token = accessTokenOf(credentials);
		if (known.user && token !== undefined) await mayUse(token, known.user);
		return withToken(known.connection, credentials);
	}

	/**
	 * n8n's OAuth2 engine reads the credential as the first item has it, and keeps one token for it: the
	 * calls of an item with another one would be made in the name of the first.
	 */
	private async demandFirst(name: string, index: number): Promise<void> {
		const { type, instead } = this.use;
		if (instead === undefined) return;
		this.first ??= this.context.getCredentials(type, 0).then(this.nameOf);
		if ((await this.first) === name) return;
		throw inputFailure(
			`The credential of item ${index} is not that of item 0`,
			`${ONE_TOKEN} ${instead}`,
		);
	}

	/**
	 * Of the credential without any item, run or node, as n8n evaluates it for its editor; undefined where it
	 * cannot be. What comes out equal depends on none of them.
	 */
	private async nameAlone(): Promise<string | undefined> {
		const alone = Object.create(this.context, {
			connectionInputData: { value: undefined },
		}) as IExecuteFunctions;
		this.alone ??= alone.getCredentials(this.use.type).then(this.nameOf, () => undefined);
		return await this.alone;
	}
}

const ONE_TOKEN =
	'n8n keeps one OAuth 2.0 token for a credential, even if its expressions give other values for other items.';

interface Parts<Api> {
	caller: Caller;
	vendor: Vendor<Api>;
	settings: RunSettings;
	use: CredentialUse;
	credentials: ICredentialDataDecryptedObject;
	isConstant: TokenUser['isConstant'];
}

function connect<Api>(parts: Parts<Api>): Known<Api> {
	const { caller, vendor, settings, use, credentials, isConstant } = parts;
	const { [recipientPrivateKey.name]: key, ...rest } = credentials;
	const privateKey = typeof key === 'string' ? key.trim() : '';
	const secrets = privateKey === '' ? [] : [privateKey];
	const name = nameOf(credentials);
	const { type: credentialType, instead } = use;
	const user: TokenUser | undefined =
		instead === undefined
			? undefined
			: {
					credentialType,
					nameOf,
					name,
					isConstant,
					onToken: (token) => secrets.push(token),
					refusal: () =>
						inputFailure(
							'The token that n8n keeps with the credential was issued for another address or client than its expressions give now',
							`${ONE_TOKEN} ${instead} Nothing was sent.`,
						),
				};
	// What makes requests never sees it.
	const rateKey = vendor.rateKey?.(rest);
	const lane = rateKey && lanes.of(rateKey);
	const api: Api & ApiSecrets = vendor.connect(user ? withOwnToken(caller, user) : caller, rest, {
		...settings,
		...(lane && { lane }),
	});
	secrets.unshift(...api.secrets);
	const connection = withToken(
		{ api, secrets, name, recipientPrivateKey: privateKey, ...(lane && { lane }) },
		credentials,
	);
	return { connection, ...(user && { user }) };
}

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

/** Names credentials one after the other: most are what the last one was. */
function namer(): typeof nameOf {
	let last = { text: '', name: '' };
	return (credentials) => {
		const text = JSON.stringify(credentials);
		if (text !== last.text) last = { text, name: nameOf(credentials) };
		return last.name;
	};
}

/** The same for equal credentials, whatever token n8n's OAuth2 engine has put into them meanwhile. */
function nameOf(credentials: ICredentialDataDecryptedObject): string {
	const text = JSON.stringify(sorted({ ...credentials, [TOKEN_DATA]: undefined }));
	return createHash('sha256').update(text, 'utf8').digest('base64url');
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	const object = asObject(value);
	if (!object) return value;
	const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
