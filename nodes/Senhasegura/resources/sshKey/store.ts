import { createHash } from 'node:crypto';
import type { SenhaseguraApi } from '../../api/client';
import { upsertKey } from '../../api/keys';
import type { KeyOutcome, KeyRequest } from '../../api/keys';
import { Failure } from '../../../shared/failure';
import { asObject } from '../../../shared/read';
import { Unread } from '../../../shared/item';
import type { Call, Result } from '../../../shared/operation';
import { Turns } from '../../../shared/turns';
import { generatePair } from '../../sshKeys/generate';
import { lineFingerprint } from '../../sshKeys/publicKey';
import { listCredentials, readIdentifier } from '../shared/credentialList';
import { item } from '../shared/operation';
import {
	OF_EARLIER_RUN,
	demandOwn,
	existingKey,
	foundAgain,
	pairOfExisting,
	readIfActive,
	sendNoted,
	wasNoted,
} from './existingKey';
import type { ExistingKey, SentPair, Wish } from './existingKey';
import { readDevices } from './devices';
import type { KeyValues } from './fields';
import { asFile } from './sshKeyItem';

export interface Stored {
	/** What the vault has answered; undefined where nothing was stored. */
	outcome?: KeyOutcome;
	result: Result;
}

/**
 * Stores a key pair that is provided or made here, under its identifier or under one that is this call's
 * own: a further try of the call finds the key of an earlier one. It leaves that one's pair as it is where
 * pairs are made here, since it would be another one.
 *
 * @param identifier None makes a new key for each call.
 * @param looks Whether to look in the list what has the identifier, also for a pair that is provided.
 * @throws Failure that names the identifier under which a key may have been stored
 */
export async function storeKey(
	api: SenhaseguraApi,
	call: Call,
	values: KeyValues,
	identifier: string | undefined,
	{ looks = false } = {},
): Promise<Stored> {
	if (identifier === undefined) {
		const own = { values, identifier: identifierOf(call.identity, values), isOwn: true };
		return values.keySource === 'generate'
			? await storeNewPair(api, call, own)
			: await sendPair(api, call, own);
	}
	api.claim(`'Identifier' ${identifier}`);
	const store = async () => await storeUnder(api, call, values, { identifier, looks });
	return values.keySource === 'generate'
		? await turns.take(identifier.toLowerCase(), store)
		: await store();
}

/** Of two pairs that are made for one identifier only one would be left. */
const turns = new Turns();

async function storeUnder(
	api: SenhaseguraApi,
	call: Call,
	values: KeyValues,
	{ identifier, looks }: { identifier: string; looks: boolean },
): Promise<Stored> {
	const isMade = values.keySource === 'generate';
	const existing = looks || isMade ? await existingKey(api, identifier) : undefined;
	const wish = { values, identifier: existing?.identifier ?? identifier, isOwn: false };
	const store = async () => await sendPair(api, call, wish);
	if (!existing) return isMade ? replacing(await store()) : await store();
	if (isMade && call.triedBefore) return { result: await foundAgain(api, existing, call, wish) };
	demandOwn(existing, values);
	if (!isMade) return await store();
	if (!values.replaceKeyPair) return await keepPair(api, call, wish, existing);
	return (await wasNoted(call))
		? { result: await foundAgain(api, existing, call, wish) }
		: await sendNoted(call, store);
}

/** What the list did not have is updated where another process has stored it since. */
function replacing(stored: Stored): Stored {
	const { outcome, result } = stored;
	if (outcome?.created !== false) return stored;
	const item = { ...result.item, pairReplaced: true };
	return { outcome, result: { ...result, item, hints: [...(result.hints ?? []), REPLACED] } };
}

const REPLACED =
	"The vault updated an SSH key that its list did not have right before: the pair that it had is gone, and the item has the new one. If another run stored it at the same time, its item has a public key that is not in the vault: see 'pairReplaced'.";

