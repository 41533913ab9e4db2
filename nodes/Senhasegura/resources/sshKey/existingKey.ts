import type { IDataObject } from 'n8n-workflow';
import { KEY_SECRETS } from '../../api/schemas';
import type { SenhaseguraApi } from '../../api/client';
import { isRefusedWith } from '../../api/refusals';
import { Failure } from '../../../shared/failure';
import { asId, asText } from '../../../shared/read';
import type { Call, Result } from '../../../shared/operation';
import { nullAt } from '../../../shared/secretOutput';
import { didNothing, notNoted } from '../../../shared/sendOnce';
import { fingerprint } from '../../sshKeys/publicKey';
import { helperOf } from '../shared/helperRecords';
import { identifierOf, isSshKey, onlyOne, recentCredentials } from '../shared/credentialList';
import { item } from '../shared/operation';
import { demandNoAutomaticChange } from './automaticChange';
import { readDevices } from './devices';
import type { KeyValues } from './fields';
import { listedKeys } from './listedKey';
import { publicBlobOf, readKey, readKeyToKeep } from './sshKeyItem';
import type { KeyInVault } from './sshKeyItem';

/** What is to be stored. */
export interface Wish {
	values: KeyValues;
	identifier: string;
	/** Whether the identifier is of this call alone, so that only another try of it can have used it. */
	isOwn: boolean;
}

/** A key that the vault has under an identifier before anything is stored under it. */
export interface ExistingKey {
	id: string;
	/** As the vault spells it. */
	identifier: string;
	/** Its record in the list. */
	listed: IDataObject;
	/** Whether a rotation of it is not finished, which may change its pair at any moment. */
	isRotating: boolean;
	/** What the list tells of its helpers: each write of a rotation changes it. */
	helpers: string;
}

/**
 * Looks for a key in the list of credentials; whether the vault minds the case of an identifier is not
 * documented.
 *
 * @param list Where it was just read.
 * @throws Failure where the list has more than one
 */
export async function existingKey(
	api: SenhaseguraApi,
	identifier: string,
	list?: IDataObject[],
): Promise<ExistingKey | undefined> {
	const folded = identifier.toLowerCase();
	const records = list ?? (await recentCredentials(api));
	const called = records.filter(
		(record) => isSshKey(record) && identifierOf(record)?.toLowerCase() === folded,
	);
	const listed = onlyOne(called, `the identifier ${identifier}`);
	const id = asId(listed?.id);
	if (!listed || id === null) return undefined;
	const key = listedKeys(records, api.serverTimeZone).find(({ record }) => record === listed);
	const isRotating = key?.rotation.state === 'unfinished';
	const told = records.flatMap((record) =>
		helperOf(identifierOf(record))?.identifier.toLowerCase() === folded
			? asText(record.username)
			: [],
	);
	const helpers = JSON.stringify(told.sort());
	return { id, identifier: identifierOf(listed) ?? identifier, listed, isRotating, helpers };
}

/**
 * @throws Failure where a rotation is not finished, which may change the pair at any moment, or where the
 * vault changes the key by itself, or may do so
 */
export function demandOwn(
	{ identifier, listed, isRotating }: ExistingKey,
	{ additionalFields }: KeyValues,
): void {
	if (isRotating) {
		throw new Failure(`The rotation of the SSH key ${identifier} is not finished`, {
			kind: 'refused',
			description:
				"An update stores a pair, and could undo the rotation. Nothing was changed. Use 'SSH Key: Finish Rotation' first, then update the key.",
		});
	}
	const { automaticChangeIsOff } = additionalFields;
	demandNoAutomaticChange(listed, automaticChangeIsOff, 'nothing was stored in it');
}

/** A pair as it goes to the vault. */
export interface SentPair {
	privateKey: string;
	publicKey: string;
	passphrase: string | undefined;
}

/**
 * The pair that a key has, to be stored again with what else changes: the vault wants one with each
 * update (docs/api/senhasegura.md, "Storing an SSH key").
 *
 * @throws Failure where the vault does not give it in clear
 */
