import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import type { Exchange, Sent } from '../kit/exchanges';
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

const present = sshKey('ed25519');
const next = sshKey('ecdsab256');

const listed = (id: string, identifier: string, username: string) => ({
	id,
	identifier,
	username,
	change: '2024-05-31 11:03:13',
	hostname: 'web-01',
	management_ip: '10.0.0.1',
	type: 'SSH Key',
	automatic_change: false,
});
const NEXT_NAME = 'n8n-next-92-20260301T010000000Z-00000000';
const list: Partial<Exchange> = {
	reply: success('2 credentials found', {
		credentials: [listed('92', 'web', 'deploy'), listed('96', 'web.n8n-next', NEXT_NAME)],
	}),
};
const key = (id: string, pair: typeof present, more: object): Partial<Exchange> => ({
	reply: success(`Key ${id}`, {
		key: {
			id,
			key_name: 'k',
			hostname: 'web-01',
			ip: '10.0.0.1',
			private_key: pair.privateKey,
			public_key: pair.publicKey,
			password: null,
			expiration_time: null,
			...more,
		},
	}),
});
const readNext = key('96', next, { username: NEXT_NAME, devices: [] });
const readPresent = (devices: unknown, pair = present) =>
	key('92', pair, { username: 'deploy', devices });
const stored = (id: string): Partial<Exchange> => ({
	reply: success('Key updated successfully!', { key: { id, devices: [], devices_error: [] } }, 201),
});
const confirmed: Partial<Exchange> = { reply: success('Key successfully deactivated') };

async function run(operation: string, devices: unknown, parameters: IDataObject) {
	const isFinish = operation === 'finishRotation';
	const sent = answerInTurn(kit.host, [
		list,
		readNext,
		readPresent(devices),
		...(isFinish
			? [
					// The previous record is made, and the present one was not touched by that.
					stored('97'),
					key('97', present, { username: 'n8n-previous', devices: [] }),
					readPresent(devices),
					// Looked at again, promoted, read back; the next record is disabled.
					readNext,
					readPresent(devices),
					stored('92'),
					readPresent(devices, next),
					confirmed,
				]
			: []),
	]);
	const result = await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: {
			...kit.parameters,
			resource: 'sshKey',
			operation,
			sshKeyId: { __rl: true, mode: 'id', value: '92' },
			additionalFields: {},
			...parameters,
		},
		credentials: kit.credentials,
	});
	return { result, sent };
}

const finish = async (
	devices: unknown,
	hosts: IDataObject[] | string,
	additionalFields: IDataObject = {},
) =>
	await run('finishRotation', devices, {
		step: 'install',
		fingerprint: printedFingerprint('ecdsab256'),
		hosts,
		additionalFields,
	});

const written = (sent: Sent[]) => sent.filter(({ method }) => method !== 'GET');

const UNDERSTOOD: Array<[string, unknown, string[]]> = [
	[
		'a list of objects, as the vendor shows it',
		[{ hostname: 'web-02', ip: '10.0.0.2' }],
		['web-02'],
	],
	[
		'a list with gaps',
		{ 0: { hostname: 'web-02' }, 2: { hostname: 'web-03' } },
		['web-02', 'web-03'],
	],
	['a single object', { hostname: 'web-02', ip: '10.0.0.2' }, ['web-02']],
	['a list of names', ['web-02', 'web-03'], ['web-02', 'web-03']],
	['names with gaps', { 1: 'web-02' }, ['web-02']],
	['a text', 'web-02, web-03', ['web-02', 'web-03']],
];

const NOT_UNDERSTOOD: Array<[string, unknown]> = [
	['an ID and a name', [{ id: '7', name: 'web-02' }]],
	['another key', [{ device: 'web-02', ip: '10.0.0.2' }]],
	['an address alone', [{ ip: '10.0.0.2' }]],
	['another case', [{ HOSTNAME: 'web-02' }]],
	['an object in place of the name', [{ hostname: { name: 'web-02' } }]],
	['an object in place of the address', [{ hostname: 'web-02', ip: { v4: '10.0.0.2' } }]],
	['an empty name', [{ hostname: '', ip: '10.0.0.2' }]],
	['an empty entry', ['web-02', '']],
	['one entry among others', [{ hostname: 'web-02', ip: '10.0.0.2' }, { id: '8' }]],
	['a number', 7],
];

