import type { IDataObject, INode } from 'n8n-workflow';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprintOf } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import type { RunNodeResult } from '../../harness';
import { findSecrets } from '../../harness';
import type { SenhaseguraKey, SenhaseguraSimulator, Trouble } from '../../simulators';
import { senhaseguraDemo, startSenhaseguraSimulator } from '../../simulators';
import {
	AUTHENTICATIONS,
	PASSPHRASE,
	UNICODE_PASSPHRASE,
	credentialsFor,
	hints,
	keyMaterial,
	posts,
	printedFingerprint,
	said,
	sentBody,
	storedKeys,
} from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { runVendor, sshKey } from '../vendors';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

const [main, second, third] = senhaseguraDemo.devices;

let sim: SenhaseguraSimulator;

beforeAll(async () => {
	sim = await startSenhaseguraSimulator();
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

interface Run {
	authentication?: Authentication;
	node?: Partial<INode>;
	items?: IDataObject[];
	abortAfterMs?: number;
}

async function run(
	operation: string,
	parameters: IDataObject,
	{ authentication = 'oAuth1', ...more }: Run = {},
): Promise<RunNodeResult> {
	return await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: { authentication, resource: 'sshKey', operation, ...parameters },
		credentials: credentialsFor(authentication, sim.url),
		...more,
	});
}

const first = ({ items }: RunNodeResult) => items[0]?.json ?? {};
const byName = (value: string) => ({ sshKeyId: { __rl: true, mode: 'name', value } });
const options = { timeout: 250 };

/** A key in the vault with everything that a key can have. */
async function store(name: string, changes: IDataObject = {}): Promise<SenhaseguraKey> {
	const result = await run('create', {
		...main,
		...sshKey(name),
		additionalFields: {
			identifier: 'web-01',
			username: 'deploy',
			devices: [second.hostname, third.hostname],
			tags: 'linux, a&b',
			keyName: 'Deployment key',
			...changes,
		},
	});
	expect(said(result)).toBe('');
	sim.log.length = 0;
	return storedKeys(sim).at(-1) as SenhaseguraKey;
}

/** What must stay as it is when a key is rotated. */
function rest(key: SenhaseguraKey): Partial<SenhaseguraKey> {
	const { id, identifier, hostname, ip, username, devices, tags, keyName, active } = key;
	return { id, identifier, hostname, ip, username, devices, tags, keyName, active };
}

function publicPartOf(key: SenhaseguraKey): string | undefined {
	const read = readPrivateKey(key.privateKey, key.password ?? undefined);
	const stated = fingerprintOf(key.publicKey);
	if (read.state !== 'readable') return undefined;
	return stated === null || !key.publicKey.includes(read.publicBlob.toString('base64'))
		? undefined
		: stated;
}

describe.each(AUTHENTICATIONS)('a rotation by %s', (authentication) => {
	it('replaces the pair, keeps everything else, and hands over both public keys', async () => {
		const before = { ...(await store('ed25519')) };
		const result = await run('rotate', byName('web-01'), { authentication });
		expect(said(result)).toBe('');
		expect(hints(result)).toEqual([]);
		const [after, ...others] = storedKeys(sim);
		expect(others).toEqual([]);
		if (!after) throw new Error('The key is gone');
		expect(rest(after)).toEqual(rest(before));
		expect(after.privateKey).not.toBe(before.privateKey);
		const print = publicPartOf(after);
		expect(print).toMatch(/^SHA256:/);
		expect(result.items).toEqual([
			{
				json: {
					vendor: 'senhasegura',
					type: 'sshKey',
					id: before.id,
					identifier: 'web-01',
					rotated: true,
					dryRun: false,
					secret: null,
					expiresAt: null,
					ip: main.ip,
					hostname: main.hostname,
					username: 'deploy',
					devices: [{ ...second }, { ...third }],
					devicesError: [],
					algorithm: 'ed25519',
					publicKey: after.publicKey,
					fingerprint: print,
					previousAlgorithm: 'ed25519',
					previousPublicKey: sshKey('ed25519').publicKey,
					previousFingerprint: printedFingerprint('ed25519'),
				},
				pairedItem: { item: 0 },
			},
		]);
		// The comment says whose key it is.
		expect(after.publicKey.split(' ')[2]).toBe(before.publicKey?.split(' ')[2]);
	});
});

