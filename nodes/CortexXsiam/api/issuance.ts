import { sleep } from 'n8n-workflow';
import { DAY_MS } from '../../shared/dates';
import { Failure, inputFailure } from '../../shared/failure';
import { mayBeAtWork, nothingIssuedYet } from './lost';
import type { Meaning } from './errors';
import { deletedAgain, removeKey } from './removal';
import type { KeyRemoval } from './removal';
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

export interface NewKey {
	id: string;
	key: string;
	/** The vendor's own answer. */
	body: Record<string, unknown>;
}

export interface IssuedKey extends NewKey {
	/** Whether it was asked for a second time, since the first answer was lost. */
	reissued: boolean;
	/** Ids of keys that a lost answer had left behind, and that were deleted. */
	removed: string[];
}

/** A key by which an earlier run, or an earlier attempt of this one, is known. */
export interface Marking {
	/** What the comments of such keys end with; the request's own ends with it, too. */
	marker: string;
	/** What becomes of live keys that have it. */
	ifExists: 'replace' | 'return';
}

export interface IssueOptions {
	/** The id of the key in whose place the new one is to come. */
	instead?: string;
	/** What refusals mean, in terms of the operation's parameters. */
	meanings?: Meaning[];
}

/** What issuing with a marker came to. */
export type Marked =
	| { existing: ApiKeyRecord }
	| { issued: IssuedKey; replaced: string[]; kept?: { ids: string[]; why: string } };

/** What issuing needs of the API. */
export interface KeyCalls extends KeyRemoval {
	/** @param meanings What refusals of this request mean. */
	generateKey(request: KeyRequest, meanings?: Meaning[]): Promise<NewKey>;
	listKeys(): Promise<{ keys: ApiKeyRecord[]; clockAhead: ClockAhead | undefined }>;
	evenIfCancelled(): KeyCalls;
}

/** How far the server's clock is ahead of the local one at least and at most, in milliseconds. */
export interface ClockAhead {
	least: number;
	most: number;
}

interface KeyCall {
	request: KeyRequest;
	/** What the key of this call can be told by for certain. */
	marker?: string;
	meanings?: Meaning[];
}

interface LostCall extends KeyCall {
	/** Local epoch milliseconds. */
	sentAt: number;
	lostAt: number;
	failure: Failure;
}

/**
 * How far a key's creation time may lie outside the call that made it, if the clocks are compared: a
 * server that lost its caller may still finish its work, but none starts before it is asked.
 */
const MARGIN_BEFORE_MS = 1_000;
const MARGIN_AFTER_MS = 5_000;

/** The same where the server does not tell its time; an advanced key allows no more. */
const UNKNOWN_CLOCK_MARGIN_MS = 300_000;

/** A server that was still at work when the connection broke gets this long to finish; seen twice. */
const SETTLING_MS = [1_000, 3_000];

/** A vendor may keep an expiration in whole seconds. */
const EXPIRATION_MARGIN_MS = 1_000;

/** What a key gets that is asked for without an expiration (fact sheet 4.2). */
const DEFAULT_VALIDITY_MS = 7 * DAY_MS;
const DEFAULT_VALIDITY_MARGIN_MS = DAY_MS;

/** Whether a listed key is the one of a lost call; `maybe` where the list says too little. */
type Match = 'yes' | 'maybe' | 'no';

/**
 * Issues keys so that none is left that nobody knows of.
 *
 * The API has no idempotency token. A request whose answer is lost is looked up in the list of keys:
 * by its marker where it has one; else by creator, creation time, roles, level, comment and expiration,
 * and where the list says too little of a key to tell, a person has to. While that goes on no other
 * request of the run may be under way, since the key it makes would look like the lost one.
 */
export class Issuance {
	/** Ids that belong to a call: its item has the key, or its error names it. */
	private readonly accounted = new Set<string>();

	/** Ids among which a person has to choose, since an error named them. */
	private readonly disputed = new Set<string>();

	private readonly lost = new Set<LostCall>();

	private readonly underWay = new Set<Promise<unknown>>();

	private lookUps: Promise<unknown> = Promise.resolve();

	/** Markers of this run: two items that share one would replace each other's keys. */
	private readonly markers = new Set<string>();

	constructor(private readonly calls: KeyCalls) {}

	async issue(request: KeyRequest, { instead, meanings }: IssueOptions = {}): Promise<IssuedKey> {
		// Made a moment ago, it would look like the key of a lost answer.
		if (instead !== undefined) this.accounted.add(instead);
		return await this.issueFor({ request, meanings });
	}

