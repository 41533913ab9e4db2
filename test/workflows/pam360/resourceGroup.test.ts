import { startPam360Simulator } from '../../simulators';
import type { Pam360Simulator } from '../../simulators';
import { describeOperation, said } from '../kit/operation';
import { credentialFor, runVendor } from '../vendors';
import { inputData, kit, success } from './kit';

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

describe('resource groups of a PAM360 server', () => {
	let sim: Pam360Simulator;

	beforeAll(async () => {
		sim = await startPam360Simulator();
		const [first] = sim.state.resourceGroups;
		for (let id = 2; id <= 1200; id++) {
			sim.state.resourceGroups.push({ ...first!, id: String(id), name: `Group ${id}` });
		}
	});
	afterAll(async () => await sim.close());

	it.each(['Details', 'details'] as const)('are all read from %s', async (key) => {
		sim.settings.resourceGroupsKey = key;
		const result = await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: { resource: 'resourceGroup', operation: 'getAll', returnAll: true },
			credentials: { pam360Api: credentialFor.pam360Api(sim.url) },
		});
		expect(said(result)).toBe('');
		const ids = sim.state.resourceGroups.map(({ id }) => id);
		expect(result.items.map(({ json }) => json.id)).toEqual(ids);
	});
});
