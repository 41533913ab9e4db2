import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { z } from 'zod';
import { parseJson, unexpectedAnswer } from '../../shared/answer';
import type { Failure } from '../../shared/failure';
import { ifLost } from '../../shared/lost';
import type { Change } from '../../shared/lost';
import { asObject } from '../../shared/read';
import type { Reply, Request, Transport } from '../../shared/transport';
import { formEncode, percentEncode } from '../../shared/url';
import { Decryption, ENCRYPTED_HINT, demandReadable } from './decryption';
import { confirms, readReply } from './envelope';
import { isRefusedWith } from './refusals';
import { refererHeader } from './signing';
import { senhaseguraBaseUrl } from './url';
import type { ApiPrefix } from './url';

/** Query parameters in this order; a list becomes one parameter for each entry, and undefined none. */
export type Query = Record<string, string | string[] | undefined>;

/** One call, as an operation says it. */
export interface SenhaseguraCall<Schema extends z.ZodTypeAny> {
	/** Below the API prefix, variable parts percent-encoded: `pam/credential/custody/94`. */
	path: string;
	query?: Query;
	/** What an answer must have to be one. */
	answer: Schema;
	/** What the answer has, for the message where it has not. */
	what: string;
	/**
	 * Where the answer can hold secrets, which the vault may have encrypted: dot paths, `*` for every
	 * entry of a list or an object. They come out in clear where the credential has the key.
	 */
	secrets?: string[];
	/** Where the vendor documents a family of calls below one prefix only. */
	prefix?: ApiPrefix;
	/** Where else the call may be, for a vault that does not know its address: as a sentence. */
	since?: string;
	/** Whether the vendor also answers it without the usual envelope. */
	bare?: boolean;
}

export interface SenhaseguraChange<Schema extends z.ZodTypeAny>
	extends SenhaseguraCall<Schema>, Change {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Whether it changes nothing at all, not even who has custody. */
	isRead?: boolean;
	/** Sent as JSON. */
	body?: object;
	/** Sent form-encoded, instead of `body`. */
	form?: Parameters<typeof formEncode>[0];
	/**
	 * Whether making the change twice does no more than making it once. Only such a change is sent
	 * again when nobody knows what became of it.
	 */
	repeatable: boolean;
	/** Whether an answer that cannot be read is not asked for once more. */
	once?: boolean;
	/** Looks at a success: what it throws is a failure of the change. */
	check?(answer: SenhaseguraAnswer<z.output<Schema>>): void;
}

/** A call whose answer is not in the vendor's usual envelope. */
export interface PlainCall {
	method: Request['method'];
	path: string;
	prefix?: ApiPrefix;
	/** The body as it goes over the wire, and what it is. */
	content?: { type: string; text: string };
	repeatable: boolean;
}

export interface SenhaseguraAnswer<Value> {
	value: Value;
	/** The vendor's own answer, its secrets in clear where the credential has the key. */
	body: IDataObject;
	/** The vendor's text, in English where there is English. */
	message: string;
	/** Whether an earlier attempt may have done the work already. */
	repeated: boolean;
	/** What the user should know although it went well. */
	hints: string[];
}

/** A change to a state that a thing may be in already: disabled, enabled, out of custody. */
export interface SenhaseguraTransition {
	method: 'PUT' | 'DELETE';
	path: string;
	/** The vendor's numbers for "it is so already" (docs/api/senhasegura.md, "Errors by number"). */
	alreadyCodes: number[];
	/** Whether "it is so already" is a success. */
	succeedIfAlready: boolean;
}

export interface Transition {
	/** False where it was so already; null where a lost answer keeps that from being known. */
	changed: boolean | null;
	/** The vendor's own answer. */
	body: IDataObject;
}

/** The calls of the A2A APIs: how they are sent, and what an answer to one is. */
export class SenhaseguraCalls {
	protected readonly decryption: Decryption;

	private readonly headers: Record<string, string>;

	constructor(
		protected readonly transport: Transport,
		protected readonly credentials: ICredentialDataDecryptedObject,
	) {
		// An address that cannot be used is found before the first item.
		senhaseguraBaseUrl(credentials);
		this.headers = refererHeader(credentials);
		this.decryption = new Decryption(credentials);
	}

	/** Says, in whole sentences, what the user should know of a list that was read. */
	tell(what: string): void {
		this.transport.tell(what);
	}

	/**
	 * A call that changes nothing.
	 *
	 * @throws Failure
	 */
	async read<Schema extends z.ZodTypeAny>(
		call: SenhaseguraCall<Schema>,
	): Promise<SenhaseguraAnswer<z.output<Schema>>> {
		const asRead = { method: 'GET', repeatable: true, isRead: true, once: true } as const;
		return await this.answerTo({ ...call, ...asRead });
	}