	/**
	 * Issues a key, unless a live one has its marker; that one is given back, or deleted as soon as the
	 * new one is there.
	 *
	 * @throws Failure; where the live one cannot be deleted, the new one has been deleted again
	 */
	async issueOnce(
		request: KeyRequest,
		{ marker, ifExists }: Marking,
		meanings?: Meaning[],
	): Promise<Marked> {
		if (this.markers.has(marker)) {
			throw inputFailure(
				"'Idempotency Key' is the same as that of another item",
				'Each item needs one of its own, or it would replace the key of the other. Use an expression.',
			);
		}
		this.markers.add(marker);
		const { live, expired } = await this.markedKeys(marker);
		const [newest] = live;
		if (newest && ifExists === 'return') return { existing: newest };
		const ids = live.map(({ id }) => id);
		if (ids.includes(this.calls.ownKeyId)) {
			throw inputFailure(
				`The key with this 'Idempotency Key', ${this.calls.ownKeyId}, is the one that the credential uses`,
				"It is never replaced here. Give another 'Idempotency Key', or rotate that key.",
			);
		}
		// Those that have expired, too: they would look like the key of a lost answer.
		for (const { id } of [...live, ...expired]) this.accounted.add(id);
		const issued = await this.issueFor({ request, marker, meanings });
		return { issued, ...(await this.replace(issued.id, ids)) };
	}

	private async issueFor(call: KeyCall): Promise<IssuedKey> {
		const first = await this.whenNobodyLooksUp(() => this.attempt(call));
		if ('key' in first) return { ...first, reissued: false, removed: [] };
		return await this.alone(async () => await this.resolve(first));
	}

	/** The keys of earlier runs; those that have not expired newest first. */
	private async markedKeys(marker: string) {
		const { keys, clockAhead } = await this.calls.listKeys().catch(nothingIssuedYet);
		const now = Date.now() + (clockAhead?.least ?? 0);
		const isLive = ({ expiration }: ApiKeyRecord) => (expiration ?? Infinity) > now;
		const marked = keys
			.filter((key) => hasMarker(key, marker))
			.sort((a, b) => (b.creation_time ?? 0) - (a.creation_time ?? 0));
		return {
			live: marked.filter(isLive),
			expired: marked.filter((key) => !isLive(key)),
		};
	}

	/** Deletes the keys in whose place a new one has come; all or none of it, as far as can be. */
	private async replace(newId: string, ids: string[]) {
		const replaced: string[] = [];
		for (const id of ids) {
			const { fate, failure } = await removeKey(this.calls, id);
			if (fate === 'gone') {
				replaced.push(id);
				continue;
			}
			const why = failure?.message ?? 'the tenant deleted no key';
			// What is deleted already cannot be brought back: then the new key must stay.
			const back = fate === 'there' && replaced.length === 0;
			if (back && (await deletedAgain(this.calls, newId))) {
				throw new Failure(`The earlier API key ${id} could not be revoked`, {
					kind: 'refused',
					code: failure?.code,
					description: `The new key ${newId} was deleted again, so that there is still one. ${why}. ${failure?.description ?? ''}`,
				});
			}
			return { replaced, kept: { ids: ids.slice(replaced.length), why } };
		}
		return { replaced };
	}

	/** One request; a lost one is noted before anybody can start to look up. */
	private async attempt({ request, marker, meanings }: KeyCall): Promise<NewKey | LostCall> {
		const sentAt = Date.now();
		return await this.calls.generateKey(request, meanings).then(
			(issued) => {
				this.accounted.add(issued.id);
				return issued;
			},
			(failure: Failure) => {
				if (failure.kind !== 'lost') throw failure;
				const lostAt = Date.now();
				const call = { request, marker, meanings, sentAt, lostAt, failure };
				this.lost.add(call);
				return call;
			},
		);
	}

	private async resolve(first: LostCall): Promise<IssuedKey> {
		const removed = await this.removeOrphan(first);
		const second = await this.attempt(first);
		if ('key' in second) return { ...second, reissued: true, removed };
		const again = await this.removeOrphan(second);
		const ids = [...removed, ...again];
		const [noun, verb] = ids.length === 1 ? ['key', 'was'] : ['keys', 'were'];
		const deleted = `The ${noun} that ${verb} made without anybody knowing the secret (id ${ids.join(', ')}) ${verb} deleted.`;
		throw second.failure
			.with({ kind: 'refused' })
			.plus(
				`The answer was lost twice. ${ids.length > 0 ? `${deleted} ` : ''}No key of this call is left.`,
			);
	}

