import type { SenhaseguraApi } from '../../api/client';
import type { KeyRequest } from '../../api/keys';
import { Failure } from '../../../shared/failure';
import { asId, asText } from '../../../shared/read';
import { NOTHING, helperIdentifier, markText, shortDigest } from '../shared/helperRecords';
import type { HelperRole, Mark } from '../shared/helperRecords';
import { identifierOf, listCredentials } from '../shared/credentialList';
import { devicesOf } from './devices';
import {
	disable,
	enable,
	fingerprintOf,
	holds,
	deviceAddressOf,
	notKnown,
	readHelper,
	readRecord,
	requestOf,
	samePair,
	storePair,
} from './keyRecord';
import type { KeyRecord, Pair } from './keyRecord';
import { isRemovalSeen } from './rotation';
import type { Rotation } from './rotation';
import { tagsOf } from './sshKeyItem';

/** What a *next* record says of the *previous* one once that key was seen gone from all hosts. */
function seenGone({ previous }: Rotation): string {
	return previous ? shortDigest(previous.username ?? '') : NOTHING;
}

/** As long as the former pair is enabled, nobody has seen it gone, and the list must not say so. */
function refersTo(rotation: Rotation): string {
	const { next, previous } = rotation;
	const isGone = !previous?.record && isRemovalSeen(rotation);
	return isGone ? seenGone(rotation) : (next?.mark?.refers ?? NOTHING);
}

/**
 * The request that stores a pair in a helper. One that makes the record says no more than it has to: it
 * must do no harm where a vault takes it for the key itself.
 */
function helperRequest(
	{ id, identifier, listed, present, ...helpers }: Rotation,
	role: HelperRole,
	{ pair, enabled, ...mark }: Omit<Mark, 'id'> & { pair: Pair; enabled: boolean },
	recordId = helpers[role]?.id,
): KeyRequest & { username: string } {
	const isNew = recordId === undefined;
	return {
		...deviceAddressOf(present.read.record, listed),
		private_key: pair.privateKey,
		public_key: pair.publicKey,
		username: markText({ id, ...mark }),
		identifier: helperIdentifier(identifier, role),
		...((enabled || !isNew) && { enabled }),
		...(!isNew && { devices: [], key_name: `n8n rotation of ${identifier}: the ${role} key` }),
		// A record that is used again may have had one.
		password: pair.passphrase ?? '',
	};
}

/**
 * Stores the pair that comes next, where the present record is not touched, and reads it back.
 *
 * @param at When the pair was made, in epoch milliseconds.
 * @returns the record as it was read back; undefined where another run has written to it since
 * @throws Failure that says what the vault may hold
 */
export async function storeNext(
	api: SenhaseguraApi,
	rotation: Rotation,
	pair: Pair,
	at: number,
): Promise<KeyRecord | undefined> {
	const refers = refersTo(rotation);
	const known = rotation.next?.id ?? (await makeNext(api, rotation, refers));
	if (known === undefined) return undefined;
	const what = `the record ${helperIdentifier(rotation.identifier, 'next')}`;
	const mark = { state: 'next', at, refers } as const;
	const request = helperRequest(rotation, 'next', { ...mark, pair, enabled: true }, known);
	const { id, record, lost } = await storePair(api, request, { id: known, what });
	if (lost && !(record && holds(record, pair))) throw notKnown(lost, what);
	const stored = record ?? (await enabledNext(api, id, request.username));
	if (stored && samePair(stored.pair, pair) && !holds(stored, pair)) {
		const part = stored.pair.passphrase === pair.passphrase ? 'private key' : 'passphrase';
		const before = rotation.next?.record;
		if (before && samePair(before.pair, pair)) throw notKept(part, id);
		const next = { id, username: null, mark: undefined, record: undefined };
		await markNext(api, { ...rotation, next }, 'done', refers);
		throw notAsSent(part);
	}
	if (!stored || !holds(stored, pair)) {
		// Whatever it holds was not in use when this run enabled it.
		if (stored && !record) await disable(api, id);
		return undefined;
	}
	await demandUsername(api, stored, request.username);
	return stored;
}

/** Of a pair that was there before, and that hosts may have: it is never overwritten. */
function notKept(what: string, id: string): Failure {
	return new Failure(`The vault did not keep the ${what} of the next key as it was sent`, {
		kind: 'unusable',
		description: `Hosts may accept no other key, so it was left in the record ${id}: look at it in the vault.`,
	});
}

function notAsSent(what: string): Failure {
	return new Failure(`The vault did not keep the ${what} of the next key as it was sent`, {
		kind: 'refused',
		description: `The rotation was not begun, and the present key works as before.${what === 'passphrase' ? " Give a 'New Passphrase' of letters and digits." : ''}`,
	});
}

/**
 * Enables what was stored: versions before 3.32 do not know `enabled` (docs/api/senhasegura.md,
 * "Versions").
 *
 * @returns undefined where the list shows that it is something else by now
 */
