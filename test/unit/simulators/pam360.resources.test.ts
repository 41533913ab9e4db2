import { addPam360Account, addPam360Resource, pam360Demo } from '../../simulators';
import { refusal, usePam360 } from './pam360Call';

/** The vendor's sample of a new resource (docs/api/pam360.md, "Creating a resource"). */
const sample = {
	RESOURCENAME: 'Windows Server',
	ACCOUNTNAME: 'Administrator',
	RESOURCETYPE: 'Windows',
	PASSWORD: 'Test123#@!',
	NOTES: 'Testing API',
	RESOURCEURL: 'http://windowsserver/adminconsole',
	LOCATION: 'India',
	DNSNAME: 'localhost',
	DEPARTMENT: 'IT',
	RESOURCEDESCRIPTION: 'Resource',
	DOMAINNAME: 'localhost',
	RESOURCEGROUPNAME: 'group',
	ENABLEPRIVATEKEY: true,
	RESOURCEPASSWORDPOLICY: 'Strong',
	ACCOUNTPASSWORDPOLICY: 'Strong',
	OWNERNAME: 'admin',
	RESOURCECUSTOMFIELD: [{ CUSTOMLABEL: 'Secure Resource', CUSTOMVALUE: 'YES' }],
	ACCOUNTCUSTOMFIELD: [{ CUSTOMLABEL: 'Secure Account', CUSTOMVALUE: 'YES' }],
};

