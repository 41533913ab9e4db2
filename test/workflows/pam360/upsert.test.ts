import type { IDataObject, INode } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { addPam360Account, addPam360Resource } from '../../simulators';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { inputData, kit, success } from './kit';
import { simulatedServer } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const V1 = '/restapi/json/v1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PASSWORD = ' Pa$$ Word@124 ';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const page = { STARTINDEX: 0, LIMIT: 500 };
const refused = (message: string) => ({
	operation: { name: 'X', result: { status: 'Failed', message, statusCode: 40000 } },
});

/** `GET /resources` (docs/api/pam360.md, "Listing resources"). */
const resources = (rows: object[], name = 'res1'): Exchange => ({
	method: 'GET',
	path: `${V1}/resources?${inputData({
		SEARCHTYPE: 'RESOURCE',
		SEARCHCOLUMN: 'RESOURCENAME',
		SEARCHVALUE: name,
		...page,
	})}`,
	reply: success('GET RESOURCES', rows.length > 0 ? rows : undefined, { totalRows: rows.length }),
});
const row = (id: string, name = 'res1') => ({ 'RESOURCE ID': id, 'RESOURCE NAME': name });

/** The recorded answers (docs/api/pam360.md, "Creating a resource" and "Changing a resource"). */
const created = {
	operation: {
		result: { message: 'Resource res1 has been added successfully', status: 'Success' },
		name: 'CREATE RESOURCE',
	},
};
const changed = {
	operation: {
		result: { message: 'Resource  modified successfully.', status: 'Success' },
		name: 'EDIT RESOURCE',
	},
};
const post = (details: object, reply: object | string = created): Exchange => ({
	method: 'POST',
	path: `${V1}/resources`,
	headers: FORM,
	body: inputData(details),
	reply,
});
const put = (details: object): Exchange => ({
	method: 'PUT',
	path: `${V1}/resources/7`,
	headers: FORM,
	body: inputData(details),
	reply: changed,
});

const wish = { resourceName: 'res1', additionalFields: { location: 'Chennai' } };
const location = { LOCATION: 'Chennai' };
const resource = (more: object) => ({
	vendor: 'pam360',
	type: 'resource',
	id: '7',
	name: 'res1',
	updated: true,
	...more,
});
const isNew = resource({ created: true, updated: false });

