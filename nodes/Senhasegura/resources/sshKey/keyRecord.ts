import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { upsertKey } from '../../api/keys';
import type { KeyRequest } from '../../api/keys';
import { isRefusedWith } from '../../api/refusals';
import { Failure } from '../../../shared/failure';
import { asId, asText } from '../../../shared/read';
import { readPrivateKey } from '../../sshKeys/privateKey';
import { fingerprint, foreignKind, parsePublicKey, publicLine } from '../../sshKeys/publicKey';
import { readMark } from '../shared/helperRecords';
import type { Mark } from '../shared/helperRecords';
import { identifierOf } from '../shared/credentialList';
import { devicesOf } from './devices';
import { asFile, keyPath, publicBlobOf, readKeyToKeep, tagsOf } from './sshKeyItem';
import type { KeyInVault } from './sshKeyItem';

/** A key pair of the vault that can be stored again somewhere else. */
export interface Pair {
	privateKey: string;
	publicKey: string;
	/** The public key's wire form, by which pairs are compared. */
	blob: Buffer;
	passphrase: string | undefined;
}

/** A record of a key that is enabled, as it was read. */
export interface KeyRecord {
	id: string;
	pair: Pair;
	username: string | null;
	read: KeyInVault;
}

/** A helper record. */
export interface Helper {
	id: string;
	username: string | null;
	/** What the username says; undefined where somebody has changed it. */
	mark: Mark | undefined;
	/** Undefined where the record is disabled: then the vault does not give it. */
	record: KeyRecord | undefined;
}

export const samePair = (a: Pair, b: Pair) => a.blob.equals(b.blob);

export const fingerprintOf = ({ blob }: Pair) => fingerprint(blob);

const KEY_INACTIVE = 1017;
const KEY_NOT_FOUND = 1015;

/** @throws Failure where the record cannot be read, or tells no pair */
export async function readRecord(api: SenhaseguraApi, id: string): Promise<KeyRecord> {
	const read = await readKeyToKeep(api, id);
	if (read.hints.length > 0) {
		throw new Failure(
			'The SSH key cannot be rotated, because the vault gives its secrets encrypted',
			{
				kind: 'refused',
				description:
					"The present pair could not be kept. Enter the 'Decryption Key' in the credential, or use an authorization without encryption.",
			},
		);
	}
	return { id, pair: pairOf(read), username: asText(read.record.username), read };
}

function pairOf(read: KeyInVault): Pair {
	const foreign = foreignKind(read.publicKey ?? '');
	if (foreign !== undefined) throw foreignKey(foreign);
	const blob = publicBlobOf(read);
	if (!blob) {
		throw new Failure('The vault gives no public key of the SSH key, so it cannot be rotated', {
			kind: 'refused',
			description:
				"The node could not tell its pair from others. Store the key again with its public key in OpenSSH form, with 'Key Source' Provide.",
		});
	}
	const isStated = parsePublicKey(read.publicKey ?? '') !== undefined;
	return {
		privateKey: read.privateKey,
		// What cannot be read, as where an answer breaks off, is stored nowhere.
		publicKey: isStated ? (read.publicKey as string) : publicLine(blob),
		blob,
		passphrase: read.passphrase,
	};
}

function foreignKey(kind: string): Failure {
	return new Failure(`The SSH key is ${kind}, so it cannot be rotated`, {
		kind: 'refused',
		description:
			"The node cannot make a successor for a key of this kind. Make a new key with 'SSH Key: Create' and 'Key Source' Generate, or get one from the source of this key and store it. Make sure that hosts accept the new key, then use 'SSH Key: Disable' for this one.",
	});
}

/**
 * Reads a helper record, whatever its state.
 *
 * @param listed Its record in the list; a disabled one tells no more than that.
 * @returns undefined where there is none
 */
export async function readHelper(
	api: SenhaseguraApi,
	listed: IDataObject | undefined,
): Promise<Helper | undefined> {
	const id = asId(listed?.id);
	if (!listed || id === null) return undefined;
	const record = await readRecord(api, id).catch((failure: unknown) => {
		if (isRefusedWith(failure, KEY_INACTIVE)) return undefined;
		if (isRefusedWith(failure, KEY_NOT_FOUND)) return null;
		throw failure;
	});
	if (record === null) return undefined;
	const username = record ? record.username : asText(listed.username);
	return { id, username, mark: readMark(username), record };
}

/** Whether a pair can be used: the private key can be read, and is the public key's. */
export function isWhole({ privateKey, blob, passphrase }: Pair): boolean {
	const secret = readPrivateKey(privateKey, passphrase);
	return secret.state === 'readable' && secret.publicBlob.equals(blob);
}

/** Whether a record gives back a pair as it was stored, passphrase included. */
export function holds({ pair }: KeyRecord, stored: Pair): boolean {
	return (
		pair.blob.equals(stored.blob) &&
		asFile(pair.privateKey) === asFile(stored.privateKey) &&
		pair.passphrase === stored.passphrase
	);
}

/**
 * Everything that is known of a key, with a pair, so that an update leaves nothing out
 * (docs/api/senhasegura.md, "Storing an SSH key").
 *
 * @throws Failure where the vault does not tell the key's device
 */
