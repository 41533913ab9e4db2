import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { accountsOf } from '../../../nodes/Pam360/api/listings';
import { findSecrets } from '../../harness';
import type { Pam360Account } from '../../simulators';
import { addPam360Account, addPam360Resource, pam360Demo } from '../../simulators';
import { simulatedServer } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const server = simulatedServer();
const { run } = server;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** Brings a resource with accounts into the vault. */
function vault(name: string, ...accounts: Array<Partial<Pam360Account> & { name: string }>) {
	const resource = addPam360Resource(server.sim.state, { name, type: 'Linux' });
	return {
		resource,
		accounts: accounts.map((account) => addPam360Account(server.sim.state, resource, account)),
	};
}

/** How often a path was called. */
const calls = (path: RegExp) => server.sim.log.filter(({ url }) => path.test(url));

/** How many of some objects cannot be given up, because something holds them. */
async function held(objects: Array<WeakRef<object>>): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	// What was made or looked at in a turn of the event loop is kept until its end.
	await new Promise(setImmediate);
	collect();
	return objects.filter((object) => object.deref() !== undefined).length;
}

it('objects that are held are counted, and no others', async () => {
	const kept = [{ a: 1 }, { a: 2 }];
	const objects = [...kept, { a: 3 }].map((object) => new WeakRef(object));
	expect(await held(objects)).toBe(kept.length);
});