describeOperation(kit, 'resource', 'upsert', {
	secrets: [PASSWORD.trim()],
	cases: [
		{
			name: 'creates what is not there, with what only a new one takes',
			parameters: {
				...wish,
				newFields: { accountName: 'admin', password: PASSWORD, domainName: 'localhost' },
			},
			exchanges: [
				resources([row('8', 'res10')]),
				post({
					RESOURCENAME: 'res1',
					...location,
					ACCOUNTNAME: 'admin',
					PASSWORD,
					DOMAINNAME: 'localhost',
				}),
				resources([row('8', 'res10'), row('7')]),
			],
			items: isNew,
			raw: created,
		},
		{
			name: 'updates what is there, without what only a new one takes',
			parameters: { ...wish, newFields: { accountName: 'admin', password: PASSWORD } },
			exchanges: [resources([row('8', 'res10'), row('7')]), put(location)],
			items: resource({ created: false }),
		},
		{
			name: 'leaves alone what is there where nothing would change',
			parameters: { resourceName: 'res1', newFields: { accountName: 'admin' } },
			exchanges: [resources([row('7')])],
			items: resource({ created: false, updated: false }),
		},
		{
			name: 'updates what somebody else has made in the meantime',
			parameters: wish,
			exchanges: [
				resources([]),
				post({ RESOURCENAME: 'res1', ...location }, refused('Resource res1 already exists.')),
				resources([row('7')]),
				put(location),
			],
			items: resource({ created: false }),
		},
		{
			name: 'makes sure of what was made although its answer is lost, and says what it cannot know',
			parameters: wish,
			exchanges: [
				resources([]),
				{ ...post({ RESOURCENAME: 'res1', ...location }), status: 502, reply: '<html>' },
				resources([row('7')]),
				put(location),
			],
			items: resource({ created: null }),
			hints: ["'created' is null"],
		},
		{
			name: 'says that PAM360 does not tell the ID of a new one',
			parameters: wish,
			exchanges: [
				resources([]),
				post({ RESOURCENAME: 'res1', ...location }),
				{ ...resources([]), reply: '<html>' },
			],
			items: { ...isNew, id: null },
			hints: ['was created, but PAM360 did not return its ID'],
		},
	],
	refused: [
		['no name', { resourceName: '={{ "" }}' }, "'Resource Name' is required"],
		[
			'a password whose expression came to nothing',
			{ newFields: { accountName: 'a', password: '={{ null }}' } },
			"'Password' is empty",
		],
	],
	failures: [
		{
			name: 'two of the name',
			exchanges: [resources([row('7'), row('9')])],
			says: ["PAM360 has 2 resources with the name 'res1'", 'Their IDs are 7, 9.'],
		},
		{
			name: 'a list that does not say if there is one',
			exchanges: [{ ...resources([]), reply: success('GET RESOURCES') }],
			says: ['PAM360 answered without the resources, and did not say that there are none'],
		},
		{
			name: 'a refusal, and none is shown',
			parameters: { newFields: {} },
			exchanges: [
				resources([]),
				post({ RESOURCENAME: 'res1', ...location }, refused('Resource res1 already exists.')),
				resources([]),
			],
			says: ['Resource res1 already exists', 'that is not shared with the API user, share it'],
		},
		{
			name: 'a lost answer, and none is there so far',
			parameters: { newFields: {} },
			exchanges: [
				resources([]),
				{ ...post({ RESOURCENAME: 'res1', ...location }), status: 502, reply: '' },
				resources([]),
			],
			says: [
				'The resource may have been created anyway. The node did not send the request again. Run the node again: it looks for it first, and makes no second one.',
				'PAM360 shows no such resource yet.',
			],
		},
		{
			name: 'a lost answer, and none to the question either',
			parameters: { newFields: {} },
			exchanges: [
				resources([]),
				{ ...post({ RESOURCENAME: 'res1', ...location }), status: 502, reply: '' },
				{ ...resources([]), reply: '<html>' },
			],
			says: ['may have been created anyway', 'did not answer when it was asked for it'],
		},
	],
});