describe('the devices of a key that is rotated', () => {
	it.each(UNDERSTOOD)('are all among the hosts of Rotate: %s', async (_, devices, names) => {
		const { result } = await run('rotate', devices, { keyAlgorithm: 'same', dryRun: true });
		const hosts = result.items[0]?.json.hosts as IDataObject[];
		expect(hosts.map(({ hostname }) => hostname)).toEqual(['web-01', ...names]);
	});

	it.each(UNDERSTOOD)(
		'must all be seen before the next key is promoted: %s',
		async (_, devices) => {
			const { result, sent } = await finish(devices, 'web-01');
			expect(said(result)).toMatch(/^The key was not seen on web-02/);
			expect(written(sent)).toEqual([]);
		},
	);

	it.each(NOT_UNDERSTOOD)('stop Rotate where one is not understood: %s', async (_, devices) => {
		const { result, sent } = await run('rotate', devices, { keyAlgorithm: 'same' });
		expect(said(result)).toMatch(
			/^The vault tells the devices of the SSH key in a form that is not understood \| .*'devices' is/,
		);
		expect(written(sent)).toEqual([]);
	});

	it.each(NOT_UNDERSTOOD)(
		'stop Finish Rotation where one is not understood: %s',
		async (_, devices) => {
			const { result, sent } = await finish(devices, 'web-01, web-02, 10.0.0.2', {
				hostsGivenUp: 'web-03',
			});
			expect(said(result)).toMatch(/^The vault tells the devices of the SSH key in a form/);
			expect(written(sent)).toEqual([]);
		},
	);

	it('stay as they came where they are read one by one', async () => {
		const devices = { 0: { hostname: 'web-02', ip: '10.0.0.2' }, 3: { id: '8' } };
		answerInTurn(kit.host, [readPresent(devices)]);
		const { items } = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				...kit.parameters,
				resource: 'sshKey',
				operation: 'get',
				sshKeyId: { __rl: true, mode: 'id', value: '92' },
			},
			credentials: kit.credentials,
		});
		expect(items[0]?.json).toMatchObject({
			devices: [{ hostname: 'web-02', ip: '10.0.0.2' }],
			devicesText: JSON.stringify(devices),
		});
	});
});

describe('two devices of one name', () => {
	const devices = [
		{ hostname: 'WEB-01', ip: '10.9.9.9' },
		{ hostname: 'web-01', ip: '10.0.0.1' },
	];

	it('are two hosts', async () => {
		const { result } = await run('rotate', devices, { keyAlgorithm: 'same', dryRun: true });
		expect(result.items[0]?.json.hosts).toEqual([
			{ hostname: 'web-01', ip: '10.0.0.1' },
			{ hostname: 'WEB-01', ip: '10.9.9.9' },
		]);
	});

	it.each([
		['the name', 'web-01'],
		['the name twice', 'web-01, web-01'],
		['the name and the address of the same device', 'web-01, 10.0.0.1'],
		['one device by both', [{ hostname: 'web-01', ip: '10.0.0.1' }]],
	])('are not both seen by %s', async (_, hosts) => {
		const { result, sent } = await finish(devices, hosts);
		expect(said(result)).toMatch(/^The key was not seen on WEB-01 \(10\.9\.9\.9\)/);
		expect(written(sent)).toEqual([]);
	});

	it.each([
		['their addresses', '10.9.9.9, 10.0.0.1'],
		['the name of one and the address of the other', 'web-01, 10.9.9.9'],
		['the hosts of the item', [{ hostname: 'web-01', ip: '10.0.0.1' }, { ...devices[0] }]],
	])('are both seen by %s', async (_, hosts) => {
		const { result, sent } = await finish(devices, hosts);
		expect(said(result)).toBe('');
		expect(result.items[0]?.json.status).toBe('promoted');
		expect(written(sent).map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /api/pam/key',
			'POST /api/pam/key',
			'DELETE /api/pam/key/96',
		]);
	});

	it('are not both seen by an address that they share', async () => {
		const { result, sent } = await finish([{ hostname: 'web-02', ip: '10.0.0.1' }], '10.0.0.1');
		expect(said(result)).toMatch(/^The key was not seen on web-02/);
		expect(written(sent)).toEqual([]);
	});

	it('are one where the vault tells one address only', async () => {
		const { result } = await finish(['web-01'], 'web-01');
		expect(result.items[0]?.json.status).toBe('promoted');
	});
});