async function enabledNext(
	api: SenhaseguraApi,
	id: string,
	username: string,
): Promise<KeyRecord | undefined> {
	const listed = (await listCredentials(api)).find((record) => asId(record.id) === id);
	const isAnother = listed !== undefined && !isSame(asText(listed.username), username);
	return isAnother ? undefined : await enabledRecord(api, id);
}

async function enabledRecord(api: SenhaseguraApi, id: string): Promise<KeyRecord> {
	await enable(api, id);
	return await readRecord(api, id);
}

const isSame = (username: string | null, sent: string) =>
	username?.trim().toLowerCase() === sent.toLowerCase();

/** Without the username that was sent, nobody can tell from the list where a rotation stands. */
async function demandUsername(
	api: SenhaseguraApi,
	{ id, username }: KeyRecord,
	sent: string,
): Promise<void> {
	if (isSame(username, sent)) return;
	await disable(api, id);
	throw new Failure(
		`The vault did not keep the username of the helper record ${id}, so the rotation was not begun`,
		{
			kind: 'refused',
			description: `It was sent as '${sent}' and is '${username ?? ''}'. The key itself was not touched, and the helper was disabled again.`,
		},
	);
}

/**
 * Makes the *next* record. Whether the vault finds a key by anything else than its identifier is not
 * documented; so this first request carries the present pair, which it can overwrite with nothing else,
 * and the present record is looked at before any other pair is sent.
 *
 * @returns its ID; undefined where another run has replaced the present pair meanwhile
 */
async function makeNext(
	api: SenhaseguraApi,
	rotation: Rotation,
	refers: string,
): Promise<string | undefined> {
	const { present } = rotation;
	const request = helperRequest(rotation, 'next', {
		state: 'new',
		at: Date.now(),
		refers,
		pair: present.pair,
		enabled: false,
	});
	const what = `the new record ${request.identifier}`;
	const { id } = await storePair(api, request, { id: undefined, what });
	const after = await demandUntouched(api, rotation, id);
	if (samePair(after.pair, present.pair)) return id;
	await keepNewer(api, rotation, after, id);
	return undefined;
}

/**
 * The request that was to make the *next* record may have taken the pair out of it that is the present one
 * by now: should a late write displace that, no other record would have it.
 */
async function keepNewer(
	api: SenhaseguraApi,
	rotation: Rotation,
	present: KeyRecord,
	id: string,
): Promise<void> {
	const next = { id, username: null, mark: undefined, record: undefined };
	await markNext(api, { ...rotation, present, next }, 'done', NOTHING);
}

/**
 * @returns the present record as it is now: another run may have replaced its pair
 * @throws Failure where a helper was stored in place of the key or of its other helper
 */
async function demandUntouched(
	api: SenhaseguraApi,
	rotation: Rotation,
	id: string,
): Promise<KeyRecord> {
	const { present, identifier } = rotation;
	const after = await readRecord(api, present.id);
	const isAnother = id !== present.id && ![rotation.next?.id, rotation.previous?.id].includes(id);
	if (isAnother && isUnchanged(present, after)) return after;
	throw new Failure('The vault did not make a separate record for the helper of the SSH key', {
		kind: 'unusable',
		description: `It used the SSH key ${id} for it. No pair is lost: the request held the present one (${fingerprintOf(present.pair)}). Look at the key ${present.id} in the vault, and set its identifier '${identifier}', its username '${present.username ?? ''}' and its devices again. The rotation was not begun.`,
	});
}

function isUnchanged(before: KeyRecord, after: KeyRecord): boolean {
	const told = ({ read: { record }, username }: KeyRecord) =>
		JSON.stringify([
			username,
			asText(record.hostname),
			asText(record.ip),
			asText(record.key_name),
			devicesOf(record),
			tagsOf(record),
		]);
	// The request held the pair that was there: another one is another run's.
	const isKept = holds(after, before.pair) || !samePair(after.pair, before.pair);
	return isKept && told(before) === told(after);
}

/**
 * Keeps the present pair in the *previous* record, and reads it back.
 *
 * @throws Failure; the present record was not touched
 */
export async function keepPresent(api: SenhaseguraApi, rotation: Rotation): Promise<void> {
	const { present, previous, identifier } = rotation;
	const request = helperRequest(rotation, 'previous', {
		state: 'previous',
		at: Date.now(),
		refers: shortDigest(present.pair.blob),
		pair: present.pair,
		enabled: true,
	});
	const what = `the record ${helperIdentifier(identifier, 'previous')}`;
	const { id, record, lost } = await storePair(api, request, { id: previous?.id, what });
	if (record === undefined && lost) throw notKnown(lost, what);
	if (previous === undefined) await demandUntouched(api, rotation, id);
	const stored = record ?? (await enabledRecord(api, id));
	if (holds(stored, present.pair)) return;
	throw (
		(lost && notKnown(lost, what)) ??
		new Failure(`The present pair could not be kept in ${what}`, {
			kind: 'refused',
			description: `That record holds ${fingerprintOf(stored.pair)}. The key itself was not touched. Run the workflow again.`,
		})
	);
}

