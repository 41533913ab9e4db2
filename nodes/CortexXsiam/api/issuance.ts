import { sleep } from 'n8n-workflow';
import { Failure } from '../../shared/failure';
import { putNewest } from '../../shared/newest';
import type { Meaning } from './errors';
import { GRACE_MS, bearsCopy } from './lineages';
import type { KeyList } from './lineages';
import { markOf, markInComment, newMark, withMark } from './mark';
import type { KeyMark, MarkFor } from './mark';
import { removeKey } from './removal';
import type { KeyRemoval } from './removal';
import type { ApiKeyRecord } from './schemas';

/**
 * The body of generate, in the order of the vendor's page (docs/api/cortex-xsiam.md, "Generating an API
 * key").
 */
export interface KeyRequest {
	/** Display names. */
	roles: string[];
	security_level: 'standard' | 'advanced';
	/** Epoch milliseconds. */
	expiration?: number;
	/** What a person is to read in it; a mark comes after it. */
	comment?: string;
}

export interface NewKey {
	id: string;
	key: string;
	/** The vendor's own answer. */
	body: Record<string, unknown>;
}

export interface IssuedKey extends NewKey {
	/** What the key is known by; undefined where none was wanted. */
	mark?: KeyMark;
	/** Id of the key that a lost answer had left behind, and that was deleted. */
	removed?: string;
	/** Ids of the keys that earlier tries had left behind, and that were deleted. */
	removedBefore?: string[];
}

/** What the mark of a key says, and when it was made. */
export interface Marking {
	purpose: MarkFor;
	/** The server's. */
	clock: { now(): number };
	/** The call that the key is issued for, over all its tries, where the mark does not tell it. */
	call?: string;
}

/** What issuing needs of the API. */
export interface KeyCalls extends KeyRemoval {
	/** What tells its tenant from others. */
	readonly tenantName: string;
	/**
	 * @param request Asked for at each sending, where it is a function.
	 * @param meanings What refusals of this request mean.
	 */
	generateKey(request: KeyRequest | (() => KeyRequest), meanings?: Meaning[]): Promise<NewKey>;
	listKeys(): Promise<KeyList>;
	evenIfCancelled(): KeyCalls;
}

/** A server that was still at work when the connection broke gets this long to finish; seen twice. */
const LOOKS_AFTER_MS = [1_000, 3_000];

/** A server that lost its caller is not at work for longer. */
const LATEST_WORK_MS = GRACE_MS;

/**
 * Marks of this process's requests whose answers were lost, by nonce: nobody can know the secrets of
 * their keys, whenever they turn up. The oldest are forgotten first.
 */
const lostMarks = new Map<string, LostMark>();
const MOST_LOST_MARKS = 10_000;

interface LostMark {
	mark: KeyMark;
	/** The call that it was made for. */
	call: string | undefined;
	tenantName: string;
	/** Epoch milliseconds, of this process. */
	lostAt: number;
	isResolved: boolean;
}

/** Whether the key of a mark was made by a request of this process whose answer was lost. */
export function wasLostHere({ nonce }: KeyMark): boolean {
	return lostMarks.has(nonce);
}

/** The same, of a request for this very call. */
export function wasLostBy(call: string, { nonce }: KeyMark): boolean {
	return lostMarks.get(nonce)?.call === call;
}

/** Marks of a call, or of an idempotency key, whose keys may still come to be in a tenant. */
export function openMarksOf(call: string, { tenantName }: Pick<KeyCalls, 'tenantName'>): KeyMark[] {
	const earliest = Date.now() - LATEST_WORK_MS;
	return [...lostMarks.values()]
		.filter((one) => !one.isResolved && one.lostAt > earliest && one.tenantName === tenantName)
		.filter((one) => one.call === call)
		.map(({ mark }) => mark);
}

/** Where an earlier try of a call was lost, and nobody can say yet that its key will not come. */
export function mayStillCome(marks: KeyMark[]): Failure {
	return new Failure(
		'The answer to an earlier try of this call was lost, and its key may still appear',
		{
			kind: 'lost',
			description: `Nothing was issued now. The comment of that key would end with ${marks.map(markInComment).join(' or ')}. ${marks.map(ending)[0]}`,
		},
	);
}

/** Notes that the key of a lost request was found and is gone. */
export function resolveMark({ nonce }: KeyMark): void {
	const known = lostMarks.get(nonce);
	if (known) known.isResolved = true;
}

/**
 * Issues one key. A lost answer is looked up by the nonce in the key's mark: where the key is found,
 * nobody can know its secret, so it is deleted and, once, issued again.
 *
 * @param marking Without it a lost answer cannot be looked up.
 * @throws Failure of kind `lost` where a key may exist, or come to exist, that nobody can use; it names
 * the mark
 */
