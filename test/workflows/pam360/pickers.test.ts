import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node.ts';
import { findSecrets } from '../../harness';
import { addPam360Account, addPam360Resource, pam360Demo } from '../../simulators';
import { credentialFor, inEditor } from '../vendors';
import { simulatedServer } from './simulated';

const server = simulatedServer();

/** What n8n gives a method that fills a list. */
function contextOf(parameters: INodeParameters, credential: ICredentialDataDecryptedObject = {}) {
	const pam360Api = { ...credentialFor.pam360Api(server.sim.url), ...credential };
	return inEditor('pam360', { pam360Api }, parameters);
}

const { listSearch, loadOptions } = new Pam360().methods;
type Search = 'searchResources' | 'searchAccounts' | 'searchResourceGroups' | 'searchUsers';

async function search(
	method: Search,
	parameters: INodeParameters = {},
	filter?: string,
	token?: string,
	credential?: ICredentialDataDecryptedObject,
): Promise<INodeListSearchResult> {
	return await listSearch[method]!.call(contextOf(parameters, credential), filter, token);
}

async function options(
	method: 'getResources' | 'getDomainResources',
): Promise<INodePropertyOptions[]> {
	return await loadOptions[method]!.call(contextOf({}));
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
	return await promise.then(
		() => {
			throw new Error('It went well');
		},
		(error: Error) => error,
	);
}

const located = (mode: string, value: string) => ({ __rl: true, mode, value });
const sentDetails = () =>
	server.sim.log.map(({ url }) => {
		const input = new URL(url, server.sim.url).searchParams.get('INPUT_DATA');
		return input === null
			? null
			: (JSON.parse(input) as { operation: { Details: IDataObject } }).operation.Details;
	});

describe('the list of resource groups', () => {
	it('is searched by PAM360, below a key of its own', async () => {
		const [first] = server.sim.state.resourceGroups;
		server.sim.state.resourceGroups.push({ ...first!, id: '304', name: 'Windows' });
		expect(await search('searchResourceGroups')).toEqual({
			results: [
				{ name: 'Linux Servers', value: '1' },
				{ name: 'Windows', value: '304' },
			],
		});
		const { results } = await search('searchResourceGroups', {}, ' wind ');
		expect(results).toEqual([{ name: 'Windows', value: '304' }]);
		const inputs = server.sim.log.map(
			({ url }) =>
				JSON.parse(new URL(url, server.sim.url).searchParams.get('INPUT_DATA') ?? '{}') as unknown,
		);
		expect(inputs.at(-1)).toEqual({
			operation: {
				details: {
					searchType: 'all',
					searchColumn: 'resourceGroupName',
					searchValue: 'wind',
					startIndex: 0,
					limit: 101,
				},
			},
		});
	});
});

