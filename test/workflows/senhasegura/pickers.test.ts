import type { INodeListSearchResult } from 'n8n-workflow';
// With its ending, because a codex file of the same name stands beside it.
import { Senhasegura } from '../../../nodes/Senhasegura/Senhasegura.node.ts';
import { findSecrets } from '../../harness';
import { senhaseguraDemo } from '../../simulators';
import { AUTHENTICATIONS, credentialsFor } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { inEditor } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

const { listSearch } = new Senhasegura().methods;
type Search = keyof typeof listSearch;

/** What n8n gives a method that fills a list. */
function contextOf(authentication: Authentication) {
	return inEditor('senhasegura', credentialsFor(authentication, vault.sim.url), { authentication });
}

async function search(
	method: Search,
	filter?: string,
	token?: string,
	authentication: Authentication = 'oAuth1',
): Promise<INodeListSearchResult> {
	return await listSearch[method]!.call(contextOf(authentication), filter, token);
}

function addKey(id: string, identifier = `key-${id}`): void {
	vault.addKey({ id, identifier, username: 'deploy', hostname: 'web-01' });
}

/** A vault in which each list has something. */
function fill(): void {
	addKey('92');
	addKey('93', 'key-92.n8n-next');
	addKey('94', 'key-92.n8n-previous');
	vault.sim.state.relatedUsers.push({
		id: '1',
		name: 'Ana Lima',
		username: 'ana.lima',
		active: true,
	});
	vault.sim.state.scimUsers.set('u-1', {
		id: 'u-1',
		userName: 'ana.lima',
		name: { formatted: 'Ana Lima' },
	});
	vault.sim.state.scimUsers.set('u-2', { id: 'u-2', userName: 'joao' });
}

const lists: Array<[Search, INodeListSearchResult['results']]> = [
	['searchCredentials', [{ name: 'dleite@w2016 (demo-credential)', value: '39' }]],
	[
		'searchDevices',
		[
			{ name: 'API device test (10.66.33.20)', value: '15' },
			{ name: 'linux-01 (10.66.33.31)', value: '16' },
			{ name: 'w2016 (10.66.33.15)', value: '14' },
		],
	],
	['searchRelatedUsers', [{ name: 'Ana Lima (ana.lima)', value: '1' }]],
	['searchSecrets', [{ name: 'application5', value: '106' }]],
	[
		'searchSessions',
		[{ name: '540 – Admin – 127.0.0.1:27500 – 2020-11-17 15:29:21', value: '540' }],
	],
	['searchSshKeys', [{ name: 'deploy@web-01 (key-92)', value: '92' }]],
	[
		'searchUsers',
		[
			{ name: 'ana.lima (Ana Lima)', value: 'u-1' },
			{ name: 'joao', value: 'u-2' },
		],
	],
];

it('has all lists of the node under test', () => {
	expect(lists.map(([method]) => method)).toEqual(Object.keys(listSearch).sort());
});

describe.each(AUTHENTICATIONS)('with %s', (authentication) => {
	it.each(lists)('%s shows names, and gives IDs', async (method, results) => {
		fill();
		const secrets = ['canary-private-key', 'demo-password', 'demo-dsm-password'];
		const found = await search(method, undefined, undefined, authentication);
		expect(found).toEqual({ results });
		expect(findSecrets(found, secrets)).toEqual([]);
		for (const { custodyBy } of vault.sim.state.items.values()) expect(custodyBy.size).toBe(0);
	});
});

it.each(lists)('%s is searched by a part of the name, and by the whole ID', async (method, all) => {
	fill();
	const [first] = all;
	const part = String(first?.name).slice(1, 6).toUpperCase();
	expect((await search(method, part)).results).toContainEqual(first);
	expect((await search(method, String(first?.value))).results).toContainEqual(first);
	expect(await search(method, 'nothing like this')).toEqual({ results: [] });
});

it('comes a page at a time, to its end', async () => {
	for (let number = 1; number <= 230; number++) {
		const id = `user-${String(number).padStart(3, '0')}`;
		vault.sim.state.scimUsers.set(id, { id, userName: id });
	}
	const values: unknown[] = [];
	let token: string | undefined;
	do {
		const page = await search('searchUsers', '', token);
		values.push(...page.results.map(({ value }) => value));
		token = page.paginationToken;
	} while (token !== undefined);
	expect(values).toEqual([...vault.sim.state.scimUsers.keys()]);
});

it.each(lists)('%s tells no secret when the vault refuses', async (method) => {
	const { consumerSecret, token, tokenSecret } = senhaseguraDemo;
	const secrets = [consumerSecret, token, tokenSecret];
	const message = `1039: Without PAM Configuration Access permission: ${secrets.join(' ')}`;
	vault.sim.trouble.add({
		kind: 'status',
		status: 400,
		body: { response: { status: 400, message, error: true } },
	});
	const error = await search(method).then(
		() => undefined,
		(failure: Error) => failure,
	);
	expect(error?.message).toMatch(
		// The text is documented for the calls of PAM Core only.
		/^(The authorization may only read|senhasegura refused the request: 1039: .+), so the list cannot be filled\. Choose 'By/,
	);
	expect(findSecrets(error, secrets)).toEqual([]);
});
