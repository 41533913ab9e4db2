import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { KEY_SECRETS } from '../../api/schemas';
import { Failure } from '../../../shared/failure';
import { asId, asText, asTexts } from '../../../shared/read';
import { readId, readText, readTexts, readWith } from '../../../shared/item';
import type { Located } from '../../../shared/locator';
import { pathSegment } from '../../../shared/url';
import { fingerprint, parsePublicKey } from '../../sshKeys/publicKey';
import { readPrivateKey } from '../../sshKeys/privateKey';
import {
	identifierOf,
	isSshKey,
	knownCredentials,
	listedName,
	onlyOne,
	readIdentifier,
} from '../shared/credentialList';
import { timeFields } from '../shared/vaultTime';
import { record } from '../shared/answers';
import { item } from '../shared/operation';
import { readDevices } from './devices';

/** A key as it is in the vault. */
export interface KeyInVault {
	/** The vendor's record. */
	record: IDataObject;
	/** The vendor's answer around it. */
	body: IDataObject;
	privateKey: string;
	publicKey: string | null;
	/** Not trimmed: it may start or end with spaces. */
	passphrase: string | undefined;
	hints: string[];
}

export const keyPath = (id: string) => `pam/key/${pathSegment(id)}`;

const answer = z.object({
	key: record.refine((key) => asId(key.id) !== null && asText(key.private_key) !== null),
});

/**
 * `GET pam/key/{id}`. Source: docs/api/senhasegura.md, "Reading an SSH key".
 *
 * @throws Failure; an answer without a private key is one
 */
export async function readKey(api: SenhaseguraApi, id: string): Promise<KeyInVault> {
	const { value, body, hints } = await api.answerTo({
		method: 'GET',
		path: keyPath(id),
		isRead: true,
		repeatable: true,
		secrets: KEY_SECRETS,
		answer,
		what: 'the private key',
	});
	demandSame(value.key.id, id, 'SSH key');
	const { private_key: privateKey, public_key: publicKey, password } = value.key;
	return {
		record: value.key,
		body,
		privateKey: String(privateKey),
		publicKey: asText(publicKey)?.trim() ?? null,
		passphrase: passphraseOf(password),
		hints,
	};
}

/**
 * The same of a key whose pair is stored again: one that looks damaged is read twice, since what an answer
 * has lost on its way would be lost in the vault as well.
 *
 * @throws Failure where the vault does not give the same pair twice
 */
export async function readKeyToKeep(api: SenhaseguraApi, id: string): Promise<KeyInVault> {
	const key = await readKey(api, id);
	if (key.hints.length > 0 || !looksDamaged(key)) return key;
	const again = await readKey(api, id);
	const told = ({ privateKey, publicKey, passphrase }: KeyInVault) =>
		JSON.stringify([asFile(privateKey), publicKey, passphrase]);
	if (told(key) === told(again)) return key;
	throw new Failure(
		`The vault gave two different pairs of the SSH key ${id}, one right after the other`,
		{
			kind: 'refused',
			description:
				'One of the answers was damaged, or somebody has just stored another pair. This step has stored nothing: run the workflow again.',
		},
	);
}

/** Whether a private key of a kind that is known cannot be read, or is not that of the public one. */
function looksDamaged({ privateKey, publicKey }: KeyInVault): boolean {
	const stated = parsePublicKey(publicKey ?? '');
	if (!stated || !/^(ssh-(ed25519|rsa)|ecdsa-sha2-\w+)$/.test(stated.algorithm)) return false;
	const secret = readPrivateKey(privateKey);
	return secret.state === 'readable'
		? !secret.publicBlob.equals(stated.blob)
		: secret.state === 'broken';
}

/** As it is, white space included; PHP may write digits as a number. */
function passphraseOf(password: unknown): string | undefined {
	const text = typeof password === 'number' ? String(password) : password;
	return typeof text === 'string' && text !== '' ? text : undefined;
}