describe('the list of resources', () => {
	it('has their names, and their IDs as values', async () => {
		expect(await search('searchResources')).toEqual({
			results: [
				{ name: 'FIN-WINSERVER-09', value: '1' },
				{ name: 'WEB-LINUX-01', value: '301' },
				{ name: 'WEB-LINUX-02', value: '302' },
			],
		});
	});

	it('is searched by PAM360', async () => {
		const { results } = await search('searchResources', {}, ' linux-02 ');
		expect(results).toEqual([{ name: 'WEB-LINUX-02', value: '302' }]);
		expect(sentDetails()).toEqual([
			{
				SEARCHTYPE: 'RESOURCE',
				SEARCHCOLUMN: 'RESOURCENAME',
				SEARCHVALUE: 'linux-02',
				STARTINDEX: 0,
				LIMIT: 101,
			},
		]);
	});

	it('comes a page at a time, to its end', async () => {
		for (let index = 0; index < 220; index++) {
			addPam360Resource(server.sim.state, { name: `added ${index}` });
		}
		const names: string[] = [];
		let token: string | undefined;
		do {
			const page = await search('searchResources', {}, '', token);
			names.push(...page.results.map(({ name }) => name));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(names).toHaveLength(223);
		expect(new Set(names).size).toBe(223);
		// The last page is short, and the server may be one that gives fewer at a time: what follows is asked for.
		expect(sentDetails().map((details) => details?.STARTINDEX)).toEqual([0, 100, 200, 222]);
	});

	it('may be empty', async () => {
		expect(await search('searchResources', {}, 'no such thing')).toEqual({ results: [] });
	});

	it('says why it cannot be filled, without the token', async () => {
		const authToken = 'CANARY-token';
		const error = await errorOf(search('searchResources', {}, '', undefined, { authToken }));
		expect(error.message).toBe('PAM360 does not accept the auth token');
		expect(findSecrets(error, [authToken])).toEqual([]);
	});
});

describe('the list of accounts', () => {
	beforeEach(() => {
		const resource = addPam360Resource(server.sim.state, { name: 'rack/7', id: '700' });
		addPam360Account(server.sim.state, resource, { name: 'root', id: '701' });
		addPam360Account(server.sim.state, resource, { name: 'backup', id: '702' });
	});

	it.each([
		['from the list', located('list', '700')],
		['by ID', located('id', '700')],
		['by name', located('name', 'rack/7')],
		['bare', '700'],
	])('is that of the resource, chosen %s', async (_, resourceId) => {
		expect(await search('searchAccounts', { resourceId })).toEqual({
			results: [
				{ name: 'root', value: '701' },
				{ name: 'backup', value: '702' },
			],
		});
	});

	it('is searched by PAM360', async () => {
		const { results } = await search('searchAccounts', { resourceId: '700' }, 'BACK');
		expect(results).toEqual([{ name: 'backup', value: '702' }]);
		expect(sentDetails()).toEqual([
			{
				SEARCHTYPE: 'ACCOUNT',
				SEARCHCOLUMN: 'LOGINNAME',
				SEARCHVALUE: 'BACK',
				STARTINDEX: 0,
				LIMIT: 101,
			},
		]);
	});

	it.each([
		['none', undefined],
		['nothing', located('list', '')],
		['an expression by ID', located('id', '={{ $json.id }}')],
		['an expression by name', located('name', '={{ $json.name }}')],
	])('asks for the resource first where it is %s', async (_, resourceId) => {
		const error = await errorOf(search('searchAccounts', resourceId ? { resourceId } : {}));
		expect(error.message).toContain('choose that first');
		expect(server.sim.log).toEqual([]);
	});
});

describe('the list of users', () => {
	const names = async (filter?: string) =>
		(await search('searchUsers', {}, filter)).results.map(({ value }) => value);

	it('has their names as values, and whose they are', async () => {
		const { results } = await search('searchUsers');
		expect(results).toContainEqual({ name: 'jdoe (Jane Doe)', value: 'jdoe' });
		expect(results.map(({ value }) => value)).toEqual(
			server.sim.state.users.map(({ userName }) => userName),
		);
	});

	it.each([' JDOE', 'jane d'])('is searched by all of that: %j', async (filter) => {
		expect(await names(filter)).toEqual(['jdoe']);
	});

	it('comes a page at a time, to its end, and is read no further', async () => {
		const [jdoe] = server.sim.state.users.filter(({ userName }) => userName === 'jdoe');
		const before = server.sim.state.users.length;
		for (let index = 0; index < 450; index++) {
			server.sim.state.users.push({ ...jdoe!, id: String(5000 + index), userName: `u${index}` });
		}
		const found: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await search('searchUsers', {}, undefined, token);
			if (token === undefined) expect(server.sim.log).toHaveLength(1);
			found.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(found).toHaveLength(before + 450);
		expect(new Set(found).size).toBe(before + 450);
		expect(await names('u449')).toEqual(['u449']);
	});

	it('says that SCIM has to be enabled', async () => {
		server.sim.settings.scimEnabled = false;
		const error = await errorOf(search('searchUsers'));
		expect(error.message).toContain('SCIM');
	});
});

describe('the list of several resources', () => {
	it('has all that the API user sees', async () => {
		expect((await options('getResources')).map(({ value }) => value)).toEqual(['1', '301', '302']);
	});

	it('has those of Windows domains only where these are meant', async () => {
		addPam360Resource(server.sim.state, { name: 'EXAMPLE', id: '900', type: 'WindowsDomain' });
		expect(await options('getDomainResources')).toEqual([{ name: 'EXAMPLE', value: '900' }]);
	});

	it.each([
		[997, 0],
		[998, 1],
	])('ends at a thousand, and says so where there are more (%i added)', async (count, notes) => {
		for (let index = 0; index < count; index++) {
			addPam360Resource(server.sim.state, { name: `added ${index}` });
		}
		const shown = await options('getResources');
		expect(shown).toHaveLength(1_000 + notes);
		expect(shown[0]?.name.startsWith('Only the first 1000: give others by their IDs')).toBe(
			notes === 1,
		);
	});

	it('has nothing that is not shared with a user of less power', async () => {
		const context = contextOf({}, { authToken: pam360Demo.passwordUserToken });
		expect(await loadOptions.getResources!.call(context)).toEqual([]);
	});
});
