import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { parseJson } from './answer';
import { inputFailure } from './failure';
import { asObject } from './read';
import { SMALLEST_MODULUS_BITS } from './jwe';
import type { Recipient } from './jwe';
import { foldPem } from './pem';

const NAME = 'Recipient Private Key';

/** The field of a credential that opens secrets on their way from one node to another. */
export const recipientPrivateKey: INodeProperties = {
	displayName: NAME,
	name: 'recipientPrivateKey',
	type: 'string',
	typeOptions: { password: true, rows: 4 },
	default: '',
	placeholder: '-----BEGIN PRIVATE KEY-----',
	description:
		"Opens secrets that reach a field of the node encrypted (JWE). It is never sent anywhere. RSA of at least 2048 bits, as PEM without a passphrase or JWK; 'Secret Output' can encrypt for it.",
};

/** What to do for a secret that came encrypted where the credential has no such key. */
export function withoutRecipientKey(field: string) {
	return inputFailure(
		`'${field}' holds a JWE, and the credential has no '${NAME}'`,
		`Give the credential the private key that the secret was encrypted for, as '${NAME}', or give the secret unencrypted.`,
	);
}

interface RecipientKey {
	key: KeyObject;
	/** The JWK's key id. */
	keyId?: string;
}

/**
 * Reads the private key of a credential.
 *
 * @param text PEM (PKCS#8 or PKCS#1, not encrypted) or a JWK, RSA of at least 2048 bits
 * @throws Failure that names the field of the credential
 */
export function readRecipientKey(text: string): RecipientKey {
	const read = parsePrivateKey(text.trim());
	if (!read) {
		throw inputFailure(
			`'${NAME}' in the credential is not a private key`,
			'Paste an RSA key as PEM without a passphrase (-----BEGIN PRIVATE KEY-----), or as a JWK.',
		);
	}
	const { asymmetricKeyType, asymmetricKeyDetails } = read.key;
	if (
		asymmetricKeyType === 'rsa' &&
		(asymmetricKeyDetails?.modulusLength ?? 0) >= SMALLEST_MODULUS_BITS
	) {
		return read;
	}
	throw inputFailure(
		`'${NAME}' in the credential must be an RSA key of at least ${SMALLEST_MODULUS_BITS} bits`,
		'Secrets are encrypted with RSA-OAEP-256, which needs an RSA key.',
	);
}

/** The public half, to encrypt for the owner of the private key. */
export function recipientOf({ key, keyId }: RecipientKey): Recipient {
	return { key: createPublicKey(key), ...(keyId !== undefined && { keyId }) };
}

function parsePrivateKey(text: string): RecipientKey | undefined {
	try {
		if (!text.startsWith('{')) return { key: createPrivateKey(foldPem(text) ?? text) };
		const jwk = asObject(parseJson(text)) as (JsonWebKey & { kid?: unknown }) | null;
		if (!jwk) return undefined;
		const key = createPrivateKey({ key: jwk, format: 'jwk' });
		return { key, ...(typeof jwk.kid === 'string' && { keyId: jwk.kid }) };
	} catch {
		return undefined;
	}
}
