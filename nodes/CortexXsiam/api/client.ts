import { parseJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, inputFailure } from '../../shared/failure';
import { asId } from '../../shared/fields';
import type { RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller, Reply } from '../../shared/transport';
import { XsiamCalls } from './calls';
import { Issuance } from './issuance';
import type { ClockAhead, IssuedKey, KeyRequest, NewKey } from './issuance';
import { apiKeyRecord, deletion, generated, roleList, userRoles } from './schemas';
import type { ApiKeyRecord } from './schemas';

const CREDENTIAL_TYPE = 'cortexXsiamApi';

/** A tenant whose list of keys is longer than this has none that ends. */
const MOST_PAGES_OF_KEYS = 500;

/** The Cortex XSIAM public API, for all items of a run. */
export class CortexXsiamApi extends XsiamCalls {
	private readonly issuance = new Issuance(this);

	/** The same API in child tenants, by their ids. */
	private readonly children = new Map<string, CortexXsiamApi>();

	static async connect(caller: Caller, settings: RunSettings): Promise<CortexXsiamApi> {
		const credentials = await caller.getCredentials(CREDENTIAL_TYPE);
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			...settings,
		});
		return new CortexXsiamApi(transport, credentials);
	}

	/** The API in a child tenant, over the same connection and at the same pace (fact sheet 2.4). */
	inTenant(childTenantId: string): CortexXsiamApi {
		const known = this.children.get(childTenantId);
		if (known) return known;
		const child = new CortexXsiamApi(this.transport, this.credentials, childTenantId);
		this.children.set(childTenantId, child);
		return child;
	}

	/**
	 * Issues one key; what became of a request whose answer was lost is looked up first.
	 *
	 * @throws Failure that names every key that may exist and that nobody can use
	 */
	async issueKey(request: KeyRequest): Promise<IssuedKey> {
		return await this.issuance.issue(request);
	}

	/**
	 * `POST /public_api/v1/api_keys/generate`, once (fact sheet 4.2).
	 *
	 * @throws Failure, whatever goes wrong: what is not understood counts as lost
	 */
	async generateKey(request: KeyRequest): Promise<NewKey> {
		try {
			const sent = this.request({ path: 'public_api/v1/api_keys/generate', data: request }, false);
			return this.readNewKey(await this.transport.send(sent));
		} catch (error) {
			throw error instanceof Failure ? error : brokenOff(error);
		}
	}

	/** A key that is there was issued, whatever else the answer says. */
	private readNewKey(reply: Reply): NewKey {
		const json = parseJson(reply.text);
		const parsed = generated.safeParse(json);
		if (parsed.success) {
			return { ...parsed.data.reply, body: json as Record<string, unknown> };
		}
		this.readAnswer(reply);
		throw unexpectedAnswer(reply, 'Cortex XSIAM', 'the new API key');
	}

	/**
	 * `POST /public_api/v1/api_keys/get_api_keys`, all pages (fact sheet 4.1).
	 *
	 * @returns each key once, and how far the server's clock is ahead, where it tells
	 */
	async listKeys(): Promise<{ keys: ApiKeyRecord[]; clockAhead: ClockAhead | undefined }> {
		const keys: ApiKeyRecord[] = [];
		let clockAhead: ClockAhead | undefined;
		const sentAt = Date.now();
		const rows = this.list(
			{
				path: 'public_api/v1/api_keys/get_api_keys',
				filters: [],
				noun: 'API keys',
				most: Infinity,
				mostPages: MOST_PAGES_OF_KEYS,
				idOf: ({ id }) => asId(id),
			},
			({ headers }) => (clockAhead ??= readClock(headers.date, sentAt)),
		);
		for await (const row of rows) {
			const key = apiKeyRecord.safeParse(row).data;
			if (key) keys.push(key);
		}
		return { keys, clockAhead };
	}

	/**
	 * `POST /public_api/v1/api_keys/delete`, by ids only (fact sheet 4.3).
	 *
	 * @returns how many keys were deleted
	 */
	async deleteKeys(ids: string[]): Promise<number> {
		if (ids.length === 0) throw inputFailure('No API key was named for deletion');
		const { value, reply } = await this.change({
			path: 'public_api/v1/api_keys/delete',
			data: { filters: [{ field: 'id', operator: 'in', value: ids.map(Number) }] },
			answer: deletion,
			what: 'the number of deleted keys',
			repeatable: true,
		});
		// A repeated call finds nothing left to delete where only the answer to the first was lost.
		return reply.repeated ? ids.length : value.reply.update_count;
	}

	/**
	 * The display names of the tenant's roles, sorted (fact sheet 5.2). Where the key may not list
	 * roles, those that users hold (5.1).
	 */
	async roleNames(): Promise<string[]> {
		const names = await this.rolesOfTenant().catch(async (failure: unknown) => {
			return await this.rolesOfUsers().catch(() => {
				throw failure;
			});
		});
		return [...new Set(names)].sort((a, b) => a.localeCompare(b));
	}

	private async rolesOfTenant(): Promise<string[]> {
		const { value } = await this.read({
			method: 'GET',
			path: 'platform/iam/v1/role',
			answer: roleList,
			what: 'a list of roles',
		});
		return value;
	}

	private async rolesOfUsers(): Promise<string[]> {
		const { value } = await this.read({
			path: 'public_api/v1/rbac/get_users',
			data: {},
			answer: userRoles,
			what: 'a list of users',
		});
		return value;
	}
}

/** The text of an unknown error may hold the new key. */
function brokenOff(error: unknown): Failure {
	const name = error instanceof Error ? error.name : typeof error;
	return new Failure(`The answer of Cortex XSIAM could not be processed (${name})`, {
		kind: 'lost',
	});
}

/** An answer was written at some time between its request and its arrival. */
function readClock(date: string | undefined, sentAt: number): ClockAhead | undefined {
	const told = date ? Date.parse(date) : Number.NaN;
	// The header has whole seconds.
	return Number.isNaN(told) ? undefined : { least: told - Date.now(), most: told + 999 - sentAt };
}
