import type { IDataObject } from 'n8n-workflow';
import type { KeyOutcome, KeyRequest, SenhaseguraApi } from '../../api/client';
import { KEY_SECRETS } from '../../api/schemas';
import { Failure, inputFailure } from '../../../shared/failure';
import { asText } from '../../../shared/fields';
import { nullAt } from '../../../shared/secretOutput';
import { isWeaker, keyKind, sameOrLarger } from '../../sshKeys/algorithm';
import { generatePair } from '../../sshKeys/generate';
import type { KeyAlgorithm } from '../../sshKeys/generate';
import { isEncrypted, readPrivateKey } from '../../sshKeys/privateKey';
import { fingerprint, parsePublicKey, publicLine } from '../../sshKeys/publicKey';
import { identifierOf, idsOf, knownCredentials, listedName } from '../shared/listed';
import { asFile, devicesOf, keyPath, publicBlobOf, readKey, tagsOf } from './sshKeyItem';
import type { FoundKey, KeyInVault, LinkedDevice } from './sshKeyItem';
import { asDevice, keyComment } from './store';

/** What a rotation is about to do; making it changes nothing. */
export interface RotationPlan {
	id: string;
	identifier: string;
	/** What would put the present key back. */
	before: KeyRequest;
	/** Of the present key; null where its public part cannot be read. */
	fingerprint: string | null;
	/** The kind of the present key, such as `rsa2048`. */
	kind: string | null;
	/** Further devices of the key. */
	devices: LinkedDevice[];
	algorithm: KeyAlgorithm;
	/** Of the new key. */
	passphrase: string | undefined;
	/** The record of the list of credentials. */
	listed: IDataObject;
}

export interface RotationWish {
	algorithm: KeyAlgorithm | 'same';
	newPassphrase?: string;
}

/**
 * Looks at a key and decides how to rotate it.
 *
 * @throws Failure where it cannot be rotated without losing something
 */
export async function planRotation(
	api: SenhaseguraApi,
	{ id, listed = {} }: FoundKey,
	wish: RotationWish,
): Promise<RotationPlan> {
	const identifier = identifierOf(listed);
	if (identifier === null) throw withoutIdentifier(listedName(listed));
	const namesakes = (await knownCredentials(api)).filter((record) => isCalled(record, identifier));
	const ids = idsOf(namesakes);
	if (ids.length > 1) throw ambiguous(identifier, ids);
	const key = await readKey(api, id);
	if (key.hints.length > 0) {
		throw new Failure(
			'The SSH key cannot be rotated, because the vault gives its secrets encrypted',
			{
				kind: 'refused',
				description:
					"The present pair could not be put back. Enter the 'Decryption Key' in the credential, or use an authorization without encryption.",
			},
		);
	}
	const blob = publicBlobOf(key);
	const present = blob && keyKind(blob);
	return {
		id,
		identifier,
		before: requestOf(key, listed, identifier, blob),
		fingerprint: blob ? fingerprint(blob) : null,
		kind: present?.name ?? null,
		devices: devicesOf(key.record),
		algorithm: chooseAlgorithm(wish.algorithm, present),
		passphrase: choosePassphrase(key, wish.newPassphrase),
		listed,
	};
}

function withoutIdentifier(name: string): Failure {
	return new Failure(`The SSH key ${name} has no identifier, so it cannot be rotated`, {
		kind: 'refused',
		description:
			'The vault updates a key by its identifier only, and keys that were stored without one before version 3.33 have none. Store a new key with an identifier, and disable this one.',
	});
}

/** Whether the vault could take a record for the one with this identifier, if it minds no case. */
function isCalled(record: IDataObject, identifier: string): boolean {
	return identifierOf(record)?.toLowerCase() === identifier.toLowerCase();
}

