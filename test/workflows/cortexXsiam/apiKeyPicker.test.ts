import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node';
import { findSecrets } from '../../harness';
import { cortexXsiamDemo } from '../../simulators';
import { LIST, crowd, foreignKey } from '../../unit/cortexXsiam/support';
import { credentialFor, inEditor } from '../vendors';
import { simulatedTenant } from './simulated';

const tenant = simulatedTenant();

/** Fills the list of API keys as the editor does. */
async function search(
	filter?: string,
	paginationToken?: string,
	credential: ICredentialDataDecryptedObject = {},
) {
	const context = inEditor('cortexXsiam', {
		cortexXsiamApi: { ...credentialFor.cortexXsiamApi(tenant.sim.url), ...credential },
	});
	const { searchApiKeys } = new CortexXsiam().methods.listSearch;
	return await searchApiKeys!.call(context, filter, paginationToken);
}

const add = (changes: Parameters<typeof foreignKey>[0]) =>
	tenant.sim.state.keys.set(changes.id, foreignKey(changes));

it('shows when a key expires and whose it is, before what the editor may cut off', async () => {
	const expiration = Date.parse('2099-12-31T22:00:00Z');
	add({ id: 100, comment: ' SIEM ', roles: ['Investigator', 'Public API Viewer'], expiration });
	add({ id: 101, expiration: Date.parse('2020-02-01T00:00:00Z'), roles: [] });
	add({ id: 102, expiration: null });
	tenant.sim.state.keys.get(22)!.expiration = expiration;
	const { results } = await search();
	const named = Object.fromEntries(results.map(({ name, value }) => [String(value), name]));
	expect(named).toMatchObject({
		100: '100, expires 2099-12-31: SIEM (Investigator, Public API Viewer)',
		101: '101, expired 2020-02-01: no comment (no roles)',
		102: expect.stringMatching(/^102, never expires: /) as string,
		22: '22, used by this credential, expires 2099-12-31: Automation, advanced (Instance Administrator)',
	});
});

it.each([
	['siem', ['100']],
	['VIEWER', ['23', '100']],
	['101', ['101']],
	['nothing like it', []],
])('is searched by ID, comment and role: %s', async (filter, ids) => {
	add({ id: 100, comment: 'SIEM', roles: ['Public API Viewer'] });
	add({ id: 101 });
	const { results } = await search(filter);
	expect(results.map(({ value }) => value).sort()).toEqual(ids.sort());
});

it('comes page by page, each key once', async () => {
	crowd(tenant.sim, 247);
	const values: unknown[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await search(undefined, token);
		values.push(...page.results.map(({ value }) => value));
		token = page.paginationToken;
		pages++;
	} while (token !== undefined);
	expect(pages).toBe(3);
	expect(values).toHaveLength(250);
	expect(new Set(values).size).toBe(250);
});

it('is read in lower case, too', async () => {
	tenant.sim.settings.listCasing = 'lower';
	expect((await search()).results).toHaveLength(3);
});

it('says that keys may not be listed, and no secret', async () => {
	const { apiKey } = cortexXsiamDemo.advanced;
	tenant.sim.trouble.add({
		kind: 'status',
		status: 403,
		match: LIST,
		body: { error: `no ${apiKey}` },
	});
	const error = await search().catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message:
			"The role of the credential's API key does not permit this call, so the list cannot be filled. Choose 'By ID' in place of 'From List'",
	});
	expect(findSecrets([error], [apiKey])).toEqual([]);
});
