import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { said } from '../kit/result';
import { iamRefusal, kit } from './kit';
import { published } from './published';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const IAM = '/platform/iam/v1/scope';
const ofKey = (value = '123'): IDataObject => ({
	entityType: 'api-key',
	apiKey: { mode: 'id', value },
});
const ofUser = (value = 'user1@test.com'): IDataObject => ({
	entityType: 'user',
	user: { mode: 'id', value },
});

/** What the vendor gives, and what it takes (docs/api/cortex-xsiam.md, "Scopes"). */
const given = {
	assets: {
		mode: 'scope',
		asset_groups: [{ asset_group_id: 1, asset_group_name: 'Asset Test Group 1' }],
	},
	datasets_rows: {
		default_filter_mode: 'no_scope',
		filters: [{ dataset: 'dataset_1', filter: '_collector_name = filter_collector_1' }],
	},
	endpoints: {
		endpoint_groups: { mode: 'scope', tags: [{ tag_id: 'EG:1', tag_name: 'test-eg-1' }] },
		endpoint_tags: { mode: 'any', tags: [{ tag_id: null, tag_name: 'Any' }] },
	},
	cases_issues: { mode: 'scope', tags: [{ tag_id: 'DOM:4', tag_name: 'Health' }] },
};
const taken = {
	endpoints: {
		endpoint_groups: { mode: 'scope', names: ['test-eg-1'] },
		endpoint_tags: { mode: 'any', names: [] as string[] },
	},
	cases_issues: { mode: 'scope', names: ['Health'] },
	assets: { mode: 'scope', asset_group_ids: [1] },
	datasets_rows: given.datasets_rows,
};
const item = {
	vendor: 'cortexXsiam',
	type: 'scope',
	id: 'api-key/123',
	entityType: 'api-key',
	entityId: '123',
	assets: { mode: 'scope', assetGroupIds: [1] },
	casesIssues: { mode: 'scope', names: ['Health'] },
	datasetRows: { mode: 'no_scope', filters: given.datasets_rows.filters },
	endpointGroups: { mode: 'scope', names: ['test-eg-1'] },
	endpointTags: { mode: 'any', names: [] },
};
const nothing = {
	...item,
	assets: null,
	casesIssues: null,
	datasetRows: null,
	endpointGroups: null,
	endpointTags: null,
};
/**
 * Nobody is restricted; a tenant without dataset scoping (docs/api/cortex-xsiam.md, "Scope of an API
 * key").
 */
const open = {
	assets: { mode: 'no_scope', asset_groups: [] },
	datasets_rows: { default_filter_mode: 'no_scope', filters: [] },
	endpoints: {
		endpoint_groups: { mode: 'no_scope', tags: [] },
		endpoint_tags: { mode: 'no_scope', tags: [] },
	},
	cases_issues: { mode: 'no_scope', tags: [] },
};

const get = (data: object = given, path = `${IAM}/api-key/123`): Exchange => ({
	method: 'GET',
	path,
	headers: { 'content-type': undefined },
	reply: { data },
});
const put = (request_data: object, path = `${IAM}/api-key/123`): Exchange => ({
	method: 'PUT',
	path,
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply: { data: { message: 'Scope updated for api-key 123 successfully' } },
});
const owners: Refused[] = [
	['no key', ofKey('={{ "" }}'), "'API Key' is required"],
	['a key by name', ofKey('={{ "SIEM" }}'), "'API Key' must be the ID of an API key"],
	['no user', ofUser('={{ "" }}'), "'User' is required"],
	['a user without an address', ofUser('={{ "joe" }}'), "'User' must be an email address"],
	[
		'no group',
		{ entityType: 'user-group', userGroup: { mode: 'id', value: '={{ "" }}' } },
		"'User Group' is required",
	],
];

/** Parts of an answer without their members: nobody knows whether there are none. */
const withoutMembers = [
	['assets', { assets: { mode: 'scope' } }],
	['cases and issues', { cases_issues: { mode: 'scope', tags: null } }],
	['endpoint groups', { endpoints: { endpoint_groups: { mode: 'scope', count: 3 } } }],
	['endpoint tags in a mode that nobody knows', { endpoints: { endpoint_tags: { mode: 'some' } } }],
	['filters of datasets', { datasets_rows: { default_filter_mode: 'no_scope' } }],
].map(([name, part]) => ({
	name: `members that are not told, ${name as string}`,
	exchanges: [get(part as object)],
	says: ['Cortex XSIAM answered without a scope that can be read'],
}));

