import { z } from 'zod';
import { refuse } from '../../../shared/input';
import { foldPem } from '../../../shared/pem';
import { readPrivateKey } from '../../sshKeys/privateKey';
import { fingerprint, parsePublicKey } from '../../sshKeys/publicKey';

/** Columns of base64 in files that ssh-keygen writes. */
const OPENSSH_WIDTH = 70;

const text = z.string({ invalid_type_error: 'must be a text', required_error: 'is required' });

/** A half of a pair that is stored as it is: nothing is known of it but that it is a text. */
export const anyKey = text.refine((value) => value.trim() !== '', 'is required');

/** A public key in OpenSSH form. */
export const publicKey = text.trim().superRefine((value, context) => {
	if (value === '') refuse(context, 'is required');
	else if (!parsePublicKey(value)) {
		const hint = value.includes('BEGIN')
			? 'This is another format. Convert it with ssh-keygen -i, or use the line of the .pub file.'
			: "Paste the whole line of the .pub file, for example ssh-ed25519 AAAA… user@host. A certificate is stored by 'Key Source' Store as Given.";
		refuse(context, 'is not an OpenSSH public key', hint);
	}
});

/** A private key as text, with the line breaks that pasting may have taken away. */
export const privateKey = text.transform((value, context) => {
	const pem = value.trim();
	if (pem === '') return refuse(context, 'is required');
	if (pem.length > LONGEST_KEY) {
		return refuse(context, 'is too long for a private key', 'Paste the file of one key.');
	}
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

/** A key of RSA 16384 is a fifth of this. */
const LONGEST_KEY = 65_536;

const BLOCK = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/;

/**
 * The key as ssh-keygen writes it, and as OpenSSH reads it: nothing around it, LF, and one at the end.
 * The older encrypted PEM, which has headers, keeps its lines.
 */
function withLineBreaks(text: string): string {
	const pem = BLOCK.exec(text)?.[0] ?? text;
	const folded = foldPem(pem, pem.includes('OPENSSH') ? OPENSSH_WIDTH : undefined);
	return folded ?? `${pem.replace(/(\\r|\r)?(\\n|\n)/g, '\n')}\n`;
}

/**
 * Refuses a private key that is damaged, and a public key that belongs to another.
 *
 * @param passphrase Needed to look into encrypted PEM.
 */
export function checkPair(
	pem: string,
	publicLine: string,
	passphrase: string | undefined,
	context: z.RefinementCtx,
): void {
	const stated = parsePublicKey(publicLine)?.blob;
	const read = readPrivateKey(pem, passphrase);
	if (read.state === 'broken') {
		context.addIssue({
			code: 'custom',
			path: ['privateKey'],
			message: 'cannot be read',
			params: {
				hint: `It is incomplete, damaged or of another kind than Ed25519, RSA and ECDSA${passphrase ? ", or 'Passphrase' does not open it" : ''}. Check it with ssh-keygen -y -f. A key of another kind is stored by 'Key Source' Store as Given.`,
			},
		});
	} else if (read.state === 'readable' && stated && !read.publicBlob.equals(stated)) {
		context.addIssue({
			code: 'custom',
			path: ['publicKey'],
			message: "does not belong to 'Private Key'",
			params: {
				hint: `The private key's own public key has the fingerprint ${fingerprint(read.publicBlob)}, this one ${fingerprint(stated)}.`,
			},
		});
	}
}