describe('resources of the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;

	const names = async (details?: object) => {
		const { Details } = await api.get('/resources', details);
		return (Details as Array<Record<string, string>> | undefined)?.map(
			(row) => row['RESOURCE NAME'],
		);
	};

	describe('list', () => {
		it('has rows of five strings, and totalRows', async () => {
			expect(await api.get('/resources', { STARTINDEX: 0, LIMIT: 1 })).toEqual({
				name: 'GET RESOURCES',
				result: { status: 'Success', message: 'Resources fetched successfully' },
				totalRows: 3,
				Details: [
					{
						'RESOURCE DESCRIPTION': 'Finance, file server',
						'RESOURCE TYPE': 'Windows',
						'RESOURCE ID': '1',
						'RESOURCE NAME': 'FIN-WINSERVER-09',
						NOOFACCOUNTS: '1',
					},
				],
			});
		});

		it('searches any column in any case', async () => {
			const web = ['WEB-LINUX-01', 'WEB-LINUX-02'];
			const search = (column: string, value: string, type?: string) =>
				names({ SEARCHCOLUMN: column, SEARCHVALUE: value, SEARCHTYPE: type });
			expect(await search('RESOURCE_TYPE', 'LINUX')).toEqual(web);
			expect(await search('RESOURCEDESC', 'front')).toEqual(web);
			expect(await search('LOGINNAME', 'ROOT')).toEqual(web);
			expect(await search('ALL', 'administrator')).toEqual(['FIN-WINSERVER-09']);
			expect(await search('ALL', 'administrator', 'RESOURCE')).toBeUndefined();
			expect(await search('ALL', 'administrator', 'ACCOUNT')).toEqual(['FIN-WINSERVER-09']);
			expect(await search('ALL', 'linux', 'ACCOUNT')).toBeUndefined();
			for (const [column, field] of [
				['IPADDRESS', 'dnsName'],
				['DEPARTMENT', 'department'],
				['LOCATION', 'location'],
				['DOMAINNAME', 'domainName'],
				['RESOURCEURL', 'url'],
				['OPERATINGSYSTEM', 'type'],
			] as const) {
				server.sim.state.resources[1]![field] = 'Needle 7';
				expect(await search(column, 'needle')).toEqual(['WEB-LINUX-01']);
			}
		});

		it('searches custom columns by their number', async () => {
			await api.post('/resources', sample);
			const search = { SEARCHCOLUMN: 'COLUMN_CHAR1', SEARCHVALUE: 'yes' };
			expect(await names(search)).toEqual(['Windows Server']);
			expect(await names({ ...search, SEARCHCOLUMN: 'COLUMN_CHAR2' })).toBeUndefined();
		});

		it('has views', async () => {
			const view = async (VIEWTYPE: string) => await names({ VIEWTYPE });
			expect(await view('LINUXSSHPASSWORD')).toEqual(['WEB-LINUX-01', 'WEB-LINUX-02']);
			expect(await view('WINDOWSRDPPASSWORD')).toEqual(['FIN-WINSERVER-09']);
			expect(await view('FAVOURITEPASSWORD')).toBeUndefined();
			server.sim.state.resources[2]!.accounts.get('302')!.favourite = true;
			expect(await view('FAVOURITEPASSWORD')).toEqual(['WEB-LINUX-02']);
			expect(await view('RECENTLYACCESSEDPASSWORD')).toBeUndefined();
			await api.get('/resources/301/accounts/301/password');
			expect(await view('RECENTLYACCESSEDPASSWORD')).toEqual(['WEB-LINUX-01']);
		});

		it.each([
			['VIEWTYPE', 'allmypassword'],
			['SEARCHTYPE', 'resource'],
			['SEARCHCOLUMN', 'NAME'],
			['SEARCHCOLUMN', 'constructor'],
			['STARTINDEX', -1],
			['STARTINDEX', 'x'],
			['LIMIT', 1.5],
			['LIMIT', [1]],
			['SEARCHVALUE', {}],
		])('refuses %s %s', async (field, value) => {
			const message = refusal(await api.get('/resources', { [field]: value }));
			expect(message).toBe(`Invalid value for ${field}.`);
		});

		it('takes numbers as digits, and empty strings as absent', async () => {
			const details = { STARTINDEX: '1', LIMIT: '10', SEARCHTYPE: '', VIEWTYPE: '' };
			expect(await names(details)).toEqual(['WEB-LINUX-01', 'WEB-LINUX-02']);
			expect(await names({ STARTINDEX: '', LIMIT: '' })).toHaveLength(3);
		});

		it('pages 10,000 resources and 10,000 accounts', async () => {
			for (let index = 0; index < 10_000; index += 1) {
				const name = `host-${String(index).padStart(5, '0')}`;
				const added = addPam360Resource(server.sim.state, { name });
				addPam360Account(server.sim.state, added, { name: 'root' });
			}
			const seen: string[] = [];
			for (let start = 0; ; start += 2_000) {
				const page = await api.get('/resources', {
					SEARCHCOLUMN: 'RESOURCENAME',
					SEARCHVALUE: 'host-',
					STARTINDEX: start,
					LIMIT: 2_000,
				});
				expect(page.totalRows).toBe(10_000);
				if (!page.Details) break;
				const rows = page.Details as Array<Record<string, string>>;
				seen.push(...rows.map((row) => row['RESOURCE ID']!));
			}
			expect(new Set(seen).size).toBe(10_000);

			const [resource] = server.sim.state.resources;
			for (let index = 0; index < 10_000; index += 1) {
				addPam360Account(server.sim.state, resource!, { name: `user-${index}` });
			}
			const { Details } = await api.get('/resources/1/accounts', { STARTINDEX: 9_999, LIMIT: 5 });
			expect(Details).toMatchObject({
				'ACCOUNT LIST': [{ 'ACCOUNT NAME': 'user-9998' }, { 'ACCOUNT NAME': 'user-9999' }],
			});
		});

		it('counts pages, and rows of the page, where it is told to', async () => {
			Object.assign(server.sim.settings, { startIndexIs: 'page', totalRowsOf: 'page' });
			const page = await api.get('/resources', { STARTINDEX: 1, LIMIT: 2 });
			expect(page).toMatchObject({ totalRows: 1, Details: [{ 'RESOURCE ID': '302' }] });
		});

		it('varies empty lists, ids and flags', async () => {
			Object.assign(server.sim.settings, {
				emptyLists: 'empty',
				idsAs: 'number',
				booleansAs: 'boolean',
			});
			const none = await api.get('/resources', { SEARCHVALUE: 'nowhere' });
			expect(none).toMatchObject({ totalRows: 0, Details: [] });
			expect((await api.get('/resources')).Details).toMatchObject([{ 'RESOURCE ID': 1 }, {}, {}]);
			expect((await api.get('/resources/1/accounts')).Details).toMatchObject({
				'RESOURCE ID': 1,
				'RESOURCE NAME': 'FIN-WINSERVER-09',
				NEWSSHTERMINAL: false,
				'ACCOUNT LIST': [
					{
						'ACCOUNT ID': 1,
						PASSWDID: 1,
						ISFAVPASS: false,
						PASSWORDREQUEST_REASON_MANDATORY: true,
					},
				],
			});
		});
	});

	describe('create', () => {
		it('adds all that the sample has, and answers without an id', async () => {
			expect(await api.post('/resources', sample)).toEqual({
				result: {
					message: 'Resource Windows Server has been added successfully',
					status: 'Success',
				},
				name: 'CREATE RESOURCE',
			});
			const found = await api.get('/resources/resourcename/Windows%20Server');
			const { RESOURCEID: id } = found.Details as { RESOURCEID: string };
			expect((await api.get(`/resources/${id}/accounts`)).Details).toMatchObject({
				LOCATION: 'India',
				'RESOURCE DESCRIPTION': 'Resource',
				'RESOURCE TYPE': 'Windows',
				'RESOURCE ID': id,
				DEPARTMENT: 'IT',
				'RESOURCE OWNER': 'admin',
				'RESOURCE PASSWORD POLICY': 'Strong',
				'RESOURCE URL': 'http://windowsserver/adminconsole',
				'DOMAIN NAME': 'localhost',
				'RESOURCE NAME': 'Windows Server',
				'DNS NAME': 'localhost',
				'CUSTOM FIELD': [
					{
						CUSTOMFIELDVALUE: 'YES',
						CUSTOMFIELDTYPE: 'Character',
						CUSTOMFIELDLABEL: 'Secure Resource',
						CUSTOMFIELDCOLUMNNAME: 'COLUMN_CHAR1',
					},
				],
				'ACCOUNT LIST': [
					{
						'ACCOUNT NAME': 'Administrator',
						ACCOUNT_DESCRIPTION: 'Testing API',
						'CUSTOM FIELD': [{ CUSTOMFIELDLABEL: 'Secure Account' }],
					},
				],
			});
			const group = await api.lower.get('/resourcegroup', { searchValue: 'group' });
			expect(group.Details).toMatchObject([{ resourceGroupName: 'group', ownerId: '2' }]);
			expect(server.sim.state.resources.at(-1)?.options).toEqual({ ENABLEPRIVATEKEY: true });
		});

		it('makes do with a name, and with strings that are empty', async () => {
			await api.post('/resources', { RESOURCENAME: 'bare' });
			expect(server.sim.state.resources.at(-1)).toMatchObject({
				type: 'Windows',
				owner: 'api-user',
			});
			expect(server.sim.state.resources.at(-1)?.accounts.size).toBe(0);
			const empty = Object.fromEntries(
				Object.entries(sample)
					.filter(([, value]) => typeof value === 'string')
					.map(([name]) => [name, '']),
			);
			await api.post('/resources', { ...empty, RESOURCENAME: 'empty', ACCOUNTNAME: 'root' });
			const { accounts } = server.sim.state.resources.at(-1)!;
			// Made by the policy, as no password was sent.
			expect([...accounts.values()][0]?.password).toHaveLength(16);
		});

		it.each([
			['no name', { ...sample, RESOURCENAME: ' ' }, 'RESOURCENAME is missing.'],
			['a name that is taken', { RESOURCENAME: 'WEB-LINUX-01' }, 'already exists'],
			['an unknown type', { ...sample, RESOURCETYPE: 'Lynux' }, 'resource type'],
			['an unknown owner', { ...sample, OWNERNAME: 'nobody' }, 'No such user found'],
			['an unknown policy', { ...sample, RESOURCEPASSWORDPOLICY: 'strong' }, 'policy'],
			['an odd flag', { ...sample, ENABLEPRIVATEKEY: 'yes' }, 'ENABLEPRIVATEKEY'],
			['a field without label', { ...sample, RESOURCECUSTOMFIELD: [{}] }, 'CUSTOMLABEL'],
			['a field that is no list', { ...sample, ACCOUNTCUSTOMFIELD: {} }, 'ACCOUNTCUSTOMFIELD'],
			['a name that is no text', { RESOURCENAME: ['x'] }, 'RESOURCENAME'],
		])('refuses %s, and adds nothing', async (_what, details, message) => {
			expect(refusal(await api.post('/resources', details))).toContain(message);
			expect(server.sim.state.resources).toHaveLength(3);
			expect(server.sim.state.audit).toEqual([]);
		});

		it('tells the id where it is told to', async () => {
			server.sim.settings.createdResourceIdKey = 'RESOURCEID';
			const { Details } = await api.post('/resources', { RESOURCENAME: 'new' });
			expect(Details).toEqual({ RESOURCEID: server.sim.state.resources.at(-1)?.id });
		});

		it('is for those whose role lets them', async () => {
			const jdoe = api.as(pam360Demo.passwordUserToken);
			expect(refusal(await jdoe.post('/resources', sample))).toMatch('not authorized');
		});
	});

	describe('edit', () => {
		it('changes what was sent, with two spaces in its answer', async () => {
			const edit = { RESOURCENAME: 'res1', LOCATION: 'Chennai', RESOURCEDESCRIPTION: 'edited' };
			expect(await api.put('/resources/301', edit)).toEqual({
				result: { message: 'Resource  modified successfully.', status: 'Success' },
				name: 'EDIT RESOURCE',
			});
			const [, resource] = server.sim.state.resources;
			expect(resource).toMatchObject({ name: 'res1', location: 'Chennai', type: 'Linux' });
			await api.put('/resources/301', { LOCATION: '', RESOURCENAME: '', RESOURCETYPEID: '2' });
			expect(resource).toMatchObject({ name: 'res1', location: '', description: 'edited' });
			await api.put('/resources/301', {
				RECORD_CONFIGURED_RESOURCE_URL: true,
				DISABLE_TAB_DUPLICATION: 'true',
				RESOURCEPASSWORDPOLICYID: '101',
				RESOURCECUSTOMFIELD: [{ CUSTOMLABEL: 'A', CUSTOMVALUE: '1' }],
			});
			await api.put('/resources/301', {
				RESOURCECUSTOMFIELD: [{ CUSTOMLABEL: 'B', CUSTOMVALUE: '2' }],
			});
			expect(resource).toMatchObject({
				options: { RECORD_CONFIGURED_RESOURCE_URL: true, DISABLE_TAB_DUPLICATION: true },
				customFields: [
					{ label: 'A', value: '1' },
					{ label: 'B', value: '2' },
				],
			});
		});

		it.each([
			['an unknown resource', '/resources/9', {}, 'No such resource found'],
			['an id that is no number', '/resources/web', {}, 'RESOURCEID'],
			['a name that is taken', '/resources/301', { RESOURCENAME: 'WEB-LINUX-02' }, 'exists'],
			['an unknown type', '/resources/301', { RESOURCETYPEID: 999 }, 'resource type'],
		])('refuses %s', async (_what, path, details, message) => {
			expect(refusal(await api.put(path, details))).toContain(message);
			expect(server.sim.state.audit).toEqual([]);
		});
	});

	it('deletes into the trash, and restores from it', async () => {
		const restore = async (type: string, ...trashIds: unknown[]) =>
			await api.put('/trash/restore', { type, trashIds });
		expect(await api.delete('/resources/301')).toMatchObject({
			name: 'DELETE RESOURCE',
			result: { status: 'Success' },
		});
		expect(refusal(await api.get('/resources/301/accounts'))).toBe('No such resource found');
		expect(refusal(await api.delete('/resources/301'))).toBe('No such resource found');
		expect(refusal(await restore('account', 301))).toMatch('trash');
		expect(refusal(await restore('resource', 301, 302))).toMatch('trash');
		expect(refusal(await restore('resource'))).toMatch('trashIds is missing');
		expect(refusal(await restore('resource', 'x'))).toMatch('trashIds');
		expect(refusal(await restore('user', 301))).toMatch('type');
		expect((await restore('resource', 301)).result.status).toBe('Success');
		expect(refusal(await restore('resource', 301))).toMatch('trash');
		expect((await api.get('/resources/301/accounts')).Details).toMatchObject({
			'ACCOUNT LIST': [{ 'ACCOUNT ID': '301' }],
		});

		await api.delete('/resources/301/accounts/301');
		expect(refusal(await api.get('/resources/301/accounts/301'))).toBe('No such account found');
		await api.post('/resources/301/accounts', { ACCOUNTLIST: [{ ACCOUNTNAME: 'root' }] });
		expect(refusal(await restore('account', '301'))).toMatch('already exists');
		server.sim.state.resources[2]!.accounts.clear();
		await api.delete('/resources/301');
		expect(refusal(await restore('account', '301'))).toBe('No such resource found');

		await api.post('/resources', { RESOURCENAME: 'WEB-LINUX-01' });
		expect(refusal(await restore('resource', '301'))).toMatch('already exists');

		server.sim.settings.deleteToTrash = false;
		await api.delete('/resources/1');
		expect(refusal(await restore('resource', 1))).toMatch('trash');
	});

	it('looks ids up by names, in paths and queries', async () => {
		addPam360Account(
			server.sim.state,
			addPam360Resource(server.sim.state, { id: '77', name: 'a b/c&d=é+%41' }),
			{
				id: '78',
				name: 'x/y z#?',
			},
		);
		const [resource, account] = ['a b/c&d=é+%41', 'x/y z#?'].map(encodeURIComponent);
		expect(await api.get(`/resources/resourcename/${resource}`)).toMatchObject({
			name: 'GET_RESOURCEID',
			Details: { RESOURCEID: '77' },
		});
		const ids = { Details: { ACCOUNTID: '78', RESOURCEID: '77' } };
		const byQuery = `/resources/getResourceIdAccountId?RESOURCENAME=${resource}&ACCOUNTNAME=${account}`;
		expect(await api.get(byQuery)).toEqual({
			...ids,
			name: 'GET_RESOURCEACCOUNTID',
			result: {
				message:
					'Resource ID and account ID fetched successfully for the given resource name and account name.',
				status: 'Success',
			},
		});
		const byPath = `/resources/resourcename/${resource}/accounts/accountname/${account}`;
		expect(await api.get(byPath)).toMatchObject(ids);

		const look = async (query: string) =>
			refusal(await api.get(`/resources/getResourceIdAccountId?${query}`));
		expect(await look('RESOURCENAME=WEB-LINUX-01')).toBe('ACCOUNTNAME is missing.');
		expect(await look('RESOURCENAME=&ACCOUNTNAME=x')).toBe('RESOURCENAME is missing.');
		expect(await look('RESOURCENAME=web-linux-01&ACCOUNTNAME=root')).toMatch('resource');
		expect(await look('RESOURCENAME=WEB-LINUX-01&ACCOUNTNAME=toor')).toMatch('account');
	});

	it('lists resource types to whom it should', async () => {
		const types = async (token: string, details?: object) =>
			await api.as(token).get('/resources/resourcetypes', details);
		expect(refusal(await types(pam360Demo.authToken, {}))).toMatch('RESOURCETYPE_CONTAINING');
		expect(refusal(await types(pam360Demo.authToken, { RESOURCETYPE_CONTAINING: [1] }))).toMatch(
			'RESOURCETYPE_CONTAINING',
		);
		const text = await types(pam360Demo.authToken, { RESOURCETYPE_CONTAINING: 'windows' });
		expect(text.totalRows).toBe(2);
		server.sim.settings.resourceTypesNeedInput = 'never';
		expect((await types(pam360Demo.authToken)).totalRows).toBe(
			server.sim.state.resourceTypes.length,
		);
	});

	it('configures the remote reset of Windows domains', async () => {
		const reset = async (details: object) =>
			await api.post('/resources/configureremotepasswordreset', details);
		for (const id of ['4', '5', '6']) {
			addPam360Resource(server.sim.state, { id, name: `dc-${id}`, type: 'WindowsDomain' });
		}
		const local = {
			RESOURCETYPE: 'WindowsDomain',
			ACCOUNTNAME: 'administrator',
			CONNECTION_MODE: 'SSL',
			ISWINDOMAINLOCAL: 'true',
			RESOURCEIDS: ['4', '5', '6'],
		};
		expect((await reset(local)).result.status).toBe('Success');
		expect(server.sim.state.resources.at(-1)?.options).toEqual({
			remotePasswordReset: { connectionMode: 'SSL', accountName: 'administrator' },
		});
		const other = { ...local, ISWINDOMAINLOCAL: 'false', WDRESOURCEID: '1', WDACCOUNTID: 1 };
		expect((await reset(other)).result.status).toBe('Success');
		for (const [details, message] of [
			[{ ...local, RESOURCETYPE: 'Windows' }, 'RESOURCETYPE'],
			[{ ...local, ISWINDOMAINLOCAL: '' }, 'ISWINDOMAINLOCAL'],
			[{ ...local, ACCOUNTNAME: '' }, 'ACCOUNTNAME'],
			[{ ...local, CONNECTION_MODE: 'ssl' }, 'CONNECTION_MODE'],
			[{ ...local, RESOURCEIDS: [] }, 'RESOURCEIDS'],
			[{ ...local, RESOURCEIDS: ['4', '301'] }, 'RESOURCEIDS'],
			[{ ...local, RESOURCEIDS: ['999'] }, 'No such resource'],
			[{ ...other, WDACCOUNTID: 2 }, 'No such account'],
		] as const) {
			expect(refusal(await reset(details))).toContain(message);
		}
	});

	it('lists resource groups, camelCase and small', async () => {
		server.sim.state.resourceGroups.push({
			id: '2',
			name: 'Sample servers',
			description: '',
			ownerId: '2',
			type: 'dynamic',
			resourceIds: new Set(),
			shares: new Map(),
			groupShares: new Map(),
		});
		const list = async (details: object) => await api.lower.get('/resourcegroup', details);
		expect((await list({})).totalRows).toBe(2);
		expect((await list({ limit: 1, startIndex: '1' })).Details).toMatchObject([
			{ resourceGroupId: '2' },
		]);
		expect((await list({ searchType: 'static' })).totalRows).toBe(1);
		const search = { searchType: 'all', searchValue: 'sample', searchColumn: 'resourceGroupName' };
		expect((await list(search)).totalRows).toBe(1);
		expect((await list({ ...search, searchColumn: 'ownerId' })).Details).toBeUndefined();
		expect(refusal(await list({ searchColumn: 'name' }))).toMatch('searchColumn');
		expect(refusal(await list({ searchType: 'STATIC' }))).toMatch('searchType');
		server.sim.settings.resourceGroupsKey = 'details';
		expect(await list({})).toMatchObject({ details: [{}, {}] });
	});
});