describeOperation(
	kit,
	'scope',
	'get',
	published({
		cases: [
			{ name: 'of a key', parameters: ofKey(), exchanges: [get()], items: item },
			{
				name: 'of a user, the address percent-encoded',
				parameters: ofUser('user+1/x@test.com'),
				exchanges: [get({}, `${IAM}/user/user%2B1%2Fx%40test.com`)],
				items: {
					...nothing,
					id: 'user/user+1/x@test.com',
					entityType: 'user',
					entityId: 'user+1/x@test.com',
				},
			},
			{
				name: 'of a user group',
				parameters: {
					entityType: 'user-group',
					userGroup: { mode: 'list', value: '7f3o_123' },
				},
				exchanges: [get({ assets: null, cases_issues: null }, `${IAM}/user-group/7f3o_123`)],
				items: {
					...nothing,
					id: 'user-group/7f3o_123',
					entityType: 'user-group',
					entityId: '7f3o_123',
				},
			},
		],
		refused: owners,
		failures: [
			{
				name: 'a scope that is none',
				exchanges: [get({ assets: { asset_groups: [{ asset_group_id: {} }] } })],
				says: ['Cortex XSIAM answered without a scope that can be read'],
			},
			...withoutMembers,
		],
	}),
);

const json = (value: unknown): IDataObject => ({
	specify: 'json',
	scope: value as IDataObject[string],
});

describeOperation(
	kit,
	'scope',
	'set',
	published({
		cases: [
			{
				name: 'to the item of a Get',
				parameters: { ...ofKey(), ...json('={{ $json }}') },
				input: item,
				exchanges: [get(open), put(taken)],
				items: item,
			},
			{
				name: 'to the vendor’s answer to a Get',
				parameters: { ...ofKey(), ...json('={{ $json }}') },
				input: { data: given },
				exchanges: [get(open), put(taken)],
				items: item,
			},
			{
				name: 'to what the vendor takes, as text',
				parameters: { ...ofKey(), ...json(JSON.stringify({ request_data: taken })) },
				exchanges: [get(open), put(taken)],
				items: item,
			},
			{
				name: 'part by part, the rest as it is, and no dataset rows where there are none',
				parameters: {
					...ofKey(),
					specify: 'fields',
					updateFields: { casesIssues: 'Health, IT', endpointTagsMode: 'any' },
				},
				exchanges: [
					get({ ...open, assets: given.assets }),
					put({
						endpoints: {
							endpoint_groups: { mode: 'no_scope', names: [] },
							endpoint_tags: { mode: 'any', names: [] },
						},
						cases_issues: { mode: 'scope', names: ['Health', 'IT'] },
						assets: { mode: 'scope', asset_group_ids: [1] },
					}),
				],
				items: {
					...item,
					casesIssues: { mode: 'scope', names: ['Health', 'IT'] },
					datasetRows: { mode: 'no_scope', filters: [] },
					endpointGroups: { mode: 'no_scope', names: [] },
				},
			},
			{
				name: 'of all parts',
				parameters: {
					...ofKey(),
					specify: 'fields',
					updateFields: {
						assetGroupIds: '={{ [1] }}',
						casesIssues: 'Health',
						casesIssuesMode: 'scope',
						datasetRows: { row: given.datasets_rows.filters },
						datasetRowsMode: 'no_scope',
						endpointGroups: 'test-eg-1',
						endpointTagsMode: 'any',
					},
				},
				exchanges: [get({}), put(taken)],
				items: item,
			},
			{
				name: 'to other modes, what is in the scope as it is',
				parameters: {
					...ofKey(),
					specify: 'fields',
					updateFields: {
						assetsMode: 'scope',
						casesIssuesMode: 'scope',
						datasetRowsMode: 'see_all',
						endpointGroupsMode: 'no_scope',
						endpointTagsMode: 'scope',
						endpointTags: '',
					},
				},
				exchanges: [
					get(),
					put({
						endpoints: {
							endpoint_groups: { mode: 'no_scope', names: [] },
							endpoint_tags: { mode: 'scope', names: [] },
						},
						cases_issues: { mode: 'scope', names: ['Health'] },
						assets: { mode: 'scope', asset_group_ids: [1] },
						datasets_rows: {
							default_filter_mode: 'see_all',
							filters: given.datasets_rows.filters,
						},
					}),
				],
				items: {
					...item,
					datasetRows: { mode: 'see_all', filters: given.datasets_rows.filters },
					endpointGroups: { mode: 'no_scope', names: [] },
					endpointTags: { mode: 'scope', names: [] },
				},
			},
			{
				name: 'to other rows, the mode of other datasets as it is',
				parameters: {
					...ofKey(),
					specify: 'fields',
					updateFields: { datasetRows: { row: [{ dataset: 'a', filter: 'b = c' }] } },
				},
				exchanges: [
					get({ datasets_rows: { default_filter_mode: 'see_all', filters: [] } }),
					put({
						datasets_rows: {
							default_filter_mode: 'see_all',
							filters: [{ dataset: 'a', filter: 'b = c' }],
						},
					}),
				],
				items: {
					...nothing,
					datasetRows: { mode: 'see_all', filters: [{ dataset: 'a', filter: 'b = c' }] },
				},
			},
			{
				name: 'to none again, dataset rows too',
				parameters: {
					...ofUser(),
					...json({
						assets: { mode: 'no_scope' },
						datasetRows: { mode: 'no_scope', filters: [] },
					}),
				},
				exchanges: [
					get({ datasets_rows: given.datasets_rows }, `${IAM}/user/user1%40test.com`),
					put(
						{
							assets: { mode: 'no_scope', asset_group_ids: [] },
							datasets_rows: { default_filter_mode: 'no_scope', filters: [] },
						},
						`${IAM}/user/user1%40test.com`,
					),
				],
				items: {
					...nothing,
					id: 'user/user1@test.com',
					entityType: 'user',
					entityId: 'user1@test.com',
					assets: { mode: 'no_scope', assetGroupIds: [] },
					datasetRows: { mode: 'no_scope', filters: [] },
				},
			},
		],
		refused: [
			...owners,
			['no JSON', json('={{ "all" }}'), "'Scope' must be a JSON object"],
			[
				'a scope without a part',
				json('={{ ({ mode: "all" }) }}'),
				"'Scope' must have at least one part",
			],
			[
				'a narrowed part without its members',
				json('={{ ({ assets: { mode: "scope" } }) }}'),
				"'Scope' has a part without the list of what is in it",
			],
			[
				'an asset group without an ID',
				json('={{ ({ assets: { mode: "scope", assetGroupIds: ["x"] } }) }}'),
				/'Scope' has a value that cannot be used/,
			],
			[
				'no change',
				{ specify: 'fields', updateFields: {} },
				"'Update Fields' has nothing to change",
			],
			...[
				{ name: 'assetGroupIds', label: 'Asset Group IDs', nothing: '={{ [] }}' },
				{ name: 'casesIssues', label: 'Domains of Cases and Issues', nothing: '={{ null }}' },
				{ name: 'datasetRows', label: 'Dataset Rows', nothing: {} },
				{ name: 'endpointGroups', label: 'Endpoint Groups', nothing: '={{ " " }}' },
				{ name: 'endpointTags', label: 'Endpoint Tags', nothing: '' },
			].map(({ name, label, nothing: value }): Refused => [
				`nothing in ${label} and no mode`,
				{ specify: 'fields', updateFields: { [name]: value } },
				`'${label}' must name at least one`,
			]),
			[
				'a mode that is none',
				{ specify: 'fields', updateFields: { assetsMode: '={{ "any" }}' } },
				"'Assets Mode' must be one of no_scope, see_all, scope",
			],
			[
				'names of asset groups',
				{ specify: 'fields', updateFields: { assetGroupIds: 'Servers' } },
				"'Asset Group IDs' must hold IDs, which are numbers",
			],
		],
		failures: [
			...withoutMembers,
			{
				name: 'a name that the tenant does not know',
				exchanges: [
					get(open),
					{
						...put(taken),
						status: 400,
						reply: iamRefusal('The scope name test_scope_01 does not exist.').reply,
					},
				],
				says: [
					"'Scope' names something that the tenant does not know",
					/The scope name test_scope_01 does not exist/,
				],
			},
		],
	}),
);

