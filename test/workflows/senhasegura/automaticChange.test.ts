import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import type { Exchange } from '../kit/exchanges';
import { answerInTurn } from '../kit/exchanges';
import { said } from '../kit/result';
import { printedFingerprint } from '../../unit/senhasegura/support';
import { runVendor, sshKey } from '../vendors';
import { kit, success } from './kit';

beforeAll(() => {
	if (!nock.isActive()) nock.activate();
	nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** As the vendor writes Booleans, on pages in English and in Portuguese, and in another family. */
const ON = [true, 1, '1', 'true', 'Yes', 'Sim', 'SIM ', '1 - Yes', '1 - Sim', '2 - Sim'];
const OFF = [false, 0, '0', 'No', 'Não', 'não', 'Nao', 'Na\u0303o', '0 - No', '0 - Não', '', null];
const UNCLEAR = ['enabled', '2', '1 - No', '0 - Sim', 'by policy', { enabled: true }];

const pair = sshKey('ed25519');
const device = { hostname: 'w2016', ip: '10.66.33.15' };
const listed = (automatic_change: unknown) => ({
	id: '92',
	identifier: 'web',
	username: 'root',
	change: '2024-01-01 00:00:00',
	hostname: device.hostname,
	management_ip: device.ip,
	type: 'SSH Key',
	automatic_change,
});
const list = (automaticChange: unknown): Partial<Exchange> => ({
	reply: success('1 credential found', { credentials: [listed(automaticChange)] }),
});
const read: Partial<Exchange> = {
	reply: success('Key 92', {
		key: {
			id: '92',
			username: 'root',
			...device,
			private_key: pair.privateKey,
			public_key: pair.publicKey,
			password: null,
			devices: [],
		},
	}),
};
async function run(
	operation: string,
	exchanges: Array<Partial<Exchange>>,
	parameters: IDataObject,
) {
	const sent = answerInTurn(kit.host, exchanges);
	const result = await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: { ...kit.parameters, resource: 'sshKey', operation, ...parameters },
		credentials: kit.credentials,
	});
	return { result, calls: sent.map(({ method, path }) => `${method} ${path}`) };
}

const byId = { sshKeyId: { __rl: true, mode: 'id', value: '92' } };
const rotate = async (value: unknown, additionalFields: IDataObject = {}) =>
	await run('rotate', [list(value), read], {
		...byId,
		keyAlgorithm: 'same',
		dryRun: true,
		additionalFields,
	});
const isOff = { automaticChangeIsOff: true };

const CHANGED = /^The vault changes the SSH key web by itself, so /;
const UNKNOWN =
	/^It is not known if the vault changes the SSH key web by itself, so .*Automatic Change Is Off/;

describe('Rotate', () => {
	it.each(ON)('refuses a key with automatic_change %j, whatever is said of it', async (value) => {
		const { result, calls } = await rotate(value, isOff);
		expect(said(result)).toMatch(CHANGED);
		expect(calls).toHaveLength(1);
	});

	it.each(OFF)('goes on with automatic_change %j', async (value) => {
		const { result } = await rotate(value);
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ status: 'dryRun', step: 'install' });
	});

	it.each(UNCLEAR)('refuses automatic_change %j unless somebody has looked', async (value) => {
		const { result, calls } = await rotate(value);
		expect(said(result)).toMatch(UNKNOWN);
		expect(calls).toHaveLength(1);
		nock.cleanAll();
		const again = await rotate(value, isOff);
		expect(again.result.items[0]?.json).toMatchObject({ status: 'dryRun', step: 'install' });
	});
});

describe('Finish Rotation', () => {
	const coming = sshKey('ecdsab256');
	const next = {
		...listed(false),
		id: '96',
		identifier: 'web.n8n-next',
		username: 'n8n-next-92-20240101T000000000Z-00000000',
	};
	const readNext = {
		reply: success('Key 96', {
			key: {
				id: '96',
				username: next.username,
				...device,
				private_key: coming.privateKey,
				public_key: coming.publicKey,
				password: null,
				devices: [],
			},
		}),
	};
	const finish = async (value: unknown, additionalFields: IDataObject = {}) =>
		await run(
			'finishRotation',
			[
				{ reply: success('2 credentials found', { credentials: [listed(value), next] }) },
				readNext,
				read,
			],
			{
				...byId,
				step: 'install',
				fingerprint: printedFingerprint('ecdsab256'),
				hosts: 'another-host',
				additionalFields,
			},
		);
	const NOT_SEEN = /^None of the key's devices is among 'Hosts'/;

	it.each(ON)('refuses a key with automatic_change %j, whatever is said of it', async (value) => {
		const { result } = await finish(value, isOff);
		expect(said(result)).toMatch(CHANGED);
	});

	it.each(OFF)('goes on with automatic_change %j', async (value) => {
		expect(said((await finish(value)).result)).toMatch(NOT_SEEN);
	});

	it.each(UNCLEAR)('refuses automatic_change %j unless somebody has looked', async (value) => {
		expect(said((await finish(value)).result)).toMatch(UNKNOWN);
		nock.cleanAll();
		expect(said((await finish(value, isOff)).result)).toMatch(NOT_SEEN);
	});
});

describe('Get Many', () => {
	const getDue = async (value: unknown) => {
		const { result } = await run('getAll', [list(value)], {
			returnAll: true,
			filters: { rotation: 'due', olderThanDays: 90 },
		});
		return result;
	};

	it.each([...ON, ...UNCLEAR])(
		'does not count a key with automatic_change %j as due',
		async (value) => {
			expect((await getDue(value)).items).toEqual([]);
		},
	);

	it.each(OFF)('counts one with automatic_change %j as due', async (value) => {
		expect((await getDue(value)).items[0]?.json).toMatchObject({ id: '92', rotation: 'due' });
	});

	it.each(UNCLEAR)('says in the log that it has left out %j', async (value) => {
		const text = JSON.stringify((await getDue(value)).logs);
		expect(text).toContain('SSH keys were not counted as due');
		expect(text).toContain('web (');
	});

	it.each([
		['Sim', { automaticChange: true }],
		['Não', { automaticChange: false }],
		['enabled', { automaticChange: null, automaticChangeText: 'enabled' }],
	])('gives %s', async (value, expected) => {
		const { result } = await run('getAll', [list(value)], { returnAll: true, filters: {} });
		expect(result.items[0]?.json).toMatchObject({
			...expected,
			rotation: expected.automaticChange === false ? 'due' : 'none',
		});
	});
});

describe('Change Password Now', () => {
	const change = async (value: unknown) =>
		await run(
			'changePassword',
			[{ reply: success('1', { credentials: [{ ...listed(value), type: 'Local User' }] }) }],
			{
				resource: 'credential',
				credentialId: { __rl: true, mode: 'id', value: '92' },
				checkAutomaticChange: true,
			},
		);

	it.each(['Não', '0 - No'])('finds out that automatic change is off: %s', async (value) => {
		const { result, calls } = await change(value);
		expect(said(result)).toMatch(/^Automatic change is off for this credential/);
		expect(calls).toHaveLength(1);
	});
});