	/**
	 * Finds the key that a lost call made, and deletes it: its secret is known to nobody.
	 *
	 * @returns the ids of what was deleted, none if the call made no key
	 * @throws Failure naming the candidates, when it cannot be told which key it is
	 */
	private async removeOrphan(call: LostCall): Promise<string[]> {
		const { candidates, doubtful, clockAhead } = await this.findCandidates(call);
		if (candidates.length === 0 && doubtful.length > 0) {
			throw this.disputedAmong(call, doubtful, this.asToJudge(call, doubtful));
		}
		if (candidates.length === 0) return this.nothingFound(call);
		const isSure =
			call.marker !== undefined ||
			(candidates.length <= this.rivals(call, candidates, clockAhead) && isExact(clockAhead));
		if (!isSure || candidates.some(({ id }) => this.disputed.has(id))) {
			throw this.disputedAmong(call, candidates, this.asToChoose(call, candidates));
		}
		// As many candidates as lost calls that look alike: they are theirs, whichever is whose.
		const orphans = candidates.slice(0, call.marker === undefined ? 1 : undefined);
		const ids = orphans.map(({ id }) => id);
		const deleted = await this.calls
			.evenIfCancelled()
			.deleteKeys(ids)
			.catch(() => 0);
		this.lost.delete(call);
		if (deleted < ids.length) {
			for (const id of ids) this.accounted.add(id);
			throw this.unresolved(
				call,
				`It is the key ${ids.join(', ')}, whose secret nobody knows, and it could not be deleted: delete it in the console.`,
			);
		}
		return ids;
	}

	/** How many lost calls, this one included, could have made the candidates. */
	private rivals(
		call: LostCall,
		candidates: ApiKeyRecord[],
		clockAhead: ClockAhead | undefined,
	): number {
		return [...this.lost].filter(
			(other) =>
				sameRequest(other.request, call.request) &&
				candidates.some((key) => this.match(other, key, clockAhead) === 'yes'),
		).length;
	}

	/** A key that fits another lost call is found, or named, when that one is looked up. */
	private isOfAnyLost(key: ApiKeyRecord, clockAhead: ClockAhead | undefined): boolean {
		return [...this.lost].some((call) => this.match(call, key, clockAhead) === 'yes');
	}

	private async findCandidates(call: LostCall) {
		let candidates: ApiKeyRecord[] = [];
		let doubtful: ApiKeyRecord[] = [];
		let clockAhead: ClockAhead | undefined;
		const calls = this.calls.evenIfCancelled();
		for (const wait of SETTLING_MS) {
			await sleep(wait);
			const list = await calls.listKeys().catch((failure: Failure) => {
				throw this.unresolved(
					call,
					`The list of keys could not be read to find out: ${failure.message}. Look in the console for a key that was ${this.describe(call)}, and delete it.`,
				);
			});
			clockAhead = list.clockAhead;
			const matching = (match: Match) =>
				list.keys.filter((key) => this.match(call, key, list.clockAhead) === match);
			candidates = matching('yes');
			doubtful = matching('maybe').filter((key) => !this.isOfAnyLost(key, list.clockAhead));
			if (candidates.length > 0) break;
		}
		return { candidates, doubtful, clockAhead };
	}

	private nothingFound(call: LostCall): string[] {
		if (mayBeAtWork(call.failure)) {
			throw this.unresolved(
				call,
				`No such key exists yet, but the server may still be at work. Look in the console for a key that was ${this.describe(call)}, and delete it if there is one.`,
			);
		}
		this.lost.delete(call);
		return [];
	}

	private match(call: LostCall, key: ApiKeyRecord, clockAhead: ClockAhead | undefined): Match {
		const { request } = call;
		if (this.accounted.has(key.id) || key.id === this.calls.ownKeyId) return 'no';
		if (call.marker !== undefined && hasMarker(key, call.marker)) {
			return this.matchCreator(key) === 'no' ? 'no' : 'yes';
		}
		return least([
			matchCreation(call, key, clockAhead),
			this.matchCreator(key),
			matchLevel(key, request),
			matchComment(key, request),
			matchRoles(key, request),
			matchExpiration(key, request),
		]);
	}

	/** The creator of keys made by API is shown as `Public API - <id of the calling key>` (4.1). */
	private matchCreator({ user_name: name }: ApiKeyRecord): Match {
		const creator = name?.trim() ?? '';
		const id = /^Public API - (\d+)$/.exec(creator)?.[1];
		if (id !== undefined) return id === this.calls.ownKeyId ? 'yes' : 'no';
		return creator === '' || /^Public API\s*-?$/.test(creator) ? 'maybe' : 'no';
	}

