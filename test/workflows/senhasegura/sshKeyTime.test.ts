import type { IDataObject } from 'n8n-workflow';
import { senhaseguraDemo } from '../../simulators';
import { storedKeys } from '../../unit/senhasegura/support';
import { first, hints, said } from '../kit/result';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const [main] = senhaseguraDemo.devices;
const vault = simulatedVault();

afterEach(() => jest.restoreAllMocks());

/** As much later as that it is for the nodes. */
function pass(milliseconds: number): void {
	jest.restoreAllMocks();
	const real = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => real() + milliseconds);
}

async function does(operation: string, parameters: IDataObject = {}, identifier = 'web-01') {
	const sshKeyId = { __rl: true, mode: 'name', value: identifier };
	const [item = {}] = await vault.does('sshKey', operation, { sshKeyId, ...parameters });
	return item;
}

async function store(identifier = 'web-01', pair = 'ed25519'): Promise<void> {
	await vault.does('sshKey', 'create', {
		...main,
		keySource: 'provide',
		...sshKey(pair),
		additionalFields: { identifier, username: 'deploy' },
	});
}

const rotate = async (identifier?: string, days = 0) =>
	await does('rotate', { additionalFields: { onlyIfOlderThanDays: days } }, identifier);

const finish = async (
	{ step, fingerprint, hosts }: IDataObject,
	seenAt?: string | number,
): Promise<IDataObject> =>
	await does('finishRotation', {
		step,
		fingerprint,
		hosts: (hosts as IDataObject[]).map((host) => ({ ...host, ...(seenAt && { seenAt }) })),
	});

const select = async (more: IDataObject = {}, olderThanDays = 90) =>
	await vault.run('sshKey', 'getAll', {
		returnAll: true,
		filters: { rotation: 'dueOrUnfinished', olderThanDays },
		...more,
	});

it('goes on rotating a key that was rotated while the clock was ten years ahead', async () => {
	await store();
	pass(3650 * DAY_MS);
	await finish(await rotate());
	await finish(await rotate());
	for (const key of storedKeys(vault.sim)) key.change = '2020-01-01 00:00:00';
	pass(200 * DAY_MS);
	const due = await select({}, 90);
	expect(due.items.map(({ json }) => [json.identifier, json.rotation])).toEqual([
		['web-01', 'due'],
	]);
	expect(hints(due).join()).toMatch(/^A date of SSH keys lies in the future .* web-01\./);
	expect(await rotate('web-01', 90)).toMatchObject({ status: 'started' });
	await finish(await rotate());
	await finish(await rotate());
	const after = await select();
	expect([after.items, hints(after)]).toEqual([[], []]);
});

it('selects what is unfinished first, what began last before the others, and then by age', async () => {
	await store('a-1');
	await store('b-2', 'ecdsab256');
	await store('c-3', 'ecdsab384');
	await store('d-4', 'ecdsab521');
	for (const key of storedKeys(vault.sim)) {
		key.change = key.identifier === 'b-2' ? '2020-01-01 00:00:00' : '2021-01-01 00:00:00';
	}
	await rotate('d-4');
	pass(DAY_MS);
	await rotate('c-3');
	const named = async (more: IDataObject) =>
		(await select(more)).items.map(({ json }) => json.identifier);
	expect(await named({})).toEqual(['c-3', 'd-4', 'b-2', 'a-1']);
	expect(await named({ returnAll: false, limit: 1 })).toEqual(['c-3']);
});

describe('hosts that tell when a key was seen there', () => {
	const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

	it('change nothing an hour later, whatever the execution is called', async () => {
		await store();
		await finish(await rotate());
		const removal = await rotate();
		const seenAt = ago(0);
		pass(61 * MINUTE_MS);
		const item = await finish(removal, seenAt);
		expect(item).toMatchObject({ status: 'staleRead', finishedStep: null });
		expect(item.details).toMatch(
			/^Nothing was changed: by 'seenAt', a host was seen 60 minutes ago/,
		);
		expect(
			storedKeys(vault.sim).find(({ identifier }) => identifier === 'web-01.n8n-previous'),
		).toHaveProperty('active', true);
		expect(await finish(removal, ago(0))).toMatchObject({ status: 'ended' });
	});

	it.each([
		['59 minutes ago', 59, 'promoted'],
		['an hour ago', 60, 'staleRead'],
		['4 minutes ahead', -4, 'promoted'],
		['6 minutes ahead', -6, 'staleRead'],
	])('were seen %s', async (_, minutes, status) => {
		await store();
		expect(await finish(await rotate(), ago(minutes))).toMatchObject({ status });
	});

	it('are refused where that is no time', async () => {
		await store();
		const { step, fingerprint } = await rotate();
		const result = await vault.run('sshKey', 'finishRotation', {
			sshKeyId: { __rl: true, mode: 'name', value: 'web-01' },
			step,
			fingerprint,
			hosts: [{ hostname: 'web-01', seenAt: 'now' }],
		});
		expect(said(result)).toMatch(/^'Hosts' must be a list of texts, or of hosts with a date/);
		expect(first(result).status).toBeUndefined();
	});
});