export function requestOf(
	{ read, pair: present }: KeyRecord,
	listed: IDataObject,
	pair: Pair,
): KeyRequest {
	const { record } = read;
	const devices = devicesOf(record).map(({ hostname }) => ({ hostname }));
	return {
		...deviceAddressOf(record, listed),
		private_key: pair.privateKey,
		public_key: pair.publicKey,
		username: asText(record.username) ?? undefined,
		identifier: identifierOf(listed) ?? '',
		devices: devices.length > 0 ? devices : undefined,
		tags: tagsOf(record).join(',') || undefined,
		key_name: asText(record.key_name) ?? undefined,
		// A passphrase that the new pair does not have must not stay.
		password: pair.passphrase ?? (present.passphrase === undefined ? undefined : ''),
	};
}

/** The main device of a key, which is that of its helpers, too. */
export function deviceAddressOf(
	record: IDataObject,
	listed: IDataObject,
): { ip: string; hostname: string } {
	const ip = asText(record.ip) ?? asText(listed.management_ip);
	const hostname = asText(record.hostname) ?? asText(listed.hostname);
	if (ip !== null && hostname !== null) return { ip, hostname };
	throw new Failure(
		'The vault does not say which device the SSH key belongs to, so it cannot be rotated',
		{
			kind: 'refused',
			description: "An update needs the device's host name and IP: complete the key's record.",
		},
	);
}

export interface StoredPair {
	id: string;
	/** As it was read back; undefined where it is disabled. */
	record: KeyRecord | undefined;
	/** Devices that the vault did not link. */
	devicesError: string[];
	/** Where nobody knows what became of the request. */
	lost?: Failure;
}

/**
 * Stores a pair and reads it back, which alone shows what the vault holds. The request is sent once: a
 * lost answer is made up for by reading, and what is not seen then may still be under way.
 *
 * @param id Of the record, where it is known.
 * @param what The record, as it completes "stored in".
 * @throws Failure that says what the vault may hold
 */
export async function storePair(
	api: SenhaseguraApi,
	request: KeyRequest,
	{ id: known, what }: { id: string | undefined; what: string },
): Promise<StoredPair> {
	const outcome = await upsertKey(api, request, { once: true }).catch(
		(failure: Failure) => failure,
	);
	if (outcome instanceof Failure) {
		const isUnknown = outcome.kind === 'lost' || outcome.kind === 'unusable';
		// Only a helper record that is made now has no ID yet.
		const isOdd = known === undefined && /[^\w.-]/.test(request.identifier);
		if (!isUnknown) throw notStored(outcome, what).plus(isOdd ? ODD_IDENTIFIER : '');
		if (known === undefined) throw notKnown(outcome, what).plus(IF_NOT_FOUND);
		return { id: known, record: await readBack(api, known, what), devicesError: [], lost: outcome };
	}
	if (known !== undefined && outcome.id !== known) throw storedElsewhere(outcome.id, what, known);
	const { id, devicesError } = outcome;
	return { id, record: await readBack(api, id, what), devicesError };
}

async function readBack(
	api: SenhaseguraApi,
	id: string,
	what: string,
): Promise<KeyRecord | undefined> {
	return await readRecord(api, id).catch((failure: Failure) => {
		if (isRefusedWith(failure, KEY_INACTIVE)) return undefined;
		throw failure.with({
			message: `What was stored in ${what} could not be read back: ${failure.message}`,
			kind: 'lost',
			declared: undefined,
		});
	});
}

function notStored(failure: Failure, what: string): Failure {
	return failure.with({ message: `Nothing was stored in ${what}: ${failure.message}` });
}

/** docs/api/senhasegura.md, "Storing a credential". */
const ODD_IDENTIFIER =
	"If the vault wants identifiers of letters, digits, '-', '_' and '.' only, give the key another identifier there.";

/** How the vault finds the record of a request is not documented for all cases. */
const IF_NOT_FOUND =
	'If that run does not find the key, the vault took the new record for the key itself: look at its identifier in the vault.';

/** Of a helper record: the request named no other record that there is, or held the present pair. */
export function notKnown(failure: Failure, what: string): Failure {
	return failure
		.with({
			message: `It is not known if a pair was stored in ${what}: ${failure.message}`,
			declared: undefined,
		})
		.plus(
			'Nothing was sent that replaces the present pair, so hosts accept it as before. Run the workflow again: it goes on from there.',
		);
}

function storedElsewhere(id: string, what: string, known: string): Failure {
	return new Failure(
		`The vault stored in the SSH key ${id} what was meant for ${what}, which is ${known}`,
		{
			kind: 'unusable',
			description: `Look at both in the vault: the pair that ${id} had is gone unless it is the same one.`,
		},
	);
}

/** Disables a record; that it is disabled already is as good. */
export async function disable(api: SenhaseguraApi, id: string): Promise<void> {
	await api.settle({
		method: 'DELETE',
		path: keyPath(id),
		alreadyCodes: [KEY_INACTIVE],
		succeedIfAlready: true,
	});
}

const KEY_ACTIVE = 1045;

/** Enables a record; that it is enabled already is as good. */
export async function enable(api: SenhaseguraApi, id: string): Promise<void> {
	await api.settle({
		method: 'PUT',
		path: keyPath(id),
		alreadyCodes: [KEY_ACTIVE],
		succeedIfAlready: true,
	});
}

/** The comment of a public key; empty where there is none. */
export const commentOf = ({ publicKey }: Pair) => parsePublicKey(publicKey)?.comment ?? '';
