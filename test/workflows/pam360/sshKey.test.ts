import type { Pam360Settings } from '../../simulators';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { HOST, kit } from './kit';
import { read, result } from './pki';
import { simulatedServer } from './simulated';

/** The names of the fields are those of Key Manager Plus (docs/api/pam360.md, "SSH keys"). */
const key = {
	KeyName: 'key1',
	KeyType: 'ssh-rsa',
	KeyLength: '2048',
	FingerPrint: 'aa:bb',
	isPassphraseAvailable: 'true',
	CreatedBy: 'admin',
	CreationTime: 'Dec 1, 2021 09:00 PM',
};
const item = {
	vendor: 'pam360',
	type: 'sshKey',
	id: null,
	name: 'key1',
	keyType: 'ssh-rsa',
	keyLength: 2048,
	fingerprint: 'aa:bb',
	hasPassphrase: true,
	createdBy: 'admin',
	createdAt: null,
	createdAtServerTime: '2021-12-01T21:00:00',
};
const odd = {
	keyName: 'key2',
	isPassphraseAvailable: 'maybe',
	CreationTime: 'yesterday',
	KeyId: 4,
};
const oddItem = {
	vendor: 'pam360',
	type: 'sshKey',
	id: '4',
	name: 'key2',
	keyType: null,
	keyLength: null,
	fingerprint: null,
	hasPassphrase: null,
	hasPassphraseText: 'maybe',
	createdBy: null,
	createdAt: null,
	createdAtServerTime: null,
	createdAtText: 'yesterday',
};

describeOperation(kit, 'sshKey', 'getAll', {
	cases: [
		{
			name: 'gives the keys',
			parameters: {},
			exchanges: [
				read('getAllSSHKeys', undefined, {
					name: 'getAllSSHKeys',
					result,
					totalRows: 2,
					SSHKeys: [key, odd],
				}),
			],
			items: [item, oddItem],
			raw: [key, odd],
			hints: ["what came is in 'hasPassphraseText'", "what came is in 'createdAtText'"],
		},
		{
			name: 'gives no more than wanted, of another form of answer',
			parameters: { limit: 1 },
			exchanges: [
				read('getAllSSHKeys', undefined, { Status: 'SUCCESS', message: '', details: [key, odd] }),
			],
			items: [item],
		},
		{
			name: 'gives nothing where there are none',
			parameters: { returnAll: true },
			exchanges: [read('getAllSSHKeys', undefined, { result, totalRows: 0 })],
			items: [],
		},
	],
	failures: [
		{
			name: 'keys that are counted and not there',
			exchanges: [read('getAllSSHKeys', undefined, { result, totalRows: 2, Keys: 'none' })],
			says: ['PAM360 answered without the SSH keys, although it counted 2'],
		},
		{
			name: 'the other way of refusing',
			exchanges: [
				{
					...read('getAllSSHKeys', undefined, { error: { message: 'Not permitted' } }),
					status: 400,
				},
			],
			says: ['PAM360 refused the request: Not permitted'],
		},
		{
			name: 'JSON that is no answer',
			exchanges: [read('getAllSSHKeys', undefined, { SSHKeys: [key] })],
			says: ['PAM360 answered without the result of the operation (HTTP 200)'],
		},
	],
});

const zoned = {
	...kit,
	credentials: {
		pam360Api: { ...kit.credentials.pam360Api, url: HOST, serverTimeZone: 'Europe/Berlin' },
	},
};
const forUser = { userName: 'root', resourceName: 'web & co' };

describeOperation(zoned, 'sshKey', 'getForUser', {
	cases: [
		{
			name: 'names the user and the resource',
			parameters: forUser,
			exchanges: [read('getSSHkeysforuser', forUser, { result, SSHKeys: [key] })],
			items: [{ ...item, createdAt: '2021-12-01T21:00:00+01:00' }],
			raw: [key],
		},
	],
	refused: [
		['no user', { userName: '={{ "" }}' }, "'Username' is required"],
		['no resource', { resourceName: '={{ null }}' }, "'Resource Name' is required"],
	],
});

describeOperation(kit, 'sshKey', 'getAssociatedUsers', {
	cases: [
		{
			name: 'gives the users',
			parameters: {},
			exchanges: [
				read('getAllAssociatedUsers', undefined, {
					result,
					users: [{ UserName: 'root', ResourceName: 'web', KeyName: 'key1' }, { Other: 1 }],
				}),
			],
			items: [
				{
					vendor: 'pam360',
					type: 'sshKeyUser',
					userName: 'root',
					resourceName: 'web',
					keyName: 'key1',
				},
				{ vendor: 'pam360', type: 'sshKeyUser', userName: null, resourceName: null, keyName: null },
			],
			raw: [{ UserName: 'root', ResourceName: 'web', KeyName: 'key1' }, { Other: 1 }],
		},
	],
});

describe('SSH keys of a PAM360 server', () => {
	const server = simulatedServer();

	const run = async (operation: string, parameters = {}) =>
		await server.run('sshKey', operation, parameters);

	const forms: Array<Partial<Pam360Settings>> = [
		{},
		{ pkiStatusKey: 'Status' },
		{ pkiStatusKey: 'STATUS', pkiResult: 'flat', pkiPayload: 'own' },
		{ booleansAs: 'boolean', pkiPayload: 'own' },
	];

	it.each(forms)('are read in each form of answers: %j', async (settings) => {
		Object.assign(server.sim.settings, settings);
		const all = await run('getAll');
		expect(said(all)).toBe('');
		expect(all.items.map(({ json }) => json)).toMatchObject([
			{ name: 'key1', hasPassphrase: true },
		]);
		const own = await run('getForUser', { userName: 'root', resourceName: 'WEB-LINUX-01' });
		expect(own.items.map(({ json }) => json)).toEqual(all.items.map(({ json }) => json));
		const none = await run('getForUser', { userName: 'root', resourceName: 'WEB-LINUX-02' });
		expect(said(none)).toBe('');
		expect(none.items).toEqual([]);
		const users = await run('getAssociatedUsers');
		expect(users.items.map(({ json }) => json)).toEqual([
			{
				vendor: 'pam360',
				type: 'sshKeyUser',
				userName: 'root',
				resourceName: 'WEB-LINUX-01',
				keyName: 'key1',
			},
		]);
	});

	it.each(['envelope', 'error'] as const)(
		'are refused with the vendor’s words: %s',
		async (how) => {
			server.sim.settings.pkiFailures = how;
			server.sim.state.tokens.clear();
			expect(said(await run('getAll'))).toContain('PAM360 does not accept the auth token');
		},
	);
});