it('shows no private key, old or new, in items, errors and logs', async () => {
	const before = { ...(await store('ed25519encrypted', { password: PASSPHRASE })) };
	const secrets = () => [
		...keyMaterial(before.privateKey, before.publicKey),
		...storedKeys(sim).flatMap((key) => keyMaterial(key.privateKey, key.publicKey)),
		PASSPHRASE,
	];
	for (const simplify of [true, false]) {
		const { items, nodeError, logs } = await run('rotate', { ...byName('web-01'), simplify });
		expect(items).toHaveLength(1);
		expect(findSecrets({ items, nodeError, logs }, secrets())).toEqual([]);
	}
	const echo = JSON.stringify({
		response: { status: 400, message: `1099: bad ${PASSPHRASE} ${before.privateKey}`, error: true },
	});
	sim.trouble.add({ kind: 'rawBody', status: 400, body: echo, match: { method: 'POST' } });
	const { nodeError, logs } = await run('rotate', byName('web-01'));
	expect(nodeError?.message).toContain('The SSH key was not rotated: senhasegura refused');
	expect(findSecrets({ nodeError, logs }, secrets())).toEqual([]);
});

describe('the new key', () => {
	it.each([
		['ed25519', 'same', 'ed25519', 'ed25519'],
		['ecdsab384', 'same', 'ecdsa384', 'ecdsa384'],
		['rsab3072', 'same', 'rsa3072', 'rsa3072'],
		['rsab3072', 'ed25519', 'ed25519', 'rsa3072'],
		['ecdsab256', 'ecdsa521', 'ecdsa521', 'ecdsa256'],
	])('of %s, wanted %s, is %s', async (fixture, wanted, algorithm, previous) => {
		await store(fixture);
		const result = await run('rotate', { ...byName('web-01'), keyAlgorithm: wanted });
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ algorithm, previousAlgorithm: previous });
		const kind = algorithm.startsWith('ecdsa') ? /^ecdsa-sha2-nistp\d+ / : /^ssh-(ed25519|rsa) /;
		expect(storedKeys(sim)[0]?.publicKey).toMatch(kind);
	});

	it('has the passphrase that the vault holds', async () => {
		await store('ed25519encrypted', { password: PASSPHRASE });
		await run('rotate', byName('web-01'));
		const [key] = storedKeys(sim);
		expect(key?.password).toBe(PASSPHRASE);
		expect(readPrivateKey(key?.privateKey ?? '', PASSPHRASE).state).toBe('readable');
		expect(readPrivateKey(key?.privateKey ?? '', `${PASSPHRASE}!`).state).toBe('broken');
	});

	it('has a new passphrase where one is given, spaces included', async () => {
		await store('ed25519encrypted', { password: PASSPHRASE });
		const additionalFields = { newPassphrase: UNICODE_PASSPHRASE };
		await run('rotate', { ...byName('web-01'), additionalFields });
		const [key] = storedKeys(sim);
		expect(key?.password).toBe(UNICODE_PASSPHRASE);
		expect(readPrivateKey(key?.privateKey ?? '', UNICODE_PASSPHRASE).state).toBe('readable');
	});
});

it('changes nothing on a dry run', async () => {
	const before = { ...(await store('ed25519')) };
	const result = await run('rotate', { ...byName('web-01'), dryRun: true });
	expect(first(result)).toMatchObject({ rotated: false, dryRun: true, publicKey: null });
	expect(posts(sim)).toEqual([]);
	expect(storedKeys(sim)[0]).toMatchObject({ privateKey: before.privateKey });
});

it('rotates a key once in a run, whoever asks for it', async () => {
	await store('ed25519');
	const result = await run('rotate', byName('web-01'), {
		items: [{}, {}],
		node: { onError: 'continueRegularOutput' },
	});
	expect(result.items.map(({ json }) => json.rotated ?? json.error)).toEqual(
		expect.arrayContaining([true, "'Identifier' web-01 was used for another item already"]),
	);
	expect(posts(sim)).toHaveLength(1);
});

it('reads the list once for any number of keys', async () => {
	const names = ['a', 'b', 'c'];
	for (const identifier of names) await store('ed25519', { identifier });
	const result = await run(
		'rotate',
		{ sshKeyId: { __rl: true, mode: 'name', value: '={{ $json.name }}' } },
		{ items: names.map((name) => ({ name })) },
	);
	expect(result.items.map(({ json }) => json.identifier)).toEqual(names);
	expect(sim.log.filter(({ path }) => path.endsWith('/pam/credential'))).toHaveLength(1);
	expect(new Set(storedKeys(sim).map(({ publicKey }) => publicKey)).size).toBe(3);
});