	private describe({ request, sentAt, lostAt }: LostCall): string {
		const span = [sentAt, lostAt].map((time) => new Date(time).toISOString()).join(' and ');
		return `created by 'Public API - ${this.calls.ownKeyId}' between ${span} with the roles ${request.roles.join(', ')} and ${request.comment === undefined ? 'no comment' : `the comment '${request.comment}'`}`;
	}

	private asToChoose(call: LostCall, candidates: ApiKeyRecord[]): string {
		const ids = candidates.map(({ id }) => id).join(', ');
		const [which, advice] =
			candidates.length === 1
				? [`the key ${ids}, which was`, 'Check it in the console and delete it if nobody uses it.']
				: [
						`one of the keys ${ids}, which were`,
						'Check them in the console and delete the one that nobody uses.',
					];
		return `It may be ${which} ${this.describe(call)}; others may use the same credential. ${advice}`;
	}

	private asToJudge(call: LostCall, doubtful: ApiKeyRecord[]): string {
		const ids = doubtful.map(({ id }) => id).join(', ');
		const which = doubtful.length === 1 ? `the key ${ids}` : `one of the keys ${ids}`;
		return `It may be ${which}, of which the list says too little. The lost one was ${this.describe(call)}. Look for it in the console and delete it if it is there and nobody uses it.`;
	}

	private disputedAmong(call: LostCall, keys: ApiKeyRecord[], sentences: string): Failure {
		for (const { id } of keys) this.disputed.add(id);
		return this.unresolved(call, sentences);
	}

	private unresolved(call: LostCall, sentences: string): Failure {
		// Nothing declared: a run that n8n repeats by itself would issue yet another key.
		return call.failure
			.with({ declared: undefined })
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

function hasMarker({ comment }: ApiKeyRecord, marker: string): boolean {
	return comment?.trim().endsWith(marker) ?? false;
}

/** Otherwise a key of an earlier or a later run could be taken for one of this. */
function isExact(clockAhead: ClockAhead | undefined): boolean {
	return clockAhead !== undefined && clockAhead.most - clockAhead.least <= MARGIN_AFTER_MS;
}

function least(matches: Match[]): Match {
	if (matches.includes('no')) return 'no';
	return matches.includes('maybe') ? 'maybe' : 'yes';
}

function matchCreation(
	{ sentAt, lostAt }: LostCall,
	{ creation_time: created }: ApiKeyRecord,
	clockAhead: ClockAhead | undefined,
): Match {
	if (isUnknown(created)) return 'maybe';
	const earliest = clockAhead ? clockAhead.least - MARGIN_BEFORE_MS : -UNKNOWN_CLOCK_MARGIN_MS;
	const latest = clockAhead ? clockAhead.most + MARGIN_AFTER_MS : UNKNOWN_CLOCK_MARGIN_MS;
	return created >= sentAt + earliest && created <= lostAt + latest ? 'yes' : 'no';
}

function matchLevel({ security_level: level }: ApiKeyRecord, request: KeyRequest): Match {
	if (isUnknown(level)) return 'maybe';
	return fold(level) === fold(request.security_level) ? 'yes' : 'no';
}

/** A vendor may cut a comment off. */
function matchComment({ comment }: ApiKeyRecord, request: KeyRequest): Match {
	const asked = fold(request.comment ?? '');
	const listed = fold(comment ?? '');
	if (listed === asked && comment !== undefined) return 'yes';
	return asked.startsWith(listed) ? 'maybe' : 'no';
}

function matchRoles({ roles }: ApiKeyRecord, request: KeyRequest): Match {
	if (isUnknown(roles) || roles.length === 0) return 'maybe';
	return sameMembers(roles, request.roles) ? 'yes' : 'no';
}

function matchExpiration(key: ApiKeyRecord, request: KeyRequest): Match {
	const { expiration } = key;
	if (isUnknown(expiration)) return 'maybe';
	const { expected, margin } = expectedExpiration(key, request);
	if (expected === undefined) return 'maybe';
	return Math.abs(expiration - expected) < margin ? 'yes' : 'no';
}

function expectedExpiration({ creation_time: created }: ApiKeyRecord, request: KeyRequest) {
	if (request.expiration !== undefined) {
		return { expected: request.expiration, margin: EXPIRATION_MARGIN_MS };
	}
	const expected = isUnknown(created) ? undefined : created + DEFAULT_VALIDITY_MS;
	return { expected, margin: DEFAULT_VALIDITY_MARGIN_MS };
}

function isUnknown(value: unknown): value is null | undefined {
	return value === null || value === undefined;
}

function fold(text: string): string {
	return text.trim().toLowerCase();
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
