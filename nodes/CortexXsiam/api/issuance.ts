import { sleep } from 'n8n-workflow';
import { Failure } from '../../shared/failure';
import type { ApiKeyRecord } from './schemas';

/** The body of generate, in the order of the vendor's page (fact sheet 4.2). */
export interface KeyRequest {
	/** Display names. */
	roles: string[];
	security_level: 'standard' | 'advanced';
	/** Epoch milliseconds. */
	expiration?: number;
	comment?: string;
}

export interface IssuedKey {
	id: string;
	key: string;
	/** The vendor's own answer. */
	body: Record<string, unknown>;
	/** Ids of keys that a lost answer had left behind, and that were deleted. */
	removed: string[];
}

/** What issuing needs of the API. */
export interface KeyCalls {
	readonly ownKeyId: string;
	generateKey(request: KeyRequest): Promise<Omit<IssuedKey, 'removed'>>;
	listKeys(): Promise<{ keys: ApiKeyRecord[]; clockAhead: number | undefined }>;
	deleteKeys(ids: string[]): Promise<number>;
}

interface LostCall {
	request: KeyRequest;
	/** Local epoch milliseconds. */
	sentAt: number;
	lostAt: number;
	failure: Failure;
}

/** How far a key's creation time may lie outside the call that made it, if the clocks are compared. */
const CLOCK_MARGIN_MS = 5_000;

/** The same where the server does not tell its time; an advanced key allows no more. */
const UNKNOWN_CLOCK_MARGIN_MS = 300_000;

/** A server that was still at work when the connection broke gets this long to finish. */
const SETTLING_MS = 1_000;

/**
 * Issues keys so that none is left that nobody knows of (design, section 5).
 *
 * The API has no idempotency token. A request whose answer is lost is looked up in the list of keys:
 * by creator, creation time, roles, level, comment and expiration. While that goes on no other request
 * of the run may be under way, since the key it makes would look like the lost one.
 */
export class Issuance {
	private readonly accounted = new Set<string>();

	private readonly lost = new Set<LostCall>();

	private readonly underWay = new Set<Promise<unknown>>();

	private lookUps: Promise<unknown> = Promise.resolve();

	constructor(private readonly calls: KeyCalls) {}

	async issue(request: KeyRequest): Promise<IssuedKey> {
		const first = await this.whenNobodyLooksUp(() => this.attempt(request));
		if ('key' in first) return { ...first, removed: [] };
		return await this.alone(async () => await this.resolve(first));
	}

	/** One request; a lost one is noted before anybody can start to look up. */
	private async attempt(request: KeyRequest): Promise<Omit<IssuedKey, 'removed'> | LostCall> {
		const sentAt = Date.now();
		return await this.calls.generateKey(request).then(
			(issued) => {
				this.accounted.add(issued.id);
				return issued;
			},
			(failure: Failure) => {
				if (failure.kind !== 'lost') throw failure;
				const call = { request, sentAt, lostAt: Date.now(), failure };
				this.lost.add(call);
				return call;
			},
		);
	}

	private async resolve(first: LostCall): Promise<IssuedKey> {
		const removed = await this.removeOrphan(first);
		const second = await this.attempt(first.request);
		if ('key' in second) return { ...second, removed };
		const again = await this.removeOrphan(second);
		const ids = [...removed, ...again];
		throw second.failure
			.with({ kind: 'refused' })
			.plus(
				`The answer was lost twice. ${ids.length > 0 ? `The ${ids.length === 1 ? 'key that was' : 'keys that were'} made without anybody knowing the secret (id ${ids.join(', ')}) ${ids.length === 1 ? 'was' : 'were'} deleted; ` : ''}no key of this call is left.`,
			);
	}