const KEY_POST = { path: /\/pam\/key$/, method: 'POST' };
const KEY_GET = { path: /\/pam\/key\/\d+$/, method: 'GET' };
const OLD = printedFingerprint('ed25519');

function holdsNew(before: SenhaseguraKey): string {
	const [key] = storedKeys(sim);
	expect(key?.privateKey).not.toBe(before.privateKey);
	const print = key && publicPartOf(key);
	if (!print) throw new Error('The vault holds no pair');
	return print;
}

function holdsOld(before: SenhaseguraKey): void {
	const [key, ...others] = storedKeys(sim);
	expect(others).toEqual([]);
	expect(key).toMatchObject({ ...rest(before), privateKey: before.privateKey });
	expect(key).toMatchObject({ publicKey: before.publicKey, password: before.password });
}

describe('an answer to the storing that is lost', () => {
	it.each<[string, Trouble]>([
		['a cut connection', { kind: 'cutAfterWork' }],
		['an empty answer', { kind: 'emptyBody' }],
		['a web page', { kind: 'html', work: true }],
		['503', { kind: 'status', status: 503, work: true }],
	])('by %s once is repeated with the same pair', async (_name, trouble) => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add({ ...trouble, match: KEY_POST, times: 1 });
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ rotated: true, fingerprint: holdsNew(before) });
		expect(new Set(posts(sim).map(({ body }) => body)).size).toBe(1);
	});

	it.each<[string, Trouble]>([
		['a cut connection', { kind: 'cutAfterWork' }],
		['an empty answer', { kind: 'emptyBody' }],
		['500', { kind: 'rawBody', status: 500, body: '{}', work: true }],
	])('by %s every time is made up for by reading back', async (_name, trouble) => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add({ ...trouble, match: KEY_POST });
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({
			rotated: true,
			fingerprint: holdsNew(before),
			devices: [{ ...second }, { ...third }],
		});
	});

	it('and in whose place another key is read is taken back', async () => {
		const before = { ...(await store('ed25519')) };
		sim.trouble.add({ kind: 'cutAfterWork', match: KEY_POST, times: 4 });
		sim.trouble.add(otherKey(before));
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toContain('the former one was put back');
		holdsOld(before);
	});

	it('before the work leaves the old key, and says so', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add({ kind: 'cutBeforeWork', match: KEY_POST });
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toMatch(/^The SSH key was not rotated: .* closed the connection/);
		expect(said(result)).toContain(`The vault holds the present key (${OLD}) as before.`);
		holdsOld(before);
	});

	it('and then a vault that cannot be read leaves open which key it holds', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add({ kind: 'cutAfterWork', match: KEY_POST });
		sim.trouble.add({ kind: 'cutBeforeWork', match: KEY_GET, skip: 1 });
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toMatch(/^It is not known if the SSH key was rotated/);
		expect(said(result)).toContain(
			`either the present key (${OLD}) or the new one (${holdsNew(before)})`,
		);
		expect(said(result)).toContain(`Read the SSH key ${before.id} to see which`);
	});
});

it('that is refused leaves the old key, and says so', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	sim.settings.readOnly = true;
	const result = await run('rotate', byName('web-01'));
	expect(said(result)).toContain('The SSH key was not rotated: The authorization may only read');
	expect(said(result)).toContain(`The vault holds the present key (${OLD}) as before.`);
	holdsOld(before);
});

/** An answer to the reading back in which the key is another one. */
function otherKey(before: SenhaseguraKey, publicKey = sshKey('ecdsab256').publicKey): Trouble {
	const body = JSON.stringify({
		response: { status: 200, message: `Key ${before.id}`, error: false },
		key: { id: before.id, private_key: sshKey('ecdsab256').privateKey, public_key: publicKey },
	});
	return { kind: 'rawBody', body, match: KEY_GET, skip: 1, times: 1 };
}

