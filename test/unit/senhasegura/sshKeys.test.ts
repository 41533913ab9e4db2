import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import {
	checkPair,
	privateKey,
	publicKey,
} from '../../../nodes/Senhasegura/resources/sshKey/keyPair';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprint, parsePublicKey } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import { sshKey } from '../../workflows/vendors';
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

/** The fingerprint of a private key, or the state that keeps it from having one. */
function fingerprintOf(pem: string, passphrase?: string): string {
	const read = readPrivateKey(pem, passphrase);
	return read.state === 'readable' ? fingerprint(read.publicBlob) : read.state;
}

const OPENSSH = FIXTURE_KEYS.filter(({ name }) => fixture(name).includes('OPENSSH'));
const ENCRYPTED_PEM = ['rsapkcs8encrypted', 'rsapemencrypted'];

describe('a public key', () => {
	it.each(FIXTURE_KEYS)('$name has the fingerprint that ssh-keygen prints', ({ name }) => {
		const read = parsePublicKey(sshKey(name).publicKey);
		expect(read && fingerprint(read.blob)).toBe(printedFingerprint(name));
		expect(printedFingerprint(name)).toMatch(/^SHA256:/);
		const [algorithm, , comment] = sshKey(name).publicKey.split(' ');
		expect(read).toMatchObject({ algorithm, comment });
	});

	it('may have no comment, a long one, or white space around it', () => {
		const [algorithm, blob] = sshKey('ed25519').publicKey.split(' ');
		expect(parsePublicKey(`${algorithm} ${blob}`)?.comment).toBe('');
		expect(parsePublicKey(`  ${algorithm}\t${blob}  \r\n`)?.comment).toBe('');
		expect(parsePublicKey(`${algorithm} ${blob} me and you `)?.comment).toBe('me and you');
	});

	const [algorithm, blob] = sshKey('ed25519').publicKey.split(' ') as [string, string];
	it.each([
		['nothing', ''],
		['one word', 'ssh-ed25519'],
		['another algorithm before', `ssh-rsa ${blob}`],
		['text for a key', `${algorithm} not-base64!`],
		['half of it', `${algorithm} ${blob.slice(0, 40)}`],
		[
			'its name alone',
			`${algorithm} ${Buffer.from('\0\0\0\x0bssh-ed25519', 'latin1').toString('base64')}`,
		],
		[
			'more bytes',
			`${algorithm} ${Buffer.concat([Buffer.from(blob, 'base64'), Buffer.from('x')]).toString('base64')}`,
		],
		['two lines', `${algorithm} ${blob} a\n${algorithm} ${blob} b`],
		['options of authorized_keys', `restrict ${algorithm} ${blob}`],
		[
			'PEM',
			generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }) as string,
		],
		['RFC 4716', `---- BEGIN SSH2 PUBLIC KEY ----\n${blob}\n---- END SSH2 PUBLIC KEY ----`],
		['a certificate', fixture('ed25519gcm-cert.pub')],
		['a private key', fixture('ed25519')],
	])('is not %s', (_name, text) => {
		expect(parsePublicKey(text)).toBeUndefined();
	});
});

