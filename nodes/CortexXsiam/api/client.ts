import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseJson, readJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, inputFailure } from '../../shared/failure';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller, Reply, Request } from '../../shared/transport';
import { findError, otherWords, refusal } from './errors';
import { Issuance } from './issuance';
import type { ClockAhead, IssuedKey, KeyRequest, NewKey } from './issuance';
import { apiKeyRecord, deletion, generated, keyList, roleList, userRoles } from './schemas';
import type { ApiKeyRecord } from './schemas';
import { readSigningKey } from './signing';
import { xsiamBaseUrl } from './url';

const CREDENTIAL_TYPE = 'cortexXsiamApi';

/** The most records that one call returns (fact sheet 3.4). */
const PAGE = 100;

/** A tenant whose list is longer than this has none that ends. */
const MOST_PAGES = 500;

const EMPTY_MEANS = "Check the credential's 'URL', and proxies between n8n and the tenant.";

/** The Cortex XSIAM public API, for all items of a run. */
export class CortexXsiamApi implements ApiSecrets {
	readonly secrets: string[];

	/** The id of the key that the credential holds. */
	readonly ownKeyId: string;

	private readonly base: string;

	private readonly issuance = new Issuance(this);

	constructor(
		private readonly transport: Transport,
		credentials: ICredentialDataDecryptedObject,
	) {
		this.base = xsiamBaseUrl(credentials);
		const { id, key } = readSigningKey(credentials);
		this.ownKeyId = id;
		this.secrets = [key];
	}

	static async connect(caller: Caller, settings: RunSettings): Promise<CortexXsiamApi> {
		const credentials = await caller.getCredentials(CREDENTIAL_TYPE);
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			...settings,
		});
		return new CortexXsiamApi(transport, credentials);
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
			const sent = this.toPost('api_keys/generate', request, false);
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
		const keys = new Map<string, ApiKeyRecord>();
		let clockAhead: ClockAhead | undefined;
		for (let from = 0, pages = 0, isLast = false; !isLast; pages++) {
			if (pages === MOST_PAGES) throw endless();
			const before = keys.size;
			const sentAt = Date.now();
			const request = { filters: [], search_from: from, search_to: from + PAGE };
			const { reply, json } = await this.post('api_keys/get_api_keys', request, true);
			const parsed = keyList.safeParse(json);
			if (!parsed.success) throw unexpectedAnswer(reply, 'Cortex XSIAM', 'a list of API keys');
			clockAhead ??= readClock(reply.headers.date, sentAt);
			const { records, count } = parsed.data;
			for (const record of records) {
				const key = apiKeyRecord.safeParse(record).data;
				if (key) keys.set(key.id, key);
			}
			from += records.length;
			// A server that ignores paging gives the same records again.
			isLast = keys.size === before || (records.length < PAGE && from >= count);
		}
		return { keys: [...keys.values()], clockAhead };
	}

	/**
	 * `POST /public_api/v1/api_keys/delete`, by ids only (fact sheet 4.3).
	 *
	 * @returns how many keys were deleted
	 */
	async deleteKeys(ids: string[]): Promise<number> {
		if (ids.length === 0) throw inputFailure('No API key was named for deletion');
		const filters = [{ field: 'id', operator: 'in', value: ids.map(Number) }];
		const { reply, json } = await this.post('api_keys/delete', { filters }, true);
		const parsed = deletion.safeParse(json);
		if (!parsed.success)
			throw unexpectedAnswer(reply, 'Cortex XSIAM', 'the number of deleted keys');
		// A repeated call finds nothing left to delete where only the answer to the first was lost.
		return reply.repeated ? ids.length : parsed.data.reply.update_count;
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
		const { reply, json } = await this.call({
			method: 'GET',
			url: `${this.base}/platform/iam/v1/role`,
			repeatable: true,
		});
		const parsed = roleList.safeParse(json);
		if (!parsed.success) throw unexpectedAnswer(reply, 'Cortex XSIAM', 'a list of roles');
		return parsed.data;
	}

	private async rolesOfUsers(): Promise<string[]> {
		const { reply, json } = await this.post('rbac/get_users', {}, true);
		const parsed = userRoles.safeParse(json);
		if (!parsed.success) throw unexpectedAnswer(reply, 'Cortex XSIAM', 'a list of users');
		return parsed.data;
	}

	private async post(path: string, requestData: object, repeatable: boolean) {
		return await this.call(this.toPost(path, requestData, repeatable));
	}

	private toPost(path: string, requestData: object, repeatable: boolean): Request {
		return {
			method: 'POST',
			url: `${this.base}/public_api/v1/${path}`,
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ request_data: requestData }),
			repeatable,
		};
	}

	private async call(request: Request): Promise<{ reply: Reply; json: unknown }> {
		const reply = await this.transport.send(request);
		return { reply, json: this.readAnswer(reply) };
	}

	private readAnswer(reply: Reply): unknown {
		const json = readUnlessRefused(reply);
		const error = findError(json, this.secrets);
		if (reply.status >= 400 || error) {
			throw refusal(reply, error ?? otherWords(reply.text, this.secrets));
		}
		return json;
	}
}

/** The text of an unknown error may hold the new key. */
function brokenOff(error: unknown): Failure {
	const name = error instanceof Error ? error.name : typeof error;
	return new Failure(`The answer of Cortex XSIAM could not be processed (${name})`, {
		kind: 'lost',
	});
}

function endless(): Failure {
	return new Failure(`The list of API keys did not end after ${MOST_PAGES} pages`, {
		kind: 'lost',
		description: EMPTY_MEANS,
	});
}

/** An answer was written at some time between its request and its arrival. */
function readClock(date: string | undefined, sentAt: number): ClockAhead | undefined {
	const told = date ? Date.parse(date) : Number.NaN;
	// The header has whole seconds.
	return Number.isNaN(told) ? undefined : { least: told - Date.now(), most: told + 999 - sentAt };
}

/** The JSON of an answer; an error without JSON still has a status that means something. */
function readUnlessRefused(reply: Reply): unknown {
	const refused = reply.status >= 400 && reply.status < 500;
	return refused ? parseJson(reply.text) : readJson(reply, 'Cortex XSIAM', EMPTY_MEANS);
}