/** Under an identifier of this call alone, so that nothing has to be looked up for the first try. */
async function storeNewPair(api: SenhaseguraApi, call: Call, own: Wish): Promise<Stored> {
	const store = async () => await sendPair(api, call, own);
	// Where nothing can be noted, the list shows as well what an earlier try has left.
	const mayBeThere = call.triedBefore || (await wasNoted(call).catch(() => true));
	if (!mayBeThere) return await sendNoted(call, store);
	const existing = await existingKey(api, own.identifier);
	return existing ? { result: await foundAgain(api, existing, call, own) } : await store();
}

/** In no shorter time a rotation replaces a pair and has it removed from a host. */
const KEPT_MS = 5_000;

/**
 * Updates what is beside the pair of a key: a new pair would be one that no host knows. Its present pair has
 * to be sent with it, and a rotation may replace that at any moment: so it is read right before, sent once
 * and soon, and the list shows afterwards whether a rotation has gone on.
 */
async function keepPair(
	api: SenhaseguraApi,
	call: Call,
	wish: Wish,
	known: ExistingKey,
): Promise<Stored> {
	const look = async () => await existingKey(api, wish.identifier, await listCredentials(api));
	const existing = (await look()) ?? known;
	demandOwn(existing, wish.values);
	const pair = await pairOfExisting(api, existing);
	const { outcome, result } = await sendPair(api.within(KEPT_MS), call, wish, pair);
	await demandKept(api, existing, pair, look);
	return { outcome, result: { ...result, hints: [...(result.hints ?? []), KEPT], issued: false } };
}

/** @throws Failure where a rotation may have replaced the pair before it was stored again */
async function demandKept(
	api: SenhaseguraApi,
	{ id, identifier, helpers }: ExistingKey,
	pair: SentPair,
	look: () => Promise<ExistingKey | undefined>,
): Promise<void> {
	const notSeen = (failure: Failure) => {
		const message = `The SSH key ${identifier} was updated, but not seen afterwards: ${failure.message}`;
		throw failure.with({ message, kind: 'unusable', declared: undefined }).plus(LOOK);
	};
	const key = await readIfActive(api, id).catch(notSeen);
	const after = await look().catch(notSeen);
	const isSame = !key || asFile(key.privateKey) === asFile(pair.privateKey);
	if (isSame && after?.helpers === helpers) return;
	const print = lineFingerprint(pair.publicKey);
	throw new Failure(`The SSH key ${identifier} may have been rotated while it was updated`, {
		kind: 'unusable',
		description: `The update was stored, with the pair that was the present one before${print === null ? '' : ` (${print})`}. ${LOOK}`,
	});
}

const LOOK =
	"Run 'SSH Key: Rotate' for this key, whatever its age: where a rotation has replaced that pair, it puts the newer one back.";

const KEPT =
	"The vault had an SSH key with the identifier already. Its key pair was kept, and the item has its public half; the rest was updated. 'SSH Key: Rotate' changes the pair of a key that is in use; 'Replace the Key Pair' replaces it at once.";

async function sendPair(
	api: SenhaseguraApi,
	{ triedBefore = false }: Pick<Call, 'triedBefore'>,
	{ values, identifier, isOwn: isNew }: Wish,
	kept?: SentPair,
): Promise<Stored> {
	const { ip, hostname, additionalFields: fields } = values;
	const pair = kept ?? (await pairOf(values));
	const request: KeyRequest = {
		ip,
		hostname,
		private_key: pair.privateKey,
		public_key: pair.publicKey,
		username: fields.username,
		identifier,
		enabled: fields.enabled,
		devices: fields.devices.length > 0 ? fields.devices.map(asDevice) : undefined,
		tags: fields.tags.join(',') || undefined,
		key_name: fields.keyName,
		password: pair.passphrase,
	};
	const once = kept !== undefined;
	const outcome = await upsertKey(api, request, { isNew, once, triedBefore }).catch(
		(failure: Failure) => {
			if (failure.kind !== 'lost') throw failure;
			const told = mayExist(failure, request, values.keySource);
			throw once ? told.plus(`It was sent with the pair that the key had. ${LOOK}`) : told;
		},
	);
	const result = storedResult(request, values.keySource, outcome);
	if (isNew && outcome.created === false) result.hints?.push(FOUND_OTHERWISE);
	return { outcome, result };
}

