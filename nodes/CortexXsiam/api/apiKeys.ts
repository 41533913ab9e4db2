import type { IDataObject } from 'n8n-workflow';
import { parseJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, inputFailure } from '../../shared/failure';
import { asId } from '../../shared/read';
import type { Reply } from '../../shared/transport';
import { pathSegment } from '../../shared/url';
import { XsiamAccess } from './access';
import { INVALID_ROLES, NO_SUCH_KEY, isClosed } from './apiKeyErrors';
import { UNRELIABLE_LIST } from './calls';
import type { Filter, XsiamList } from './calls';
import type { Meaning } from './errors';
import type { KeyRequest, NewKey } from './issuance';
import { ServerClock } from './lineages';
import type { KeyList } from './lineages';
import { demandSame } from './sameRecord';
import { apiKeyRecord, done, generated, oneKey, updated } from './schemas';
import type { ApiKeyRecord } from './schemas';

/** A list of more pages than this is taken for one that never ends. */
const MOST_PAGES_OF_KEYS = 500;

/** The calls for API keys. */
export class XsiamKeys extends XsiamAccess {
	/** Whether this tenant lets the key read single keys; known after the first attempt. */
	private hidesSingleKeys = false;

	private firstList?: Promise<KeyList>;

	/**
	 * `POST /public_api/v1/api_keys/generate`, once, and again only after a 429
	 * (docs/api/cortex-xsiam.md, "Generating an API key").
	 *
	 * @param request Asked for at each sending, where it is a function.
	 * @throws Failure, whatever goes wrong: what is not understood counts as lost
	 */
	async generateKey(
		request: KeyRequest | (() => KeyRequest),
		meanings?: Meaning[],
	): Promise<NewKey> {
		const data = typeof request === 'function' ? request : () => request;
		try {
			const sent = {
				...this.request({ path: 'public_api/v1/api_keys/generate', data: {} }, false),
				bodyOfEach: () => JSON.stringify({ request_data: data() }),
			};
			return this.readNewKey(await this.transport.send(sent), meanings);
		} catch (error) {
			throw error instanceof Failure ? error : brokenOff(error);
		}
	}

	/** A key that is there was issued, whatever else the answer says. */
	private readNewKey(reply: Reply, meanings?: Meaning[]): NewKey {
		const json = parseJson(reply.text);
		const parsed = generated.safeParse(json);
		if (parsed.success) {
			return { ...parsed.data.reply, body: json as Record<string, unknown> };
		}
		this.readAnswer(reply, meanings);
		throw unexpectedAnswer(reply, 'Cortex XSIAM', 'the new API key');
	}

	/**
	 * `POST /public_api/v1/api_keys/get_api_keys`, all pages (docs/api/cortex-xsiam.md, "Listing API
	 * keys").
	 *
	 * @param ids Without them, all keys.
	 * @returns each key once, and the server's clock
	 */
	async listKeys(ids?: string[]): Promise<KeyList> {
		return await this.keyList(ids ? { filters: byIds(ids) } : {});
	}

	/**
	 * The same for what must be issued only once: where the tenant counts more keys than it gives, as it may
	 * with expired ones, those that have not expired are asked for as well, and then those that have. What was
	 * issued always expires (docs/api/cortex-xsiam.md, "Generating an API key").
	 *
	 * @returns all keys that were given; `short` where live ones may be missing
	 */
	async listKeysForOnce(): Promise<KeyList> {
		const asked = Date.now();
		const read = async (query: KeyQuery) => {
			const told: Pick<KeyList, 'short'> & { counted?: number } = {};
			const onShort = (short: string, counted: number) =>
				void Object.assign(told, { short, counted });
			return { ...(await this.keyList({ ...query, onShort })), ...told };
		};
		const { counted = 0, ...all } = await read({});
		if (all.short === undefined) return all;
		const value = Math.floor(all.clock.atLeast());
		const since = value - (Date.now() - asked);
		const by = (operator: string) => [{ field: 'expiration', operator, value }];
		const { keys: live, clock, short } = await read({ filters: by('gte'), isStrict: true });
		const list = (...keys: ApiKeyRecord[]) => ({
			keys: [...new Map(keys.map((key) => [key.id, key])).values()],
			clock,
		});
		if (short === undefined) return list(...all.keys, ...live);
		// The count may be that of all keys, whatever was asked for. One that was made after they were counted
		// must not stand in for one that is hidden.
		const expired = await read({ filters: by('lte') }).catch(() => ({ keys: [] }));
		const later = [...live, ...expired.keys];
		const older = later.filter(({ creation_time: made }) => (made ?? Infinity) <= since);
		const isWhole = list(...all.keys, ...older).keys.length >= counted;
		return { ...list(...all.keys, ...later), ...(!isWhole && { short }) };
	}

	private async keyList(query: KeyQuery): Promise<KeyList> {
		const keys: ApiKeyRecord[] = [];
		let clock: ServerClock | undefined;
		const rows = this.keys(query, ({ headers }) => (clock ??= ServerClock.read(headers.date)));
		for await (const row of rows) {
			const key = apiKeyRecord.safeParse(row).data;
			if (key) keys.push(key);
		}
		return { keys, clock: clock ?? ServerClock.read(undefined) };
	}

	/** The keys as they were when the first item of this run asked: what was issued before is there. */
	async keysAtStart(): Promise<KeyList> {
		this.firstList ??= this.listKeysForOnce().then((list) => {
			if (list.short !== undefined) this.transport.tell(list.short);
			return list;
		});
		// A list that could not be read is read anew for the next item.
		this.firstList.catch(() => (this.firstList = undefined));
		return await this.firstList;
	}

