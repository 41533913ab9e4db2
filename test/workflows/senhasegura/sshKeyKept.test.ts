import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraKey } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { posts, storedKeys } from '../../unit/senhasegura/support';
import { first, hints, said } from '../kit/result';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';
import type { VaultRun } from './simulated';

const [main] = senhaseguraDemo.devices;
const vault = simulatedVault();
const byName = { sshKeyId: { __rl: true, mode: 'name', value: 'web-01' } };
const own = sshKey('ed25519');
/** Whoever rotates, with an authorization of its own. */
const rotating: VaultRun = { authentication: 'oAuth2' };

const named = (identifier: string) =>
	storedKeys(vault.sim).find((key) => key.identifier === identifier) as SenhaseguraKey;

const states = () =>
	storedKeys(vault.sim).map(({ identifier, active, username, publicKey }) => [
		identifier,
		active,
		username,
		publicKey,
	]);

async function store(): Promise<void> {
	await vault.does('sshKey', 'create', {
		...main,
		keySource: 'provide',
		...own,
		additionalFields: { identifier: 'web-01', username: 'deploy' },
	});
	vault.sim.log.length = 0;
}

async function does(operation: string, parameters: IDataObject = {}): Promise<IDataObject> {
	const [item = {}] = await vault.does('sshKey', operation, { ...byName, ...parameters }, rotating);
	return item;
}

const rotate = async (days = 90) =>
	await does('rotate', { additionalFields: { onlyIfOlderThanDays: days } });

const finish = async ({ step, fingerprint, hosts }: IDataObject) =>
	await does('finishRotation', { step, fingerprint, hosts });

const upsert = async (values: IDataObject) =>
	await vault.run('sshKey', 'upsert', {
		identifier: 'web-01',
		...main,
		additionalFields: {},
		...values,
	});

const generated = { keySource: 'generate', keyAlgorithm: 'ed25519' };

/** Both steps, the hosts done in between: they accept the new pair only. */
async function rotateWholly(): Promise<SenhaseguraKey> {
	await finish(await rotate(0));
	await finish(await rotate());
	return { ...named('web-01') };
}

/** What a former pair that came back does not destroy: the pair that hosts accept. */
async function putsBack({ privateKey, publicKey }: SenhaseguraKey): Promise<void> {
	const item = await rotate();
	expect(item).toMatchObject({ status: 'putBack', step: 'install' });
	expect(item.details).toMatch(/^The present key of the vault is one that had been replaced/);
	expect(item.publicKey).toBe(publicKey.trim());
	expect(await finish(item)).toMatchObject({ status: 'promoted' });
	expect(named('web-01')).toMatchObject({ privateKey, publicKey });
	expect(await finish(await rotate())).toMatchObject({ status: 'ended' });
}