async function pairOf(values: KeyValues): Promise<SentPair> {
	const { hostname, additionalFields: fields } = values;
	const passphrase = fields.password;
	if (values.keySource !== 'generate') return { ...values, passphrase };
	const comment = keyComment(fields.username, hostname);
	return { ...(await generatePair(values.keyAlgorithm, comment, passphrase)), passphrase };
}

/** Whose key it is; it ends up in a line of `authorized_keys`, which a line break would make two of. */
export function keyComment(username: string | undefined, hostname: string): string {
	return `${username ?? 'usr'}@${hostname}`.replace(/[\s\p{Cc}]+/gu, '-');
}

export function asDevice(hostname: string) {
	return { hostname };
}

/**
 * An identifier of a call, in the form of a pseudo-random UUID (RFC 9562, version 4): the same for all its
 * tries. What the key is for is part of it, since a new n8n may begin to number its executions again.
 */
function identifierOf(identity: string[], values: KeyValues): string {
	const { ip, hostname, additionalFields: fields } = values;
	const provided = values.keySource === 'generate' ? '' : values.publicKey;
	const parts = ['ssh key', ...identity, ip, hostname, fields.username ?? '', provided];
	const digest = createHash('sha256').update(JSON.stringify(parts), 'utf8').digest();
	const hex = digest.toString('hex');
	const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/**
 * The server may do it later: then this pair is there, and not that of a further try. Neither advice of
 * `ifLost` is true: a further run stores another key, unless it has this identifier.
 */
function mayExist(
	failure: Failure,
	{ identifier, public_key: publicKey }: KeyRequest,
	keySource: KeyValues['keySource'],
): Failure {
	// A kept pair may be of a kind that is not read here.
	const print = keySource === 'asGiven' ? null : lineFingerprint(publicKey);
	const mark = print === null ? '' : `, with the fingerprint ${print}`;
	return failure
		.with({ declared: undefined })
		.plus(
			`The SSH key may have been stored anyway, or may still be, under the identifier '${identifier}'${mark}. Running the node again with this identifier updates it instead of storing a second one.`,
		);
}

export const DEVICES_HINT =
	"The vault did not link some devices to an SSH key: see 'devicesError'.";

const FOUND_OTHERWISE = `The vault updated an SSH key, although only this call has used the identifier. ${OF_EARLIER_RUN} If not, the vault took another key for this one, for example by device and user, and replaced its pair. See 'id'.`;

function storedResult(
	request: KeyRequest,
	keySource: KeyValues['keySource'],
	outcome: KeyOutcome,
): Result {
	const { id, identifier, created, devicesError, body } = outcome;
	const key = asObject(body.key) ?? {};
	const told = readIdentifier(key);
	// Nobody has looked at a key that was stored as it was given.
	const storedAsGiven = keySource === 'asGiven';
	const fingerprint = storedAsGiven ? null : lineFingerprint(request.public_key);
	return {
		item: item('sshKey', {
			id,
			identifier: told instanceof Unread ? new Unread(told.text, identifier) : identifier,
			created,
			secret: null,
			expiresAt: null,
			ip: request.ip,
			hostname: request.hostname,
			username: request.username ?? null,
			devices: readDevices(key.devices),
			devicesError,
			publicKey: request.public_key,
			fingerprint,
			storedAsGiven,
		}),
		// The vault does not return the public half of a pair that was made here.
		raw:
			keySource === 'generate'
				? { ...body, identifier, publicKey: request.public_key, fingerprint }
				: body,
		hints: [
			...(devicesError.length > 0 ? [DEVICES_HINT] : []),
			...(created === null
				? ["It is not known whether the SSH key was created or updated: 'created' is null."]
				: []),
		],
	};
}
