import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraAnswer } from '../../api/calls';
import type { SenhaseguraApi } from '../../api/client';
import { confirmed, confirms } from '../../api/envelope';
import { demandSame } from '../../api/sameRecord';
import { itemOf } from '../../../shared/item';
import type { Call, Result } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import type { SentOnce } from '../../../shared/sendOnce';
import { switchedResult } from '../../../shared/switching';
import { pathSegment } from '../../../shared/url';
import { item } from './operation';
import {
	entryList,
	idOf,
	namedFields,
	oneEntry,
	rightFields,
	sharedFields,
	sharingHints,
	storedFields,
	withOnly,
} from './safeEntry';
import { identifier, ownKeys } from './safeFields';
import { secretValue } from './secretValue';

/** A kind of entry that MySafe keeps. */
interface SafeKind {
	/** What its paths call it: `secretapi`. */
	path: string;
	/** What its items call it: `safeApiSecret`. */
	type: string;
	/** What messages call one. */
	noun: 'entry' | 'note';
	/** The name of the record in the answer of a reading. */
	entity: string;
	/** Names that the record may have in the answer to a creation or a change; without them, `entity`. */
	stored?: readonly string[];
	/** Names that the list may have. */
	list: readonly string[];
	/** The fields of a record that hold secrets. */
	secrets: readonly string[];
	/** What an entry tells beside the secrets and beside what every kind has. */
	fields(entry: IDataObject): Record<string, unknown>;
	/** The same in a list, where that tells less. */
	listFields?(entry: IDataObject): Record<string, unknown>;
}

/** What MySafe says of an entry that was as it should be, in English or Portuguese. */
const ALREADY = /\balready\b|\bjá\b/iu;

/** The entries of one kind: passwords, notes and API secrets are read and changed by calls alike. */
export class SafeEntries {
	/** Where a reading holds the secrets. */
	readonly secretPaths: string[];

	private readonly stored: readonly string[];

	constructor(private readonly kind: SafeKind) {
		this.secretPaths = kind.secrets.map((name) => `${kind.entity}.${name}`);
		this.stored = kind.stored ?? [kind.entity];
	}

	/**
	 * `GET mysafe/<kind>`.
	 *
	 * @param query What the vault filters by.
	 */
	async list(api: SenhaseguraApi, query: Record<string, string | undefined> = {}) {
		const { fields, listFields = fields, noun, path, type } = this.kind;
		const { value } = await api.read({
			path: `mysafe/${path}`,
			query,
			answer: entryList(...this.kind.list),
			what: noun === 'note' ? 'the notes' : 'the entries',
		});
		return value.map((entry) => ({
			item: itemOf({ ...namedFields(entry, type), ...listFields(entry), ...rightFields(entry) }),
			raw: this.withOnly(entry),
		}));
	}

	/**
	 * `GET mysafe/<kind>/{identifier}`, with one of its secrets.
	 *
	 * @param name Of the secret in the record.
	 * @param what The secret, for messages: `the text of the note`.
	 */
	async get(api: SenhaseguraApi, identifier: string, name: string, what: string): Promise<Result> {
		const { value, body, hints } = await this.read(api, identifier, this.secretPaths);
		const secret = secretValue(value[name], what);
		return {
			item: { ...this.item(value), secret },
			raw: { ...body, [this.kind.entity]: this.withOnly(value, { [name]: secret }) },
			hints,
		};
	}

	/**
	 * The record of an entry.
	 *
	 * @param secrets Those to put into clear.
	 * @throws Failure; also where the answer is about another one
	 */
	async read(
		api: SenhaseguraApi,
		identifier: string,
		secrets?: string[],
	): Promise<SenhaseguraAnswer<IDataObject>> {
		const { entity, noun, path } = this.kind;
		const answer = await api.read({
			path: `mysafe/${path}/${pathSegment(identifier)}`,
			answer: oneEntry(entity),
			secrets,
			what: `the ${noun}`,
		});
		demandSame(idOf(answer.value), identifier, noun);
		return answer;
	}

