import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraKey } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { posts, storedKeys } from '../../unit/senhasegura/support';
import { first, said } from '../kit/result';
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
			/^The SSH key web-01 was rotated while it was updated \| .*'Rotate'/,
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
			/It was sent with the pair that the key had\. Run 'Rotate'/,
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

	it.each(['putBack', 'showNext'])('is looked at by a dry run: %s', async (action) => {
		await store();
		await rotateWholly();
		await provide();
		if (action === 'putBack') named('web-01.n8n-next').active = true;
		const before = states();
		const item = await does('rotate', { dryRun: true });
		expect(item).toMatchObject({ status: 'dryRun', step: 'install' });
		expect(item.details).toMatch(/^The present pair is one that had been replaced/);
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
