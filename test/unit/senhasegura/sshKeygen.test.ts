import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { privateKey } from '../../../nodes/Senhasegura/resources/sshKey/keyPair';
import { KEY_ALGORITHMS, generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import type { KeyAlgorithm } from '../../../nodes/Senhasegura/sshKeys/generate';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprint, parsePublicKey } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import {
	FIXTURE_KEYS,
	PASSPHRASE,
	UNICODE_PASSPHRASE,
	armored,
	fixture,
	printedFingerprint,
	privateSectionStart,
	rearmored,
} from './support';

const installed = spawnSync('ssh-keygen', ['-?']).error === undefined;
const suite = installed ? describe : describe.skip;

suite('ssh-keygen', () => {
	let folder: string;
	let count = 0;

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'ssh-keys-'));
	});
	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	function file(text: string): string {
		const path = join(folder, `key${++count}`);
		writeFileSync(path, text, { mode: 0o600 });
		return path;
	}

	function print(...options: string[]): string {
		return execFileSync('ssh-keygen', options, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
	}

	/** The public key that it finds in a private one, without the comment. */
	function publicKeyIn(pem: string, passphrase = ''): string {
		return print('-y', '-P', passphrase, '-f', file(pem)).trim().split(' ').slice(0, 2).join(' ');
	}

	function accepts(pem: string): boolean {
		return spawnSync('ssh-keygen', ['-y', '-P', '', '-f', file(pem)]).status === 0;
	}

	const cases: Array<[KeyAlgorithm, string | undefined]> = KEY_ALGORITHMS.flatMap((algorithm) => [
		[algorithm, undefined],
		[algorithm, algorithm === 'ecdsa384' ? UNICODE_PASSPHRASE : PASSPHRASE],
	]);

	it.each(cases)(
		'agrees with a generated pair, %s with passphrase %j',
		async (algorithm, phrase) => {
			const pair = await generatePair(algorithm, 'deploy@web-01', phrase);
			const [name, blob, comment] = pair.publicKey.split(' ');
			expect(publicKeyIn(pair.privateKey, phrase)).toBe(`${name} ${blob}`);
			expect(comment).toBe('deploy@web-01');
			const bits = algorithm === 'ed25519' ? 256 : Number(/\d+$/.exec(algorithm)?.[0]);
			const kind = algorithm.replace(/\d+$/, '').toUpperCase().replace('ED', 'ED25519');
			const own = fingerprint(parsePublicKey(pair.publicKey)?.blob as Buffer);
			const line = `${bits} ${own} deploy@web-01 (${kind})\n`;
			expect(print('-l', '-f', file(`${pair.publicKey}\n`))).toBe(line);
			expect(readPrivateKey(pair.privateKey, phrase).state).toBe('readable');
		},
	);

	it.each([' leading and trailing ', 'a"b\'c\\d$`', '日本語'])(
		'opens a generated key with the passphrase %j',
		async (passphrase) => {
			const pair = await generatePair('ed25519', 'c', passphrase);
			expect(publicKeyIn(pair.privateKey, passphrase)).toBe(
				pair.publicKey.split(' ').slice(0, 2).join(' '),
			);
		},
	);

	it('does not open a generated key with another passphrase', async () => {
		const { privateKey: pem } = await generatePair('ed25519', 'c', PASSPHRASE);
		const wrong = spawnSync('ssh-keygen', ['-y', '-P', `${PASSPHRASE} `, '-f', file(pem)]);
		expect(wrong.status).not.toBe(0);
		expect(wrong.stderr.toString()).toContain('incorrect passphrase');
	});

	it('accepts a generated key with any comment', async () => {
		for (let length = 0; length < 9; length++) {
			const pair = await generatePair('ed25519', 'é'.repeat(length));
			expect(publicKeyIn(pair.privateKey)).toBe(pair.publicKey.split(' ').slice(0, 2).join(' '));
		}
	});

	it('signs with a generated key what it verifies with the public one', async () => {
		for (const algorithm of ['ed25519', 'ecdsa521', 'rsa3072'] as const) {
			const pair = await generatePair(algorithm, 'me');
			const message = file('a text');
			print('-Y', 'sign', '-n', 'file', '-f', file(pair.privateKey), message);
			const signers = file(`me ${pair.publicKey}\n`);
			const options = ['-Y', 'verify', '-f', signers, '-I', 'me', '-n', 'file', '-s'];
			const verified = spawnSync('ssh-keygen', [...options, `${message}.sig`], { input: 'a text' });
			expect([algorithm, verified.status]).toEqual([algorithm, 0]);
		}
	});

	it.each<[string, (pem: string) => string]>([
		['one line with spaces', (pem) => pem.replaceAll('\n', ' ')],
		['one line', (pem) => pem.replaceAll('\n', '')],
		['\\r\\n', (pem) => pem.replaceAll('\n', '\r\n')],
		['literal \\n', (pem) => pem.replaceAll('\n', '\\n')],
		['no end of its last line', (pem) => pem.trimEnd()],
		['text around it', (pem) => `Key:\n${pem}Done.`],
	])('accepts what is sent for a key with %s', (_name, mangle) => {
		const keys = FIXTURE_KEYS.filter(({ name }) => name !== 'ed25519slow');
		for (const { name, passphrase } of keys) {
			const headers = name === 'rsapemencrypted';
			if (headers && _name.startsWith('one line')) continue;
			const sent = z.object({ privateKey }).parse({ privateKey: mangle(fixture(name)) });
			const line = publicKeyIn(sent.privateKey, passphrase);
			const blob = parsePublicKey(line)?.blob as Buffer;
			expect([name, fingerprint(blob)]).toEqual([name, printedFingerprint(name)]);
		}
	});

	it('refuses no key that is taken for intact here', () => {
		const names = ['ed25519', 'ecdsab256', 'rsab3072'];
		fc.assert(
			fc.property(
				fc.constantFrom(...names),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(name, place) => {
					const bytes = armored(fixture(name));
					const start = privateSectionStart(bytes);
					const at = Math.min(bytes.length - 1, start + Math.floor(place * (bytes.length - start)));
					bytes[at] = (bytes[at] as number) ^ 1;
					const damaged = rearmored(fixture(name), bytes);
					return readPrivateKey(damaged).state === 'broken' || accepts(damaged);
				},
			),
			{ numRuns: 40 },
		);
	});
});