/**
 * Makes the next pair the present one, and reads it back.
 *
 * @throws Failure that says what the present record holds
 */
export async function promote(
	api: SenhaseguraApi,
	{ listed, id }: Rotation,
	present: KeyRecord,
	pair: Pair,
): Promise<{ record: KeyRecord; devicesError: string[] }> {
	const request = requestOf(present, listed, pair);
	const stored = await storePair(api, request, { id, what: `the SSH key ${id}` });
	const { record, devicesError, lost } = stored;
	if (record && holds(record, pair)) return { record, devicesError };
	const fingerprint = record && fingerprintOf(record.pair);
	const now =
		fingerprint === undefined
			? 'The key is disabled'
			: `The key holds ${fingerprint} now, and not ${fingerprintOf(pair)}`;
	const message = lost
		? `It is not known if the next pair becomes the present one: ${lost.message}`
		: 'The next pair did not become the present one';
	throw new Failure(message, {
		kind: 'lost',
		description: `${now}. Both pairs are in the vault, and hosts accept both. Run the workflow again: it goes on from there.`,
	});
}

/**
 * Takes the *next* record out of use, whatever it holds.
 *
 * @throws Failure; it may be disabled already
 */
export async function retireNext(api: SenhaseguraApi, rotation: Rotation): Promise<void> {
	const { next } = rotation;
	if (next?.record) await disable(api, next.id);
	await markNext(api, rotation, 'done', refersTo(rotation));
}

/**
 * Takes the *previous* record out of use, which holds the present pair.
 *
 * @returns false where another run has made its pair a former one in the meantime: then it stays
 */
export async function retirePrevious(
	api: SenhaseguraApi,
	rotation: Rotation,
	previous: KeyRecord,
): Promise<boolean> {
	await disable(api, previous.id);
	const present = await readRecord(api, rotation.id);
	if (!samePair(present.pair, previous.pair)) {
		await enable(api, previous.id);
		return false;
	}
	await close(api, rotation);
	return true;
}

/**
 * Ends a rotation whose former key was seen gone from all hosts.
 *
 * @throws Failure that says what is left to do
 */
export async function endRotation(api: SenhaseguraApi, rotation: Rotation): Promise<void> {
	const { next, previous } = rotation;
	if (previous?.record) {
		// Whoever finds it disabled has to know that it was seen gone before.
		if (next) await markNext(api, rotation, 'ending', seenGone(rotation));
		await disable(api, previous.id);
		const after = await readHelper(api, { id: previous.id, username: previous.username });
		if (after?.record) throw notDisabled(previous.id);
	}
	await close(api, rotation).catch((failure: Failure) => {
		throw failure.with({
			message: `The former key is no longer in use, but that could not be recorded: ${failure.message}`,
			declared: undefined,
			description: 'Nothing is lost. Run the workflow again: it ends the rotation.',
		});
	});
}

function notDisabled(id: string): Failure {
	return new Failure(`The vault said that it disabled the SSH key ${id}, but still returns it`, {
		kind: 'lost',
		description: 'Nothing is lost. Run the workflow again.',
	});
}

/** Notes that nothing is in use, where the list shows what is disabled. */
export async function close(api: SenhaseguraApi, rotation: Rotation): Promise<void> {
	const { next, previous } = rotation;
	if (!next) {
		const listed = await listCredentials(api);
		const identifier = helperIdentifier(rotation.identifier, 'previous').toLowerCase();
		const isShown = listed.some((record) => identifierOf(record)?.toLowerCase() === identifier);
		if (!previous || !isShown) return;
	}
	await markNext(api, rotation, 'done', seenGone(rotation));
}

/** The pair that the *next* record held is gone afterwards: it holds the present one. */
async function markNext(
	api: SenhaseguraApi,
	rotation: Rotation,
	state: 'ending' | 'done',
	refers: string,
): Promise<void> {
	const { present, next } = rotation;
	const request = helperRequest(rotation, 'next', {
		state,
		at: Date.now(),
		refers,
		pair: present.pair,
		enabled: false,
	});
	const what = `the record ${request.identifier}`;
	const { id, record, lost } = await storePair(api, request, { id: next?.id, what });
	if (!next) {
		const after = await demandUntouched(api, rotation, id);
		if (!samePair(after.pair, present.pair)) return await keepNewer(api, rotation, after, id);
	}
	// Versions before 3.32 do not know `enabled` (docs/api/senhasegura.md, "Versions").
	if (record) await disable(api, id);
	if (lost) throw notKnown(lost, what);
}
