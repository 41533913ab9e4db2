import type { IDataObject } from 'n8n-workflow';
import { posts } from '../../unit/senhasegura/support';
import { leaks, said } from '../kit/result';
import { sshKey } from '../vendors';
import { changesAutomatically, demoCredential } from './everyOperation';
import { success } from './kit';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

/** The vault gives this answer to every call of a method. */
function answers(method: string, body: object): void {
	vault.sim.trouble.add({
		kind: 'rawBody',
		body: JSON.stringify(body),
		match: { method },
		work: true,
	});
}

const CANARY = 'canary-of-another';
const { privateKey, publicKey } = sshKey('ed25519');
const person = { name: 'Ana', username: 'ana' };
const pair = { private_key: privateKey, public_key: publicKey };
const entry = { name: 'Bank', username: 'ana', password: 'own' };

/** An operation, its parameters, and the answer with a record of the given ID. */
const READS: Array<[string, IDataObject, string, (id: unknown) => object]> = [
	[
		'sshKey.get',
		{ sshKeyId: 39 },
		'GET',
		(id) => success('Key 39', { key: { id, password: CANARY, ...pair } }),
	],
	[
		'credential.get',
		{ credentialId: 39 },
		'GET',
		(id) => success('Credential 39', { credential: { id, password: CANARY } }),
	],
	[
		'device.get',
		{ deviceId: 39 },
		'GET',
		(id) => success('', { device: { id, hostname: CANARY } }),
	],
	[
		'relatedUser.get',
		{ relatedUserId: 39 },
		'GET',
		(id) => success('', { relatedUsers: { id, ...person } }),
	],
	[
		'relatedUser.update',
		{ relatedUserId: 39, updateFields: { name: 'Ana Lima' } },
		'GET',
		(id) => success('', { relatedUsers: { id, ...person } }),
	],
	[
		'protectedInformation.get',
		{ informationId: 39 },
		'GET',
		(id) => success('', { info: { id, content: CANARY } }),
	],
	[
		'safePassword.get',
		{ identifier: '39' },
		'GET',
		(id) => success('', { password_entity: { identifier: id, password: CANARY } }),
	],
	[
		'safePassword.update',
		{ identifier: 39, updateFields: entry },
		'PUT',
		(id) => success('', { password_entity: { identifier: id, ...entry } }),
	],
	['user.get', { userId: '39' }, 'GET', (id) => ({ id, userName: CANARY })],
	[
		'user.update',
		{ userId: '39', updateFields: { name: 'Ana' } },
		'PATCH',
		(id) => ({ id, userName: CANARY }),
	],
	[
		'credentialV2.get',
		{ credentialId: 39 },
		'GET',
		(id) => ({ id, credential: { username: CANARY } }),
	],
];

describe('a record that comes with the ID of another', () => {
	it.each(READS)('is not taken by %s', async (name, parameters, method, answer) => {
		answers(method, answer(name === 'user.get' ? 40 : '40'));
		const result = await vault.runNamed(name, parameters);
		expect(result.items).toEqual([]);
		expect(said(result)).toMatch(/^senhasegura answered with another .* \(40 instead of 39\)/);
		expect(leaks(result, [CANARY])).toEqual([]);
	});

	it.each(READS)(
		'may have its own ID in another form: %s',
		async (name, parameters, method, answer) => {
			if (name === 'relatedUser.update') answers('PUT', answer('39'));
			for (const id of ['39', 39, ' 39 ', '039']) {
				const body = JSON.stringify(answer(id));
				const trouble = vault.sim.trouble.add({ kind: 'rawBody', body, match: { method } });
				expect(said(await vault.runNamed(name, parameters))).toBe('');
				trouble.remove();
			}
		},
	);

	it('is not taken where the IDs are no numbers', async () => {
		answers('GET', { id: '2819c223-7f76-453a-919d-413861904646', userName: CANARY });
		const userId = '9999c223-7f76-453a-919d-413861904646';
		expect(said(await vault.run('user', 'get', { userId }))).toContain(
			'answered with another user',
		);
		vault.sim.trouble.clear();
		answers('GET', { id: userId.toUpperCase(), userName: CANARY });
		expect(said(await vault.run('user', 'get', { userId }))).toBe('');
	});

	it('is taken where it was asked for by another name', async () => {
		answers('GET', success('', { info: { id: 40, identifier: '39', content: CANARY } }));
		expect(said(await vault.run('protectedInformation', 'get', { informationId: 39 }))).toBe('');
		vault.sim.trouble.clear();
		answers('GET', success('', { credential: { id: 40, password: CANARY } }));
		const credentialId = { __rl: true, mode: 'name', value: 'demo-credential' };
		expect(said(await vault.run('credential', 'get', { credentialId }))).toBe('');
	});
});

describe('custody', () => {
	const another = success('Credential 40', { credential: { id: '40', password: CANARY } });

	it('of the one that was asked for is released', async () => {
		answers('GET', another);
		const result = await vault.run('credential', 'get', { credentialId: 39, releaseCustody: true });
		expect(said(result)).toContain('Custody was released.');
		expect(demoCredential(vault.sim).custodyBy.size).toBe(0);
		expect(vault.sim.log.filter(({ path }) => path.includes('/custody/40'))).toEqual([]);
	});

	it('that is kept is told of', async () => {
		answers('GET', another);
		const result = await vault.run('credential', 'get', { credentialId: 39 });
		expect(said(result)).toContain('Custody may be held.');
	});

	it('of the one that was asked for changes its password', async () => {
		changesAutomatically(vault.sim);
		const match = { method: 'GET', path: /\/pam\/credential\/39$/ };
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(another), match, work: true });
		const result = await vault.run('credential', 'changePassword', { credentialId: 39 });
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ id: '39', passwordChangeRequested: true });
	});
});

it('keeps a key from being rotated with the pair of another', async () => {
	await vault.run('sshKey', 'create', {
		ip: '10.66.33.15',
		hostname: 'w2016',
		...sshKey('ed25519'),
		additionalFields: { identifier: 'web-01' },
	});
	vault.sim.log.length = 0;
	const answer = success('Key 93', { key: { id: '93', ip: '10.0.0.1', hostname: 'x', ...pair } });
	const match = { method: 'GET', path: /\/pam\/key\/92$/ };
	vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(answer), match });
	const result = await vault.run('sshKey', 'rotate', { sshKeyId: 92 });
	expect(said(result)).toContain('another SSH key than the one asked for (93 instead of 92)');
	expect(posts(vault.sim)).toEqual([]);
});
