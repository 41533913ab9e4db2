import { Failure, inputFailure } from '../../../shared/failure';
import { isWeaker, keyKind, sameOrLarger } from '../../sshKeys/algorithm';
import { generatePair } from '../../sshKeys/generate';
import type { KeyAlgorithm } from '../../sshKeys/generate';
import { lineageOf, lineageTag, taggedComment } from '../../sshKeys/lineage';
import { isEncrypted, readPrivateKey } from '../../sshKeys/privateKey';
import { parsePublicKey } from '../../sshKeys/publicKey';
import { stamp } from '../shared/helperRecords';
import { commentOf } from './keyRecord';
import type { Pair } from './keyRecord';
import type { Rotation } from './rotation';
import { keyComment } from './store';

export interface PairWish {
	algorithm: KeyAlgorithm | 'same';
	newPassphrase?: string | undefined;
}

/** What a new pair is going to be. */
export interface PairPlan {
	algorithm: KeyAlgorithm;
	passphrase: string | undefined;
}

/**
 * Decides what the new pair of a key is.
 *
 * @throws Failure where the wish would make a weaker one, or one without the passphrase
 */
export function planPair(present: Pair, { algorithm, newPassphrase }: PairWish): PairPlan {
	demandUsable(present);
	return {
		algorithm: chooseAlgorithm(algorithm, present),
		passphrase: choosePassphrase(present, newPassphrase),
	};
}

/** @throws Failure where hosts could not be reached with the present pair as the vault has it */
function demandUsable(present: Pair): void {
	const { privateKey, passphrase, blob } = present;
	const secret = readPrivateKey(privateKey, passphrase);
	const isReadable = secret.state === 'readable';
	const isLocked = passphrase !== undefined && isEncrypted(privateKey);
	if (isReadable ? secret.publicBlob.equals(blob) : !isLocked) return;
	throw new Failure('The present pair in the vault cannot be used, so it is not rotated', {
		kind: 'refused',
		description: `${isReadable ? 'Its private key is not that of its public key.' : 'Its passphrase does not open its private key, or the vault returns it in another form than it was stored.'} It is what logs in to the hosts: store the right one first.`,
	});
}

function chooseAlgorithm(wanted: PairWish['algorithm'], { blob }: Pair): KeyAlgorithm {
	const present = keyKind(blob);
	const chosen = wanted === 'same' ? sameOrLarger(present) : wanted;
	if (chosen === undefined) {
		throw inputFailure(
			`Choose a 'Key Algorithm': the node cannot make keys of the kind ${present.name}`,
			'Choose one that is at least as strong, such as Ed25519, or ECDSA P-384 for RSA keys of more than 4096 bits.',
		);
	}
	if (isWeaker(chosen, present)) {
		throw inputFailure(
			`'Key Algorithm' ${chosen} is weaker than the present key, which is ${present.name}`,
			"Choose a stronger one, or 'Same as the Present Key'.",
		);
	}
	return chosen;
}

function choosePassphrase(present: Pair, newPassphrase: string | undefined): string | undefined {
	const passphrase = newPassphrase ?? present.passphrase;
	if (passphrase !== undefined || !isEncrypted(present.privateKey)) return passphrase;
	throw inputFailure(
		'The present key has a passphrase that the vault does not hold, so it cannot be kept',
		"Enter 'New Passphrase', or the new key would have none.",
	);
}

/**
 * Makes the pair that comes next.
 *
 * @param at Epoch milliseconds; the pair's comment says it.
 */
export async function makePair(
	{ id, identifier, present }: Rotation,
	{ algorithm, passphrase }: PairPlan,
	at: number,
): Promise<Pair> {
	const { record } = present.read;
	const owner =
		commentOf(present.pair) ||
		keyComment(present.username ?? undefined, String(record.hostname ?? ''));
	const comment = taggedComment(owner, lineageTag(lineageOf(id, identifier), stamp(at)));
	const { privateKey, publicKey } = await generatePair(algorithm, comment, passphrase);
	const blob = parsePublicKey(publicKey)?.blob as Buffer;
	return { privateKey, publicKey, blob, passphrase };
}
