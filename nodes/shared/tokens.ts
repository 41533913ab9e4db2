import { createHmac, randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Failure } from './failure';
import { asObject } from './read';
import { putNewest } from './newest';
import type { Caller } from './request';

/** Of more tokens than this the oldest are forgotten; they have expired long since. */
const MOST_TOKENS = 10_000;

/** For which credential each OAuth 2.0 token was issued, as this process has seen it. */
export class Tokens {
	/** Names of owners by a hash of the token: a key of a map is kept in clear. */
	private readonly owners = new Map<string, string>();

	private readonly secret = randomBytes(32);

	get size(): number {
		return this.owners.size;
	}

	/** Knows nothing, as a new process does. */
	clear(): void {
		this.owners.clear();
	}

	/** @returns undefined for a token that was issued to another process, or before this one began */
	ownerOf(token: string): string | undefined {
		return this.owners.get(this.hashed(token));
	}

	issued(token: string, owner: string): void {
		putNewest(this.owners, this.hashed(token), owner, MOST_TOKENS);
	}

	private hashed(token: string): string {
		return createHmac('sha256', this.secret).update(token, 'utf8').digest('base64');
	}
}

/** Those of this process. */
export const tokens = new Tokens();

/** Who calls with a token. */
export interface TokenUser {
	/** What n8n keeps the token in. */
	credentialType: string;
	/** Of an evaluated credential: what tells it from others; see `Connection.name`. */
	nameOf(credentials: ICredentialDataDecryptedObject): string;
	/** That of the credential that the calls are made with. */
	name: string;
	/** Whether the credential comes to the same for all items and executions. */
	isConstant(): Promise<boolean>;
	/** Told of each token that is issued. */
	onToken(token: string): void;
	/** What to throw instead of sending anything with the token of another credential. */
	refusal(): Failure;
}

/** Where n8n keeps the token in a credential. */
export const TOKEN_DATA = 'oauthTokenData';

/**
 * A caller by which n8n's OAuth2 engine uses no token but those that were issued for this very credential.
 *
 * The engine keeps one token with the credential as it is stored, whatever its expressions come to, and
 * sends it to wherever they point now. A stored one of unknown origin is taken only where the credential
 * is the same for everybody. One that was issued for something else is not sent: where the credential was
 * edited since, another one is asked for.
 */
export function withOwnToken(caller: Caller, user: TokenUser, known = tokens): Caller {
	const getCredentials = async (type: string, itemIndex?: number) => {
		const credentials = await caller.getCredentials(type, itemIndex);
		if (type !== user.credentialType) return credentials;
		if (user.nameOf(credentials) !== user.name) throw user.refusal();
		const stored = accessTokenOf(credentials);
		const isUsable = stored === undefined || (await mayUse(stored, user, known));
		return watched(isUsable ? credentials : withoutToken(credentials), (token) => {
			known.issued(token, user.name);
			user.onToken(token);
		});
	};
	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
		const token = bearerOf(options);
		// What n8n finds in the store when it renews a token was not asked for here.
		if (token !== undefined && !(await mayUse(token, user, known))) throw user.refusal();
		return await caller.helpers.httpRequest(options);
	};
	const helpers: unknown = Object.create(caller.helpers, { httpRequest: { value: httpRequest } });
	return Object.create(caller, {
		getCredentials: { value: getCredentials },
		helpers: { value: helpers },
	}) as Caller;
}

/** @throws Failure where the token is another one's, and no other would be safe with n8n's engine */
export async function mayUse(token: string, user: TokenUser, known = tokens): Promise<boolean> {
	const owner = known.ownerOf(token);
	if (owner === user.name) return true;
	const isConstant = await user.isConstant();
	if (owner !== undefined && !isConstant) throw user.refusal();
	return owner === undefined && isConstant;
}

/** The token that n8n keeps in a credential. */
export function accessTokenOf(credentials: ICredentialDataDecryptedObject): string | undefined {
	return accessTokenIn(credentials[TOKEN_DATA]);
}

function accessTokenIn(data: unknown): string | undefined {
	const token = asObject(data)?.access_token;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function withoutToken(credentials: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	return Object.fromEntries(Object.entries(credentials).filter(([name]) => name !== TOKEN_DATA));
}

/** The engine puts a token that it was given into the credential that it has read. */
function watched(
	credentials: ICredentialDataDecryptedObject,
	onToken: (token: string) => void,
): ICredentialDataDecryptedObject {
	let data = credentials[TOKEN_DATA];
	return Object.defineProperty(credentials, TOKEN_DATA, {
		get: () => data,
		set: (given: typeof data) => {
			data = given;
			const token = accessTokenIn(given);
			if (token !== undefined) onToken(token);
		},
		enumerable: true,
		configurable: true,
	});
}

function bearerOf({ headers = {} }: IHttpRequestOptions): string | undefined {
	const header = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
	return /^Bearer (.+)$/i.exec(String(header?.[1] ?? ''))?.[1];
}