describe('a list of 10,000 accounts', () => {
	const COUNT = 10_000;
	let resourceId: string;

	beforeEach(() => {
		const { resource } = vault('many');
		resourceId = resource.id;
		for (let index = 0; index < COUNT; index++) {
			addPam360Account(server.sim.state, resource, {
				name: `account ${index}`,
				id: String(50_000 + index),
			});
		}
	});

	const ofMany = () => calls(/\/accounts\?/);

	it('comes whole, once each, in order', async () => {
		const { items, nodeError } = await run('account', 'getAll', {
			resourceId: byName('many'),
			returnAll: true,
		});
		expect(nodeError).toBeUndefined();
		const found = items.map(({ json }) => json.id);
		expect(found).toEqual(Array.from({ length: COUNT }, (_, index) => String(50_000 + index)));
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
		// Each page repeats the last record of the one before it.
		expect(ofMany()).toHaveLength(Math.ceil((COUNT - 1) / 499));
	});

	it('is held a page at a time, whatever has been read', async () => {
		const records: Array<WeakRef<object>> = [];
		const heldBefore: number[] = [];
		let pages = 0;
		const { rowsOf } = accountsOf(resourceId);
		const { read } = Pam360Api.prototype;
		// A mock of Jest's would hold every answer.
		Pam360Api.prototype.read = async function (call) {
			const reply = await read.call(this, call);
			if (++pages % 5 === 0) heldBefore.push(await held(records));
			records.push(...(rowsOf(reply.details) as object[]).map((row) => new WeakRef(row)));
			return reply;
		};
		const { items } = await run('account', 'getAll', {
			resourceId: byId(resourceId),
			returnAll: true,
		}).finally(() => {
			Pam360Api.prototype.read = read;
		});
		expect(items).toHaveLength(COUNT);
		expect(records.length).toBeGreaterThan(COUNT);
		expect(heldBefore).toHaveLength(4);
		// The last page, and what the one before it has left in variables.
		expect(Math.max(...heldBefore)).toBeLessThan(2 * 500);
	});

	it('is fetched no further than the limit', async () => {
		const { items } = await run('account', 'getAll', { resourceId: byId(resourceId), limit: 50 });
		expect(items).toHaveLength(50);
		expect(ofMany()).toHaveLength(1);
		expect(decodeURIComponent(ofMany()[0]!.url)).toContain('"STARTINDEX":0,"LIMIT":50}');
	});

	it('is fetched no further than a limit beyond a page', async () => {
		const { items } = await run('account', 'getAll', { resourceId: byId(resourceId), limit: 750 });
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(750);
		expect(
			ofMany().map(({ url }) => /"STARTINDEX.*?\}/.exec(decodeURIComponent(url))?.[0]),
		).toEqual(['"STARTINDEX":0,"LIMIT":500}', '"STARTINDEX":499,"LIMIT":251}']);
	});

	it('ends in an error, not early, where STARTINDEX turns out to count pages', async () => {
		server.sim.settings.startIndexIs = 'page';
		const { items, nodeError } = await run('account', 'getAll', {
			resourceId: byId(resourceId),
			returnAll: true,
		});
		expect(nodeError?.message).toBe('The list of accounts cannot be read page by page');
		expect(items).toEqual([]);
	});

	it('is narrowed down by the server', async () => {
		const { items } = await run('account', 'getAll', {
			resourceId: byId(resourceId),
			returnAll: true,
			filters: { searchColumn: 'LOGINNAME', searchValue: 'account 999' },
		});
		expect(items).toHaveLength(11);
		// The list is not counted: that these are all is known when nothing comes behind them.
		expect(ofMany()).toHaveLength(2);
		for (const { url } of ofMany()) expect(url).toContain('SEARCHVALUE');
	});
});

describe('names', () => {
	const resourceName = 'Büro / Rack+7 50% #1';
	const accountName = 'svc-ü/a+b & c=d?';

	it('are looked up once for each pair in a run, however many items use them', async () => {
		const { accounts } = vault(resourceName, { name: accountName, password: 'one' });
		vault('other', { name: accountName, password: 'two' });
		const items = Array.from({ length: 20 }, (_, index) => ({
			resource: index % 2 ? 'other' : resourceName,
		}));
		const result = await run(
			'password',
			'get',
			{ resourceId: byName('={{ $json.resource }}'), accountId: byName(accountName) },
			{ items },
		);
		expect(result.items.map(({ json }) => json.secret)).toEqual(
			items.map(({ resource }) => (resource === 'other' ? 'two' : 'one')),
		);
		expect(result.items[0]?.json.id).toBe(accounts[0]!.id);
		expect(calls(/getResourceIdAccountId/)).toHaveLength(2);
		expect(calls(/\/password/)).toHaveLength(20);
	});

	it('of users, resources and accounts beside an ID are looked up once, too', async () => {
		const { resource } = vault('shared', { name: accountName }, { name: 'root' });
		vault('other', { name: accountName });
		const items = Array.from({ length: 12 }, (_, index) => ({
			account: index % 2 ? 'root' : accountName,
		}));
		const shared = await run(
			'account',
			'share',
			{
				resourceId: byId(resource.id),
				accountId: byName('={{ $json.account }}'),
				userId: byName('jdoe'),
				accessType: 'view',
			},
			{ items },
		);
		expect(shared.items).toHaveLength(12);
		expect(calls(/\/accounts\?/)).toHaveLength(2);
		expect(calls(/getUserId/)).toHaveLength(1);
		const listed = await run(
			'account',
			'getAll',
			{ resourceId: byName('={{ $json.resource }}'), returnAll: true },
			{ items: items.map((_, index) => ({ resource: index % 2 ? 'shared' : 'other' })) },
		);
		expect(listed.items).toHaveLength(6 * 2 + 6);
		expect(calls(/resourcename/)).toHaveLength(2);
	});

	it('that are wrong cost one call, and end in an error for each item', async () => {
		const result = await run(
			'password',
			'get',
			{ resourceId: byName('nowhere'), accountId: byName('nobody') },
			{ items: [{}, {}, {}], node: { onError: 'continueRegularOutput' } },
		);
		expect(result.items.map(({ json }) => json.error)).toEqual(
			Array(3).fill('PAM360 refused the request: No such resource found [40000]'),
		);
		expect(calls(/getResourceIdAccountId/)).toHaveLength(1);
	});

	it.each(['plain', 'with space', resourceName, 'C:\\dir', '..', '100%', 'a;b=c', 'ä+ö'])(
		'of resources reach PAM360 as they are: %j',
		async (name) => {
			const { resource } = vault(name, { name: 'root' });
			vault(`${name} 2`, { name: 'root' });
			const { items, nodeError } = await run('resource', 'get', { resourceId: byName(name) });
			expect(nodeError).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ id: resource.id, name });
		},
	);

	it('of a resource by ID and an account by name find the account, and no other of like name', async () => {
		const { resource, accounts } = vault(
			'like',
			{ name: 'root2' },
			{ name: 'ROOT' },
			{ name: 'root' },
		);
		const { items } = await run('account', 'get', {
			resourceId: byId(resource.id),
			accountId: byName('root'),
		});
		expect(items[0]?.json).toMatchObject({ id: accounts[2]!.id, name: 'root' });
	});
});