	/**
	 * `POST /public_api/v1/api_keys/get_api_keys`, page by page, as the tenant's own records
	 * (docs/api/cortex-xsiam.md, "Listing API keys").
	 *
	 * @throws Failure where the tenant says that it has no key: it has the one that it was asked with
	 */
	async *keys(
		{ filters = [], most = Infinity, ...more }: KeyQuery,
		onReply?: (reply: Reply) => void,
	): AsyncGenerator<IDataObject> {
		let isEmpty = true;
		const rows = this.list(
			{
				path: 'public_api/v1/api_keys/get_api_keys',
				...more,
				filters,
				noun: 'API keys',
				most,
				mostPages: MOST_PAGES_OF_KEYS,
				idOf: ({ id }) => asId(id),
			},
			onReply,
		);
		for await (const row of rows) {
			isEmpty = false;
			yield row;
		}
		if (isEmpty && filters.length === 0 && this.hasOwnKey && most > 0) throw withoutOwnKey();
	}

	/** Whether the tenant that calls work in has the credential's key; a child tenant need not. */
	get hasOwnKey(): boolean {
		return this.tenant === undefined;
	}

	/** Those of the ids that the tenant has. */
	async existingKeys(ids: string[]): Promise<string[]> {
		const found = new Set<string | null>();
		for await (const { id } of this.keys({ filters: byIds(ids) })) found.add(asId(id));
		return ids.filter((id) => found.has(id));
	}

	/**
	 * `GET /platform/iam/v1/api-key/{id}`; from the list where the tenant has no such call, or does not
	 * permit it (docs/api/cortex-xsiam.md, "Reading and changing one API key").
	 *
	 * @returns the tenant's own record
	 */
	async getKey(id: string): Promise<IDataObject> {
		const single = await this.singleKey(id);
		if (single) return single;
		for await (const row of this.keys({ filters: byIds([id]) })) {
			if (asId(row.id) === id) return row;
		}
		throw noSuchKey(id);
	}

	/** Undefined where the tenant does not tell. */
	private async singleKey(id: string): Promise<IDataObject | undefined> {
		if (this.hidesSingleKeys) return undefined;
		const answer = await this.read({
			method: 'GET',
			path: `platform/iam/v1/api-key/${pathSegment(id)}`,
			answer: oneKey,
			what: 'the API key',
			meanings: [NO_SUCH_KEY],
		}).catch((failure: unknown) => {
			if (!isClosed(failure)) throw failure;
			this.hidesSingleKeys = true;
		});
		if (!answer) return undefined;
		const record = answer.body.data as IDataObject;
		demandSame(record.id, id, 'API key');
		return asId(record.id) === null ? { ...record, id } : record;
	}

	/**
	 * `PUT /platform/iam/v1/api-key/{id}`: puts these in the place of what the key has
	 * (docs/api/cortex-xsiam.md, "Reading and changing one API key").
	 *
	 * @param changes Roles by their ids.
	 */
	async updateKey(id: string, changes: KeyChanges): Promise<IDataObject> {
		const { body } = await this.change({
			method: 'PUT',
			path: `platform/iam/v1/api-key/${pathSegment(id)}`,
			data: changes,
			answer: done,
			what: 'a confirmation of the change',
			repeatable: true,
			meanings: [NO_SUCH_KEY, INVALID_ROLES],
		});
		return body;
	}

	/**
	 * `POST /public_api/v1/api_keys/delete`, by ids only (docs/api/cortex-xsiam.md, "Deleting API keys").
	 *
	 * @returns how many keys were deleted
	 */
	async deleteKeys(ids: string[]): Promise<number> {
		if (ids.length === 0) throw inputFailure('No API key was named for deletion');
		const { value, reply } = await this.change({
			path: 'public_api/v1/api_keys/delete',
			data: { filters: byIds(ids) },
			answer: updated,
			what: 'the number of deleted keys',
			repeatable: true,
			mayHave: `API keys may have been deleted (${ids.join(', ')})`,
		});
		const { update_count: count } = value.reply;
		if (!reply.repeated || count >= ids.length) return count;
		// The attempt whose answer was lost is not in this count: what is left tells what both did.
		const left = await this.existingKeys(ids).catch((failure: Failure) => {
			throw new Failure(`It is not known whether the API keys ${ids.join(', ')} were deleted`, {
				kind: 'lost',
				description: `An answer was lost, and the list of keys could not be read to find out: ${failure.message}. Look in the console.`,
			});
		});
		return ids.length - left.length;
	}
}

/** What is asked for of the list of keys. */
export interface KeyQuery extends Pick<XsiamList, 'sort' | 'isStrict' | 'onShort'> {
	filters?: Filter[];
	/** Without it, all. */
	most?: number;
}

export interface KeyChanges {
	roles: string[];
	security_level: string;
	comment: string | null;
}

function byIds(ids: string[]): Filter[] {
	return [{ field: 'id', operator: 'in', value: ids.map(Number) }];
}

export function noSuchKey(id: string): Failure {
	return new Failure(`The tenant has no API key ${id}`, {
		kind: 'refused',
		description: 'It may have been deleted. Choose the key from the list.',
	});
}

/** To take such a list for true would mean that keys are gone, or were never made. */
export function withoutOwnKey(): Failure {
	return new Failure('The list of API keys lacks the key that the request was made with', {
		kind: 'refused',
		description: UNRELIABLE_LIST,
	});
}

/** The text of an unknown error may hold the new key. */
function brokenOff(error: unknown): Failure {
	const name = error instanceof Error ? error.name : typeof error;
	return new Failure(`The answer of Cortex XSIAM could not be processed (${name})`, {
		kind: 'lost',
	});
}