/** `GET /resources/{RESOURCEID}/accounts` (docs/api/pam360.md, "Listing accounts"). */
const accounts = (rows: object[]): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts?${inputData({
		SEARCHTYPE: 'ACCOUNT',
		SEARCHCOLUMN: 'LOGINNAME',
		SEARCHVALUE: 'admin',
		...page,
	})}`,
	reply: success('GET RESOURCE ACCOUNTLIST', { 'RESOURCE ID': '1', 'ACCOUNT LIST': rows }),
});
const accountRow = (id: string, name = 'admin') => ({ 'ACCOUNT ID': id, 'ACCOUNT NAME': name });
const outcome = (STATUS: string) => success('ADD ACCOUNTS', [{ admin: { STATUS } }]);
const ADDED = outcome('Account added successfully');
const add = (account: object, reply: object = ADDED): Exchange => ({
	method: 'POST',
	path: `${V1}/resources/1/accounts`,
	headers: FORM,
	body: inputData({ ACCOUNTLIST: [account] }),
	reply,
});
const edit = (details: object): Exchange => ({
	method: 'PUT',
	path: `${V1}/resources/1/accounts/12`,
	headers: FORM,
	body: inputData(details),
	reply: success('EDIT ACCOUNT'),
});
const accountWish = {
	resourceId: byId('1'),
	accountName: 'admin',
	password: PASSWORD,
	additionalFields: { notes: 'by n8n', commandSet: 1000 },
};
const asNew = { ACCOUNTNAME: 'admin', PASSWORD, NOTES: 'by n8n', COMMAN_SET: 1000 };
const asChange = { NOTES: 'by n8n', COMMAND_SET: 1000 };
const account = (more: object) => ({
	vendor: 'pam360',
	type: 'account',
	id: '12',
	name: 'admin',
	resourceId: '1',
	updated: true,
	...more,
});

describeOperation(kit, 'account', 'upsert', {
	secrets: [PASSWORD.trim()],
	cases: [
		{
			name: 'creates what is not there, with its password',
			parameters: accountWish,
			exchanges: [
				accounts([accountRow('11', 'admin2')]),
				add(asNew),
				accounts([accountRow('11', 'admin2'), accountRow('12')]),
			],
			items: account({ created: true, updated: false }),
			raw: ADDED as IDataObject,
		},
		{
			name: 'updates what is there, and leaves its password alone',
			parameters: accountWish,
			exchanges: [accounts([accountRow('12')]), edit(asChange)],
			items: account({ created: false }),
		},
		{
			name: 'sends nothing where nothing would change',
			parameters: { ...accountWish, additionalFields: {} },
			exchanges: [accounts([accountRow('12')])],
			items: account({ created: false, updated: false }),
		},
		{
			name: 'updates what somebody else has made in the meantime, which hides under a success',
			parameters: accountWish,
			exchanges: [
				accounts([]),
				add(asNew, outcome('Account is not added  as it already exists')),
				accounts([accountRow('12')]),
				edit(asChange),
			],
			items: account({ created: false }),
		},
		...['Konto angelegt', 'Queued', '', 'Internal error: it was not indexed'].map((status) => ({
			name: `does not know who made it where PAM360 says something else of it: '${status}'`,
			parameters: accountWish,
			exchanges: [
				accounts([]),
				add(asNew, outcome(status)),
				accounts([accountRow('12')]),
				edit(asChange),
			],
			items: account({ created: null }),
			hints: ["'created' is null"],
		})),
		{
			name: 'says that the password of what it found after a lost answer may be another one',
			parameters: accountWish,
			exchanges: [
				accounts([]),
				{ ...add(asNew), status: 504, reply: '' },
				accounts([accountRow('12')]),
				edit(asChange),
			],
			items: account({ created: null }),
			hints: ["'Password: Get' shows it, and 'Password: Reset' sets it"],
		},
		{
			name: 'finds the resource by its name',
			parameters: {
				...accountWish,
				resourceId: byName('res1'),
				password: '',
				additionalFields: {},
			},
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcename/res1`,
					reply: success('GET_RESOURCEID', { RESOURCEID: '1' }),
				},
				accounts([]),
				add({ ACCOUNTNAME: 'admin' }),
				accounts([accountRow('12')]),
			],
			items: account({ created: true, updated: false }),
		},
	],
	refused: [
		['no name', { accountName: '={{ "" }}' }, "'Account Name' is required"],
		['no resource', { resourceId: byName('={{ "" }}') }, "'PAM360 Resource' is required"],
		[
			'a password whose expression came to nothing',
			{ password: '={{ null }}' },
			"'Password of a New Account' is empty",
		],
	],
	failures: [
		{
			name: 'two of the name',
			exchanges: [accounts([accountRow('12'), accountRow('13')])],
			says: ["PAM360 has 2 accounts with the name 'admin' in the resource", 'IDs are 12, 13'],
		},
		{
			name: 'one that PAM360 did not add, and does not show',
			exchanges: [
				accounts([]),
				add(asNew, outcome('Account is not added  as it already exists')),
				accounts([]),
			],
			says: ['PAM360 did not add the account admin', 'that is not shared with the API user'],
		},
	],
});

