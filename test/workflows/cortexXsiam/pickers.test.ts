import type { ILoadOptionsFunctions, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node';
import { cortexXsiamDemo } from '../../simulators';
import { credentialFor, inEditor } from '../vendors';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const { methods } = new CortexXsiam();

/** What the editor calls a method with. */
function editor(credential: object = {}, parameters: INodeParameters = {}): ILoadOptionsFunctions {
	const cortexXsiamApi = { ...credentialFor.cortexXsiamApi(tenant.sim.url), ...credential };
	return inEditor('cortexXsiam', { cortexXsiamApi }, parameters);
}

type Search = keyof typeof methods.listSearch;
type Load = keyof typeof methods.loadOptions;

async function search(name: Search, filter?: string, token?: string) {
	return await methods.listSearch[name]!.call(editor(), filter, token);
}

async function load(name: Load) {
	return await methods.loadOptions[name]!.call(editor());
}

const names = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);

it('finds roles by a part of the name or by the whole ID', async () => {
	const all = await search('searchRoles');
	expect(all).toEqual({
		results: [
			{ name: 'Instance Administrator', value: 'instance_admin' },
			{ name: 'Investigator', value: 'investigator' },
			{ name: 'Public API Action', value: 'papi_action_01' },
			{ name: 'Public API Viewer', value: 'papi_viewer_01' },
		],
	});
	expect(names(await search('searchRoles', 'PUBLIC'))).toEqual([
		'Public API Action',
		'Public API Viewer',
	]);
	expect(names(await search('searchRoles', 'papi_viewer_01'))).toEqual(['Public API Viewer']);
});

it('gives long lists in pages, each entry once', async () => {
	const { state } = tenant.sim;
	const [sample] = state.roles;
	if (!sample) throw new Error('The simulated tenant has no role');
	const roles = Array.from({ length: 250 }, (_, index) => ({
		...sample,
		role_id: `r${index}`,
		pretty_name: `Role ${String(index).padStart(3, '0')}`,
	}));
	state.roles.push(...roles);
	const found: string[] = [];
	let token: string | undefined;
	do {
		const page = await search('searchRoles', 'role', token);
		found.push(...names(page));
		token = page.paginationToken;
	} while (token !== undefined);
	expect(found).toEqual(roles.map(({ pretty_name }) => pretty_name));
});

it('finds user groups, users and rules', async () => {
	expect(await search('searchUserGroups', 'night')).toEqual({
		results: [{ name: 'SOC Night Shift', value: 'abc_102' }],
	});
	expect(await search('searchUsers', 'ivy@')).toEqual({
		results: [{ name: 'Ivy Investigator <ivy@example.com>', value: 'ivy@example.com' }],
	});
	await tenant.run('notificationRule', 'create', { name: 'Key events', forwardType: 'audit' });
	const [rule] = tenant.sim.state.notificationRules;
	expect(await search('searchNotificationRules')).toEqual({
		results: [{ name: 'Key events', value: rule?.rule_uuid }],
	});
});

it('leaves out what has no ID', async () => {
	const { state } = tenant.sim;
	state.users.push({ user_first_name: 'Nobody' });
	expect(await load('getUsers')).toHaveLength(3);
});

it('lists users, groups and endpoints for parameters that take several', async () => {
	expect(await load('getUsers')).toEqual([
		{ name: 'Ada Admin <admin@example.com>', value: 'admin@example.com' },
		{ name: 'Ivy Investigator <ivy@example.com>', value: 'ivy@example.com' },
		{ name: 'Paul Automation <paul@example.com>', value: 'paul@example.com' },
	]);
	expect(await load('getUserGroups')).toEqual([
		{ name: 'SOC', value: '101' },
		{ name: 'SOC Night Shift', value: 'abc_102' },
	]);
	expect(await load('getEndpoints')).toEqual([
		{ name: 'host-e1 (connected)', value: 'e1' },
		{ name: 'host-e2 (connected)', value: 'e2' },
		{ name: 'host-e3 (disconnected)', value: 'e3' },
	]);
});

