import type { IDataObject } from 'n8n-workflow';
import { pam360Demo } from '../../simulators';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { inputData, kit, success } from './kit';
import { simulatedServer } from './simulated';

const read = (details: object, reply: object) => ({
	method: 'GET' as const,
	path: `/restapi/json/v1/resourcegroup?${inputData(details, 'details')}`,
	body: '',
	reply,
});

/** No source shows a record: the names of the request, and those of other calls. */
const linux = {
	resourceGroupId: '7',
	resourceGroupName: 'Linux Servers',
	resourceGroupDescription: 'All that run Linux',
	ownerId: '1',
	resourceGroupType: 'static',
};
const odd = { 'RESOURCE GROUP ID': 8, 'RESOURCE GROUP NAME': 'Windows', DESCRIPTION: 'N/A' };

const linuxItem = {
	vendor: 'pam360',
	type: 'resourceGroup',
	id: '7',
	name: 'Linux Servers',
	description: 'All that run Linux',
	groupType: 'static',
	ownerId: '1',
};
const oddItem = {
	vendor: 'pam360',
	type: 'resourceGroup',
	id: '8',
	name: 'Windows',
	description: null,
	groupType: null,
	ownerId: null,
};

describeOperation(kit, 'resourceGroup', 'getAll', {
	cases: [
		{
			name: 'asks in camelCase below details',
			parameters: { limit: 2 },
			exchanges: [read({ startIndex: 0, limit: 2 }, success('GET RESOURCE GROUPS', [linux, odd]))],
			items: [linuxItem, oddItem],
			raw: [linux, odd],
		},
		{
			name: 'narrows the list down at the server',
			parameters: {
				filters: { groupType: 'static', searchIn: 'resourceGroupName', searchText: 'sample & co' },
			},
			exchanges: [
				read(
					{
						searchType: 'static',
						searchColumn: 'resourceGroupName',
						searchValue: 'sample & co',
						startIndex: 0,
						limit: 50,
					},
					{ operation: { result: { status: 'Success' }, totalRows: 1, details: [linux] } },
				),
			],
			items: [linuxItem],
		},
		{
			name: 'leaves it to PAM360 what a type is',
			parameters: { filters: { groupType: '={{ "mixed" }}' } },
			exchanges: [read({ searchType: 'mixed', startIndex: 0, limit: 50 }, success('ANY', [linux]))],
			items: [linuxItem],
		},
		{
			name: 'finds the list inside of an object',
			parameters: {},
			exchanges: [read({ startIndex: 0, limit: 50 }, success('ANY', { resourceGroups: [linux] }))],
			items: [linuxItem],
		},
		{
			name: 'gives nothing where there are none',
			parameters: {},
			exchanges: [read({ startIndex: 0, limit: 50 }, success('ANY', undefined, { totalRows: 0 }))],
			items: [],
		},
	],
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The call that a client of PAM360 makes (docs/api/pam360.md, "Resource groups"): IDs as numbers. */
const associate = (RESOURCEIDS: unknown[], more: object = {}) => ({
	method: 'POST' as const,
	path: '/restapi/json/v1/resourcegroup/304/associateResources',
	headers: FORM,
	body: inputData({ RESOURCEIDS }),
	reply: success('ASSOCIATE RESOURCES'),
	...more,
});
const searched = (name: string, rows: object[]) =>
	read(
		{
			searchType: 'all',
			searchColumn: 'resourceGroupName',
			searchValue: name,
			startIndex: 0,
			limit: 500,
		},
		success('GET RESOURCE GROUPS', rows, { totalRows: rows.length }),
	);
const named = (id: string, name: string) => ({ resourceGroupId: id, resourceGroupName: name });
const groupItem = { vendor: 'pam360', type: 'resourceGroup', id: '304', name: null };

describeOperation(kit, 'resourceGroup', 'associateResources', {
	cases: [
		{
			name: 'sends numbers, each once',
			parameters: { resourceGroupId: byId('304'), resourceIds: '={{ ["4", 5, "4"] }}' },
			exchanges: [associate([4, 5])],
			items: { ...groupItem, resourceIds: ['4', '5'], associated: true },
		},
		{
			name: 'finds the group by its whole name',
			parameters: { resourceGroupId: byName('Linux'), resourceIds: '4' },
			exchanges: [
				searched('Linux', [named('7', 'Linux Servers'), named('304', 'Linux')]),
				associate([4]),
			],
			items: { ...groupItem, name: 'Linux', resourceIds: ['4'], associated: true },
		},
	],
	refused: [
		['no resource', { resourceIds: '={{ [] }}' }, "'Resource Names or IDs' is required"],
		[
			'a name in place of an ID',
			{ resourceIds: '={{ ["res1"] }}' },
			"'Resource Names or IDs' must hold IDs, which consist of digits",
		],
		[
			'a number that JSON has not',
			{ resourceIds: '={{ ["9007199254740993"] }}' },
			"'Resource Names or IDs' holds an ID that is too long",
		],
		['no group', { resourceGroupId: byName('={{ "" }}') }, "'Resource Group' is required"],
	],
	failures: [
		{
			name: 'a group that is not there',
			parameters: { resourceGroupId: byName('Linux') },
			exchanges: [searched('Linux', [named('7', 'Linux Servers')])],
			says: ["PAM360 does not show the API user the resource group 'Linux'"],
		},
		{
			name: 'two groups of one name',
			parameters: { resourceGroupId: byName('Linux') },
			exchanges: [searched('Linux', [named('7', 'Linux'), named('304', 'Linux')])],
			says: [
				"PAM360 has 2 resource groups with the name 'Linux'",
				'Their IDs are 7, 304. Work on one of them by its ID.',
			],
		},
	],
});

const share = (details: object) => ({
	method: 'PUT' as const,
	path: '/restapi/json/v1/resourcegroup/share',
	headers: FORM,
	body: inputData(details),
	reply: success('SHARE RESOURCE GROUP'),
});
const shareItem = {
	...groupItem,
	userId: null,
	userName: null,
	userGroupId: null,
	userGroupName: null,
};

describeOperation(kit, 'resourceGroup', 'share', {
	cases: [
		{
			name: 'gives access to a user, with texts in camel case below Details',
			parameters: {
				resourceGroupId: byId('304'),
				userId: byId('21'),
				accessType: 'fullaccess',
			},
			exchanges: [share({ resourceGroupIds: ['304'], userIds: ['21'], accessType: 'fullaccess' })],
			items: { ...shareItem, userId: '21', accessType: 'fullaccess', shared: true },
		},
		{
			name: 'takes access back from a user group, all by name',
			parameters: {
				resourceGroupId: byName('Linux'),
				shareWith: 'userGroup',
				userGroupId: byName('ops'),
				accessType: 'revoke',
			},
			exchanges: [
				searched('Linux', [named('304', 'Linux')]),
				{
					method: 'GET',
					path: '/restapi/json/v1/user/getUserGroupId?USERGROUPNAME=ops',
					reply: success('GET USER GROUP ID', { USERGROUPID: 22 }),
				},
				share({ resourceGroupIds: ['304'], userGroupIds: ['22'], accessType: 'revoke' }),
			],
			items: {
				...shareItem,
				name: 'Linux',
				userGroupId: '22',
				userGroupName: 'ops',
				accessType: 'revoke',
				shared: false,
			},
		},
	],
	refused: [
		[
			'an access that there is none of',
			{ accessType: 'manage' },
			"'Access' must be one of view, modify, fullaccess, revoke",
		],
		['nobody', { userId: byName('={{ "" }}') }, "'User' is required"],
	],
});

describe('a resource group of a PAM360 server', () => {
	const server = simulatedServer();

	const run = async (operation: string, parameters: IDataObject, token?: string) =>
		await server.run('resourceGroup', operation, parameters, {
			...(token !== undefined && { credential: { authToken: token } }),
		});
	/** What a user of the group sees. */
	const seen = async () => {
		const { items } = await server.run(
			'resource',
			'getAll',
			{ returnAll: true },
			{ credential: { authToken: pam360Demo.passwordUserToken } },
		);
		return items.map(({ json }) => json.name);
	};
	const group = { resourceGroupId: byName('Linux Servers') };

	it('is shared with all that it has, and that joins it', async () => {
		expect(await seen()).toEqual([]);
		const wish = { ...group, shareWith: 'userGroup', userGroupId: byName('Web team') };
		const shared = await run('share', { ...wish, accessType: 'view' });
		expect(said(shared)).toBe('');
		expect(await seen()).toEqual(['WEB-LINUX-01', 'WEB-LINUX-02']);
		const joined = await run('associateResources', { ...group, resourceIds: ['1'] });
		expect(said(joined)).toBe('');
		expect(await seen()).toContain('FIN-WINSERVER-09');
		await run('share', { ...wish, accessType: 'revoke' });
		expect(await seen()).toEqual([]);
	});

	it('takes the same once where the answer was lost', async () => {
		server.sim.trouble.add({
			kind: 'cutAfterWork',
			times: 1,
			match: '/restapi/json/v1/resourcegroup/1/',
		});
		const { items, nodeError } = await run('associateResources', {
			resourceGroupId: byId('1'),
			resourceIds: ['1'],
		});
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.associated).toBe(true);
		expect([...server.sim.state.resourceGroups[0]!.resourceIds].sort()).toEqual([
			'1',
			'301',
			'302',
		]);
	});
});

describe('resource groups of a PAM360 server', () => {
	const server = simulatedServer();

	beforeEach(() => {
		const [first] = server.sim.state.resourceGroups;
		for (let id = 2; id <= 1200; id++) {
			server.sim.state.resourceGroups.push({ ...first!, id: String(id), name: `Group ${id}` });
		}
	});

	it.each(['Details', 'details'] as const)('are all read from %s', async (key) => {
		server.sim.settings.resourceGroupsKey = key;
		const result = await server.run('resourceGroup', 'getAll', { returnAll: true });
		expect(said(result)).toBe('');
		const ids = server.sim.state.resourceGroups.map(({ id }) => id);
		expect(result.items.map(({ json }) => json.id)).toEqual(ids);
	});
});
