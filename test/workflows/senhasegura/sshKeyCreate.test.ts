import { TestCredentialsHelper, runNode } from '../../harness';
import type { SenhaseguraSettings } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprint } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import type { SenhaseguraRun } from '../../unit/senhasegura/support';
import {
	AUTHENTICATIONS,
	FIXTURE_KEYS,
	PASSPHRASE,
	credentialsFor,
	fixture,
	keyMaterial,
	posts,
	printedFingerprint,
	sentBody,
	storedKeys,
} from '../../unit/senhasegura/support';
import { first, hints, leaks, said } from '../kit/result';
import { credentialTypes, nodeTypes, seed, sshKey } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const [main, second] = senhaseguraDemo.devices;

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

describe('an odd vault', () => {
	const additionalFields = { identifier: 'odd', devices: 'linux-01, nowhere' };

	it.each<[string, Partial<SenhaseguraSettings>]>([
		['tag for identifier', { legacyTagField: true }],
		['no code', { omitCode: true }],
		['no tenant', { omitTenant: true }],
		['Message', { capitalMessage: true }],
		['no space behind codes', { codeWithoutSpace: true }],
		['HTTP 200', { http200On201: true }],
		['Portuguese fields', { portugueseOnly: true }],
		['numbers for ids', { numericIds: true }],
		['texts for booleans', { stringBooleans: true }],
		['no identifier of its own', { noAutoIdentifier: true }],
		['names for failed devices', { devicesErrorAs: 'string' }],
		['partial updates', { partialUpdate: true }],
		[
			'everything old',
			{
				legacyTagField: true,
				omitCode: true,
				omitTenant: true,
				capitalMessage: true,
				http200On201: true,
				numericIds: true,
				noAutoIdentifier: true,
				devicesErrorAs: 'string',
			},
		],
	])('with %s is understood', async (_name, settings) => {
		Object.assign(vault.sim.settings, settings);
		for (const created of [true, false]) {
			const result = await vault.create({ additionalFields });
			expect(said(result)).toBe('');
			expect(first(result)).toMatchObject({
				id: '92',
				identifier: 'odd',
				created,
				devices: [{ hostname: 'linux-01', ip: '10.66.33.31' }],
				devicesError: ['nowhere'],
			});
			expect(hints(result)).toEqual([expect.stringContaining("'devicesError'")]);
		}
		const plain = await vault.create();
		expect(first(plain)).toMatchObject({ id: '93', created: true });
		expect(first(plain).identifier).toMatch(UUID);
	});

	it.each<[string, Partial<SenhaseguraSettings>]>([
		['a space', {}],
		['no space', { codeWithoutSpace: true }],
		['Message', { capitalMessage: true }],
		['Portuguese', { portugueseOnly: true }],
	])('that refuses is understood with %s', async (_name, settings) => {
		Object.assign(vault.sim.settings, settings, { readOnly: true });
		const result = await vault.create();
		expect(said(result)).toContain('may only read');
		expect(said(result)).toMatch(/1039: ?Without PAM Configuration Access permission/);
	});

	it.each<[string, object, boolean | null, number]>([
		['Chave cadastrada com sucesso!', {}, true, 0],
		['Chave atualizada com sucesso!', {}, false, 0],
		['Done', {}, null, 1],
		['', {}, null, 1],
	])('that says %j', async (message, _settings, created, hintCount) => {
		const body = {
			response: { status: 201, message: '', mensagem: message, error: false },
			key: { id: '7', identifier: 'odd', devices: [], devices_error: [] },
		};
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match: /pam\/key/ });
		const result = await vault.create({ additionalFields: { identifier: 'odd' } });
		expect(first(result).created).toBe(created);
		expect(hints(result)).toHaveLength(hintCount);
		// No answer was lost here, so that the hint must not say so.
		expect(hints(result).join()).not.toMatch(/An answer was lost/);
		const own = await vault.create();
		// With an identifier that was made for it, only the vault's own word makes it an update.
		expect(first(own).created).toBe(created ?? true);
	});

	it('that does not give the identifier back, is asked for the one that was sent', async () => {
		const body = {
			response: { status: 201, message: 'Key successfully registered!' },
			key: { id: 7 },
		};
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match: /pam\/key/ });
		const result = await vault.create();
		expect(first(result)).toMatchObject({ id: '7', devices: [], devicesError: [] });
		expect(first(result).identifier).toBe(sentBody(posts(vault.sim)[0]).identifier);
	});

	it('that answers with another content type is understood', async () => {
		vault.sim.trouble.add({ kind: 'wrongContentType', match: /pam\/key/ });
		expect(first(await vault.create())).toMatchObject({ id: '92', created: true });
	});
});