function ambiguous(identifier: string, ids: string[]): Failure {
	return new Failure(
		`The SSH key cannot be rotated, because more than one item has the identifier '${identifier}': ${ids.join(', ')}`,
		{
			kind: 'refused',
			description:
				'The vault updates a key by its identifier, and could replace the other one. Give each of them an identifier of its own in the vault, whatever its case.',
		},
	);
}

/** Everything that is known of a key, so that an update leaves nothing out (fact sheet 4.2). */
function requestOf(
	key: KeyInVault,
	listed: IDataObject,
	identifier: string,
	blob: Buffer | undefined,
): KeyRequest {
	const { record } = key;
	const ip = asText(record.ip) ?? asText(listed.management_ip);
	const hostname = asText(record.hostname) ?? asText(listed.hostname);
	if (ip === null || hostname === null) {
		throw new Failure(
			'The vault does not tell the device of the SSH key, so it cannot be rotated',
			{
				kind: 'refused',
				description: "An update needs the device's host name and IP: complete the key's record.",
			},
		);
	}
	const publicKey = key.publicKey ?? (blob && publicLine(blob));
	if (publicKey === undefined) {
		throw new Failure('The vault gives no public key of the SSH key, so it cannot be rotated', {
			kind: 'refused',
			description: 'The present pair could not be put back. Store it again with its public key.',
		});
	}
	const devices = devicesOf(record).map(({ hostname: name }) => asDevice(name));
	return {
		ip,
		hostname,
		private_key: key.privateKey,
		public_key: publicKey,
		username: asText(record.username) ?? undefined,
		identifier,
		devices: devices.length > 0 ? devices : undefined,
		tags: tagsOf(record).join(',') || undefined,
		key_name: asText(record.key_name) ?? undefined,
		password: key.passphrase,
	};
}

function chooseAlgorithm(
	wanted: RotationWish['algorithm'],
	present: ReturnType<typeof keyKind> | undefined,
): KeyAlgorithm {
	const chosen = wanted === 'same' ? present && sameOrLarger(present) : wanted;
	if (chosen === undefined) {
		throw inputFailure(
			`'Key Algorithm' must be chosen, because ${present ? `a key of the kind ${present.name} cannot be made here` : 'the present one cannot be told'}`,
			'Choose one that is at least as strong, such as Ed25519, or ECDSA P-384 for RSA keys of more than 4096 bits.',
		);
	}
	if (present && isWeaker(chosen, present)) {
		throw inputFailure(
			`'Key Algorithm' ${chosen} is weaker than the present key, which is ${present.name}`,
			"Choose a stronger one, or 'Same as the Present Key'.",
		);
	}
	return chosen;
}

function choosePassphrase(key: KeyInVault, newPassphrase: string | undefined): string | undefined {
	const passphrase = newPassphrase ?? key.passphrase;
	if (passphrase !== undefined || !isEncrypted(key.privateKey)) return passphrase;
	throw inputFailure(
		'The present key has a passphrase that the vault does not hold, so it cannot be kept',
		"Give 'New Passphrase': the new key would have none otherwise.",
	);
}

export interface Rotated {
	outcome: KeyOutcome;
	publicKey: string;
	fingerprint: string;
}

/**
 * Makes a new pair, stores it in place of the present one, and reads it back.
 *
 * @throws Failure that says which key the vault holds then: what is not in order is put back
 */
export async function rotateKey(api: SenhaseguraApi, plan: RotationPlan): Promise<Rotated> {
	const { before, algorithm, passphrase } = plan;
	const comment = parsePublicKey(before.public_key)?.comment || undefined;
	const pair = await generatePair(
		algorithm,
		comment ?? keyComment(before.username, before.hostname),
		passphrase,
	);
	const blob = parsePublicKey(pair.publicKey)?.blob as Buffer;
	const change: Change = {
		...plan,
		api,
		blob,
		to: fingerprint(blob),
		after: {
			...before,
			private_key: pair.privateKey,
			public_key: pair.publicKey,
			password: passphrase,
		},
	};
	const outcome = await store(change);
	return { outcome, publicKey: pair.publicKey, fingerprint: change.to };
}

