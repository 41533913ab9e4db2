import type { IDataObject } from 'n8n-workflow';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { lineFingerprint } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import { findSecrets } from '../../harness';
import type { SenhaseguraKey } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import {
	AUTHENTICATIONS,
	PASSPHRASE,
	UNICODE_PASSPHRASE,
	keyMaterial,
	posts,
	printedFingerprint,
	sentBody,
	storedKeys,
} from '../../unit/senhasegura/support';
import { first, hints, said } from '../kit/result';
import { sshKey } from '../vendors';
import type { VaultRun } from './simulated';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const [main, second, third] = senhaseguraDemo.devices;
const HOSTS = [main, second, third].map(({ hostname }) => hostname);

const vault = simulatedVault();

const byName = (value = 'web-01') => ({ sshKeyId: { __rl: true, mode: 'name', value } });

/** A key in the vault with everything that a key can have. */
async function store(name: string, changes: IDataObject = {}): Promise<SenhaseguraKey> {
	const result = await vault.run('sshKey', 'create', {
		...main,
		keySource: 'provide',
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
	vault.sim.log.length = 0;
	return storedKeys(vault.sim).at(-1) as SenhaseguraKey;
}

const named = (identifier: string) =>
	storedKeys(vault.sim).find((key) => key.identifier === identifier) as SenhaseguraKey;

/** What must stay as it is when a key is rotated. */
function rest(key: SenhaseguraKey): Partial<SenhaseguraKey> {
	const { id, identifier, hostname, ip, username, devices, tags, keyName, active } = key;
	return { id, identifier, hostname, ip, username, devices, tags, keyName, active };
}

function printOf(key: SenhaseguraKey | undefined): string | null {
	const read = readPrivateKey(key?.privateKey ?? '', key?.password ?? undefined);
	if (read.state !== 'readable') return null;
	const isPair = key?.publicKey.includes(read.publicBlob.toString('base64'));
	return isPair ? lineFingerprint(key?.publicKey ?? '') : null;
}

async function does(operation: string, parameters: IDataObject, more: VaultRun = {}) {
	const result = await vault.run('sshKey', operation, parameters, more);
	expect(said(result)).toBe('');
	return first(result);
}

const finish = ({ step, fingerprint, hosts }: IDataObject): IDataObject => ({
	...byName(),
	step,
	fingerprint,
	hosts,
});

describe.each(AUTHENTICATIONS)('a rotation by %s', (authentication) => {
	it('leads from the old pair to the new one, and keeps everything else', async () => {
		const before = { ...(await store('ed25519')) } as SenhaseguraKey;
		const by = { authentication };

		const started = await does('rotate', byName(), by);
		expect(started).toMatchObject({
			status: 'started',
			step: 'install',
			secret: null,
			presentFingerprint: printedFingerprint('ed25519'),
			removePublicKey: null,
			hosts: [{ ...main }, { ...second }, { ...third }],
			presentIdentifier: 'web-01',
			previousIdentifier: 'web-01.n8n-previous',
			nextIdentifier: 'web-01.n8n-next',
		});
		const next = { ...named('web-01.n8n-next') };
		expect(started.fingerprint).toBe(printOf(next));
		expect(started.publicKey).toBe(next.publicKey);
		expect(next).toMatchObject({ active: true, devices: [], hostname: main.hostname, tags: '' });
		expect(named('web-01')).toMatchObject({ ...rest(before), privateKey: before.privateKey });

		expect(await does('rotate', byName(), by)).toMatchObject({
			status: 'resumed',
			publicKey: started.publicKey,
		});

		expect(await does('finishRotation', finish(started), by)).toMatchObject({
			status: 'promoted',
			presentFingerprint: started.fingerprint,
			removeFingerprint: printedFingerprint('ed25519'),
		});
		expect(rest(named('web-01'))).toEqual(rest(before));
		expect(named('web-01')).toMatchObject({ privateKey: next.privateKey });
		expect(named('web-01.n8n-next').active).toBe(false);
		expect(named('web-01.n8n-previous')).toMatchObject({
			active: true,
			devices: [],
			privateKey: before.privateKey,
			publicKey: before.publicKey,
		});

		const removal = await does('rotate', byName(), by);
		expect(removal).toMatchObject({
			status: 'resumed',
			step: 'remove',
			publicKey: started.publicKey,
			fingerprint: started.fingerprint,
			removePublicKey: before.publicKey,
			removeFingerprint: printedFingerprint('ed25519'),
		});
		expect(await does('finishRotation', finish(removal), by)).toMatchObject({ status: 'ended' });
		expect(storedKeys(vault.sim).map(({ active }) => active)).toEqual([true, false, false]);
		expect(await does('finishRotation', finish(removal), by)).toMatchObject({
			status: 'finishedBefore',
		});
		expect(rest(named('web-01'))).toEqual(rest(before));
	});
});

it('sends the present pair first when it makes the helper, and the new one then', async () => {
	await store('ed25519encrypted', { password: PASSPHRASE });
	const started = await does('rotate', byName());
	const calls = vault.sim.log.map(({ method, path }) => `${method} ${path.replace(/^\/api/, '')}`);
	expect(calls).toEqual([
		'GET /pam/credential',
		'GET /pam/key/92',
		'POST /pam/key',
		'GET /pam/key/93',
		'GET /pam/key/92',
		'POST /pam/key',
		'GET /pam/key/93',
	]);
	const [made, filled] = posts(vault.sim).map(sentBody);
	const common = {
		ip: main.ip,
		hostname: main.hostname,
		identifier: 'web-01.n8n-next',
		password: PASSPHRASE,
	};
	// A vault that takes it for the key itself changes its name and identifier, and nothing else.
	expect(made).toEqual({
		...common,
		private_key: sshKey('ed25519encrypted').privateKey,
		public_key: sshKey('ed25519encrypted').publicKey,
		username: expect.stringMatching(/^n8n-new-92-\d{8}T\d{9}Z-00000000$/) as string,
	});
	expect(filled).toEqual({
		...common,
		private_key: named('web-01.n8n-next').privateKey,
		public_key: started.publicKey,
		username: expect.stringMatching(/^n8n-next-92-\d{8}T\d{9}Z-00000000$/) as string,
		enabled: true,
		devices: [],
		key_name: 'n8n rotation of web-01: the next key',
	});
});

it('names the key and the time of its making in the comment of the new public key', async () => {
	await store('ed25519');
	const { publicKey } = await does('rotate', byName());
	const [, , owner, tag] = (publicKey as string).split(' ');
	expect(owner).toBe(sshKey('ed25519').publicKey.split(' ')[2]);
	expect(tag).toMatch(/^n8n-[0-9a-f]{10}-\d{8}T\d{9}Z$/);
});

it('leaves nothing in a line that a shell could take for more than text', async () => {
	await store('ed25519', {});
	const key = named('web-01');
	key.publicKey = `${key.publicKey.split(' ').slice(0, 2).join(' ')} it's $(me); \`a\` "b" é`;
	const item = await does('rotate', byName());
	for (const line of [item.publicKey, item.presentPublicKey]) {
		expect(line).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ [A-Za-z0-9@._ -]+$/);
	}
});

it('shows no private key, old or new, in items, errors and logs', async () => {
	const before = { ...(await store('ed25519encrypted', { password: PASSPHRASE })) };
	const secrets = () => [
		...keyMaterial(before.privateKey, before.publicKey),
		...storedKeys(vault.sim).flatMap((key) => keyMaterial(key.privateKey, key.publicKey)),
		PASSPHRASE,
	];
	for (const simplify of [true, false]) {
		const rotated = await vault.run('sshKey', 'rotate', { ...byName(), simplify });
		const item = first(rotated);
		const done = await vault.run('sshKey', 'finishRotation', {
			...finish({ ...item, hosts: HOSTS }),
			simplify,
		});
		for (const { items, nodeError, logs } of [rotated, done]) {
			expect(items).toHaveLength(1);
			expect(findSecrets({ items, nodeError, logs }, secrets())).toEqual([]);
		}
	}
	const echo = JSON.stringify({
		response: { status: 400, message: `1099: bad ${PASSPHRASE} ${before.privateKey}`, error: true },
	});
	vault.sim.reset();
	await store('ed25519encrypted', { password: PASSPHRASE });
	vault.sim.trouble.add({ kind: 'rawBody', status: 400, body: echo, match: { method: 'POST' } });
	const { nodeError, logs } = await vault.run('sshKey', 'rotate', byName());
	expect(nodeError?.message).toContain('Nothing was stored in the new record web-01.n8n-next');
	expect(findSecrets({ nodeError, logs }, secrets())).toEqual([]);
});

describe('the new key', () => {
	it.each([
		['ed25519', 'same', /^ssh-ed25519 /, 'ed25519'],
		['ecdsab384', 'same', /^ecdsa-sha2-nistp384 /, 'ecdsa384'],
		['rsab3072', 'same', /^ssh-rsa /, 'rsa3072'],
		['rsab3072', 'ed25519', /^ssh-ed25519 /, 'ed25519'],
		['ecdsab256', 'ecdsa521', /^ecdsa-sha2-nistp521 /, 'ecdsa521'],
	])('of %s, wanted %s, is %s', async (fixture, wanted, kind, algorithm) => {
		await store(fixture);
		const item = await does('rotate', { ...byName(), keyAlgorithm: wanted });
		expect(item).toMatchObject({ algorithm });
		expect(named('web-01.n8n-next').publicKey).toMatch(kind);
	});

	it('has the passphrase that the vault holds, and takes it along', async () => {
		await store('ed25519encrypted', { password: PASSPHRASE });
		const item = await does('rotate', byName());
		const next = named('web-01.n8n-next');
		expect(next.password).toBe(PASSPHRASE);
		expect(readPrivateKey(next.privateKey, PASSPHRASE).state).toBe('readable');
		expect(readPrivateKey(next.privateKey, `${PASSPHRASE}!`).state).toBe('broken');
		await does('finishRotation', finish(item));
		expect(named('web-01').password).toBe(PASSPHRASE);
		expect(named('web-01.n8n-previous').password).toBe(PASSPHRASE);
	});

	it('has a new passphrase where one is given, spaces included', async () => {
		await store('ed25519encrypted', { password: PASSPHRASE });
		const additionalFields = { newPassphrase: UNICODE_PASSPHRASE };
		const item = await does('rotate', { ...byName(), additionalFields });
		await does('finishRotation', finish(item));
		expect(named('web-01').password).toBe(UNICODE_PASSPHRASE);
		expect(named('web-01.n8n-previous').password).toBe(PASSPHRASE);
		expect(printOf(named('web-01'))).toBe(item.fingerprint);
	});

	it('takes no passphrase over from a helper that is used again', async () => {
		await store('ed25519');
		const item = await does('rotate', {
			...byName(),
			additionalFields: { newPassphrase: PASSPHRASE },
		});
		await does('finishRotation', finish(item));
		await does('finishRotation', finish(await does('rotate', byName())));
		// Somebody stores a key without a passphrase in its place.
		const fields = { identifier: 'web-01', username: 'deploy' };
		Object.assign(named('web-01'), { ...sshKey('ecdsab256'), password: null, ...fields });
		const again = await does('rotate', byName());
		expect(printOf(named('web-01.n8n-next'))).toBe(again.fingerprint);
		expect(named('web-01.n8n-next').password).toBe('');
		await does('finishRotation', finish(again));
		expect(printOf(named('web-01'))).toBe(again.fingerprint);
		expect(named('web-01.n8n-previous').password).toBe('');
	});
});

describe('two keys of one user on one device', () => {
	it.each([false, true])(
		'are rotated without touching each other, keys found by place: %p',
		async (keysFoundByPlace) => {
			Object.assign(vault.sim.settings, { keysFoundByPlace });
			await store('ed25519', { username: 'deploy' });
			await store('ecdsab256', { username: 'backup', identifier: 'web-01-backup' });
			const [a, b] = storedKeys(vault.sim).map((key) => ({ ...key }));
			const items = [await does('rotate', byName()), await does('rotate', byName('web-01-backup'))];
			expect(storedKeys(vault.sim)).toHaveLength(4);
			expect([named('web-01'), named('web-01-backup')]).toMatchObject([
				{ ...rest(a!), privateKey: a!.privateKey },
				{ ...rest(b!), privateKey: b!.privateKey },
			]);
			for (const [index, name] of ['web-01', 'web-01-backup'].entries()) {
				await does('finishRotation', { ...finish(items[index]!), ...byName(name) });
			}
			expect(storedKeys(vault.sim)).toHaveLength(6);
			expect([named('web-01'), named('web-01-backup')].map(printOf)).toEqual(
				items.map(({ fingerprint }) => fingerprint),
			);
		},
	);
});

describe('an execution that is n8n’s retry of an earlier one', () => {
	const retry: VaultRun = { mode: 'retry' };

	it('begins no rotation, and changes nothing', async () => {
		await store('ed25519');
		const item = await does('rotate', byName(), retry);
		expect(item).toMatchObject({ status: 'staleRead', step: null, publicKey: null });
		expect(posts(vault.sim)).toEqual([]);
	});

	it('goes on with one that has begun, since it reads the vault itself', async () => {
		await store('ed25519');
		const started = await does('rotate', byName());
		expect(await does('rotate', byName(), retry)).toMatchObject({
			status: 'resumed',
			step: 'install',
			fingerprint: started.fingerprint,
		});
	});

	it('finishes nothing: what was seen on the hosts was seen at another time', async () => {
		const before = { ...(await store('ed25519')) };
		const started = await does('rotate', byName());
		const item = await does('finishRotation', finish(started), retry);
		expect(item).toMatchObject({ status: 'staleRead', finishedStep: null });
		expect(named('web-01').privateKey).toBe(before.privateKey);
		await does('finishRotation', finish(started));
		const removal = await does('rotate', byName());
		vault.sim.log.length = 0;
		const stale = await does('finishRotation', finish(removal), retry);
		expect(stale).toMatchObject({ status: 'staleRead' });
		expect(vault.sim.log.filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

it('works on a key once in a run, whoever asks for it', async () => {
	await store('ed25519');
	const result = await vault.run('sshKey', 'rotate', byName(), {
		items: [{}, {}],
		node: { onError: 'continueRegularOutput' },
	});
	expect(result.items.map(({ json }) => json.status ?? json.error)).toEqual(
		expect.arrayContaining(['started', "'Identifier' web-01 was used for another item already"]),
	);
});

it('reads the list once for any number of keys', async () => {
	const names = ['a', 'b', 'c'];
	for (const identifier of names) await store('ed25519', { identifier });
	const result = await vault.run('sshKey', 'rotate', byName('={{ $json.name }}'), {
		items: names.map((name) => ({ name })),
	});
	expect(result.items.map(({ json }) => json.identifier)).toEqual(names);
	expect(vault.sim.log.filter(({ path }) => path.endsWith('/pam/credential'))).toHaveLength(1);
	expect(new Set(storedKeys(vault.sim).map(({ publicKey }) => publicKey)).size).toBe(4);
});

it('does nothing when the execution is cancelled before the storing', async () => {
	await store('ed25519');
	const controller = new AbortController();
	vault.sim.gate.keeper = {
		beforeWork: async () => 'pass',
		afterWork: async ({ path, method }) => {
			if (method === 'GET' && /\/pam\/key\/\d+$/.test(path)) controller.abort();
			return 'pass';
		},
		parkedWorkDone: async () => {},
	};
	await vault.run('sshKey', 'rotate', byName(), { signal: controller.signal });
	expect(controller.signal.aborted).toBe(true);
	// n8n is done with a cancelled node before the node is.
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(posts(vault.sim)).toEqual([]);
});

it.each([
	['a gateway that got no answer', { kind: 'status', status: 502 }],
	['a page', { kind: 'html' }],
] as const)('takes a helper for disabled that is told to be so after %s', async (_, trouble) => {
	await store('ed25519');
	for (let run = 0; run < 2; run++) {
		const item = await does('rotate', byName());
		await does('finishRotation', finish({ ...item, hosts: HOSTS }));
	}
	const helpers = ['next', 'previous'].map((role) => named(`web-01.n8n-${role}`));
	expect(helpers.map(({ active }) => active)).toEqual([false, false]);
	for (const { id } of helpers) {
		const match = { method: 'GET', path: new RegExp(`/pam/key/${id}$`) };
		vault.sim.trouble.add({ ...trouble, match, times: 1 });
	}
	expect(await does('rotate', byName())).toMatchObject({ status: 'started', step: 'install' });
});

it('says that the vault may only be read', async () => {
	await store('ed25519');
	vault.sim.settings.readOnly = true;
	const result = await vault.run('sshKey', 'rotate', byName());
	expect(said(result)).toMatch(
		/^Nothing was stored in the new record web-01\.n8n-next: The authorization may only read/,
	);
	expect(said(result)).not.toContain('another identifier');
});

it.each(['web 01', 'schlüssel', "o'brien"])(
	'says what to do with a key whose identifier the vault takes for no other record: %s',
	async (identifier) => {
		(await store('ed25519')).identifier = identifier;
		const result = await vault.run('sshKey', 'rotate', byName(identifier));
		expect(said(result)).toMatch(
			/^Nothing was stored in the new record .*Invalid identifier.* give the key another identifier there\./,
		);
	},
);

describe('a vault', () => {
	it('without names, tags, devices and states for keys is served as it is', async () => {
		Object.assign(vault.sim.settings, {
			noKeyExtras: true,
			legacyTagField: true,
			numericIds: true,
		});
		await store('ed25519');
		const item = await does('rotate', byName());
		expect(item).toMatchObject({ step: 'install', hosts: [{ ...main }] });
		const done = await does('finishRotation', finish(item));
		expect(done).toMatchObject({ status: 'promoted', presentFingerprint: item.fingerprint });
		const removal = await does('rotate', byName());
		expect(await does('finishRotation', finish(removal))).toMatchObject({ status: 'ended' });
		expect(storedKeys(vault.sim).map(({ active }) => active)).toEqual([true, false, false]);
		expect(await does('rotate', byName())).toMatchObject({ status: 'started' });
	});

	it('that does not list what is disabled is served as well', async () => {
		vault.sim.settings.listsDisabled = false;
		await store('ed25519');
		for (let round = 0; round < 2; round++) {
			const item = await does('rotate', byName());
			expect(item).toMatchObject({ status: 'started' });
			await does('finishRotation', finish(item));
			const removal = await does('rotate', byName());
			expect(removal).toMatchObject({ step: 'remove', fingerprint: item.fingerprint });
			expect(await does('finishRotation', finish(removal))).toMatchObject({ status: 'ended' });
			expect(await does('getAll', { filters: { rotation: 'unfinished' } })).toEqual({});
		}
		expect(storedKeys(vault.sim).map(({ active }) => active)).toEqual([true, false, false]);
	});

	it('with entities in tags gets them back as they were meant', async () => {
		Object.assign(vault.sim.settings, { entitiesInTags: true, tagsAs: 'array' });
		await store('ed25519', { tags: 'a&b' });
		expect(named('web-01').tags).toBe('a&amp;b');
		await does('finishRotation', finish(await does('rotate', byName())));
		expect(sentBody(posts(vault.sim).at(-1)).tags).toBe('a&b');
	});

	it('whose answer has no tags keeps those that it has', async () => {
		vault.sim.settings.tagsAs = 'absent';
		await store('ed25519', { tags: 'kept' });
		await does('finishRotation', finish(await does('rotate', byName())));
		expect(sentBody(posts(vault.sim).at(-1))).not.toHaveProperty('tags');
		expect(named('web-01').tags).toBe('kept');
	});

	it('that keeps no identifiers cannot have its keys rotated', async () => {
		const key = await store('ed25519');
		named('web-01').identifier = '';
		const result = await vault.run('sshKey', 'rotate', { sshKeyId: key.id });
		expect(said(result)).toContain('has no identifier, so it cannot be rotated');
		expect(posts(vault.sim)).toEqual([]);
	});

	it('tells of devices that it does not link again', async () => {
		await store('ed25519');
		const item = await does('rotate', byName());
		vault.sim.state.devices = vault.sim.state.devices.filter(
			({ hostname }) => hostname !== third.hostname,
		);
		const { privateKey: private_key, publicKey: public_key } = sshKey('ed25519');
		const body = JSON.stringify({
			response: { status: 200, message: 'Key', error: false },
			key: {
				id: '92',
				private_key,
				public_key,
				...main,
				devices: [second.hostname, { hostname: third.hostname }],
			},
		});
		const match = { path: /\/pam\/key\/92$/, method: 'GET' };
		vault.sim.trouble.add({ kind: 'rawBody', body, match, times: 3 });
		const result = await vault.run('sshKey', 'finishRotation', finish(item));
		expect(said(result)).toBe('');
		expect(hints(result)).toEqual([
			expect.stringContaining(`did not link some devices to an SSH key again: ${third.hostname}`),
		]);
	});
});