/** The public key's wire form: as it is stated, or of the private key where nothing is stated. */
export function publicBlobOf({
	publicKey,
	privateKey,
	passphrase,
}: KeyInVault): Buffer | undefined {
	const stated = publicKey === null ? undefined : parsePublicKey(publicKey)?.blob;
	if (stated) return stated;
	const read = readPrivateKey(privateKey, passphrase);
	return read.state === 'readable' ? read.publicBlob : undefined;
}

/**
 * With the line ends that OpenSSH reads; the vault keeps those that it was given
 * (docs/api/senhasegura.md, "Storing an SSH key").
 */
export function asFile(key: string): string {
	return key.includes('-----BEGIN') ? `${key.replace(/\r\n?/g, '\n').trimEnd()}\n` : key;
}

export function tagsOf({ tags }: IDataObject): string[] {
	return asTexts(withoutEntities(tags));
}

/** Older versions write `&` in tags as an entity (docs/api/senhasegura.md, "Versions"). */
function withoutEntities(tags: unknown): unknown {
	const plain = (tag: unknown) => (typeof tag === 'string' ? tag.replaceAll('&amp;', '&') : tag);
	return Array.isArray(tags) ? tags.map(plain) : plain(tags);
}

/**
 * @param zone Of the vault's clock, where the credential names it.
 * @param listed Its record in the list, which alone tells the identifier (docs/api/senhasegura.md,
 * "Reading an SSH key").
 */
export function sshKeyItem(
	key: KeyInVault,
	zone: string | undefined,
	listed: IDataObject = {},
): IDataObject {
	const { record: own } = key;
	const blob = publicBlobOf(key);
	return item('sshKey', {
		id: readId(own.id),
		secret: asFile(key.privateKey),
		passphrase: key.passphrase ?? null,
		...timeFields('expiresAt', own.expiration_time, zone),
		identifier: readIdentifier(own) ?? readIdentifier(listed),
		keyName: readText(own.key_name),
		username: readText(own.username),
		hostname: readText(own.hostname),
		ip: readText(own.ip),
		devices: readDevices(own.devices),
		tags: readTexts(withoutEntities(own.tags)),
		publicKey: readWith((value) => asText(value)?.trim(), own.public_key),
		fingerprint: blob ? fingerprint(blob) : null,
	});
}

export interface FoundKey {
	id: string;
	/** Its record in the list of credentials; undefined where that was not needed. */
	listed?: IDataObject;
}

/**
 * The key that a locator names. An identifier is looked up in the list, since the vendor's paths take
 * the ID only (docs/api/senhasegura.md, "Addresses").
 *
 * @throws Failure where the list has no such key, or more than one
 */
export async function findKey(api: SenhaseguraApi, wanted: Located): Promise<FoundKey> {
	if (wanted.by === 'id') return { id: wanted.value };
	return locateKey(await knownCredentials(api), wanted);
}

/** The same, among records of the list that were read already. */
export function locateKey(
	records: IDataObject[],
	{ by, value }: Located,
): { id: string; listed: IDataObject } {
	const what = by === 'id' ? 'ID' : 'identifier';
	const told = by === 'id' ? ({ id }: IDataObject) => asId(id) : identifierOf;
	const fitting = records.filter((entry) => told(entry) === value);
	const listed = onlyOne(fitting, `the ${what} ${value}`);
	const id = asId(listed?.id);
	if (!listed || id === null) {
		throw new Failure(`The vault lists no SSH key with the ${what} ${value}`, {
			kind: 'refused',
			description:
				"Compare 'SSH Key' with the list, and check that the authorization has access to the key.",
		});
	}
	if (isSshKey(listed)) return { id, listed };
	throw new Failure(
		`'SSH Key' names the credential ${listedName(listed)}, which is not an SSH key`,
		{
			kind: 'refused',
			description: 'Choose a key: keys and credentials share IDs and identifiers.',
		},
	);
}
