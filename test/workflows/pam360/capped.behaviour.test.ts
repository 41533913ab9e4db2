import type { IDataObject } from 'n8n-workflow';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node.ts';
import {
	addPam360Account,
	addPam360AuditRecord,
	addPam360Resource,
	pam360Demo,
} from '../../simulators';
import { runPoll } from '../../harness';
import { hints, said } from '../kit/result';
import { credentialFor, credentialTypes, inEditor, nodeTypes, runVendor } from '../vendors';
import { simulatedServer } from './simulated';

/** Lists of a server that gives fewer records at a time than it is asked for, as operators set it. */

const CAP = 100;
const COUNT = 230;

const server = simulatedServer();
beforeEach(() => {
	server.sim.settings.longestPage = CAP;
});

const located = (value: string) => ({ __rl: true, mode: 'id', value });

/** What is listed, how many of it are made, and the parameters of its list. */
const lists: Array<[string, IDataObject, () => void]> = [
	[
		'resource',
		{ returnAll: true },
		() => {
			const more = COUNT - server.sim.state.resources.length;
			for (let index = 0; index < more; index++) {
				addPam360Resource(server.sim.state, { name: `R${index}` });
			}
		},
	],
	[
		'account',
		{ returnAll: true, resourceId: located('1') },
		() => {
			const resource = server.sim.state.resources.find(({ id }) => id === '1')!;
			const more = COUNT - resource.accounts.size;
			for (let index = 0; index < more; index++) {
				addPam360Account(server.sim.state, resource, { name: `a${index}` });
			}
		},
	],
	[
		'audit',
		{ returnAll: true, auditType: 'Resource', duration: 'TODAY' },
		() => {
			for (let index = 0; index < COUNT; index++) {
				const id = String(index + 1);
				addPam360AuditRecord(server.sim.state, { id, time: server.sim.now() });
			}
		},
	],
];

const counts = ['all', 'page', 'none'] as const;

async function run(resource: string, parameters: IDataObject) {
	return await runVendor({
		vendor: 'pam360',
		onlyTheseParameters: true,
		parameters: { resource, operation: 'getAll', ...parameters },
		credentials: { pam360Api: credentialFor.pam360Api(server.sim.url) },
	});
}

describe.each(counts)('where totalRows counts: %s', (totalRowsOf) => {
	beforeEach(() => {
		server.sim.settings.totalRowsOf = totalRowsOf;
	});

	it.each(lists)('the list comes whole: %s', async (resource, parameters, fill) => {
		fill();
		const result = await run(resource, parameters);
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(COUNT);
		expect(new Set(result.items.map(({ json }) => json.id)).size).toBe(COUNT);
	});

	it.each(lists)(
		'the list comes as far as it is wanted: %s',
		async (resource, parameters, fill) => {
			fill();
			const result = await run(resource, { ...parameters, returnAll: false, limit: 150 });
			expect(result.items).toHaveLength(150);
		},
	);

	it.each([12, 16, 64, 99, 128])('the list comes whole, %i at a time', async (most) => {
		server.sim.settings.longestPage = most;
		const [resource, parameters, fill] = lists[0]!;
		fill();
		expect((await run(resource, parameters)).items).toHaveLength(COUNT);
	});

	it('a name is found behind the first page', async () => {
		const resource = server.sim.state.resources.find(({ id }) => id === '1')!;
		for (let index = 0; index < COUNT; index++) {
			addPam360Account(server.sim.state, resource, { name: `admin-${index}` });
		}
		const wanted = { name: 'admin', password: 'canary' };
		const account = addPam360Account(server.sim.state, resource, wanted);
		const result = await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: {
				resource: 'password',
				operation: 'get',
				resourceId: located('1'),
				accountId: { __rl: true, mode: 'name', value: 'admin' },
			},
			credentials: { pam360Api: credentialFor.pam360Api(server.sim.url) },
		});
		expect(said(result)).toBe('');
		expect(result.items[0]?.json.id).toBe(account.id);
	});

	it('the picker goes on to its end', async () => {
		server.sim.settings.longestPage = 40;
		lists[0]![2]();
		const { searchResources } = new Pam360().methods.listSearch;
		const pam360Api = credentialFor.pam360Api(server.sim.url);
		const seen: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await searchResources!.call(inEditor('pam360', { pam360Api }), undefined, token);
			seen.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(new Set(seen).size).toBe(COUNT);
	});

	it('the trigger misses nothing', async () => {
		let staticData: IDataObject = {};
		const look = async () => {
			const result = await runPoll({
				node: {
					type: 'n8n-nodes-privileged-keys.pam360Trigger',
					parameters: { event: 'auditRecord' },
				},
				nodeTypes,
				credentialTypes,
				credentials: {
					pam360Api: {
						...credentialFor.pam360Api(server.sim.url),
						serverTimeZone: pam360Demo.serverTimeZone,
					},
				},
				mode: 'trigger',
				staticData,
			});
			if (result.error) throw result.error;
			({ staticData } = result);
			return result.items ?? [];
		};
		await look();
		lists[2]![2]();
		expect(await look()).toHaveLength(COUNT);
		expect(await look()).toEqual([]);
	});
});

it('ends in an error where the server pays no heed to offsets', async () => {
	lists[0]![2]();
	server.sim.settings.totalRowsOf = 'none';
	const rows = Array.from({ length: CAP }, (_, id) => ({ 'RESOURCE ID': String(id) }));
	server.sim.trouble.add({
		kind: 'rawBody',
		body: JSON.stringify({ operation: { result: { status: 'Success' }, Details: rows } }),
	});
	const result = await run('resource', { returnAll: true });
	expect(said(result)).toContain('The list of resources cannot be read page by page');
});

it.each([730, COUNT])('says so where it counts more than it gives: %i', async (totalRows) => {
	const Details = Array.from({ length: COUNT }, (_, id) => ({ 'RESOURCE ID': String(id) }));
	// Behind the last one it gives nothing more.
	for (const page of [Details, Details.slice(-1)]) {
		const operation = { result: { status: 'Success' }, totalRows, Details: page };
		server.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify({ operation }), times: 1 });
	}
	const result = await run('resource', { returnAll: true });
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(COUNT);
	expect(hints(result)).toEqual(
		totalRows === COUNT
			? []
			: [
					`The list of resources may not be whole: ${totalRows} are counted, and ${COUNT} were returned.`,
				],
	);
});