	/** `POST mysafe/<kind>`, sent once. */
	async create(api: SenhaseguraApi, name: string, body: object, call: Call): Promise<Result> {
		const { noun } = this.kind;
		const Noun = noun === 'note' ? 'The note' : 'The entry';
		const lost = { mayHave: `${Noun} '${name}' may have been made`, find: 'Look for it in MySafe' };
		return this.storedResult(
			await sendOnce(call, lost, async (change) => await this.post(api, body, change)),
		);
	}

	/**
	 * `POST mysafe/<kind>`.
	 *
	 * @param change What a lost answer may mean, and what to do.
	 */
	async post(
		api: SenhaseguraApi,
		body: object,
		change: SentOnce,
	): Promise<SenhaseguraAnswer<IDataObject>> {
		return await api.change({
			method: 'POST',
			path: `mysafe/${this.kind.path}`,
			body,
			...this.storedAnswer(),
			...change,
		});
	}

	/** `PUT mysafe/<kind>/update/{identifier}`: the vault keeps what is not sent. */
	async update(api: SenhaseguraApi, identifier: string, changes: object): Promise<Result> {
		const { noun, path } = this.kind;
		const answer = await api.change({
			method: 'PUT',
			path: `mysafe/${path}/update/${identifier}`,
			body: changes,
			...this.storedAnswer(),
			repeatable: true,
			check: ({ value }) => demandSame(idOf(value), identifier, noun, 'lost'),
		});
		return this.storedResult(answer, { id: identifier });
	}

	/** What an operation takes and does that disables or enables an entry. */
	switching(enabled: boolean) {
		return {
			byPerson: { targets: ['identifier'] },
			params: [ownKeys, identifier] as const,
			run: async (api: SenhaseguraApi, { identifier: id }: { identifier: string }) =>
				await this.switch(api, id, enabled),
		};
	}

	/**
	 * `POST mysafe/<kind>/active|inactive/{identifier}`, which is a success where there was nothing to do,
	 * and says so (docs/api/senhasegura.md, "MySafe passwords").
	 */
	private async switch(api: SenhaseguraApi, id: string, enabled: boolean): Promise<Result> {
		const { body, message, repeated } = await api.change({
			method: 'POST',
			path: `mysafe/${this.kind.path}/${enabled ? 'active' : 'inactive'}/${id}`,
			...confirms,
			repeatable: true,
		});
		const isSaid = message.trim() !== '';
		const already = ALREADY.test(message);
		const changed = !isSaid || (already && repeated) ? null : !already;
		return switchedResult(item(this.kind.type, { id, enabled, changed }), body);
	}

	/**
	 * What came of a creation or a change, without the secrets that the answer repeats.
	 *
	 * @param known What is known of it beside the answer.
	 */
	storedResult(
		{ value, body }: Pick<SenhaseguraAnswer<IDataObject>, 'value' | 'body'>,
		known: IDataObject = {},
	): Result {
		const stored: IDataObject = { ...this.item(value), ...storedFields(value), ...known };
		const name = this.stored.find((told) => body[told] !== undefined) ?? this.kind.entity;
		return {
			item: stored,
			raw: { ...body, [name]: this.withOnly(value) },
			hints: sharingHints(stored),
		};
	}

	/** What is told of an entry without its secrets. */
	private item(entry: IDataObject): IDataObject {
		const { fields, type } = this.kind;
		return itemOf({ ...namedFields(entry, type), ...fields(entry), ...sharedFields(entry) });
	}

	/** The vendor's record, of its secrets only the one that was asked for. */
	private withOnly(entry: IDataObject, secret: Record<string, string> = {}): IDataObject {
		return withOnly(entry, this.kind.secrets, secret);
	}

	private storedAnswer() {
		return { answer: confirmed.pipe(oneEntry(...this.stored)), what: `the ${this.kind.noun}` };
	}
}