describe('a private key', () => {
	it.each(FIXTURE_KEYS)('$name fits the fingerprint of its public key', ({ name, passphrase }) => {
		expect(fingerprintOf(fixture(name), passphrase)).toBe(printedFingerprint(name));
	});

	it.each(OPENSSH.filter(({ passphrase }) => passphrase))(
		'$name, encrypted, shows its public key without its passphrase',
		({ name }) => {
			expect(fingerprintOf(fixture(name))).toBe(printedFingerprint(name));
		},
	);

	it.each(ENCRYPTED_PEM)('%s is locked without its passphrase', (name) => {
		expect(fingerprintOf(fixture(name))).toBe('locked');
	});

	it.each([...ENCRYPTED_PEM, 'ed25519encrypted', 'ecdsaunicode'])(
		'%s does not open with a wrong passphrase',
		(name) => {
			expect(fingerprintOf(fixture(name), 'wrong')).toBe('broken');
			expect(fingerprintOf(fixture(name), ` ${PASSPHRASE}`)).toBe('broken');
			expect(fingerprintOf(fixture(name), UNICODE_PASSPHRASE.trim())).toBe('broken');
		},
	);

	it('with another cipher or very many rounds is judged by its public part alone', () => {
		expect(fingerprintOf(fixture('ed25519gcm'), 'wrong')).toBe(printedFingerprint('ed25519gcm'));
		expect(fingerprintOf(fixture('ed25519slow'), 'wrong')).toBe(printedFingerprint('ed25519slow'));
	});

	it('that is not encrypted does not mind a passphrase', () => {
		for (const name of ['ed25519', 'rsapkcs1', 'ecdsasec1']) {
			expect(fingerprintOf(fixture(name), 'any')).toBe(printedFingerprint(name));
		}
	});

	it.each(['pkcs8', 'pkcs1', 'sec1'] as const)('may be PEM as Node writes it: %s', (type) => {
		const pair =
			type === 'sec1'
				? generateKeyPairSync('ec', { namedCurve: 'P-384' })
				: generateKeyPairSync('rsa', { modulusLength: 2048 });
		const pem = pair.privateKey.export({ format: 'pem', type: type }) as string;
		expect(readPrivateKey(pem).state).toBe('readable');
	});

	it.each([
		['X25519', generateKeyPairSync('x25519').privateKey],
		['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
	])('is not of a kind that SSH does not know: %s', (_name, key) => {
		const pem = key.export({ format: 'pem', type: 'pkcs8' }) as string;
		expect(readPrivateKey(pem).state).toBe('broken');
	});

	it.each([
		['nothing', ''],
		['text', 'not a key'],
		['no bytes', '-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----'],
		['another magic', rearmored(fixture('ed25519'), Buffer.from('openssh-key-v2\0 and more'))],
		['the magic alone', rearmored(fixture('ed25519'), Buffer.from('openssh-key-v1\0'))],
		['two keys in one', rearmored(fixture('ed25519'), twoKeys())],
		['empty PEM', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----'],
	])('is not %s', (_name, text) => {
		expect(readPrivateKey(text).state).toBe('broken');
	});

	function twoKeys(): Buffer {
		const bytes = armored(fixture('ed25519'));
		// Behind the magic: 'none', 'none' and an empty string, then the number of keys.
		const count = 'openssh-key-v1\0'.length + 8 + 8 + 4;
		expect(bytes.readUInt32BE(count)).toBe(1);
		bytes.writeUInt32BE(2, count);
		return bytes;
	}

	it('with an algorithm that is not known here is not taken for intact', () => {
		const bytes = armored(fixture('ed25519'));
		const name = bytes.lastIndexOf('ssh-ed25519');
		bytes.write('ssh-ed448xx', name);
		expect(readPrivateKey(rearmored(fixture('ed25519'), bytes)).state).toBe('broken');
	});
});

describe('a damaged private key', () => {
	const unencrypted = OPENSSH.filter(({ passphrase }) => passphrase === undefined);

	it.each(FIXTURE_KEYS.filter(({ name }) => !/rsapem|gcm/.test(name)))(
		'$name is refused when its end is cut off',
		({ name, passphrase }) => {
			const pem = fixture(name);
			const bytes = armored(pem);
			const ends = [1, 2, 7, 8, 16, Math.floor(bytes.length / 2), bytes.length - 20];
			for (const cut of ends) {
				const damaged = rearmored(pem, bytes.subarray(0, bytes.length - cut));
				expect([cut, readPrivateKey(damaged, passphrase).state]).toEqual([cut, 'broken']);
			}
		},
	);

	it.each(unencrypted)(
		'$name is refused, or is the same key, whichever byte of its private section is flipped',
		({ name }) => {
			const pem = fixture(name);
			const bytes = armored(pem);
			const start = privateSectionStart(bytes);
			fc.assert(
				fc.property(
					fc.integer({ min: start, max: bytes.length - 1 }),
					fc.integer({ min: 1, max: 255 }),
					(at, bits) => {
						const damaged = Buffer.from(bytes);
						damaged[at] = (damaged[at] as number) ^ bits;
						const read = fingerprintOf(rearmored(pem, damaged));
						expect(['broken', printedFingerprint(name)]).toContain(read);
					},
				),
				{ numRuns: 200 },
			);
		},
	);

	/** Where each string of a private section stands, behind the two random numbers. */
	function strings(bytes: Buffer): Array<{ start: number; end: number }> {
		const found: Array<{ start: number; end: number }> = [];
		let offset = privateSectionStart(bytes) + 8;
		const count = { 'ssh-rsa': 8, 'ssh-ed25519': 4 }[
			bytes.subarray(offset + 4, offset + 4 + bytes.readUInt32BE(offset)).toString()
		];
		for (let i = 0; i < (count ?? 5); i++) {
			const start = offset + 4;
			offset = start + bytes.readUInt32BE(offset);
			found.push({ start, end: offset });
		}
		return found;
	}

	it.each(unencrypted)('$name is refused for a flipped bit in any of its numbers', ({ name }) => {
		const pem = fixture(name);
		const bytes = armored(pem);
		// The last string is the comment, which is no part of the key.
		for (const { start, end } of strings(bytes).slice(0, -1)) {
			for (const at of [start, Math.floor((start + end) / 2), end - 1]) {
				const damaged = Buffer.from(bytes);
				damaged[at] = (damaged[at] as number) ^ 1;
				const { state } = readPrivateKey(rearmored(pem, damaged));
				expect([at - start, state]).toEqual([at - start, 'broken']);
			}
		}
	});

	it.each(unencrypted)('$name is refused when its padding is not 1, 2, 3 …', ({ name }) => {
		const pem = fixture(name);
		const bytes = armored(pem);
		const end = strings(bytes).at(-1)?.end as number;
		for (let at = end; at < bytes.length; at++) {
			const damaged = Buffer.from(bytes);
			damaged[at] = (damaged[at] as number) ^ 0x80;
			expect(readPrivateKey(rearmored(pem, damaged)).state).toBe('broken');
		}
	});

	it('may have lost its comment', () => {
		const pem = fixture('ed25519');
		const bytes = armored(pem);
		const { start } = strings(bytes).at(-1) as { start: number };
		bytes.write('X', start);
		expect(fingerprintOf(rearmored(pem, bytes))).toBe(printedFingerprint('ed25519'));
	});

	it('in PEM is refused when its numbers do not belong together', () => {
		const der = (name: string) => armored(fixture(name));
		// SEC 1, C.4: the private number stands 7 bytes in, the curve and the public point behind it.
		const sec1 = der('ecdsasec1');
		sec1[20] = (sec1[20] as number) ^ 1;
		expect(readPrivateKey(rearmored(fixture('ecdsasec1'), sec1)).state).toBe('broken');

		const whole = der('rsapkcs1');
		let offset = 4;
		const numbers: Array<[start: number, end: number]> = [];
		while (offset < whole.length) {
			const short = whole[offset + 1] as number;
			const long = short & 0x7f;
			const head = short < 0x80 ? 2 : 2 + long;
			const length = short < 0x80 ? short : whole.readUIntBE(offset + 2, long);
			numbers.push([offset + head, offset + head + length]);
			offset += head + length;
		}
		// RFC 8017, A.1.2: version, n, e, d, p, q, dP, dQ, qInv.
		expect(numbers).toHaveLength(9);
		for (const [start, end] of numbers.slice(1)) {
			const damaged = Buffer.from(whole);
			const at = Math.max(start, end - 2);
			damaged[at] = (damaged[at] as number) ^ 1;
			expect(fingerprintOf(rearmored(fixture('rsapkcs1'), damaged))).not.toBe(
				printedFingerprint('rsapkcs1'),
			);
		}
	});

	it.each(['ed25519encrypted', 'ecdsaunicode'])(
		'%s, encrypted, is refused with its passphrase',
		(name) => {
			const { passphrase } = FIXTURE_KEYS.find((key) => key.name === name) as {
				passphrase: string;
			};
			const bytes = armored(fixture(name));
			const at = privateSectionStart(bytes) + 60;
			bytes[at] = (bytes[at] as number) ^ 1;
			expect(readPrivateKey(rearmored(fixture(name), bytes), passphrase).state).toBe('broken');
		},
	);
});

describe('the parameters', () => {
	const pair = z
		.object({ privateKey, publicKey, passphrase: z.string().optional() })
		.superRefine((values, context) =>
			checkPair(values.privateKey, values.publicKey, values.passphrase, context),
		);

	function check(values: { privateKey: unknown; publicKey: unknown; passphrase?: string }) {
		const result = pair.safeParse(values);
		if (result.success) return { sent: result.data };
		const [issue] = result.error.issues as [z.ZodIssue & { params?: { hint?: string } }];
		return { at: issue.path.join('.'), message: issue.message, hint: issue.params?.hint ?? '' };
	}

	it.each(FIXTURE_KEYS)('take the pair $name as it is', ({ name, passphrase }) => {
		const { sent } = check({ ...sshKey(name), passphrase });
		expect(sent).toMatchObject(sshKey(name));
	});

	it.each(ENCRYPTED_PEM)('take %s unseen without its passphrase', (name) => {
		expect(check(sshKey(name)).sent).toMatchObject(sshKey(name));
	});

	it.each(FIXTURE_KEYS)(
		'refuse another public key than that of $name, and show both fingerprints',
		({ name, passphrase }) => {
			const other = name === 'ed25519' ? 'rsab3072' : 'ed25519';
			const refused = check({
				privateKey: fixture(name),
				publicKey: sshKey(other).publicKey,
				passphrase,
			});
			expect(refused).toMatchObject({
				at: 'publicKey',
				message: "does not belong to 'Private Key'",
			});
			expect(refused.hint).toContain(printedFingerprint(name));
			expect(refused.hint).toContain(printedFingerprint(other));
		},
	);

	it('refuse a wrong passphrase and name it', () => {
		for (const name of ['ed25519encrypted', 'rsapkcs8encrypted', 'rsapemencrypted']) {
			const refused = check({ ...sshKey(name), passphrase: 'wrong-passphrase' });
			expect(refused).toMatchObject({ at: 'privateKey', message: 'cannot be read' });
			expect(refused.hint).toContain("'Passphrase' does not open it");
			expect(refused.hint).not.toContain('wrong-passphrase');
		}
	});

	it('refuse a damaged key, without a word of it', () => {
		const pem = fixture('ed25519');
		const refused = check({ ...sshKey('ed25519'), privateKey: pem.replace(/^QyNT.*\n/m, '') });
		expect(refused).toMatchObject({ at: 'privateKey', message: 'cannot be read' });
		expect(refused.hint).toContain('ssh-keygen -y -f');
		expect(refused.hint).not.toContain('Passphrase');
		expect(JSON.stringify(refused)).not.toContain(pem.split('\n')[1]);
	});

	it.each<[string, unknown, string]>([
		['nothing', '', 'is required'],
		['white space', ' \n ', 'is required'],
		['undefined', undefined, 'is required'],
		['a number', 5, 'must be a text'],
		['a PuTTY file', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', 'format of PuTTY'],
		['the public key', sshKey('ed25519').publicKey, 'is not a private key'],
		[
			'a public key in PEM',
			generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }),
			'is not a private key',
		],
		[
			'a certificate',
			'-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
			'is not a private key',
		],
		['a name', 'id_ed25519', 'is not a private key'],
		[
			'its beginning alone',
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA',
			'cannot be read',
		],
	])('refuse %s for a private key', (_name, value, words) => {
		const refused = check({ privateKey: value, publicKey: sshKey('ed25519').publicKey });
		expect(refused.at).toBe('privateKey');
		expect(refused.message).toContain(words);
	});

	it.each<[string, unknown, string, string]>([
		['nothing', '', 'is required', ''],
		['undefined', undefined, 'is required', ''],
		['a list', ['a'], 'must be a text', ''],
		['a name', 'id_ed25519.pub', 'is not an OpenSSH public key', 'line of the .pub file'],
		['the private key', fixture('ed25519'), 'is not an OpenSSH public key', 'ssh-keygen -i'],
		['a certificate', fixture('ed25519gcm-cert.pub'), 'is not an OpenSSH public key', '.pub'],
	])('refuse %s for a public key', (_name, value, words, hint) => {
		const refused = check({ privateKey: fixture('ed25519'), publicKey: value });
		expect(refused.at).toBe('publicKey');
		expect(refused.message).toContain(words);
		expect(refused.hint).toContain(hint);
	});

	const mangled: Array<[string, (pem: string) => string]> = [
		['one line with spaces', (pem) => pem.replaceAll('\n', ' ')],
		['one line without anything', (pem) => pem.replaceAll('\n', '')],
		['\\r\\n', (pem) => pem.replaceAll('\n', '\r\n')],
		['\\r', (pem) => pem.replaceAll('\n', '\r')],
		['literal \\n', (pem) => pem.replaceAll('\n', '\\n')],
		['literal \\r\\n', (pem) => pem.replaceAll('\n', '\\r\\n')],
		['no end of its last line', (pem) => pem.trimEnd()],
		['white space around it', (pem) => `\n\t ${pem}\n \n`],
		['indented lines', (pem) => pem.replaceAll(/^/gm, '    ')],
		['blank lines', (pem) => pem.replaceAll('\n', '\n\n')],
		['spaces for the inner line breaks', (pem) => pem.replace(/([^-])\n(?!-)/g, '$1 ')],
		['text before and behind it', (pem) => `My key:\n${pem}That was it.\n`],
	];
	const repairable = FIXTURE_KEYS.filter(({ name }) => name !== 'rsapemencrypted');

	it.each(mangled)('repair a key with %s', (_name, mangle) => {
		for (const { name, passphrase } of repairable) {
			// The passphrase is left out where it is slow and opens nothing new.
			const opened = fixture(name).includes('OPENSSH') ? undefined : passphrase;
			const { sent } = check({
				...sshKey(name),
				privateKey: mangle(fixture(name)),
				passphrase: opened,
			});
			// OpenSSH reads nothing but its own form: LF, and BEGIN as the very first characters.
			expect([name, sent?.privateKey]).toEqual([name, fixture(name)]);
		}
	});

	it.each(mangled.filter(([name]) => /\\|white space|text|end of/.test(name) && name !== '\\r'))(
		'repair an old encrypted key, which has headers, with %s',
		(_name, mangle) => {
			const privateKeyText = mangle(fixture('rsapemencrypted'));
			const values = { ...sshKey('rsapemencrypted'), privateKey: privateKeyText };
			const { sent } = check({ ...values, passphrase: PASSPHRASE });
			expect(sent?.privateKey).toBe(fixture('rsapemencrypted'));
		},
	);

	it('trim a public key', () => {
		const { publicKey: line } = sshKey('ed25519');
		const { sent } = check({ ...sshKey('ed25519'), publicKey: ` ${line}\r\n` });
		expect(sent?.publicKey).toBe(line);
	});
});
