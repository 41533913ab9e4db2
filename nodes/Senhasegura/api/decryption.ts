import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readable } from '../../shared/charset';
import { Failure, inputFailure } from '../../shared/failure';
import { asObject } from '../../shared/read';
import { credentialPem } from '../../shared/tls';

/** Bytes of an RSA ciphertext: as many as the modulus has. */
const CIPHERTEXT_BYTES = [128, 256, 384, 512, 1024];

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/**
 * What the vault writes in place of a secret that is too long for RSA (docs/api/senhasegura.md,
 * "Encrypted secrets").
 */
const NOT_ENCRYPTED = /^An error occurred while encrypting/i;

/**
 * Opens the secrets in answers of an authorization with "Enable encryption of sensitive information":
 * base64 of an RSA-OAEP (SHA-1) ciphertext. Source: docs/api/senhasegura.md, "Encrypted secrets".
 */
export class Decryption {
	private readonly key: KeyObject | undefined;

	/** What must not appear in any text. */
	readonly secrets: string[];

	/** @throws Failure when the credential's key is no private key of RSA */
	constructor({ decryptionKey }: ICredentialDataDecryptedObject) {
		const pem = credentialPem('Decryption Key', decryptionKey);
		this.key = pem === undefined ? undefined : readKey(pem);
		this.secrets = pem === undefined ? [] : [String(decryptionKey), pem];
	}

	/**
	 * Puts secrets in clear into an answer.
	 *
	 * @param paths Where secrets can stand, as dot paths; `*` is every entry of a list or an object.
	 * @returns whether a secret was left that seems to be encrypted, since there is no key for it
	 * @throws Failure of kind `unusable` when the key does not fit, or the vault could not encrypt
	 */
	open(body: unknown, paths: string[]): boolean {
		let isLeft = false;
		for (const path of paths) {
			visit(body, path.split('.'), (text) => {
				if (NOT_ENCRYPTED.test(text)) throw tooLong();
				const ciphertext = ciphertextIn(text);
				if (!ciphertext) return text;
				if (this.key) return decrypt(this.key, ciphertext);
				isLeft = true;
				return text;
			});
		}
		return isLeft;
	}
}

/**
 * Refuses secrets that cannot have been read right: stored anew by a rotation, a passphrase that came out
 * wrong would lock its users out.
 *
 * @param paths As for `open`.
 * @throws Failure
 */
export function demandReadable(body: unknown, paths: string[]): void {
	for (const path of paths) {
		visit(body, path.split('.'), (text) => readable(text, 'A secret'));
	}
}

/** Shown where an answer holds a secret that nobody can read as it is. */
export const ENCRYPTED_HINT =
	"A secret seems to be encrypted by the vault. Put the private key that the authorization's screen gave into 'Decryption Key' of the credential.";

function readKey(pem: string): KeyObject {
	const key = attempt(() => createPrivateKey(pem));
	if (key?.asymmetricKeyType === 'rsa') return key;
	throw inputFailure(
		"'Decryption Key' in the credential is not an RSA private key that can be read",
		'Paste the PEM file that the vault gave for the authorization, without a passphrase.',
	);
}

function ciphertextIn(text: string): Buffer | undefined {
	if (!BASE64.test(text)) return undefined;
	const bytes = Buffer.from(text, 'base64');
	return CIPHERTEXT_BYTES.includes(bytes.length) ? bytes : undefined;
}

function decrypt(key: KeyObject, ciphertext: Buffer): string {
	const padding = constants.RSA_PKCS1_OAEP_PADDING;
	const opened = attempt(() => privateDecrypt({ key, padding, oaepHash: 'sha1' }, ciphertext));
	if (opened) return opened.toString('utf8');
	throw new Failure("'Decryption Key' in the credential does not open the secret", {
		kind: 'unusable',
		description: whyClosed(key, ciphertext),
	});
}

function whyClosed(key: KeyObject, ciphertext: Buffer): string {
	const padding = otherPadding(key, ciphertext);
	return padding === undefined
		? 'The vault has encrypted it with another key. Each authorization has a key of its own, which is shown once: download it again, or turn off the encryption of sensitive information in the authorization.'
		: `It is the right key, but the secret was encrypted with another padding: ${padding}. The vault documents RSA-OAEP with SHA-1, and the node supports only that. Turn off the encryption of sensitive information of the authorization, and report the padding to the makers of this node.`;
}

/** The padding with which the key does open a ciphertext; it is not used, since nothing says that it is meant. */
function otherPadding(key: KeyObject, ciphertext: Buffer): string | undefined {
	for (const oaepHash of ['sha256', 'sha384', 'sha512']) {
		const padding = constants.RSA_PKCS1_OAEP_PADDING;
		if (attempt(() => privateDecrypt({ key, padding, oaepHash }, ciphertext))) {
			return `RSA-OAEP with ${oaepHash.replace('sha', 'SHA-')}`;
		}
	}
	// OpenSSL makes up a text where this padding is wrong, so that the block itself is looked at.
	const block = attempt(() =>
		privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext),
	);
	return block && isPkcs1(block) ? 'PKCS#1 v1.5' : undefined;
}

/** RFC 8017, 7.2.2: 0, 2, at least eight random bytes that are not 0, then 0 before the message. */
function isPkcs1(block: Buffer): boolean {
	const end = block.indexOf(0, 2);
	return block[0] === 0 && block[1] === 2 && end >= 10;
}

/** What OpenSSL says helps nobody, and may quote the key. */
function attempt<Value>(make: () => Value): Value | undefined {
	try {
		return make();
	} catch {
		return undefined;
	}
}

function tooLong(): Failure {
	return new Failure('The vault could not encrypt the secret, so it returned none', {
		kind: 'unusable',
		description:
			"RSA holds short texts only, so a private key does not fit. Turn off 'Enable encryption of sensitive information' of the authorization, or use another authorization for it, in A2A > Applications > Authorizations.",
	});
}

/** Replaces every text at a path. */
function visit(value: unknown, [step, ...rest]: string[], replace: (text: string) => string): void {
	const holder = (Array.isArray(value) ? value : asObject(value)) as Record<string, unknown> | null;
	if (!holder || step === undefined) return;
	for (const key of step === '*' ? Object.keys(holder) : [step]) {
		const entry = holder[key];
		if (rest.length > 0) visit(entry, rest, replace);
		else if (typeof entry === 'string' && entry !== '') holder[key] = replace(entry);
	}
}