describe('parameters that cannot be used', () => {
	const key = sshKey('ed25519');
	const canaries = keyMaterial(key.privateKey, key.publicKey);
	/** n8n itself refuses a required parameter that is empty without an expression. */
	const NOTHING = '={{ "" }}';

	it.each<[string, SenhaseguraRun['parameters'], SenhaseguraRun['additionalFields'], RegExp]>([
		['no IP', { ip: NOTHING }, {}, /^'IP' is required/],
		['white space for an IP', { ip: ' \t' }, {}, /^'IP' is required/],
		[
			'four numbers too big',
			{ ip: '10.66.33.256' },
			{},
			/^'IP' must be an IP address or a DNS name/,
		],
		['three numbers', { ip: '10.66.33' }, {}, /^'IP' must/],
		['a port', { ip: '10.66.33.15:22' }, {}, /^'IP' must/],
		['a URL', { ip: 'https://10.66.33.15' }, {}, /^'IP' must/],
		['a broken IPv6 address', { ip: '2001:db8::1::2' }, {}, /^'IP' must/],
		['spaces in a name', { ip: 'web 01' }, {}, /^'IP' must/],
		['a long label', { ip: `${'a'.repeat(64)}.example.com` }, {}, /^'IP' must/],
		['a list', { ip: ['10.0.0.1'] as never }, {}, /^'IP' must be a text/],
		['no hostname', { hostname: NOTHING }, {}, /^'Hostname' is required/],
		['a hostname of two lines', { hostname: 'a\nb' }, {}, /^'Hostname' is too long or has control/],
		['a long hostname', { hostname: 'a'.repeat(256) }, {}, /^'Hostname' is too long/],
		['no public key', { publicKey: NOTHING }, {}, /^'Public Key' is required/],
		[
			'an odd public key',
			{ publicKey: 'AAAAC3NzaC1lZDI1NTE5' },
			{},
			/^'Public Key' is not an OpenSSH/,
		],
		[
			'another public key',
			{ publicKey: sshKey('rsab3072').publicKey },
			{},
			/^'Public Key' does not belong/,
		],
		['no private key', { privateKey: NOTHING }, {}, /^'Private Key' is required/],
		[
			'the public key twice',
			{ privateKey: key.publicKey },
			{},
			/^'Private Key' is not a private key/,
		],
		[
			'a PuTTY key',
			{ privateKey: 'PuTTY-User-Key-File-2: ssh-rsa' },
			{},
			/^'Private Key' is in the format/,
		],
		[
			'half a key',
			{ privateKey: key.privateKey.slice(0, 200) },
			{},
			/^'Private Key' cannot be read/,
		],
		[
			'a wrong passphrase',
			sshKey('ed25519encrypted'),
			{ password: 'not-the-one' },
			/^'Private Key' cannot be read/,
		],
		['a list for a passphrase', {}, { password: ['12345'] }, /^'Passphrase' must be a text/],
		[
			'a device twice',
			{},
			{ devices: 'linux-01, LINUX-01' },
			/^'Devices' holds the device LINUX-01 twice/,
		],
		[
			'objects for devices',
			{},
			{ devices: [{ hostname: 'a' }] },
			/^'Devices' must be a list of texts/,
		],
		['a device with a control character', {}, { devices: ['a\u0007'] }, /^'Devices' holds a name/],
		['a long device', {}, { devices: 'a'.repeat(256) }, /^'Devices' holds a name/],
		['an odd flag', {}, { enabled: 'maybe' }, /^'Enabled' must be true or false/],
		['an object for tags', {}, { tags: {} }, /^'Tags' must be a list of texts/],
		[
			'an unknown key source',
			{ keySource: 'borrow' },
			{},
			/^'Key Source' must be 'provide', 'asGiven' or 'generate'/,
		],
		[
			'an unknown algorithm',
			{ keySource: 'generate', keyAlgorithm: 'dsa1024' },
			{},
			/^'Key Algorithm' must be one of ed25519, rsa3072/,
		],
	])(
		'%s: nothing is sent, and the field is named',
		async (_name, parameters, additionalFields, words) => {
			const result = await vault.create({
				...(parameters && { parameters }),
				...(additionalFields && { additionalFields }),
			});
			expect(said(result)).toMatch(words);
			expect(vault.sim.log).toEqual([]);
			const { nodeError, logs } = result;
			const texts = logs.map(({ message }) => message);
			const text = JSON.stringify([nodeError?.message, nodeError?.description, texts]);
			for (const canary of [...canaries, 'not-the-one', '12345'])
				expect(text).not.toContain(canary);
			expect(nodeError).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		},
	);

	it.each([
		['an IPv6 address', '2001:db8::1'],
		['a name', 'web-01.example.com'],
		['a name with an underscore', '_web_01'],
		['a name with a dot at its end', 'web-01.example.com.'],
	])('%s is taken', async (_name, ip) => {
		vault.sim.state.devices.push({ ...vault.sim.state.devices[0]!, ip });
		expect(said(await vault.create({ parameters: { ip } }))).toBe('');
	});

	it.each([
		['concurrency', 0],
		['concurrency', 51],
		['timeout', 0],
		['timeout', 'soon'],
	])('the option %s of %j: nothing is sent', async (name, value) => {
		const result = await vault.create({ options: { [name]: value } });
		expect(said(result)).toContain(name === 'timeout' ? "'Timeout'" : "'Max Concurrent Items'");
		expect(vault.sim.log).toEqual([]);
	});
});