	/**
	 * A call that changes something.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async change<Schema extends z.ZodTypeAny>(
		change: SenhaseguraChange<Schema>,
	): Promise<SenhaseguraAnswer<z.output<Schema>>> {
		return await this.answerTo(change)
			.then((answer) => {
				change.check?.(answer);
				return answer;
			})
			.catch(ifLost(change));
	}

	/**
	 * A change to a state that a thing may be in already. Sent again where its answer is lost; being
	 * told then that it is so already is a success.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async transition(call: SenhaseguraTransition): Promise<Transition> {
		return await this.settle(call).catch(ifLost({ repeatable: true }));
	}

	/** The same for a caller that itself says what a lost answer means. */
	async settle(call: SenhaseguraTransition): Promise<Transition> {
		const { alreadyCodes, succeedIfAlready, ...rest } = call;
		let already: Transition | undefined;
		const accept = (failure: Failure, reply: Reply, lost: boolean) => {
			if (!isRefusedWith(failure, ...alreadyCodes) || (!lost && !succeedIfAlready)) return;
			already = { changed: lost ? null : false, body: asObject(parseJson(reply.text)) ?? {} };
		};
		const change = { ...rest, repeatable: true, ...confirms };
		return await this.answerTo(change, accept).then(
			({ body }) => ({ changed: true, body }),
			(failure: Failure) => {
				if (already) return already;
				throw failure;
			},
		);
	}

	/**
	 * The answer to a call, for a caller that itself says what a lost one means, as of custody, or to whom it
	 * means nothing, since what is given out is asked for again. One that cannot be read, to a change that is
	 * repeatable, is asked for once more.
	 *
	 * @param onFailure Is told of a failure, of the reply that it was in, and of whether an earlier
	 * attempt may have done the work.
	 * @throws Failure
	 */
	async answerTo<Schema extends z.ZodTypeAny>(
		call: SenhaseguraChange<Schema>,
		onFailure?: (failure: Failure, reply: Reply, lost: boolean) => void,
	): Promise<SenhaseguraAnswer<z.output<Schema>>> {
		let lost = false;
		let unread = false;
		const attempt = async () => {
			unread = false;
			const reply = await this.send(call);
			lost ||= reply.repeated;
			// What gateways say and connections that break have been followed up by the transport.
			unread = reply.status <= 500;
			return await this.readAnswer(call, reply).catch((failure: Failure) => {
				onFailure?.(failure, reply, lost);
				throw failure;
			});
		};
		const read = await attempt()
			.catch(async (first: Failure) => {
				if (call.once || !call.repeatable || first.kind !== 'lost' || !unread) throw first;
				lost = true;
				return await attempt().catch((second: Failure) => {
					// What was not sent says nothing about what was.
					throw second.kind === 'notSent' ? first : second;
				});
			})
			.catch((failure: Failure) => {
				// That a later attempt was refused does not undo the first, where that may have done something.
				const isOpen = lost && !call.isRead && failure.kind === 'refused';
				throw isOpen ? failure.with({ kind: 'lost' }) : failure;
			});
		return { ...read, repeated: lost };
	}

	private async readAnswer<Schema extends z.ZodTypeAny>(
		{ path, answer, what, secrets, ...family }: SenhaseguraChange<Schema>,
		reply: Reply,
	): Promise<Omit<SenhaseguraAnswer<z.output<Schema>>, 'repeated'>> {
		const { body, message } = readReply(reply, { ...family, module: path.split('/')[0] });
		const isEncrypted = secrets !== undefined && this.decryption.open(body, secrets);
		if (secrets) demandReadable(body, secrets);
		const parsed = answer.safeParse(body);
		if (!parsed.success) throw unexpectedAnswer(reply, 'senhasegura', what);
		return {
			value: parsed.data as z.output<Schema>,
			body: body as IDataObject,
			message,
			hints: isEncrypted ? [ENCRYPTED_HINT] : [],
		};
	}

	/**
	 * Puts secrets of an answer into clear, for a call that wants only some of those that came.
	 *
	 * @param paths As `secrets` of a call.
	 * @returns what the user should know
	 * @throws Failure
	 */
	open(body: object, paths: string[]): string[] {
		const isEncrypted = this.decryption.open(body, paths);
		demandReadable(body, paths);
		return isEncrypted ? [ENCRYPTED_HINT] : [];
	}

	private async send<Schema extends z.ZodTypeAny>(call: SenhaseguraChange<Schema>): Promise<Reply> {
		const { method, path, query, prefix, repeatable } = call;
		return await this.exchange({
			method,
			path: path + queryString(query),
			prefix,
			content: contentOf(call),
			repeatable,
		});
	}

	/**
	 * Sends a call and gives the answer as it came, whatever its status.
	 *
	 * @throws Failure of kind `notSent` or `lost`
	 */
	async exchange(call: PlainCall): Promise<Reply> {
		const { method, path, prefix, content, repeatable } = call;
		const base = senhaseguraBaseUrl(
			prefix ? { ...this.credentials, apiPrefix: prefix } : this.credentials,
		);
		return await this.transport.send({
			method,
			url: `${base}/${path}`,
			headers: { ...(content && { 'Content-Type': content.type }), ...this.headers },
			...(content && { body: content.text }),
			repeatable,
		});
	}
}

/** Percent-encoded as OAuth 1.0 signs it; empty, or with its `?`. */
export function queryString(query: Query = {}): string {
	const pairs = Object.entries(query).flatMap(([name, value]) =>
		[value ?? []].flat().map((entry) => `${percentEncode(name)}=${percentEncode(entry)}`),
	);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

const JSON_TYPE = 'application/json';

function contentOf({ body, form }: Pick<SenhaseguraChange<never>, 'body' | 'form'>) {
	if (body) return { type: JSON_TYPE, text: JSON.stringify(body) };
	return form && { type: 'application/x-www-form-urlencoded', text: formEncode(form) };
}