describe('two of us at once, and one again', () => {
	const server = simulatedServer();

	interface More {
		items?: IDataObject[];
		node?: Partial<INode>;
	}
	const upsert = async (what: string, parameters: IDataObject, more: More = {}) =>
		await server.run(what, 'upsert', parameters, more);
	const named = (name: string) => server.sim.state.resources.filter((one) => one.name === name);
	const CREATE = `${V1}/resources`;

	it('make one resource of many items with its name', async () => {
		const items = Array.from({ length: 8 }, (_, index) => ({ index }));
		const parameters = { ...wish, additionalFields: { location: '={{ "L" + $json.index }}' } };
		const result = await upsert('resource', parameters, { items });
		expect(said(result)).toBe('');
		const [one, ...others] = named('res1');
		expect(others).toEqual([]);
		expect(result.items.map(({ json }) => json.id)).toEqual(items.map(() => one!.id));
		expect(result.items.filter(({ json }) => json.created === true)).toHaveLength(1);
		expect(server.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('make one resource in two executions of a process, whatever the server takes twice', async () => {
		const results = await Promise.all([upsert('resource', wish), upsert('resource', wish)]);
		expect(results.map(({ items }) => items[0]?.json.created).sort()).toEqual([false, true]);
		expect(named('res1')).toHaveLength(1);
		expect(server.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('make one account of many items with its name', async () => {
		const { id } = addPam360Resource(server.sim.state, { name: 'vault' });
		const items = Array.from({ length: 8 }, (_, index) => ({ index }));
		const result = await upsert('account', { ...accountWish, resourceId: byId(id) }, { items });
		expect(said(result)).toBe('');
		const [vault] = named('vault');
		expect(vault!.accounts.size).toBe(1);
		expect([...vault!.accounts.values()][0]).toMatchObject({
			name: 'admin',
			password: PASSWORD,
			description: 'by n8n',
		});
		expect(result.items.filter(({ json }) => json.created === true)).toHaveLength(1);
	});

	it('leave the password of an account alone that is there', async () => {
		const resource = addPam360Resource(server.sim.state, { name: 'vault' });
		const there = addPam360Account(server.sim.state, resource, { name: 'admin', password: 'old' });
		const { items, nodeError } = await upsert('account', {
			...accountWish,
			resourceId: byName('vault'),
		});
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ id: there.id, created: false, updated: true });
		expect(there).toMatchObject({ password: 'old', description: 'by n8n' });
	});

	it.each(['resource', 'account'])('make one %s where the answer is lost', async (what) => {
		const resource = addPam360Resource(server.sim.state, { name: 'vault' });
		const match = what === 'resource' ? CREATE : `${CREATE}/${resource.id}/accounts`;
		server.sim.trouble.add({ kind: 'cutAfterWork', match, skip: 1, times: 1 });
		const parameters =
			what === 'resource' ? wish : { ...accountWish, resourceId: byId(resource.id) };
		const { items, nodeError, logs } = await upsert(what, parameters);
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ created: null, updated: true });
		const made = what === 'resource' ? named('res1') : [...resource.accounts.values()];
		expect(made).toHaveLength(1);
		expect(items[0]?.json.id).toBe(made[0]!.id);
		expect(findSecrets(logs, [PASSWORD.trim()])).toEqual([]);
	});

	it('find in a further try what the first one has left', async () => {
		// The creation is not answered, and nothing after it, until the node is run again.
		server.sim.trouble.add({ kind: 'cutAfterWork', match: CREATE, skip: 1, times: 1 });
		server.sim.trouble.add({ kind: 'html', match: CREATE, skip: 2, times: 1 });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { items, nodeError } = await upsert('resource', wish, { node });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ created: null, updated: true });
		expect(named('res1')).toHaveLength(1);
		expect(server.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('change nothing the second time', async () => {
		const first = await upsert('resource', { resourceName: 'res1' });
		const second = await upsert('resource', { resourceName: 'res1' });
		const item = { vendor: 'pam360', type: 'resource', id: named('res1')[0]!.id, name: 'res1' };
		expect([first, second].map(({ items }) => items[0]?.json)).toEqual([
			{ ...item, created: true, updated: false },
			{ ...item, created: false, updated: false },
		]);
		expect(server.sim.log.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET']);
	});
});