export async function pairOfExisting(
	api: SenhaseguraApi,
	{ id, identifier }: ExistingKey,
): Promise<SentPair> {
	const { privateKey, publicKey, passphrase, hints } = await readKeyToKeep(api, id);
	if (hints.length === 0 && publicKey !== null) return { privateKey, publicKey, passphrase };
	throw new Failure(
		`The SSH key ${identifier} is in the vault already, and its pair cannot be kept in an update`,
		{
			kind: 'refused',
			description: `${publicKey === null ? 'The vault gives no public key of it.' : "The vault gives its secrets encrypted: enter the 'Decryption Key' in the credential, or use an authorization without encryption."} Nothing was changed. If nothing uses the key, 'Replace the Key Pair' gives it a new pair; for a further key, give another 'Identifier'.`,
		},
	);
}

type Noted = Pick<Call, 'identity' | 'log' | 'notes'>;

/** The note of a call whose pair is made here: each try would make another one. */
const noteOf = ({ identity }: Noted) => JSON.stringify(identity);

/**
 * Notes that a call is about to store a pair, for a process that runs it again.
 *
 * @returns whether an earlier try was noted, whose pair may have been handed over
 * @throws Failure where n8n's database does not take the note
 */
export async function wasNoted(call: Noted): Promise<boolean> {
	const isKnown = call.notes?.noteOnce(noteOf(call)).catch((error: Error) => {
		throw notNoted(error);
	});
	return (await isKnown) ?? false;
}

/** Sends what was noted, and takes the note back where that did nothing. */
export async function sendNoted<T>(call: Noted, send: () => Promise<T>): Promise<T> {
	return await send().catch(async (failure: Error) => {
		if (didNothing(failure)) {
			await call.notes
				?.remove(noteOf(call))
				.catch(() => call.log.warn('A note of a call that did nothing could not be taken back'));
		}
		throw failure;
	});
}

/** Said of a key that this process has not stored: only the vault knows what other processes did. */
export const OF_EARLIER_RUN =
	'If n8n has run this execution before, for example after a crash, it is the key of that run.';

const KEY_INACTIVE = 1017;

/**
 * @returns undefined for a key that is stored disabled: then the vault gives nothing of it
 * (docs/api/senhasegura.md, "Errors by number")
 */
export async function readIfActive(
	api: SenhaseguraApi,
	id: string,
): Promise<KeyInVault | undefined> {
	return await readKey(api, id).catch((failure: unknown) => {
		if (isRefusedWith(failure, KEY_INACTIVE)) return undefined;
		throw failure;
	});
}

/**
 * What is known of a key that an earlier try of the same call may have stored, its private key left out.
 */
export async function foundAgain(
	api: SenhaseguraApi,
	{ id, identifier, listed }: ExistingKey,
	{ triedBefore = false }: Pick<Call, 'triedBefore'>,
	{ values: { ip, hostname, additionalFields }, isOwn }: Pick<Wish, 'isOwn' | 'values'>,
): Promise<Result> {
	const key = await readIfActive(api, id);
	const blob = key && publicBlobOf(key);
	const publicKey = key?.publicKey ?? null;
	const print = blob ? fingerprint(blob) : null;
	const raw = key ? (nullAt(key.body, KEY_SECRETS) as IDataObject) : listed;
	return {
		item: item('sshKey', {
			id,
			identifier,
			created: isOwn ? triedBefore : null,
			secret: null,
			expiresAt: null,
			ip,
			hostname,
			username:
				asText(key?.record.username ?? listed.username) ?? additionalFields.username ?? null,
			devices: readDevices(key?.record.devices),
			devicesError: [],
			publicKey,
			fingerprint: print,
			storedAsGiven: false,
		}),
		raw: { ...raw, identifier, publicKey, fingerprint: print },
		issued: false,
		ofEarlierTry: [
			isOwn
				? `The SSH key ${id} has the identifier '${identifier}', which only this call has used. ${triedBefore ? 'So an earlier try of it has stored the key.' : OF_EARLIER_RUN}`
				: `The SSH key ${id} has the identifier '${identifier}'. Whether an earlier try of this call has stored the pair that it holds is not known; to replace the pair, start the workflow anew.`,
			'Nothing was stored by this try.',
			key
				? 'The item has the public half of what the vault holds.'
				: "The key is disabled, so the vault does not give its public half: use 'SSH Key: Enable', and read it with 'SSH Key: Get'.",
		].join(' '),
	};
}
