import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import type { Failure } from '../../../nodes/shared/failure';
import type { Reply } from '../../../nodes/shared/transport';
import type { SenhaseguraKey, SenhaseguraSimulator } from '../../simulators';
import { credentialFor, runVendor, sshKey } from '../../workflows/vendors';

const FIXTURES = join(__dirname, '../../fixtures/sshKeys');

export const PASSPHRASE = 'correct horse';
export const UNICODE_PASSPHRASE = ' pässwörd ☃ ';

/** Key pairs that ssh-keygen has made, and what opens the encrypted ones. */
export const FIXTURE_KEYS: Array<{ name: string; passphrase?: string }> = [
	{ name: 'ed25519' },
	{ name: 'rsab3072' },
	{ name: 'ecdsab256' },
	{ name: 'ecdsab384' },
	{ name: 'ecdsab521' },
	{ name: 'ecdsasec1' },
	{ name: 'rsapkcs1' },
	{ name: 'ed25519encrypted', passphrase: PASSPHRASE },
	{ name: 'ecdsaunicode', passphrase: UNICODE_PASSPHRASE },
	{ name: 'ed25519gcm', passphrase: PASSPHRASE },
	{ name: 'ed25519slow', passphrase: PASSPHRASE },
	{ name: 'rsapkcs8encrypted', passphrase: PASSPHRASE },
	{ name: 'rsapemencrypted', passphrase: PASSPHRASE },
];

export function fixture(file: string): string {
	return readFileSync(join(FIXTURES, file), 'utf8');
}

/** The fingerprint that `ssh-keygen -l` printed for a fixture. */
export function printedFingerprint(name: string): string {
	const comment = sshKey(name).publicKey.split(' ')[2];
	const lines = fixture('fingerprints.txt').split('\n');
	const line = lines.find((candidate) => candidate.split(' ')[2] === comment);
	return line?.split(' ')[1] ?? '';
}

/** The bytes between the BEGIN and END lines. */
export function armored(pem: string): Buffer {
	return Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
}

/** A PEM block of the same kind around other bytes. */
export function rearmored(pem: string, bytes: Buffer): string {
	const [begin, end] = pem.match(/-----[^-]+-----/g) as [string, string];
	const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
	return [begin, ...lines, end, ''].join('\n');
}

/** Where the private section of an unencrypted key in OpenSSH's own format starts. */
export function privateSectionStart(bytes: Buffer): number {
	let offset = 'openssh-key-v1\0'.length;
	// Cipher, key derivation and its options, the number of keys, the public key, the length.
	for (let i = 0; i < 3; i++) offset += 4 + bytes.readUInt32BE(offset);
	offset += 4;
	offset += 4 + bytes.readUInt32BE(offset);
	return offset + 4;
}

/** An answer as the transport hands it on. */
export function reply(changes: Partial<Reply> = {}): Reply {
	return { status: 200, headers: {}, text: '', repeated: false, ...changes };
}

/** What a function throws. */
export function failureOf(run: () => unknown): Failure {
	try {
		run();
	} catch (error) {
		return error as Failure;
	}
	throw new Error('Nothing was thrown');
}

export type Authentication = 'oAuth2' | 'oAuth1';

export const AUTHENTICATIONS: Authentication[] = ['oAuth2', 'oAuth1'];

export interface SenhaseguraRun {
	/** Where the vault is. */
	at: { url: string };
	authentication?: Authentication;
	parameters?: IDataObject;
	additionalFields?: IDataObject;
	options?: IDataObject;
	/** Fields beside or instead of those that the simulator accepts. */
	credential?: ICredentialDataDecryptedObject;
	items?: IDataObject[];
	node?: Partial<INode>;
	/** Cancels the execution when aborted. */
	signal?: AbortSignal;
}

export function credentialsFor(
	authentication: Authentication,
	url: string,
	changes: ICredentialDataDecryptedObject = {},
): Record<string, ICredentialDataDecryptedObject> {
	const type = authentication === 'oAuth2' ? 'senhaseguraOAuth2Api' : 'senhaseguraOAuth1Api';
	return { [type]: { ...credentialFor[type](url), ...changes } };
}

export function runSenhasegura(run: SenhaseguraRun): ReturnType<typeof runVendor> {
	const { at, authentication = 'oAuth2', additionalFields, options, credential } = run;
	return runVendor({
		vendor: 'senhasegura',
		parameters: {
			authentication,
			...(additionalFields && { additionalFields }),
			...(options && { options }),
			...run.parameters,
		},
		credentials: credentialsFor(authentication, at.url, credential),
		...(run.items && { items: run.items }),
		...(run.node && { node: run.node }),
		...(run.signal && { signal: run.signal }),
	});
}

export function storedKeys({ state }: SenhaseguraSimulator): SenhaseguraKey[] {
	return [...state.items.values()].filter((item) => item.kind === 'key');
}

/** The requests that store a key. */
export function posts({ log }: SenhaseguraSimulator) {
	return log.filter(({ method, path }) => method === 'POST' && path.endsWith('/pam/key'));
}

export function sentBody(request: { body: string } | undefined): Record<string, unknown> {
	return JSON.parse(request?.body ?? '{}') as Record<string, unknown>;
}

/** What of a private key must not be seen anywhere: its lines, those of its public half left out. */
export function keyMaterial(pem: string, publicLine = ''): string[] {
	return pem
		.split(/\r?\n/)
		.filter((line) => line.length >= 16 && !line.includes('-----') && !publicLine.includes(line));
}