interface Change extends RotationPlan {
	api: SenhaseguraApi;
	after: KeyRequest;
	/** Of the new key. */
	blob: Buffer;
	/** The new key's fingerprint. */
	to: string;
}

async function store(change: Change): Promise<KeyOutcome> {
	const { api, after, id } = change;
	let stored: KeyOutcome;
	try {
		stored = await api.storeKey(after);
	} catch (failure) {
		return await afterLostAnswer(change, failure as Failure);
	}
	const found = await look(change);
	if (found.holds === 'new') return { ...stored, id };
	throw stored.id === id ? await putBack(change, found) : await secondKey(change, stored, found);
}

/** What the vault holds, as reading it back tells. */
type Found =
	| { holds: 'new'; body: IDataObject; record: IDataObject }
	| { holds: 'old'; fingerprint: string | null }
	| { holds: 'other'; fingerprint: string | null }
	| { holds: 'unknown'; why: string };

/** Not stopped by a cancelled execution: what a rotation has begun has to end in a known state. */
async function look({ api, id, blob, before, after }: Change): Promise<Found> {
	const key = await readKey(api, id, true).catch((failure: Failure) => failure);
	if (key instanceof Failure) return { holds: 'unknown', why: key.message };
	const stated = publicBlobOf(key);
	const print = stated ? fingerprint(stated) : null;
	const secret = readPrivateKey(key.privateKey, after.password);
	const isNew =
		stated?.equals(blob) &&
		secret.state === 'readable' &&
		secret.publicBlob.equals(blob) &&
		// Nobody could open the key with another one.
		key.passphrase === after.password;
	if (isNew)
		return { holds: 'new', body: nullAt(key.body, KEY_SECRETS) as IDataObject, record: key.record };
	const isOld =
		asFile(key.privateKey) === asFile(before.private_key) &&
		key.publicKey === before.public_key &&
		key.passphrase === before.password;
	return { holds: isOld ? 'old' : 'other', fingerprint: print };
}

const named = (print: string | null) => print ?? 'whose fingerprint cannot be told';

/** Nobody knows if the new key was stored, so the vault is asked. */
async function afterLostAnswer(change: Change, failure: Failure): Promise<KeyOutcome> {
	const { id, identifier, fingerprint: from, to } = change;
	const told = failure.with({
		message: `The SSH key was not rotated: ${failure.message}`,
		declared: undefined,
	});
	const keepsOld = `The vault holds the present key (${named(from)}) as before.`;
	if (failure.kind !== 'lost' && failure.kind !== 'unusable') throw told.plus(keepsOld);
	const found = await look(change);
	switch (found.holds) {
		case 'new':
			return {
				id,
				identifier,
				created: false,
				changed: true,
				devices: devicesOf(found.record),
				devicesError: [],
				body: found.body,
			};
		case 'old':
			throw told.plus(`The answer was lost, and the vault was read afterwards. ${keepsOld}`);
		case 'other':
			throw await putBack(change, found);
		default:
			throw told
				.with({ message: `It is not known if the SSH key was rotated: ${failure.message}` })
				.plus(
					`The vault holds either the present key (${named(from)}) or the new one (${to}), and could not be read afterwards: ${found.why}. Read the SSH key ${id} to see which.`,
				);
	}
}

/**
 * The vault answered with the ID of another item. A second key that nobody asked for must not stay
 * usable, and what is not of this rotation must stay as it is.
 */