describe('a pair that an update keeps', () => {
	it.each([429, 503])('is not stored after a %s that it has to wait for', async (status) => {
		await store();
		const match = { method: 'POST', path: /pam\/key$/ };
		vault.sim.trouble.add({ kind: 'status', status, retryAfter: 6, match, times: 1 });
		const kept = upsert(generated);
		while (posts(vault.sim).length === 0) await new Promise((r) => setTimeout(r, 5));
		const rotated = await rotateWholly();
		expect(said(await kept)).not.toBe('');
		expect(named('web-01').publicKey).toBe(rotated.publicKey);
	});

	it('is not stored where the vault gave half of it, and once only', async () => {
		await store();
		const { id, hostname, ip, username } = named('web-01');
		const half = own.privateKey.slice(0, 200);
		const key = { id, hostname, ip, username, private_key: half, public_key: own.publicKey };
		vault.sim.trouble.add({
			kind: 'rawBody',
			body: JSON.stringify({ code: 200, response: { status: 200, error: false }, key }),
			match: { method: 'GET', path: /pam\/key\/\d+$/ },
			times: 1,
		});
		expect(said(await upsert(generated))).toMatch(
			/^The vault gave two different pairs of the SSH key \d+, one right after the other \| .* has stored nothing: run the workflow again\.$/,
		);
		expect(posts(vault.sim)).toHaveLength(0);
		expect(said(await upsert(generated))).toBe('');
		expect(named('web-01')).toMatchObject({ publicKey: own.publicKey });
		expect(named('web-01').privateKey).toContain('-----END');
	});

	it('is told where it was stored while the key was rotated', async () => {
		await store();
		let isFirst = true;
		let rotated = named('web-01');
		vault.sim.gate.keeper = {
			beforeWork: async ({ method, path }) => {
				if (!isFirst || method !== 'POST' || !/pam\/key$/.test(path)) return 'pass';
				isFirst = false;
				rotated = await rotateWholly();
				return 'pass';
			},
			afterWork: async () => await Promise.resolve('pass'),
			parkedWorkDone: async () => await Promise.resolve(),
		};
		const result = await upsert(generated);
		expect(said(result)).toMatch(
			/^The SSH key web-01 may have been rotated while it was updated \| .*'SSH Key: Rotate'/,
		);
		expect(named('web-01').publicKey).toBe(own.publicKey);
		await putsBack(rotated);
	});

	it('is told where nobody knows if it was stored, and does no harm later', async () => {
		await store();
		let work = () => {};
		const until = new Promise<void>((resolve) => (work = resolve));
		let tell = () => {};
		const done = new Promise<void>((resolve) => (tell = resolve));
		let isFirst = true;
		vault.sim.gate.keeper = {
			beforeWork: async ({ method, path }) => {
				const isKept = isFirst && method === 'POST' && /pam\/key$/.test(path);
				if (isKept) isFirst = false;
				return await Promise.resolve(isKept ? { until } : 'pass');
			},
			afterWork: async () => await Promise.resolve('pass'),
			parkedWorkDone: async () => await Promise.resolve(tell()),
		};
		expect(said(await upsert(generated))).toMatch(
			/It was sent with the pair that the key had\. Run 'SSH Key: Rotate'/,
		);
		expect(posts(vault.sim)).toHaveLength(1);
		const rotated = await rotateWholly();
		work();
		await done;
		expect(named('web-01').publicKey).toBe(own.publicKey);
		await putsBack(rotated);
	});
});

describe('a provided pair', () => {
	it.each(['provide', 'generate'])('%s does not go under a rotation', async (keySource) => {
		await store();
		await finish(await rotate(0));
		const { publicKey } = named('web-01');
		const more = keySource === 'provide' ? own : { keyAlgorithm: 'ed25519', replaceKeyPair: true };
		expect(said(await upsert({ keySource, ...more }))).toMatch(
			/^The rotation of the SSH key web-01 is not finished \| .*Nothing was changed\./,
		);
		expect(named('web-01').publicKey).toBe(publicKey);
	});
});

describe('a former pair that somebody has stored again', () => {
	const provide = async () =>
		await does('create', {
			...main,
			keySource: 'provide',
			...own,
			additionalFields: { identifier: 'web-01' },
		});

	it('is replaced again when hosts were being told to remove it', async () => {
		await store();
		await finish(await rotate(0));
		const rotated = { ...named('web-01') };
		await provide();
		await putsBack(rotated);
	});

	it.each([
		['putBack', 'install'],
		['showNext', null],
	])('is looked at by a dry run: %s', async (action, step) => {
		await store();
		await rotateWholly();
		await provide();
		if (action === 'putBack') named('web-01.n8n-next').active = true;
		const before = states();
		const item = await does('rotate', { dryRun: true });
		expect(item).toMatchObject({ status: 'dryRun', step });
		expect(item.details).toMatch(/^The present pair (is|may be) one that had been replaced/);
		expect(states()).toEqual(before);
	});

	it('is taken up where a run ended after it had enabled the record', async () => {
		await store();
		const rotated = await rotateWholly();
		await provide();
		named('web-01.n8n-next').active = true;
		await putsBack(rotated);
	});

	it('is rotated where nothing that replaced it is left', async () => {
		await store();
		await rotateWholly();
		await provide();
		Object.assign(named('web-01.n8n-next'), own);
		expect(await rotate(0)).toMatchObject({ status: 'started' });
	});

	it('brings nothing back where somebody has stored a pair of their own', async () => {
		await store();
		const rotated = await rotateWholly();
		await does('create', {
			...main,
			keySource: 'provide',
			...sshKey('ecdsab384'),
			additionalFields: { identifier: 'web-01' },
		});
		const item = await rotate(0);
		expect(item).toMatchObject({ status: 'started' });
		expect(item.publicKey).not.toBe(rotated.publicKey);
	});
});