describe('scopes of a tenant', () => {
	const tenant = simulatedTenant();
	const full = {
		assetGroupIds: '1, 3',
		casesIssues: 'Health, IT',
		datasetRows: { row: [{ dataset: 'a', filter: 'b = c' }] },
		endpointGroups: 'Servers',
		endpointTags: 'production',
	};
	const key = { entityType: 'api-key', apiKey: { mode: 'id', value: '23' } };
	const group = { entityType: 'user-group', userGroup: { mode: 'id', value: 'abc_102' } };
	const scopeOf = (place: string) => tenant.sim.state.scopes.get(place);

	it.each([false, true])(
		'are copied from a key to a group, whole (clearing: %p)',
		async (clears) => {
			tenant.sim.settings.scopePutReplaces = clears;
			const set = await tenant.run('scope', 'set', {
				...key,
				specify: 'fields',
				updateFields: full,
			});
			expect(said(set)).toBe('');
			const got = await tenant.run('scope', 'get', key);
			expect(got.items[0]?.json).toEqual(set.items[0]?.json);
			const items = got.items.map(({ json }) => json);
			await tenant.run('scope', 'set', { ...group, ...json('={{ $json }}') }, { items });
			expect(scopeOf('user-group/abc_102')).toEqual(scopeOf('api-key/23'));
			const part = { updateFields: { casesIssues: 'IT' } };
			await tenant.run('scope', 'set', { ...group, specify: 'fields', ...part });
			expect(scopeOf('user-group/abc_102')).toEqual({
				...scopeOf('api-key/23'),
				casesIssues: { mode: 'scope', names: ['IT'] },
			});
		},
	);

	it('are set where the tenant takes no dataset rows', async () => {
		tenant.sim.settings.datasetScoping = false;
		const { datasetRows, ...rest } = full;
		const fine = await tenant.run('scope', 'set', {
			...key,
			specify: 'fields',
			updateFields: rest,
		});
		expect(said(fine)).toBe('');
		const wrong = await tenant.run('scope', 'set', {
			...key,
			specify: 'fields',
			updateFields: { datasetRows },
		});
		expect(said(wrong)).toContain("does not accept the dataset rows in 'Scope'");
	});
});