describe.each(AUTHENTICATIONS)('a vault that refuses, %s', (authentication) => {
	const refused = async (options: Omit<SenhaseguraRun, 'at'> = {}) => {
		const result = await vault.create({ authentication, ...options });
		expect(result.nodeError).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		expect(storedKeys(vault.sim)).toEqual([]);
		expect(posts(vault.sim).length).toBeLessThanOrEqual(authentication === 'oAuth2' ? 2 : 1);
		return said(result);
	};

	it('an unknown device', async () => {
		const text = await refused({ parameters: { hostname: 'nowhere' } });
		expect(text).toMatch(/'Hostname' and 'IP'.*1011: Device not found/);
	});

	it('a read-only authorization', async () => {
		vault.sim.settings.readOnly = true;
		expect(await refused()).toMatch(/'Read and write'.*1039/);
	});

	it('a missing PAM Core, once, although it is HTTP 500', async () => {
		vault.sim.settings.authorizedResources = [];
		expect(await refused()).toMatch(/PAM Core.*not authorized to access this resource/);
		expect(posts(vault.sim)).toHaveLength(1);
	});

	it('a Referer', async () => {
		vault.sim.settings.allowedReferers = ['https://n8n.example.com'];
		expect(await refused()).toMatch(/IP addresses and referers/);
		const allowed = await vault.create({
			authentication,
			credential: { referer: 'https://n8n.example.com' },
		});
		expect(said(allowed)).toBe('');
	});

	it('an IP address', async () => {
		vault.sim.settings.allowedIps = ['10.0.0.9'];
		expect(await refused()).toMatch(/IP addresses and referers/);
	});

	it('a wrong address', async () => {
		const credential = { url: `${vault.sim.url}/elsewhere` };
		if (authentication === 'oAuth1') {
			expect(await refused({ credential })).toMatch(/'URL' and 'API Prefix'/);
		} else {
			expect(await refused({ credential })).toMatch(/no access token/);
		}
	});

	it.each([
		[
			'Resource sub not found',
			{ response: { status: 404, message: 'Resource sub not found', error: true } },
		],
		['no Route matched', { message: 'no Route matched with those values' }],
		['nothing', undefined],
	])('a wrong prefix with %s', async (_name, body) => {
		vault.sim.trouble.add({
			kind: 'status',
			status: 404,
			...(body && { body }),
			match: /pam\/key/,
		});
		expect(await refused()).toMatch(/'API Prefix'/);
	});

	it('an item that the authorization must not see', async () => {
		const additionalFields = { identifier: 'theirs' };
		await vault.create({ authentication, additionalFields });
		for (const item of vault.sim.state.items.values()) item.accessDenied = true;
		const result = await vault.create({ authentication, additionalFields });
		expect(said(result)).toMatch(/no access to this item.*1009: No access to credential/);
	});

	it('an identifier of a credential', async () => {
		const text = await refused({ additionalFields: { identifier: 'demo-credential' } });
		expect(text).toMatch(/'Identifier'.*1016: The item is not a ssh key/);
	});

	it('an identifier of odd characters, with the vault’s own words', async () => {
		const text = await refused({ additionalFields: { identifier: 'a b' } });
		expect(text).toMatch(/Invalid identifier/);
	});

	it('a code that nobody knows', async () => {
		const message = '1099: Something new';
		const response = { status: 400, message, error: true };
		vault.sim.trouble.add({ kind: 'status', status: 400, body: { response }, match: /pam\/key/ });
		expect(await refused()).toMatch(/1099: Something new/);
	});

	it('a redirect, which is not followed', async () => {
		const to = `${vault.sim.url}/api/pam/device`;
		vault.sim.trouble.add({ kind: 'redirect', to, match: /pam\/key/ });
		expect(await refused()).toMatch(/redirected/);
		expect(vault.sim.log.some(({ path }) => path.endsWith('/device'))).toBe(false);
	});
});