describe('two executions with an identifier that is not there yet', () => {
	const post = { method: 'POST', path: /pam\/key$/ };

	it('take turns in one process: the second keeps the pair of the first', async () => {
		vault.sim.trouble.add({ kind: 'latency', ms: 100, match: post });
		const results = await Promise.all([upsert(generated), upsert(generated)]);
		const { publicKey } = named('web-01');
		expect(results.map((result) => first(result).publicKey)).toEqual([publicKey, publicKey]);
		expect(results.map((result) => first(result).created)).toEqual([true, false]);
		expect(hints(results[1]).join()).toContain('Its key pair was kept');
	});

	it('are told by the second one where another process was faster', async () => {
		let isFirst = true;
		vault.sim.gate.keeper = {
			beforeWork: async ({ method, path }) => {
				if (!isFirst || method !== 'POST' || !/pam\/key$/.test(path)) return 'pass';
				isFirst = false;
				await store();
				return 'pass';
			},
			afterWork: async () => await Promise.resolve('pass'),
			parkedWorkDone: async () => await Promise.resolve(),
		};
		const result = await upsert(generated);
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ created: false, pairReplaced: true });
		expect(hints(result).join()).toContain('the pair that it had is gone');
	});
});

describe('a vault that alters a passphrase', () => {
	const entities = (text: string | null) => text?.replaceAll('&', '&amp;') ?? null;

	/** Answers of the vault have it with an HTML entity. */
	function alter(): void {
		const { items } = vault.sim.state;
		const set = items.set.bind(items);
		items.set = (id, key) => {
			let kept = entities((key as SenhaseguraKey).password);
			Object.defineProperty(key, 'password', {
				enumerable: true,
				get: () => kept,
				set: (value: string | null) => (kept = entities(value)),
			});
			return set(id, key);
		};
	}

	it('is told each time, and leaves the key as it is', async () => {
		alter();
		await store();
		for (let day = 0; day < 2; day++) {
			const result = await vault.run('sshKey', 'rotate', {
				...byName,
				additionalFields: { newPassphrase: 'salt & pepper' },
			});
			expect(said(result)).toMatch(
				/^The vault did not keep the passphrase of the next key as it was sent \| /,
			);
			expect(said(result)).not.toContain('pepper');
			expect(named('web-01')).toMatchObject({ publicKey: own.publicKey, active: true });
			expect(named('web-01.n8n-next').active).toBe(false);
		}
		expect(await rotate(0)).toMatchObject({ status: 'started' });
	});

	it('has no key rotated whose present pair cannot be used', async () => {
		await store();
		const { privateKey, publicKey } = sshKey('ed25519encrypted');
		Object.assign(named('web-01'), { privateKey, publicKey, password: 'another one' });
		const result = await vault.run('sshKey', 'rotate', { ...byName, additionalFields: {} });
		expect(said(result)).toMatch(/^The present pair in the vault cannot be used, .* does not open/);
		expect(posts(vault.sim)).toHaveLength(0);
		Object.assign(named('web-01'), { publicKey: own.publicKey, password: 'correct horse' });
		const other = await vault.run('sshKey', 'rotate', { ...byName, additionalFields: {} });
		expect(said(other)).toMatch(/Its private key is not that of its public key\./);
	});
});