	/**
	 * Finds the key that a lost call made, and deletes it: its secret is known to nobody.
	 *
	 * @returns the ids of what was deleted, none if the call made no key
	 * @throws Failure naming the candidates, when it cannot be told which key it is
	 */
	private async removeOrphan(call: LostCall): Promise<string[]> {
		await sleep(SETTLING_MS);
		const { keys, clockAhead } = await this.calls.listKeys().catch((failure: Failure) => {
			throw this.unresolved(
				call,
				`The list of keys could not be read to find out: ${failure.message}. Look in the console for a key that was ${this.describe(call)}, and delete it.`,
			);
		});
		const candidates = keys.filter((key) => this.canBeOf(call, key, clockAhead));
		const rivals = [...this.lost].filter((other) =>
			sameRequest(other.request, call.request),
		).length;
		if (candidates.length === 0) return this.nothingFound(call);
		if (candidates.length > rivals) {
			throw this.unresolved(
				call,
				`It may be one of the keys ${candidates.map(({ id }) => id).join(', ')}: all were ${this.describe(call)}, and others may use the same credential. Check them in the console and delete the one that nobody uses.`,
			);
		}
		// As many candidates as lost calls that look alike: they are theirs, whichever is whose.
		const { id } = candidates[0] as ApiKeyRecord;
		const deleted = await this.calls.deleteKeys([id]).catch(() => 0);
		if (deleted < 1) {
			throw this.unresolved(
				call,
				`It is the key ${id}, whose secret nobody knows, and it could not be deleted: delete it in the console.`,
			);
		}
		this.lost.delete(call);
		return [id];
	}

	private nothingFound(call: LostCall): string[] {
		// Whoever gave up waiting cannot know whether the server still works on it.
		if (/^(ETIMEDOUT|ECONNABORTED|ERR_CANCELED|504)$/.test(call.failure.code ?? '')) {
			throw this.unresolved(
				call,
				`No such key exists yet, but the server may still be at work. Look in the console for a key that was ${this.describe(call)}, and delete it if there is one.`,
			);
		}
		this.lost.delete(call);
		return [];
	}

	private canBeOf(call: LostCall, key: ApiKeyRecord, clockAhead: number | undefined): boolean {
		const { request, sentAt, lostAt } = call;
		const margin = clockAhead === undefined ? UNKNOWN_CLOCK_MARGIN_MS : CLOCK_MARGIN_MS;
		const created = (key.creation_time ?? Number.NaN) - (clockAhead ?? 0);
		return (
			!this.accounted.has(key.id) &&
			key.id !== this.calls.ownKeyId &&
			created >= sentAt - margin &&
			created <= lostAt + margin &&
			this.isOwnWork(key) &&
			key.security_level === request.security_level &&
			(key.comment ?? '') === (request.comment ?? '') &&
			sameMembers(key.roles, request.roles) &&
			(request.expiration === undefined || key.expiration === request.expiration)
		);
	}

	/** The creator of keys made by API is shown as `Public API - <id of the calling key>` (4.1). */
	private isOwnWork({ user_name: name }: ApiKeyRecord): boolean {
		const creator = /^Public API - (\d+)$/.exec(name?.trim() ?? '')?.[1];
		return creator === this.calls.ownKeyId;
	}

	private describe({ request, sentAt, lostAt }: LostCall): string {
		const span = [sentAt, lostAt].map((time) => new Date(time).toISOString()).join(' and ');
		return `created by 'Public API - ${this.calls.ownKeyId}' between ${span} with the roles ${request.roles.join(', ')} and ${request.comment === undefined ? 'no comment' : `the comment '${request.comment}'`}`;
	}

	private unresolved(call: LostCall, sentences: string): Failure {
		return call.failure
			.with({ kind: 'refused' })
			.plus(`An API key may exist whose secret nobody knows. ${sentences}`);
	}

	private async whenNobodyLooksUp<T>(task: () => Promise<T>): Promise<T> {
		let seen: Promise<unknown> | undefined;
		while (seen !== this.lookUps) {
			seen = this.lookUps;
			await seen;
		}
		const running = task();
		const settled = running.then(
			() => undefined,
			() => undefined,
		);
		this.underWay.add(settled);
		void settled.then(() => this.underWay.delete(settled));
		return await running;
	}

	/** Runs one task at a time, after everything that is under way has ended. */
	private async alone<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.lookUps.then(async () => {
			await Promise.all(this.underWay);
			return await task();
		});
		this.lookUps = turn.then(
			() => undefined,
			() => undefined,
		);
		return await turn;
	}
}

function sameMembers(a: string[], b: string[]): boolean {
	return a.length === b.length && a.every((entry) => b.includes(entry));
}

function sameRequest(a: KeyRequest, b: KeyRequest): boolean {
	return (
		a.security_level === b.security_level &&
		a.comment === b.comment &&
		a.expiration === b.expiration &&
		sameMembers(a.roles, b.roles)
	);
}