describe('OAuth 1.0 that is refused', () => {
	it.each(['consumerKey', 'consumerSecret', 'token', 'tokenSecret'])(
		'with a wrong %s',
		async (field) => {
			const result = await vault.create({
				authentication: 'oAuth1',
				credential: { [field]: 'wrong-0-value' },
			});
			expect(said(result)).toMatch(/OAuth 1\.0 signature.*four keys.*Invalid signature/);
			expect(leaks(result, ['wrong-0-value'])).toEqual([]);
		},
	);

	it('by a vault that sees another address', async () => {
		vault.sim.settings.originSeen = 'https://inside.example.com';
		const result = await vault.create({ authentication: 'oAuth1' });
		expect(said(result)).toMatch(/behind a proxy/);
	});
});

describe('OAuth 2.0 tokens', () => {
	it('are asked for once for 50 items, and stored', async () => {
		const result = await vault.create({
			items: Array.from({ length: 50 }, () => ({})),
			options: { concurrency: 10 },
		});
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(50);
		expect(storedKeys(vault.sim)).toHaveLength(50);
		expect(vault.sim.state.tokenCalls).toBe(1);
		expect(vault.sim.concurrency.peak).toBeLessThanOrEqual(10);
		const { oauthTokenData } = result.credentials.storedData('senhaseguraOAuth2Api');
		const [stored] = vault.sim.state.tokens.keys();
		expect(oauthTokenData).toMatchObject({ access_token: stored });
	});

	it('that have expired are renewed once, and the request is repeated', async () => {
		const credentials = new TestCredentialsHelper({
			credentialTypes,
			credentials: credentialsFor('oAuth2', vault.sim.url),
		});
		const again = async (items = 1) =>
			await runNode({
				node: {
					type: 'n8n-nodes-privileged-keys.senhasegura',
					parameters: seed.senhasegura() as never,
				},
				items: Array.from({ length: items }, () => ({ json: {} })),
				nodeTypes,
				credentials,
			});
		expect(said(await again())).toBe('');
		vault.sim.state.tokens.clear();
		const result = await again();
		expect(said(result)).toBe('');
		expect(vault.sim.state.tokenCalls).toBe(2);
		expect(posts(vault.sim).map(({ status }) => status)).toEqual([201, 401, 201]);
		expect(storedKeys(vault.sim)).toHaveLength(2);
		expect(sentBody(posts(vault.sim)[1])).toEqual(sentBody(posts(vault.sim)[2]));

		vault.sim.state.tokens.clear();
		const many = await again(20);
		expect(many.items).toHaveLength(20);
		expect(vault.sim.state.tokenCalls).toBe(3);
		expect(storedKeys(vault.sim)).toHaveLength(22);
	});

	it('that stay refused end in a word about the credential', async () => {
		vault.sim.trouble.add({
			kind: 'status',
			status: 401,
			body: { message: 'Unauthorized' },
			match: /pam\/key/,
		});
		const result = await vault.create();
		expect(said(result)).toMatch(/does not accept the credential.*Unauthorized/);
		expect(posts(vault.sim)).toHaveLength(2);
	});

	it.each<[string, Record<string, string>]>([
		['secret', { clientSecret: 'wrong-0-secret' }],
		['id', { clientId: 'wrong-0-id' }],
		['tenant', { tenant: 'another' }],
	])('are not given for a wrong %s; it is asked for once', async (_name, credential) => {
		const result = await vault.create({ credential, items: Array.from({ length: 5 }, () => ({})) });
		expect(said(result)).toMatch(/no access token/);
		expect(said(result)).toMatch(/Client authentication failed/);
		expect(vault.sim.state.tokenCalls).toBe(1);
		expect(posts(vault.sim)).toEqual([]);
		expect(leaks(result, ['wrong-0-secret'])).toEqual([]);
	});

	it('are asked for by tenant where the vault is called by its IP address', async () => {
		vault.sim.settings.multiTenant = true;
		const url = `https://127.0.0.1:${vault.sim.port}`;
		expect(said(await vault.create({ credential: { url } }))).toMatch(/no access token/);
		expect(
			said(await vault.create({ credential: { url, tenant: vault.sim.settings.tenant } })),
		).toBe('');
	});

	it.each(['body', 'header'])('are asked for with the client in the %s', async (authentication) => {
		expect(said(await vault.create({ credential: { authentication } }))).toBe('');
	});
});

