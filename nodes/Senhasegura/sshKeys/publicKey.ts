import { createHash } from 'node:crypto';
import { Reader } from './encoding';

/** A public key as it stands in `authorized_keys`. */
export interface SshPublicKey {
	/** For example `ssh-ed25519`. */
	algorithm: string;
	/** The wire form (RFC 4253, 6.6), which identifies the key. */
	blob: Buffer;
	comment: string;
}

/**
 * Reads `ssh-ed25519 AAAA… comment`.
 *
 * @returns undefined when it is no OpenSSH public key
 */
export function parsePublicKey(text: string): SshPublicKey | undefined {
	const [, algorithm, base64, comment] =
		/^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+([^\r\n]*))?$/.exec(text.trim()) ?? [];
	if (!algorithm || !base64) return undefined;
	const blob = Buffer.from(base64, 'base64');
	const reader = new Reader(blob);
	// The wire form starts with the algorithm's name, which is what ssh itself checks.
	if (reader.text() !== algorithm || reader.atEnd()) return undefined;
	while (!reader.atEnd() && !reader.failed) reader.bytes();
	if (reader.failed) return undefined;
	return { algorithm, blob, comment: (comment ?? '').trim() };
}

/**
 * What a public key is, where it is of a kind that is neither made nor read here.
 *
 * @returns as it completes "The SSH key is"
 */
export function foreignKind(line: string): string | undefined {
	const [algorithm = ''] = line.trim().split(/\s/, 1);
	if (/-cert-v\d+@openssh\.com$/.test(algorithm)) return 'a certificate';
	if (/^(webauthn-)?sk-/.test(algorithm)) return 'that of a hardware token';
	return algorithm === 'ssh-dss' ? 'of the kind DSA' : undefined;
}

/** The fingerprint as `ssh-keygen -l` prints it: SHA-256, base64 without padding. */
export function fingerprint(blob: Buffer): string {
	return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The same of a line of `authorized_keys`; null where it is none. */
export function lineFingerprint(line: string): string | null {
	const blob = parsePublicKey(line)?.blob;
	return blob ? fingerprint(blob) : null;
}

/** A line of `authorized_keys` without a comment, from the wire form. */
export function publicLine(blob: Buffer): string {
	return `${new Reader(blob).text()} ${blob.toString('base64')}`;
}
