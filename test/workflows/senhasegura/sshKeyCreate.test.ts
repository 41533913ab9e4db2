import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprint } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import type { SenhaseguraRun } from '../../unit/senhasegura/support';
import {
	AUTHENTICATIONS,
	FIXTURE_KEYS,
	PASSPHRASE,
	fixture,
	keyMaterial,
	posts,
	printedFingerprint,
	storedKeys,
} from '../../unit/senhasegura/support';
import { first, hints, leaks, said } from '../kit/result';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';
import { UUID, main, second } from './sshKeySamples';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

describe.each(AUTHENTICATIONS)('create, %s', (authentication) => {
	it('stores a key with the least that it needs', async () => {
		const result = await vault.create({ authentication });
		expect(said(result)).toBe('');
		const [key, ...others] = storedKeys(vault.sim);
		expect(others).toEqual([]);
		expect(key).toMatchObject({
			...sshKey('ed25519'),
			hostname: main.hostname,
			ip: main.ip,
			username: 'usr',
			active: true,
			password: null,
			keyName: null,
			tags: '',
			devices: [],
		});
		expect(key?.identifier).toMatch(UUID);
		expect(result.items).toEqual([
			{
				json: {
					vendor: 'senhasegura',
					type: 'sshKey',
					id: '92',
					identifier: key?.identifier,
					created: true,
					secret: null,
					expiresAt: null,
					ip: main.ip,
					hostname: main.hostname,
					username: null,
					devices: [],
					devicesError: [],
					publicKey: sshKey('ed25519').publicKey,
					fingerprint: printedFingerprint('ed25519'),
					storedAsGiven: false,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints(result)).toEqual([]);
	});

	it('stores a key with everything', async () => {
		const result = await vault.create({
			authentication,
			parameters: { ...sshKey('ed25519encrypted') },
			additionalFields: {
				identifier: 'web-01.deploy_key',
				username: 'deploy',
				enabled: false,
				devices: ['linux-01', second.hostname],
				tags: 'linux, a&b',
				keyName: 'Deployment key',
				password: PASSPHRASE,
			},
		});
		expect(said(result)).toBe('');
		expect(storedKeys(vault.sim)).toEqual([
			expect.objectContaining({
				...sshKey('ed25519encrypted'),
				identifier: 'web-01.deploy_key',
				username: 'deploy',
				active: false,
				devices: ['linux-01', second.hostname],
				tags: 'linux,a&b',
				keyName: 'Deployment key',
				password: PASSPHRASE,
			}),
		]);
		expect(first(result)).toMatchObject({
			identifier: 'web-01.deploy_key',
			username: 'deploy',
			devices: [
				{ hostname: 'linux-01', ip: '10.66.33.31' },
				{ hostname: second.hostname, ip: second.ip },
			],
			fingerprint: printedFingerprint('ed25519encrypted'),
		});
	});

	it('updates the key with the same identifier', async () => {
		const additionalFields = { identifier: 'web-01' };
		const created = await vault.create({ authentication, additionalFields });
		const updated = await vault.create({
			authentication,
			additionalFields,
			parameters: { ...sshKey('ecdsab256') },
		});
		expect(first(created)).toMatchObject({ created: true, identifier: 'web-01' });
		expect(first(updated)).toMatchObject({
			created: false,
			identifier: 'web-01',
			id: first(created).id,
			fingerprint: printedFingerprint('ecdsab256'),
		});
		expect(hints(updated)).toEqual([]);
		expect(storedKeys(vault.sim)).toHaveLength(1);
		expect(storedKeys(vault.sim)[0]).toMatchObject(sshKey('ecdsab256'));
	});

	it('makes an identifier of its own for each item', async () => {
		const result = await vault.create({ authentication, items: [{}, {}, {}] });
		const identifiers = result.items.map(({ json }) => json.identifier);
		expect(new Set(identifiers).size).toBe(3);
		for (const identifier of identifiers) expect(identifier).toMatch(UUID);
		expect(result.items.map(({ json }) => json.created)).toEqual([true, true, true]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
	});

	it.each(['/api', '/iso'])('works below %s', async (apiPrefix) => {
		const result = await vault.create({ authentication, credential: { apiPrefix } });
		expect(said(result)).toBe('');
		expect(posts(vault.sim).map(({ path }) => path)).toEqual([`${apiPrefix}/pam/key`]);
	});

	it('decrypts the credential once for each item with OAuth 1.0', async () => {
		const result = await vault.create({
			authentication,
			items: Array.from({ length: 20 }, () => ({})),
		});
		const count = result.credentials.decryptCount();
		// Expressions in it may come to something else for each.
		if (authentication === 'oAuth1') expect(count).toBe(20);
		expect(result.items).toHaveLength(20);
	});
});

describe('a key that is provided', () => {
	it.each(FIXTURE_KEYS)('reaches the vault as ssh-keygen wrote it: $name', async (key) => {
		const result = await vault.create({
			parameters: { ...sshKey(key.name) },
			...(key.passphrase && { additionalFields: { password: key.passphrase } }),
		});
		expect(said(result)).toBe('');
		expect(storedKeys(vault.sim)[0]).toMatchObject(sshKey(key.name));
		expect(first(result).fingerprint).toBe(printedFingerprint(key.name));
		const { publicKey } = sshKey(key.name);
		expect(leaks(result, keyMaterial(fixture(key.name), publicKey))).toEqual([]);
	});
});

describe('a key that is generated', () => {
	const generate = async (
		options: Omit<SenhaseguraRun, 'at' | 'parameters'> & { algorithm?: string },
	) =>
		await vault.create({
			...options,
			parameters: {
				keySource: 'generate',
				...(options.algorithm && { keyAlgorithm: options.algorithm }),
				publicKey: undefined,
				privateKey: undefined,
			},
		});

	it.each([undefined, 'ed25519', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'rsa3072'])(
		'goes to the vault, and its public half into the item: %s',
		async (algorithm) => {
			const result = await generate(algorithm ? { algorithm } : {});
			expect(said(result)).toBe('');
			const [key] = storedKeys(vault.sim);
			const read = readPrivateKey(key?.privateKey as string);
			if (read.state !== 'readable') throw new Error(read.state);
			expect(first(result)).toMatchObject({
				publicKey: key?.publicKey,
				fingerprint: fingerprint(read.publicBlob),
				secret: null,
				created: true,
			});
			expect(key?.publicKey.split(' ')[2]).toBe('usr@w2016');
			expect(leaks(result, keyMaterial(key?.privateKey ?? '', key?.publicKey))).toEqual([]);
			const shown = JSON.stringify([result.run, result.logs]);
			expect(shown).not.toContain('PRIVATE KEY');
		},
	);

	it('is encrypted with the passphrase, which the vault gets, too', async () => {
		const password = ' pässwörd ☃ ';
		const result = await generate({ additionalFields: { password, username: 'deploy' } });
		expect(said(result)).toBe('');
		const [key] = storedKeys(vault.sim);
		expect(key?.password).toBe(password);
		expect(key?.publicKey).toMatch(/ deploy@w2016$/);
		expect(readPrivateKey(key?.privateKey as string, password).state).toBe('readable');
		expect(readPrivateKey(key?.privateKey as string, password.trim()).state).toBe('broken');
		expect(leaks(result, keyMaterial(key?.privateKey ?? '', key?.publicKey))).toEqual([]);
		expect(JSON.stringify(result.items)).not.toContain('pässwörd');
	});

	it('is another one for each item', async () => {
		const result = await generate({ items: [{}, {}, {}] });
		const keys = storedKeys(vault.sim);
		expect(new Set(keys.map(({ privateKey }) => privateKey)).size).toBe(3);
		const byIdentifier = new Map(keys.map((key) => [key.identifier, key.publicKey]));
		for (const { json } of result.items) {
			expect(json.publicKey).toBe(byIdentifier.get(json.identifier as string));
		}
	});

	it('is in the vault’s answer with Simplify off no more than the vault puts there', async () => {
		const result = await vault.create({
			parameters: {
				keySource: 'generate',
				simplify: false,
				publicKey: undefined,
				privateKey: undefined,
			},
		});
		expect(first(result)).toMatchObject({ code: 201, tenant: 'senhasegura' });
		expect(leaks(result, keyMaterial(storedKeys(vault.sim)[0]?.privateKey as string))).toEqual([]);
	});

	it('has a public key of one line, whatever the user and the device are called', async () => {
		vault.sim.state.devices.push({
			...vault.sim.state.devices[0]!,
			hostname: 'API  device\u00a0x',
			ip: '10.0.0.7',
		});
		const result = await vault.create({
			parameters: {
				keySource: 'generate',
				hostname: 'API  device\u00a0x',
				ip: '10.0.0.7',
				publicKey: undefined,
				privateKey: undefined,
			},
			additionalFields: { username: 'me\nssh-ed25519 AAAA evil' },
		});
		const line = storedKeys(vault.sim)[0]?.publicKey as string;
		expect(line).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ \S+$/);
		expect(first(result).publicKey).toBe(line);
	});
});