it('lists the permissions that a role can have, by the names that grant them', async () => {
	const permissions = await load('getPermissions');
	expect(permissions).toEqual(
		expect.arrayContaining([
			{ name: 'Investigation & Response > Action Center: View', value: 'actions_center' },
			{
				name: 'Investigation & Response > Action Center: View/Edit',
				value: 'actions_center_action',
			},
			{ name: 'Investigation & Response > Action Center > Isolate', value: 'isolate' },
			{ name: 'Settings > Auditing: View', value: 'auditing_view' },
		]),
	);
	// There is nothing to edit in the audit log.
	expect(permissions.filter(({ name }) => name.startsWith('Settings > Auditing'))).toHaveLength(1);
});

it('shows the newest cases and issues, and searches among them', async () => {
	expect(await search('searchCases')).toEqual({
		results: [
			{ name: '124: Unauthorized access to host-124', value: '124' },
			{ name: '123: Unauthorized access to host-123', value: '123' },
		],
	});
	expect(names(await search('searchIssues', '123'))).toEqual([
		'123: Publicly Exposed Storage Bucket',
	]);
	expect(names(await search('searchIssues', 'BUCKET'))).toHaveLength(2);
});

it('reads no more cases than a page shows, unless it searches', async () => {
	const { log, state } = tenant.sim;
	const [sample] = state.cases;
	if (!sample) throw new Error('The simulated tenant has no case');
	state.cases = Array.from({ length: 1_500 }, (_, index) => ({
		...sample,
		case_id: index + 1,
		creation_time: sample.creation_time + index,
		case_name: index === 700 ? 'The needle' : 'Hay',
	}));
	const first = await search('searchCases');
	expect(log).toHaveLength(1);
	expect(first.results[0]?.value).toBe('1500');
	const second = await search('searchCases', undefined, first.paginationToken);
	expect(second.results[0]?.value).toBe('1400');
	expect(names(await search('searchCases', 'needle'))).toEqual([
		"Only the 1000 newest were searched: give others 'By ID'",
		'701: The needle',
	]);
	expect(log.length).toBeLessThan(20);
});

it('says of a search through all cases that it found all', async () => {
	expect(names(await search('searchCases', 'unauthorized'))).toHaveLength(2);
});

it.each([
	[1_000, 0],
	[1_001, 1],
])('says of %i endpoints if it shows all', async (count, notes) => {
	const { state } = tenant.sim;
	const [sample] = state.endpoints;
	if (!sample) throw new Error('The simulated tenant has no endpoint');
	state.endpoints = Array.from({ length: count }, (_, index) => ({
		...sample,
		endpoint_id: `e${index}`,
		first_seen: index,
	}));
	const shown = await load('getEndpoints');
	expect(shown).toHaveLength(1_000 + notes);
	expect(shown.slice(0, notes)).toEqual(
		[
			{
				name: 'Only the 1000 that were seen first: give others in an expression',
				value: '',
				disabled: true,
			},
		].slice(0, notes),
	);
});

it('shows the keys of the child tenant that the options name', async () => {
	const parameters = { options: { childTenantId: cortexXsiamDemo.childTenantId } };
	await methods.listSearch.searchApiKeys!.call(editor({}, parameters));
	expect(tenant.sim.log.map(({ headers }) => headers['x-child-tenant-id'])).toEqual([
		cortexXsiamDemo.childTenantId,
	]);
});

it('says why a list stays empty', async () => {
	const viewer = { ...cortexXsiamDemo.viewer, securityLevel: 'standard' };
	const refused = methods.listSearch.searchUserGroups!.call(editor(viewer));
	await expect(refused).rejects.toThrow(
		"The role of the credential's API key does not permit this call, so the list cannot be filled. Choose 'By ID'",
	);
});