const PASSWORDS = [
	'A1@8ZnQx)mh&=',
	'a+b%20&c=#',
	' leading and trailing ',
	'Pässwörd→密码😀',
	'\'"\\',
];

describe('passwords', () => {
	it.each(PASSWORDS)('come back as they were created: %j', async (password) => {
		const { resource } = vault('new');
		const { items } = await run('account', 'create', {
			resourceId: byName('new'),
			accounts: { account: [{ accountName: 'admin', password }] },
		});
		const [account] = [...resource.accounts.values()];
		expect(account?.password).toBe(password);
		expect(items[0]?.json).toMatchObject({ id: account?.id, created: true });
		const got = await run('password', 'get', {
			resourceId: byName('new'),
			accountId: byName('admin'),
		});
		expect(got.items[0]?.json.secret).toBe(password);
	});

	it.each(PASSWORDS)('come back as they were reset: %j', async (newPassword) => {
		const { accounts } = vault('res', { name: 'admin', password: 'old' });
		const place = { resourceId: byName('res'), accountId: byName('admin') };
		const reset = await run('password', 'reset', {
			...place,
			resetType: 'remote',
			passwordSource: 'own',
			newPassword,
		});
		expect(reset.items[0]?.json).toMatchObject({ secret: null, outcome: 'done' });
		expect(accounts[0]).toMatchObject({ password: newPassword, passwordOnTarget: newPassword });
		expect((await run('password', 'get', place)).items[0]?.json.secret).toBe(newPassword);
	});

	it('need a reason where PAM360 says so', async () => {
		vault('strict', { name: 'a', password: 'p', reasonRequired: true, ticketRequired: true });
		const place = { resourceId: byName('strict'), accountId: byName('a') };
		const refused = await run('password', 'get', place);
		expect(refused.nodeError?.description).toContain("add 'Reason' or 'Ticket ID'");
		const got = await run('password', 'get', {
			...place,
			additionalFields: { reason: 'patching & more', ticketId: 7 },
		});
		expect(got.items[0]?.json.secret).toBe('p');
		expect(server.sim.state.audit.at(-1)).toMatchObject({
			reason: 'patching & more',
			ticketId: '7',
		});
	});

	it('can be asked for, and are listed as asked for', async () => {
		const { accounts } = vault('dual', { name: 'a', password: 'p', approvalRequired: true });
		const place = { resourceId: byName('dual'), accountId: byName('a') };
		const credential = { serverTimeZone: pam360Demo.serverTimeZone };
		expect((await run('password', 'get', place)).nodeError?.description).toContain(
			"'Password: Request Access'",
		);
		const zone = pam360Demo.serverTimeZone;
		const start = DateTime.fromMillis(server.sim.now(), { zone })
			.plus({ hours: 1 })
			.startOf('minute');
		const end = start.plus({ hours: 2 });
		const requested = await run(
			'password',
			'requestAccess',
			{
				...place,
				access: 'later',
				startTime: start.toUTC().toISO(),
				endTime: end.toISO(),
				additionalFields: { reason: 'patching' },
			},
			{ credential },
		);
		expect(requested.nodeError).toBeUndefined();
		expect(requested.items[0]?.json).toMatchObject({
			accountId: accounts[0]!.id,
			status: 'PENDING',
		});
		expect(server.sim.state.accessRequests[0]).toMatchObject({
			start: start.toMillis(),
			end: end.toMillis(),
		});
		const { items } = await run('password', 'getAccessRequests', {}, { credential });
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				passwordId: accounts[0]!.id,
				requestedBy: 'api-user',
				resourceName: 'dual',
				accountName: 'a',
				reason: 'patching',
				startsAt: start.toISO({ suppressMilliseconds: true }),
				endsAt: end.toISO({ suppressMilliseconds: true }),
			}),
		]);
	});
});