describe('a new key that does not arrive whole', () => {
	it('is taken back, and the error says so', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add(otherKey(before));
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toMatch(/^The SSH key was not rotated: the new key did not arrive whole/);
		expect(said(result)).toContain(`gave back a key (${printedFingerprint('ecdsab256')})`);
		expect(said(result)).toContain(`The vault holds the former key (${OLD}) again.`);
		expect(posts(sim)).toHaveLength(2);
		expect(sentBody(posts(sim)[1])).toMatchObject({ private_key: before.privateKey });
		holdsOld(before);
	});

	it('is taken back where it cannot be read at all', async () => {
		const before = { ...(await store('ed25519encrypted', { password: PASSPHRASE })) };
		sim.trouble.add({ kind: 'status', status: 400, match: KEY_GET, skip: 1, times: 1 });
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toMatch(/^The SSH key was not rotated/);
		expect(said(result)).toContain('It could not be read back: senhasegura refused');
		holdsOld(before);
	});

	it('takes its passphrase back from a key that had none', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add(otherKey(before));
		const additionalFields = { newPassphrase: PASSPHRASE };
		const result = await run('rotate', { ...byName('web-01'), additionalFields });
		expect(said(result)).toContain('the former one was put back');
		expect(storedKeys(sim)[0]?.password).toBe('');
	});

	it('and cannot be taken back either: the error says what the vault holds', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add(otherKey(before));
		sim.trouble.add({ kind: 'status', status: 400, match: KEY_POST, skip: 1 });
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toContain('did not take the former one back');
		expect(said(result)).toContain(`The vault holds the new key (${holdsNew(before)})`);
	});

	it('and after that nothing can be read: the error says what is known', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add(otherKey(before));
		sim.trouble.add({ kind: 'status', status: 400, match: KEY_GET, skip: 1 });
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toContain('and neither could the former one that was put back');
		expect(said(result)).toContain(`The vault said that it holds the former key (${OLD}) again.`);
		holdsOld(before);
	});

	it('and the taking back is lost before the work: the error says that the new one is there', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add(otherKey(before));
		sim.trouble.add({ kind: 'cutBeforeWork', match: KEY_POST, skip: 1 });
		const result = await run('rotate', { ...byName('web-01'), options });
		expect(said(result)).toContain(`The vault holds the new key (${holdsNew(before)}).`);
	});
});

it('that the vault accepts and does not carry out is no rotation', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	const body = JSON.stringify({
		response: { status: 201, message: 'Key updated successfully!', error: false },
		key: { id: before.id, identifier: 'web-01' },
	});
	sim.trouble.add({ kind: 'rawBody', body, match: KEY_POST });
	const result = await run('rotate', byName('web-01'));
	expect(said(result)).toContain('The vault accepted the new key, but still holds the present one');
	expect(posts(sim)).toHaveLength(1);
	holdsOld(before);
});

it('that makes a second key disables it, and names it', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	const stored = sim.state.items.get(before.id) as SenhaseguraKey;
	// The list still tells the identifier, by which the vault finds nothing any more.
	const record = JSON.stringify({
		response: { status: 200, message: '1 credentials found', error: false },
		credentials: [
			{
				id: before.id,
				identifier: 'web-01',
				username: 'deploy',
				hostname: 'w2016',
				type: 'SSH Key',
			},
		],
	});
	stored.identifier = 'renamed';
	sim.trouble.add({ kind: 'rawBody', body: record, match: /\/pam\/credential$/ });
	const result = await run('rotate', byName('web-01'));
	const [own, other] = storedKeys(sim);
	expect(own).toMatchObject({ privateKey: before.privateKey, active: true });
	expect(other).toMatchObject({ identifier: 'web-01', active: false });
	expect(said(result)).toContain(
		`as another SSH key, ${other?.id}, and did not update ${before.id}`,
	);
	expect(said(result)).toContain('It was disabled again.');
});

it('ends in a known state when the execution is cancelled in its middle', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	sim.trouble.add({ kind: 'latency', ms: 500, when: 'afterWork', match: KEY_POST });
	sim.trouble.add(otherKey(before));
	await run('rotate', byName('web-01'), { abortAfterMs: 300 });
	for (let waited = 0; waited < 5_000 && posts(sim).length < 2; waited += 20) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(posts(sim)).toHaveLength(2);
	expect(sentBody(posts(sim)[1])).toMatchObject({ private_key: before.privateKey });
	holdsOld(before);
});

it('does nothing when the execution is cancelled before the storing', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	sim.trouble.add({ kind: 'latency', ms: 500, when: 'afterWork', match: KEY_GET });
	await run('rotate', byName('web-01'), { abortAfterMs: 250 });
	await new Promise((resolve) => setTimeout(resolve, 600));
	expect(posts(sim)).toEqual([]);
	holdsOld(before);
});

