import { z } from 'zod';
import { refuse } from '../../../shared/input';
import { foldPem } from '../../../shared/pem';
import { fingerprint, parsePublicKey, readPrivateKey } from './openSsh';
import type { SshPublicKey } from './openSsh';

/** Columns of base64 in files that ssh-keygen writes. */
const OPENSSH_WIDTH = 70;

const text = z.string({ invalid_type_error: 'must be a text', required_error: 'is required' });

/** A public key in OpenSSH form; the value is what is sent, read is what is checked. */
export const publicKey = text.trim().transform((value, context) => {
	if (value === '') return refuse(context, 'is required');
	const key = parsePublicKey(value);
	if (key) return { text: value, key };
	const hint = value.includes('BEGIN')
		? 'This is another format. Convert it with ssh-keygen -i, or take the line from the .pub file.'
		: 'Paste the whole line of the .pub file, for example ssh-ed25519 AAAA… user@host.';
	return refuse(context, 'is not an OpenSSH public key', hint);
});

/** A private key as text, with the line breaks that pasting may have taken away. */
export const privateKey = text.transform((value, context) => {
	const pem = value.trim();
	if (pem === '') return refuse(context, 'is required');
	if (/^PuTTY-User-Key-File/.test(pem)) {
		return refuse(
			context,
			'is in the format of PuTTY',
			'Export it in PuTTYgen with Conversions > Export OpenSSH key.',
		);
	}
	if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) {
		return refuse(
			context,
			'is not a private key',
			'Paste the whole file, with its BEGIN and END lines.',
		);
	}
	return withLineBreaks(pem);
});

/** A whole key keeps the form it has, but for its end: OpenSSH refuses a file without a line break. */
function withLineBreaks(pem: string): string {
	if (/-----\r?\n[\s\S]*\r?\n-----END/.test(pem)) return `${pem}\n`;
	return foldPem(pem, pem.includes('OPENSSH') ? OPENSSH_WIDTH : undefined) ?? `${pem}\n`;
}

interface Pair {
	privateKey: string;
	publicKey: { key: SshPublicKey };
	password?: string;
}

/** Refuses a private key that is damaged, and a public key that belongs to another. */
export function checkPair(
	{ privateKey: pem, publicKey: { key }, password }: Pair,
	context: z.RefinementCtx,
): void {
	const read = readPrivateKey(pem, password);
	if (read.state === 'broken') {
		context.addIssue({
			code: 'custom',
			path: ['privateKey'],
			message: 'cannot be read',
			params: {
				hint: password
					? "It is incomplete or damaged, or 'Passphrase' does not open it. Check it with ssh-keygen -y -f."
					: 'It is incomplete or damaged. Check it with ssh-keygen -y -f.',
			},
		});
	} else if (read.state === 'readable' && !read.publicBlob.equals(key.blob)) {
		context.addIssue({
			code: 'custom',
			path: ['publicKey'],
			message: "does not belong to 'Private Key'",
			params: {
				hint: `The private key's own public key has the fingerprint ${fingerprint({ blob: read.publicBlob })}, this one ${fingerprint(key)}.`,
			},
		});
	}
}
