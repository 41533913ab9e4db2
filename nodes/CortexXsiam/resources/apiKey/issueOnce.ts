import { isClosed } from '../../api/apiKeyErrors';
import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { issueKey, mayStillCome, openMarksOf, resolveMark, wasLostHere } from '../../api/issuance';
import type { IssuedKey, KeyRequest } from '../../api/issuance';
import { bearsCopy, isLive, notAsSent } from '../../api/lineages';
import type { KeyList } from '../../api/lineages';
import { callHash, markOf, userComment } from '../../api/mark';
import type { KeyMark } from '../../api/mark';
import { removeKey, takeBack } from '../../api/removal';
import { levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { isRestricted } from '../../api/scope';
import { epochTime } from '../../../shared/dates';
import { Failure, nothingIssuedYet } from '../../../shared/failure';

/** For how long two processes with one idempotency key wait for each other, in milliseconds. */
const RIVALS_WAIT_MS = 30_000;
const RIVALS_LOOK_MS = 2_000;

interface Issue {
	request: KeyRequest;
	meanings: Meaning[];
}

/**
 * Issues the key of one call of a node. A key that an earlier try of the same call left is never
 * deleted, since it may have been handed over: it is named, and nothing is issued.
 *
 * @param identity What names the call over all its tries.
 */
export async function issueForCall(
	api: CortexXsiamApi,
	{ request, meanings }: Issue,
	identity: string[],
): Promise<IssuedKey> {
	const call = callHash('call', ...identity);
	const list = await api.keysAtStart().catch(nothingIssuedYet);
	const { left: earlier, deleted } = await withoutLost(api, liveKeysOf(call, list), call);
	if (earlier.length > 0) throw issuedBefore(earlier);
	const issued = await issueKey(api, request, {
		marking: { purpose: { kind: 'call', call }, clock: list.clock },
		meanings,
	});
	return { ...issued, removedBefore: deleted };
}

function issuedBefore(keys: ApiKeyRecord[]): Failure {
	const ids = keys.map(({ id }) => id).join(', ');
	const made = keys.map(
		({ id, creation_time: created }) => `${id} at ${epochTime(created) ?? 'an unknown time'}`,
	);
	return new Failure(
		`An earlier try of this call issued the API key${keys.length > 1 ? 's' : ''} ${ids}`,
		{
			kind: 'refused',
			description: `Made: ${made.join(', ')}. Its secret may have been handed over, so the key was kept, and nothing was issued now. If nobody has the secret, delete the key and run the workflow again.`,
		},
	);
}

/** What issuing with an idempotency key came to, and what there is to say of a key that was there. */
export type IssuedOnce = { issued: IssuedKey } | { existing: ApiKeyRecord; remark?: string };

/**
 * Issues a key unless a live one has the idempotency key. Nothing that exists is ever replaced; of two
 * processes that issue at the same time one takes its key back before anybody has it.
 *
 * @throws Failure where the live one differs from what was asked for
 */
export async function issueOnce(
	api: CortexXsiamApi,
	{ request, meanings }: Issue,
	idempotencyKey: string,
): Promise<IssuedOnce> {
	const call = callHash('idempotency key', idempotencyKey);
	return await api.inTurn(`idempotency key/${call}`, async () => {
		const { list, left, deleted } = await listWithoutLost(api, call);
		const [existing, ...others] = left;
		if (existing && others.length > 0) throw severalHave(left);
		if (existing) return await sameKey(api, existing, request, call);
		if (list.short !== undefined) throw notWhole(list.short);
		const issued = await issueKey(api, request, {
			marking: { purpose: { kind: 'call', call }, clock: list.clock },
			meanings,
		});
		const rival = await outwaitRivals(api, issued, call, request.comment);
		if (rival) return await sameKey(api, rival, request, call, issued.id);
		return { issued: { ...issued, removedBefore: deleted } };
	});
}

/** The live keys with a call's hash, lowest id first. */
function liveKeysOf(call: string, { keys, clock }: KeyList): ApiKeyRecord[] {
	const now = clock.atLeast();
	return keys
		.filter((key) => {
			const mark = markOf(key.comment);
			return mark?.kind === 'call' && mark.call === call && !bearsCopy(key, mark);
		})
		.filter((key) => isLive(key, now))
		.sort((a, b) => Number(a.id) - Number(b.id));
}

/**
 * Deletes the keys of requests whose answers were lost in this process: nobody can know their secrets.
 *
 * @returns the other ones, and the ids of what was deleted
 * @throws Failure where such a key may still come to be
 */
async function withoutLost(
	api: CortexXsiamApi,
	bearers: ApiKeyRecord[],
	call: string,
): Promise<{ left: ApiKeyRecord[]; deleted: string[] }> {
	const left: ApiKeyRecord[] = [];
	const deleted: string[] = [];
	for (const key of bearers) {
		const mark = markOf(key.comment) as KeyMark;
		// A copy of the mark on a second key would make this a guess.
		const isOnly = bearers.filter((one) => markOf(one.comment)?.nonce === mark.nonce).length === 1;
		if (!wasLostHere(mark) || !isOnly) {
			left.push(key);
			continue;
		}
		const { fate, failure } = await removeKey(api, key.id);
		if (fate !== 'gone') {
			throw new Failure(`The API key ${key.id}, whose answer was lost, could not be deleted`, {
				kind: 'lost',
				description: `Nobody knows its secret. ${failure?.message ?? 'Cortex XSIAM deleted no key'}. Nothing else was issued. Delete it in the console, and run again.`,
			});
		}
		resolveMark(mark);
		deleted.push(key.id);
	}
	// Of two with one mark nobody knows which one it is; but it has come.
	const come = left.map((key) => markOf(key.comment)?.nonce);
	const open = openMarksOf(call, api).filter(({ nonce }) => !come.includes(nonce));
	if (open.length === 0) return { left, deleted };
	throw mayStillCome(open);
}

/** The same, with the list as it is then: while they were deleted, another run may have issued one. */
async function listWithoutLost(api: CortexXsiamApi, call: string) {
	const deleted: string[] = [];
	for (;;) {
		const list = await api.listKeysForOnce().catch(nothingIssuedYet);
		// A list may be late with what was deleted.
		const bearers = liveKeysOf(call, list).filter(({ id }) => !deleted.includes(id));
		const { left, deleted: now } = await withoutLost(api, bearers, call);
		if (now.length === 0) return { list, left, deleted };
		deleted.push(...now);
	}
}

/** Where a key that was issued before may be one of those that did not come. */
function notWhole(short: string): Failure {
	return new Failure(
		"It is not known whether an API key was issued with this 'Idempotency Key' before",
		{
			kind: 'refused',
			description: `${short} Try again, or delete in the console the expired keys that the list lacks: the tenant may still count them. To issue a key without this check, leave out 'Idempotency Key'.`,
		},
	);
}

function severalHave(keys: ApiKeyRecord[]): Failure {
	const ids = keys.map(({ id }) => id).join(', ');
	return new Failure(`The API keys ${ids} were all issued with this 'Idempotency Key'`, {
		kind: 'refused',
		description: 'Nothing was issued. Find out which one is used, and delete the others.',
	});
}

/**
 * @param gone The key that this process has taken back.
 * @throws Failure where a key is not what was asked for, or no longer the only one of its call
 */
async function sameKey(
	api: CortexXsiamApi,
	key: ApiKeyRecord,
	{ roles, security_level: level, comment }: KeyRequest,
	call: string,
	gone?: string,
): Promise<IssuedOnce> {
	const has = key.roles ?? [];
	const sameRoles = has.length === roles.length && roles.every((role) => has.includes(role));
	const scope = await api.scope('api-key', key.id).catch((failure: unknown) => {
		if (isClosed(failure)) return undefined;
		return nothingIssuedYet(failure);
	});
	await demandOnly(api, key.id, call, gone);
	const differs = [
		!sameRoles && 'roles',
		levelOf(key) !== level && 'security level',
		userComment(key.comment) !== (comment ?? null) && 'comment',
		scope !== undefined && isRestricted(scope) && 'scope',
	].filter(Boolean);
	if (differs.length > 0) throw otherKey(key.id, differs.join(', '));
	if (scope) return { existing: key };
	return {
		existing: key,
		remark: `Whether API key ${key.id} has a scope is not known, because the credential's key may not read scopes.`,
	};
}

/**
 * Looks once more: a worker that n8n gave up may have gone on, or its request have come, so that a second
 * key is there, or the first one was taken back. A later key gets the time in which its process would take
 * it back.
 */
async function demandOnly(
	api: CortexXsiamApi,
	id: string,
	call: string,
	gone?: string,
): Promise<void> {
	for (let waited = 0; ; waited += RIVALS_LOOK_MS) {
		const list = await api.listKeysForOnce().catch(nothingIssuedYet);
		const there = liveKeysOf(call, list).filter(
			// A list may be late with what was deleted, as with what was issued.
			(key) => key.id !== gone && !wasLostHere(markOf(key.comment) as KeyMark),
		);
		const others = there.filter((key) => key.id !== id);
		if (others.length === there.length) throw justDeleted(id, others);
		if (others.length === 0) return;
		// One with a higher ID may be about to be taken back by the process that issued it.
		const mayGo = others.every((key) => Number(key.id) > Number(id));
		if (!mayGo || waited >= RIVALS_WAIT_MS) throw severalHave(there);
		await api.pause(RIVALS_LOOK_MS);
	}
}

function justDeleted(id: string, others: ApiKeyRecord[]): Failure {
	const now = others.map((key) => ` API key ${key.id} has it now.`).join('');
	return new Failure(
		`The API key ${id}, issued with this 'Idempotency Key', has just been deleted`,
		{
			kind: 'refused',
			description: `It may have been taken back.${now} Nothing was issued now: run the node again.`,
		},
	);
}

function otherKey(id: string, what: string): Failure {
	return new Failure(
		`The API key ${id} was issued with this 'Idempotency Key', but differs in ${what}`,
		{
			kind: 'refused',
			description:
				"This call issued and changed nothing. Use another 'Idempotency Key' for another key, or enter the values that the existing key has.",
		},
	);
}

/**
 * Looks again for keys of other processes with the same hash. The one with the higher ID is taken back;
 * the lower one waits until it is gone, and takes itself back where it stays. Until the tenant lists the
 * new key as it was asked for, nobody can say that a rival would be listed.
 *
 * @returns the other process's key, where this one was taken back
 */
async function outwaitRivals(
	api: CortexXsiamApi,
	{ id, mark }: IssuedKey,
	call: string,
	comment: string | undefined,
): Promise<ApiKeyRecord | undefined> {
	const deadline = Date.now() + RIVALS_WAIT_MS;
	for (;;) {
		const list = await api.listKeysForOnce().catch(async (failure: Failure) => {
			const message = `It is not known whether another process issued a key, too: ${failure.message}`;
			throw await takenBack(api, id, failure.with({ message }));
		});
		const own = list.keys.find((key) => key.id === id);
		const wrong = own && notAsSent(own, mark as KeyMark, comment, "'Comment'");
		if (wrong) throw await takenBack(api, id, wrong);
		const rivals = liveKeysOf(call, list).filter(
			(key) => key.id !== id && !wasLostHere(markOf(key.comment) as KeyMark),
		);
		const [lowest] = rivals;
		if (own && !lowest) {
			if (list.short === undefined) return undefined;
			throw await takenBack(api, id, notWhole(list.short));
		}
		if (lowest && Number(lowest.id) < Number(id)) {
			if (await takeBack(api, id)) return lowest;
			throw notTakenBack(id, rivalled(rivals));
		}
		if (Date.now() >= deadline) {
			throw await takenBack(api, id, lowest ? rivalled(rivals) : unlisted(id));
		}
		await api.pause(RIVALS_LOOK_MS);
	}
}

function rivalled(rivals: ApiKeyRecord[]): Failure {
	const ids = rivals.map(({ id }) => id).join(', ');
	return new Failure(
		`Another process issued the API key ${ids} with this 'Idempotency Key' at the same time`,
		{ kind: 'refused', description: 'Only one key may have it.' },
	);
}

function unlisted(id: string): Failure {
	return new Failure(`The new API key ${id} is not in the list of keys`, {
		kind: 'refused',
		description:
			'The list would show whether another process issued a key at the same time, so the new key is not used.',
	});
}

async function takenBack(api: CortexXsiamApi, id: string, failure: Failure): Promise<Failure> {
	if (!(await takeBack(api, id))) return notTakenBack(id, failure);
	return failure
		.with({ kind: 'refused', declared: undefined })
		.plus(`The new API key ${id} was deleted again.`);
}

function notTakenBack(id: string, failure: Failure): Failure {
	return failure
		.with({ kind: 'unusable', declared: undefined })
		.plus(
			`The new API key ${id} could not be deleted again, and nobody has its secret: delete it in the console.`,
		);
}