it('is finished and told of in the log when it is cancelled while it is read back', async () => {
	const before = { ...(await store('ed25519')) } as SenhaseguraKey;
	sim.trouble.add({ kind: 'latency', ms: 800, when: 'afterWork', match: KEY_GET, skip: 1 });
	const { logs } = await run('rotate', byName('web-01'), { abortAfterMs: 500 });
	for (let waited = 0; waited < 5_000 && !JSON.stringify(logs).includes('web-01'); waited += 20) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(JSON.stringify(logs)).toContain(`id ${before.id} (web-01)`);
	expect(posts(sim)).toHaveLength(1);
	holdsNew(before);
});

describe('a vault of an older version', () => {
	it('without names, tags and devices for keys is rotated as it is', async () => {
		Object.assign(sim.settings, { noKeyExtras: true, legacyTagField: true, numericIds: true });
		await store('ed25519');
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toBe('');
		expect(Object.keys(sentBody(posts(sim)[0]))).toEqual([
			'ip',
			'hostname',
			'private_key',
			'public_key',
			'username',
			'identifier',
		]);
	});

	it('with entities in tags gets them back as they were meant', async () => {
		Object.assign(sim.settings, { entitiesInTags: true, tagsAs: 'array' });
		await store('ed25519', { tags: 'a&b' });
		expect(storedKeys(sim)[0]?.tags).toBe('a&amp;b');
		await run('rotate', byName('web-01'));
		expect(sentBody(posts(sim)[0]).tags).toBe('a&b');
	});

	it('whose answer has no tags keeps those that it has', async () => {
		sim.settings.tagsAs = 'absent';
		await store('ed25519', { tags: 'kept' });
		await run('rotate', byName('web-01'));
		expect(sentBody(posts(sim)[0])).not.toHaveProperty('tags');
		expect(storedKeys(sim)[0]?.tags).toBe('kept');
	});

	it('that keeps no identifiers cannot have its keys rotated', async () => {
		const key = await store('ed25519');
		(sim.state.items.get(key.id) as SenhaseguraKey).identifier = '';
		const result = await run('rotate', { sshKeyId: key.id });
		expect(said(result)).toContain('has no identifier, so it cannot be rotated');
		expect(posts(sim)).toEqual([]);
	});
});

it('is refused where the vault gives its secrets encrypted, which could not be put back', async () => {
	await store('ed25519encrypted', { password: PASSPHRASE });
	sim.settings.encryptSecrets = true;
	const body = (key: SenhaseguraKey) =>
		JSON.stringify({
			response: { status: 200, message: 'Key', error: false },
			key: {
				id: key.id,
				private_key: key.privateKey,
				public_key: key.publicKey,
				password: Buffer.alloc(256, 7).toString('base64'),
			},
		});
	sim.trouble.add({
		kind: 'rawBody',
		body: body(storedKeys(sim)[0] as SenhaseguraKey),
		match: KEY_GET,
	});
	const result = await run('rotate', byName('web-01'));
	expect(said(result)).toContain('because the vault gives its secrets encrypted');
	expect(posts(sim)).toEqual([]);
});

it('tells of devices that the vault did not link again', async () => {
	await store('ed25519');
	sim.state.devices = sim.state.devices.filter(({ hostname }) => hostname !== third.hostname);
	const body = JSON.stringify({
		response: { status: 200, message: 'Key', error: false },
		key: {
			id: '92',
			private_key: sshKey('ed25519').privateKey,
			public_key: sshKey('ed25519').publicKey,
			hostname: main.hostname,
			ip: main.ip,
			devices: [second.hostname, { hostname: third.hostname }, { ip: '10.0.0.1' }, null],
		},
	});
	sim.trouble.add({ kind: 'rawBody', body, match: KEY_GET, times: 1 });
	const result = await run('rotate', byName('web-01'));
	expect(first(result)).toMatchObject({
		rotated: true,
		username: null,
		devices: [{ ...second }],
		devicesError: [third.hostname],
	});
	expect(hints(result)).toEqual([expect.stringContaining("see 'devicesError'")]);
});

it('takes an algorithm that is chosen for a key whose kind cannot be told', async () => {
	const key = await store('ed25519');
	const publicKey = '---- BEGIN SSH2 PUBLIC KEY ----';
	Object.assign(sim.state.items.get(key.id) ?? {}, { publicKey, privateKey: 'MC4CAQAwBQYDK2Vw' });
	const same = await run('rotate', byName('web-01'));
	expect(said(same)).toContain("'Key Algorithm' must be chosen, because the present one cannot be");
	const result = await run('rotate', { ...byName('web-01'), keyAlgorithm: 'ecdsa256' });
	expect(first(result)).toMatchObject({
		rotated: true,
		previousAlgorithm: null,
		previousFingerprint: null,
		previousPublicKey: publicKey,
	});
	expect(storedKeys(sim)[0]?.publicKey).toMatch(/ deploy@w2016$/);
});