describe('accounts', () => {
	const wanted = (...names: string[]) => ({
		account: names.map((accountName) => ({ accountName, password: `CANARY of ${accountName}` })),
	});

	it('that were added come out beside the error of those that were not', async () => {
		const { resource } = vault('some', { name: 'b' });
		const result = await run(
			'account',
			'create',
			{ resourceId: byName('some'), accounts: wanted('a', 'b', 'c') },
			{ node: { onError: 'continueRegularOutput' } },
		);
		const idOf = (name: string) =>
			[...resource.accounts.values()].find((one) => one.name === name)?.id;
		expect(result.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ name: 'a', id: idOf('a'), created: true }),
			expect.objectContaining({ name: 'c', id: idOf('c'), created: true }),
			expect.objectContaining({
				error: 'PAM360 did not add 1 of 3 accounts: b: Account is not added as it already exists',
			}),
		]);
		expect(findSecrets([result.items, result.logs], ['CANARY of'])).toEqual([]);
	});

	it('that are deleted come back from the trash', async () => {
		const { resource, accounts } = vault('bin', { name: 'a' });
		const place = { resourceId: byName('bin'), accountId: byName('a') };
		await run('account', 'delete', place);
		expect(resource.accounts.size).toBe(0);
		const { items } = await run('resource', 'restoreFromTrash', {
			trashType: 'account',
			trashIds: accounts[0]!.id,
		});
		expect(items[0]?.json).toMatchObject({ id: accounts[0]!.id, restored: true });
		expect(resource.accounts.size).toBe(1);
	});

	it('can be shared with a user by name, and taken back', async () => {
		const { accounts } = vault('shared', { name: 'a' });
		const shareAs = async (accessType: string) =>
			await run('account', 'share', {
				resourceId: byName('shared'),
				accountId: byName('a'),
				userId: byName('jdoe'),
				accessType,
			});
		expect((await shareAs('modify')).items[0]?.json).toMatchObject({ userId: '21', shared: true });
		expect([...accounts[0]!.shares]).toEqual([['21', 'modify']]);
		expect((await shareAs('revoke')).items[0]?.json).toMatchObject({ shared: false });
		expect([...accounts[0]!.shares]).toEqual([]);
	});

	it('are looked up where the answer to their creation is lost', async () => {
		const { resource } = vault('cut', { name: 'old' });
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'POST' }, times: 1 });
		const { nodeError } = await run('account', 'create', {
			resourceId: byName('cut'),
			accounts: wanted('a'),
		});
		const made = [...resource.accounts.values()].filter(({ name }) => name === 'a');
		expect(made).toHaveLength(1);
		expect(nodeError?.description).toContain(`The resource has now: a (ID ${made[0]!.id}).`);
	});

	it('tell a repeated deletion from one that never was', async () => {
		vault('cut', { name: 'a' });
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'DELETE' }, times: 1 });
		const { nodeError } = await run('account', 'delete', {
			resourceId: byName('cut'),
			accountId: byName('a'),
		});
		expect(nodeError?.description).toContain('The answer to an earlier attempt was lost');
		expect(nodeError?.description).toContain('The account may have been deleted anyway');
		expect(calls(/accounts\/\d+$/).map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
	});
});