async function secondKey(
	change: Change,
	stored: KeyOutcome,
	found: Exclude<Found, { holds: 'new' }>,
): Promise<Failure> {
	const { id, identifier } = change;
	const state = `${presentState(change, found)} Check that it has the identifier '${identifier}'.`;
	const second = await look({ ...change, id: stored.id });
	if (second.holds !== 'new') {
		return new Failure(
			`The vault answered to the new key with the ID ${stored.id}, which does not hold the new pair`,
			{
				kind: 'lost',
				description: `${state} The item ${stored.id} was left alone: look at it there.`,
			},
		);
	}
	return new Failure(
		`The vault stored the new pair as another SSH key, ${stored.id}, and did not update ${id}`,
		{ kind: 'unusable', description: `${await disableSecond(change, stored)} ${state}` },
	);
}

async function disableSecond({ api }: Change, { id, created }: KeyOutcome): Promise<string> {
	const disabled = await api
		.settle({
			method: 'DELETE',
			path: keyPath(id),
			alreadyCodes: [1017],
			succeedIfAlready: true,
			evenIfCancelled: true,
		})
		.then(
			() => 'It was disabled again.',
			({ message }: Failure) =>
				`It could not be disabled (${message}), so disable it in the vault.`,
		);
	return created === false
		? `${disabled} The vault says that it was there before: the pair that it had is gone.`
		: disabled;
}

function presentState({ id, fingerprint: from }: Change, found: Found): string {
	if (found.holds === 'old') return `The SSH key ${id} is as it was (${named(from)}).`;
	return found.holds === 'unknown'
		? `The SSH key ${id} could not be read back: ${found.why}.`
		: `The SSH key ${id} is not as it was (${named(from)}): look at it in the vault.`;
}

/** The vault took the new key, but does not give it back as it was sent. */
async function putBack(change: Change, found: Exclude<Found, { holds: 'new' }>): Promise<Failure> {
	const { api, before, after, id, fingerprint: from, to } = change;
	const fail = (message: string, description: string, kind: 'refused' | 'lost' = 'refused') =>
		new Failure(message, { kind, description });
	if (found.holds === 'old') {
		return fail(
			'The vault accepted the new key, but still holds the present one',
			`Its fingerprint is ${named(from)}. Nothing was changed: look at the SSH key ${id} there.`,
		);
	}
	const seen =
		found.holds === 'unknown'
			? `It could not be read back: ${found.why}.`
			: `It gave back a key (${named(found.fingerprint)}) that is not the new one (${to}) whole.`;
	// What the present key lacks has to be taken from the vault again.
	const password = before.password ?? (after.password === undefined ? undefined : '');
	const lost = await api.storeKey({ ...before, password }, { evenIfCancelled: true }).then(
		() => undefined,
		(failure: Failure) => failure,
	);
	if (lost && lost.kind !== 'lost' && lost.kind !== 'unusable') {
		return fail(
			'The vault accepted the new key, which could not be checked, and did not take the former one back',
			`${seen} Putting it back ended so: ${lost.message}. The vault holds the new key (${to}), as far as it said: look at the SSH key ${id} there.`,
			'lost',
		);
	}
	const then = await look(change);
	if (then.holds === 'old') {
		return fail(
			'The SSH key was not rotated: the new key did not arrive whole, and the former one was put back',
			`${seen} The vault holds the former key (${named(from)}) again.`,
		);
	}
	return fail(
		'The new key could not be checked in the vault, and neither could the former one that was put back',
		`${seen} ${holdsNow(change, then, lost === undefined)} Read the SSH key ${id} to see which.`,
		'lost',
	);
}

/** @param isConfirmed Whether the vault said that it took the former key back. */
function holdsNow({ fingerprint: from, to }: Change, then: Found, isConfirmed: boolean): string {
	if (then.holds === 'new') return `The vault holds the new key (${to}).`;
	if (then.holds === 'other') {
		return `The vault holds a key (${named(then.fingerprint)}) that is neither the former one (${named(from)}) nor the new one (${to}).`;
	}
	return isConfirmed
		? `The vault said that it holds the former key (${named(from)}) again.`
		: `The vault holds either the former key (${named(from)}) or the new one (${to}).`;
}