describe('two items of which one fails', () => {
	const items = [{ ip: '10.0.0.99' }, { ip: main.ip }];
	const parameters = { ip: '={{ $json.ip }}' };

	it.each(AUTHENTICATIONS)(
		'stop the node, with the issued key named, %s',
		async (authentication) => {
			const result = await vault.create({
				authentication,
				items: [...items].reverse(),
				parameters,
			});
			expect(result.items).toEqual([]);
			expect(said(result)).toMatch(/1011: Device not found/);
			expect(result.nodeError).toMatchObject({ context: { itemIndex: 1 } });
			const [key] = storedKeys(vault.sim);
			expect(said(result)).toContain(`item 0: id ${key?.id} (${key?.identifier})`);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'go on with %s',
		async (onError) => {
			const result = await vault.create({ items, parameters, node: { onError } });
			expect(result.nodeError).toBeUndefined();
			const failed = onError === 'continueErrorOutput' ? result.errorOutput : result.items;
			expect(failed[0]?.json.error).toBe(
				"The vault knows no device with this 'Hostname' and 'IP', or this ID",
			);
			expect(failed[0]?.pairedItem).toEqual(
				onError === 'continueErrorOutput' ? failed[0]?.pairedItem : { item: 0 },
			);
			const fine = onError === 'continueErrorOutput' ? result.items[0] : result.items[1];
			expect(fine).toMatchObject({ json: { id: '92', created: true }, pairedItem: { item: 1 } });
		},
	);

	it('go on with a parameter that cannot be used, too', async () => {
		const result = await vault.create({
			items: [{ ip: 'not an address' }, { ip: main.ip }],
			parameters,
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json }) => json.error ?? json.id)).toEqual([
			"'IP' must be an IP address or a DNS name",
			'92',
		]);
	});
});

describe('devices that the vault does not know', () => {
	it.each(['object', 'string'] as const)(
		'are a hint and no failure (%s)',
		async (devicesErrorAs) => {
			vault.sim.settings.devicesErrorAs = devicesErrorAs;
			const result = await vault.create({
				additionalFields: { devices: 'nowhere, linux-01, elsewhere' },
				items: [{}, {}],
			});
			expect(said(result)).toBe('');
			for (const { json } of result.items) {
				expect(json).toMatchObject({
					devices: [{ hostname: 'linux-01' }],
					devicesError: ['nowhere', 'elsewhere'],
				});
			}
			expect(hints(result)).toEqual([expect.stringContaining("see 'devicesError'")]);
		},
	);
});
