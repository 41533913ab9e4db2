import { randomUUID } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { z } from 'zod';
import { unexpectedAnswer } from '../../shared/answer';
import { inputFailure } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller, Reply, Request } from '../../shared/transport';
import { readReply } from './envelope';
import { keyReply } from './schemas';
import type { StoredKey } from './schemas';
import { refererHeader } from './signing';
import { senhaseguraBaseUrl } from './url';

export type { Caller };

/** Which of the node's two credential types is used. */
export type Authentication = 'oAuth2' | 'oAuth1';

/** One call, as an operation says it. */
export interface SenhaseguraCall<Schema extends z.ZodTypeAny> {
	/** Below the API prefix, variable parts percent-encoded: `pam/credential/custody/94`. */
	path: string;
	/** What an answer must have to be one. */
	answer: Schema;
	/** What the answer has, for the message where it has not. */
	what: string;
}

export interface SenhaseguraChange<Schema extends z.ZodTypeAny> extends SenhaseguraCall<Schema> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Sent as JSON. */
	body?: object;
	/**
	 * Whether making the change twice does no more than making it once. Only such a change is sent
	 * again when nobody knows what became of it.
	 */
	repeatable: boolean;
}

export interface Answer<Value> {
	value: Value;
	/** The vendor's own answer. */
	body: IDataObject;
	/** The vendor's text, in English where there is English. */
	message: string;
	/** Whether an earlier attempt may have done the work already. */
	repeated: boolean;
}

/** The body of `POST pam/key`, in the order of the vendor's page (fact sheet 4.1). */
export interface KeyRequest {
	ip: string;
	hostname: string;
	private_key: string;
	public_key: string;
	username?: string;
	identifier?: string;
	enabled?: boolean;
	devices?: Array<{ hostname: string }>;
	tags?: string;
	key_name?: string;
	password?: string;
}

export interface KeyOutcome extends StoredKey {
	identifier: string;
	/** False when an existing key was updated; null when that cannot be told. */
	created: boolean | null;
	body: Record<string, unknown>;
}

/** The A2A API of senhasegura, for all items of a run. */
export class SenhaseguraApi implements ApiSecrets {
	readonly secrets: string[];

	private readonly base: string;

	/** The identifiers that items of this run have used. */
	private readonly claimed = new Set<string>();

	private readonly headers: Record<string, string>;

	constructor(
		private readonly transport: Transport,
		credentials: ICredentialDataDecryptedObject,
	) {
		this.base = senhaseguraBaseUrl(credentials);
		this.headers = refererHeader(credentials);
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
		]
			.map((secret) => String(secret ?? '').trim())
			.filter((secret) => secret !== '');
	}

	static async connect(
		caller: Caller,
		authentication: Authentication,
		settings: RunSettings,
	): Promise<SenhaseguraApi> {
		const credentialType =
			authentication === 'oAuth1' ? 'senhaseguraOAuth1Api' : 'senhaseguraOAuth2Api';
		const credentials = await caller.getCredentials(credentialType);
		const transport = new Transport(caller, {
			credentialType,
			credentials,
			oAuth2: authentication === 'oAuth2',
			...settings,
		});
		return new SenhaseguraApi(transport, credentials);
	}

	/**
	 * A call that changes nothing.
	 *
	 * @throws Failure
	 */
	async read<Schema extends z.ZodTypeAny>(
		call: SenhaseguraCall<Schema>,
	): Promise<Answer<z.output<Schema>>> {
		return await this.answered(call, 'GET', true);
	}

	/**
	 * A call that changes something, custody included.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async change<Schema extends z.ZodTypeAny>({
		method,
		repeatable,
		...call
	}: SenhaseguraChange<Schema>): Promise<Answer<z.output<Schema>>> {
		return await this.answered(call, method, repeatable);
	}

	private async answered<Schema extends z.ZodTypeAny>(
		{ path, body, answer, what }: SenhaseguraCall<Schema> & { body?: object },
		method: Request['method'],
		repeatable: boolean,
	): Promise<Answer<z.output<Schema>>> {
		const reply = await this.send(method, path, body && JSON.stringify(body), repeatable);
		const { body: json, message } = readReply(reply);
		const parsed = answer.safeParse(json);
		if (!parsed.success) throw unexpectedAnswer(reply, 'senhasegura', what);
		return {
			value: parsed.data as z.output<Schema>,
			body: json as IDataObject,
			message,
			repeated: reply.repeated,
		};
	}

	/**
	 * `POST pam/key`: creates a key, or updates the one with the identifier (fact sheet 4).
	 *
	 * An identifier is always sent, so the call can be repeated when its answer is lost: the second one
	 * finds the key of the first.
	 *
	 * @throws Failure that names the identifier under which a key may have been stored
	 */
	async storeKey(request: KeyRequest): Promise<KeyOutcome> {
		const identifier = request.identifier ?? randomUUID();
		this.claim(identifier);
		const body = JSON.stringify({ ...request, identifier });
		let lost = false;
		let unread = false;
		const attempt = async () => {
			const reply = await this.send('POST', 'pam/key', body, true);
			lost ||= reply.repeated;
			// A gateway's answers and cut connections have been followed up by the transport.
			unread = reply.status <= 500;
			const read = readReply(reply);
			return { ...read, key: keyReply(reply, read.body) };
		};
		const { key, ...answer } = await attempt()
			.catch(async (first: Failure) => {
				if (first.kind !== 'lost' || !unread) throw first;
				lost = true;
				return await attempt().catch((second: Failure) => {
					// What was not sent says nothing about what was.
					throw second.kind === 'notSent' ? first : second;
				});
			})
			.catch((failure: Failure) => {
				throw lost || failure.kind === 'lost' ? mayExist(failure, identifier) : failure;
			});
		return {
			...key,
			identifier: key.identifier ?? identifier,
			created: wasCreated(answer.message, lost, request.identifier === undefined),
			body: answer.body,
		};
	}

	/** Of two keys under one identifier only one is left, and nobody can tell which. */
	private claim(identifier: string): void {
		if (this.claimed.has(identifier)) {
			throw inputFailure(
				`'Identifier' ${identifier} was used for another item already`,
				'Give each item an identifier of its own: the same one would overwrite the first key.',
			);
		}
		this.claimed.add(identifier);
	}

	private async send(
		method: Request['method'],
		path: string,
		body: string | undefined,
		repeatable: boolean,
	): Promise<Reply> {
		return await this.transport.send({
			method,
			url: `${this.base}/${path}`,
			headers: {
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...this.headers,
			},
			...(body !== undefined && { body }),
			repeatable,
		});
	}
}

/** Nothing declared: a run that n8n repeats by itself would make another identifier. */
function mayExist(failure: Failure, identifier: string): Failure {
	return failure
		.with({ kind: 'lost', declared: undefined })
		.plus(
			`The SSH key may have been stored all the same, under the identifier '${identifier}'. Running the node again with this identifier updates it instead of storing a second one.`,
		);
}

/**
 * @param repeated The first answer was lost: an update may be of the key that this call created.
 * @param own The identifier was made for this call, so nothing could have it before.
 */
function wasCreated(message: string, repeated: boolean, own: boolean): boolean | null {
	if (/updat|atualiz/i.test(message)) return own ? true : repeated ? null : false;
	if (/regist|cadastr|creat|criad/i.test(message)) return true;
	return own ? true : null;
}