export async function issueKey(
	calls: KeyCalls,
	request: KeyRequest,
	{ marking, meanings }: { marking?: Marking; meanings?: Meaning[] },
): Promise<IssuedKey> {
	if (!marking) {
		return await calls.generateKey(request, meanings).catch((failure: Failure) => {
			throw failure.kind === 'lost' ? withoutMark(failure, request) : failure;
		});
	}
	const attempt = async (
		removed?: string,
	): Promise<IssuedKey | { lost: Failure; mark: KeyMark }> => {
		const anew = () => newMark(marking.purpose, marking.clock.now());
		let mark = anew();
		// What is sent again after a 429 has another mark: a mark that two keys bear proves nothing of either.
		const marked = () => {
			mark = anew();
			return { ...request, comment: withMark(request.comment, mark) };
		};
		try {
			const made = await calls.generateKey(marked, meanings);
			return { ...made, mark, removed };
		} catch (thrown) {
			const failure = thrown as Failure;
			if (failure.kind !== 'lost') throw removed ? failure.plus(deletedText(removed)) : failure;
			remember(mark, marking, calls);
			return { lost: failure, mark };
		}
	};
	const first = await attempt();
	if ('key' in first) return first;
	const removed = await removeLost(calls, first.mark, first.lost);
	const second = await attempt(removed);
	if ('key' in second) return second;
	const again = await removeLost(calls, second.mark, second.lost.plus(deletedText(removed)));
	throw second.lost
		.with({ kind: 'refused', declared: undefined })
		.plus(
			`The answer was lost twice. ${deletedText(removed)} ${deletedText(again)} No key of this call is left.`,
		);
}

/**
 * Deletes the key of a request whose answer was lost.
 *
 * @returns its id
 * @throws Failure of kind `lost` where it is not found, since it may still come to be, or not deleted
 */
async function removeLost(calls: KeyCalls, mark: KeyMark, failure: Failure): Promise<string> {
	const kept = calls.evenIfCancelled();
	let why = 'No key with it is in the list yet, but the server may still be at work.';
	for (const wait of LOOKS_AFTER_MS) {
		await sleep(wait);
		const list = await kept.listKeys().catch((thrown: Failure) => thrown);
		if (list instanceof Failure) {
			why = `The list of keys could not be read to find out: ${list.message}.`;
			continue;
		}
		const found = keysMarked(mark, list.keys);
		const [key, ...others] = found;
		if (!key) continue;
		if (others.length > 0) {
			const ids = found.map(({ id }) => id).join(', ');
			throw unknown(
				failure,
				mark,
				`The keys ${ids} all have this mark; find out which one nobody uses.`,
			);
		}
		const { fate, failure: cause } = await removeKey(kept, key.id);
		if (fate === 'gone') {
			resolveMark(mark);
			return key.id;
		}
		throw unknown(
			failure,
			mark,
			`It is the key ${key.id}, and it could not be deleted (${cause?.message ?? 'the tenant deleted no key'}).`,
		);
	}
	throw unknown(failure, mark, why);
}

/** The keys that bear a mark and not a copy of it. */
function keysMarked({ nonce }: KeyMark, keys: ApiKeyRecord[]): ApiKeyRecord[] {
	return keys.filter((key) => {
		const mark = markOf(key.comment);
		return mark?.nonce === nonce && !bearsCopy(key, mark);
	});
}

function remember(mark: KeyMark, { call }: Marking, { tenantName }: KeyCalls): void {
	const own = mark.kind === 'call' ? mark.call : call;
	const lost = { mark, call: own, tenantName, lostAt: Date.now(), isResolved: false };
	putNewest(lostMarks, mark.nonce, lost, MOST_LOST_MARKS);
}

function deletedText(id: string): string {
	return `The key ${id}, whose answer was lost, was deleted again.`;
}

function unknown(failure: Failure, mark: KeyMark, sentence: string): Failure {
	return failure
		.with({ kind: 'lost', declared: undefined })
		.plus(
			`An API key may exist whose secret nobody knows. Its comment would end with ${markInComment(mark)}. ${sentence} ${ending(mark)}`,
		);
}

/** Who ends a key that nobody has. */
function ending({ kind }: KeyMark): string {
	return kind === 'lineage'
		? "A later run of 'API Key: Rotate' finds it by this mark, and revokes it when it is 12 hours old."
		: 'Look for this mark in the console, now and in some hours, and delete the key that has it.';
}

function withoutMark(failure: Failure, { roles, comment }: KeyRequest): Failure {
	const told = comment === undefined ? 'no comment' : `the comment '${comment}'`;
	return failure
		.with({ declared: undefined })
		.plus(
			`An API key may exist whose secret nobody knows, with the roles ${roles.join(', ')} and ${told}. It was issued without a mark, so it cannot be told from other keys: look in the console for a key from this time, and delete it if nobody uses it.`,
		);
}