it('says what the vault holds where even the former key is not what was put back', async () => {
	const before = { ...(await store('ed25519')) };
	const trouble = otherKey(before);
	sim.trouble.add({ ...trouble, times: 2 });
	const result = await run('rotate', byName('web-01'));
	expect(said(result)).toContain('and neither could the former one that was put back');
	expect(said(result)).toContain(
		`The vault holds a key (${printedFingerprint('ecdsab256')}) that is neither the former one (${OLD})`,
	);
});

it('says so where the second key cannot be disabled either', async () => {
	const before = { ...(await store('ed25519')) };
	const record = JSON.stringify({
		response: { status: 200, message: '1 credentials found', error: false },
		credentials: [{ id: before.id, identifier: 'web-01', hostname: 'w2016', type: 'SSH Key' }],
	});
	Object.assign(sim.state.items.get(before.id) ?? {}, { identifier: 'renamed' });
	sim.trouble.add({ kind: 'rawBody', body: record, match: /\/pam\/credential$/ });
	sim.trouble.add({ kind: 'status', status: 403, match: { method: 'DELETE' } });
	const result = await run('rotate', byName('web-01'));
	expect(said(result)).toMatch(/It could not be disabled \(.*\), so disable it in the vault/);
});

it('does not count as arrived where the vault keeps the former passphrase', async () => {
	const key = await store('ed25519encrypted', { password: PASSPHRASE });
	const before = { ...key };
	// Whatever is sent.
	Object.defineProperty(key, 'password', { get: () => PASSPHRASE, set: () => undefined });
	const additionalFields = { newPassphrase: UNICODE_PASSPHRASE };
	const result = await run('rotate', { ...byName('web-01'), additionalFields });
	expect(said(result)).toMatch(/^The SSH key was not rotated: the new key did not arrive whole/);
	expect(said(result)).toContain('again.');
	holdsOld(before);
});

describe('an answer to the storing with another ID', () => {
	const answer = (id: string) =>
		JSON.stringify({
			response: { status: 201, message: 'Key updated successfully!', error: false },
			key: { id, identifier: 'web-01' },
		});
	const calls = (method: string) => sim.log.filter((call) => call.method === method);

	it('is no second key where the one that was meant holds the new pair', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		sim.trouble.add({ kind: 'rawBody', body: answer('39'), work: true, match: KEY_POST });
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ id: before.id, fingerprint: holdsNew(before) });
		expect(calls('DELETE')).toEqual([]);
	});

	it('does not disable what does not hold the new pair', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		const other = await store('ecdsab256', { identifier: 'web-02' });
		sim.trouble.add({ kind: 'rawBody', body: answer(other.id), match: KEY_POST });
		const result = await run('rotate', byName('web-01'));
		expect(said(result)).toContain(`with the ID ${other.id}, which does not hold the new pair`);
		expect(said(result)).toContain(`The SSH key ${before.id} is as it was (${OLD}).`);
		expect(calls('DELETE')).toEqual([]);
		expect(storedKeys(sim)).toMatchObject([
			{ privateKey: before.privateKey, active: true },
			{ privateKey: other.privateKey, active: true },
		]);
	});
});

describe('an identifier that is not the key’s alone', () => {
	it.each(['web-01', 'WEB-01'])('is not updated by: %s', async (identifier) => {
		const key = await store('ed25519');
		const other = await store('ecdsab256', { identifier: 'web-02' });
		Object.assign(sim.state.items.get(other.id) ?? {}, { identifier });
		for (const parameters of [byName('web-01'), { sshKeyId: key.id }]) {
			const result = await run('rotate', parameters);
			expect(said(result)).toMatch(/'?web-01'?/i);
			expect(said(result)).toContain('more than one');
			expect(posts(sim)).toEqual([]);
		}
	});

	it('does not decide which key is read', async () => {
		await store('ed25519');
		const other = await store('ecdsab256', { identifier: 'web-02' });
		Object.assign(sim.state.items.get(other.id) ?? {}, { identifier: 'web-01' });
		const result = await run('get', byName('web-01'));
		expect(said(result)).toMatch(/^The vault lists more than one item with the identifier web-01/);
		expect(said(result)).toContain(`${other.id}`);
	});
});