describe('files', () => {
	const content = Buffer.from([0x50, 0x4b, 0, 0xff, 0xfe, 0x80, 0x0a]);

	it.each([false, true])('come whole, and their failures are none (%s)', async (asFile) => {
		server.sim.settings.fileFailuresAsFile = asFile;
		vault('store', { name: 'licence', file: { name: 'licence.zip', content } }, { name: 'plain' });
		const get = async (name: string) =>
			await run('account', 'downloadFile', {
				resourceId: byName('store'),
				accountId: byName(name),
			});
		const { items } = await get('licence');
		expect(items[0]?.json).toMatchObject({ fileSize: content.length });
		expect(Buffer.from(items[0]!.binary!.data!.data, 'base64')).toEqual(content);
		expect((await get('plain')).nodeError?.message).toBe(
			'PAM360 refused the request: No file is available for the account [40000]',
		);
	});
});

describe('resources', () => {
	it('live from creation to the trash and back', async () => {
		const created = await run('resource', 'create', {
			resourceName: 'life/cycle ü',
			additionalFields: {
				resourceType: 'Linux',
				location: 'Chennai',
				accountName: 'root',
				password: ' p w ',
				resourceCustomFields: { field: [{ label: 'Cost Center', value: '47+11' }] },
			},
		});
		const resource = server.sim.state.resources.at(-1)!;
		expect(created.items[0]?.json).toMatchObject({ id: resource.id, name: 'life/cycle ü' });
		expect([...resource.accounts.values()][0]?.password).toBe(' p w ');

		const resourceId = byId(resource.id);
		await run('resource', 'update', {
			resourceId,
			updateFields: { location: '', department: 'IT', resourceName: 'renamed' },
		});
		const got = await run('resource', 'get', { resourceId });
		expect(got.items[0]?.json).toMatchObject({
			id: resource.id,
			name: 'renamed',
			resourceType: 'Linux',
			location: null,
			department: 'IT',
			customFields: [
				{ label: 'Cost Center', value: '47+11', type: 'Character', column: 'COLUMN_CHAR1' },
			],
		});
		const listed = await run('resource', 'getAll', {
			returnAll: true,
			filters: { searchValue: 'ren' },
		});
		expect(listed.items.map(({ json }) => [json.id, json.accountCount])).toEqual([
			[resource.id, 1],
		]);

		await run('resource', 'delete', { resourceId });
		expect(server.sim.state.resources).not.toContain(resource);
		await run('resource', 'restoreFromTrash', { trashType: 'resource', trashIds: resource.id });
		expect(server.sim.state.resources).toContain(resource);
	});

	it('are not created twice when an answer is lost, and the error names the one there is', async () => {
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'POST' } });
		const { nodeError } = await run('resource', 'create', { resourceName: 'once' });
		const found = server.sim.state.resources.filter(({ name }) => name === 'once');
		expect(found).toHaveLength(1);
		expect(nodeError?.description).toContain(`with the ID ${found[0]!.id}`);
	});

	it.each([
		{ idsAs: 'number', booleansAs: 'boolean', statusCode: 'string' },
		{ emptyLists: 'empty', totalRowsOf: 'page' },
		{ answersOf: 'older', successStatus: 'SUCCESS' },
		{ answersOf: 'newer', omitName: true, autologonStatus: 'The landing server is not set up.' },
	] as const)('and accounts are read however the server writes them: %j', async (settings) => {
		Object.assign(server.sim.settings, settings);
		vault('typed', { name: 'a', reasonRequired: true });
		const { items } = await run('account', 'getAll', {
			resourceId: byName('typed'),
			returnAll: true,
		});
		expect(items[0]?.json).toMatchObject({ name: 'a', reasonRequired: true });
		expect(items[0]?.json.id).toMatch(/^\d+$/);
		const none = await run('resource', 'getAll', { filters: { searchValue: 'no such thing' } });
		expect(none.nodeError).toBeUndefined();
		expect(none.items).toEqual([]);
	});
});
