import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { startCortexXsiamSimulator } from '../../simulators';
import type { CortexXsiamSimulator } from '../../simulators';
import { first, hints, said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { DAY } from './lineage';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

interface Row {
	id: number;
	expiration: number | null;
}

interface Wish {
	search_from?: number;
	search_to?: number;
}

/** What a tenant leaves out of its list, and counts. */
interface Front {
	hides(row: Row, isNarrower: boolean): boolean;
	countsAllOnly?: boolean;
}

let sim: CortexXsiamSimulator;
const fronts: Array<() => void> = [];
beforeAll(async () => {
	sim = await startCortexXsiamSimulator({ http: true });
});
beforeEach(() => sim.reset());
afterEach(() => fronts.splice(0).forEach((close) => close()));
afterAll(async () => await sim.close());

/** The address of a tenant that counts what it does not list. */
async function counting({ hides, countsAllOnly = false }: Front): Promise<string> {
	const server = createServer((asked, answered) => {
		void (async () => {
			const chunks: Buffer[] = [];
			for await (const chunk of asked) chunks.push(chunk as Buffer);
			const { method, headers, url = '' } = asked;
			const isList = url.endsWith('/get_api_keys');
			const body = Buffer.concat(chunks).toString();
			const { request_data: wish } = (body ? JSON.parse(body) : {}) as { request_data?: Wish };
			const { search_from: from = 0, search_to: to = 100 } = wish ?? {};
			const sent = isList
				? JSON.stringify({ request_data: { ...wish, search_from: 0, search_to: 100 } })
				: body;
			const more = { ...headers, 'content-length': Buffer.byteLength(sent) };
			const onwards = request(`${sim.url}${url}`, { method, headers: more }, (answer) => {
				let text = '';
				answer.on('data', (chunk) => (text += String(chunk)));
				answer.on('end', () => {
					const { statusCode = 0, headers: told } = answer;
					answered.writeHead(statusCode, {
						'content-type': 'application/json',
						date: told.date ?? '',
					});
					if (!isList) return void answered.end(text);
					const { reply } = JSON.parse(text) as { reply: { DATA: Row[] } };
					const counts = countsAllOnly ? { FILTER_COUNT: undefined } : {};
					const isNarrower = body.includes('"expiration"');
					const DATA = reply.DATA.filter((row) => !hides(row, isNarrower)).slice(from, to);
					answered.end(JSON.stringify({ reply: { ...reply, ...counts, DATA } }));
				});
			});
			onwards.end(sent);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	fronts.push(() => server.close());
	return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const generate = async (url: string, ifKeyExists?: string) =>
	await runVendor({
		vendor: 'cortexXsiam',
		onlyTheseParameters: true,
		parameters: {
			resource: 'apiKey',
			operation: 'generate',
			roles: ['Investigator'],
			securityLevel: 'standard',
			additionalFields: {
				idempotencyKey: 'siem-collector-berlin',
				...(ifKeyExists && { ifKeyExists }),
			},
			options: { perSecond: 10_000 },
		},
		credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(url, 'standard') },
	});

const isExpired = ({ expiration }: Row) => expiration !== null && expiration < Date.now();
const issued = () => sim.log.filter(({ path }) => path.endsWith('/generate'));

beforeEach(() => {
	for (const id of [31, 32]) {
		sim.state.keys.set(id, foreignKey({ id, expiration: Date.now() - DAY }));
	}
});

/** A key that was issued with the idempotency key before. */
async function earlier(): Promise<number> {
	const result = await generate(sim.url);
	expect(said(result)).toBe('');
	sim.log.length = 0;
	return Number(first(result).id);
}

it('issues one key where only expired ones are counted and not listed, and says nothing of them', async () => {
	const url = await counting({ hides: isExpired });
	const result = await generate(url);
	expect(said(result)).toBe('');
	expect(hints(result)).toEqual([]);
	expect(issued()).toHaveLength(1);
	expect(said(await generate(url))).toMatch(
		/^The API key \d+ was issued with this 'Idempotency Key' already/,
	);
	expect(issued()).toHaveLength(1);
});

it('finds a key that only the list of live keys gives', async () => {
	const id = await earlier();
	const url = await counting({ hides: (row, isNarrower) => row.id === id && !isNarrower });
	expect(said(await generate(url))).toMatch(
		new RegExp(`^The API key ${id} was issued with this 'Idempotency Key' already`),
	);
	expect(first(await generate(url, 'return'))).toMatchObject({ id: String(id), secret: null });
	expect(issued()).toEqual([]);
});

it.each<[string, (id: number) => Front]>([
	['leaves out of both lists', (id) => ({ hides: (row) => row.id === id })],
	[
		'leaves out where it counts nothing but all',
		(id) => ({ hides: (row) => row.id === id || isExpired(row), countsAllOnly: true }),
	],
])('issues no second key beside one that a tenant %s', async (_, front) => {
	const url = await counting(front(await earlier()));
	for (const ifKeyExists of [undefined, 'return']) {
		expect(said(await generate(url, ifKeyExists))).toMatch(
			/^It is not known whether an API key was issued with this 'Idempotency Key' before.*may not be whole: \d+ are counted, and \d+ were returned.*leave out 'Idempotency Key'/,
		);
	}
	expect(issued()).toEqual([]);
});

it('takes its key back where the list that would show a rival is not whole', async () => {
	const other = 500;
	const url = await counting({ hides: ({ id }) => id === other });
	const before = sim.state.keys.size;
	sim.state.nextKeyId = 501;
	const set = sim.state.keys.set.bind(sim.state.keys);
	sim.state.keys.set = (id, key) => {
		// Another process was faster by a moment.
		if (id === 501) set(other, { ...key, id: other });
		return set(id, key);
	};
	expect(said(await generate(url))).toMatch(
		/may not be whole.*The new API key 501 was deleted again/,
	);
	expect([...sim.state.keys.keys()]).not.toContain(501);
	expect(sim.state.keys.size).toBe(before + 1);
});
