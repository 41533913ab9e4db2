import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCortexXsiamSimulator } from '../../simulators';
import type { CortexXsiamSimulator } from '../../simulators';
import { first, said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { DAY, HOUR, addFirst, addSuccessor, storedFormOf } from './lineage';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const MINUTE = HOUR / 60;

let sim: CortexXsiamSimulator;
const fronts: Array<() => void> = [];
beforeAll(async () => {
	sim = await startCortexXsiamSimulator({ http: true });
});
beforeEach(() => sim.reset());
afterEach(() => fronts.splice(0).forEach((close) => close()));
afterAll(async () => await sim.close());

/** The address of a proxy in front of the tenant, with a clock of its own, or one that drops the date. */
async function proxy(ahead?: number): Promise<string> {
	const server = createServer((asked, answered) => {
		const { method, headers } = asked;
		const onwards = request(`${sim.url}${asked.url}`, { method, headers }, (answer) => {
			answered.sendDate = false;
			const date = ahead === undefined ? '' : new Date(Date.now() + ahead).toUTCString();
			const told = Object.entries({ ...answer.headers, date }).filter(([, value]) => value !== '');
			answered.writeHead(answer.statusCode ?? 0, Object.fromEntries(told));
			answer.pipe(answered);
		});
		asked.pipe(onwards);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	fronts.push(() => server.close());
	return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const run = async (url: string, parameters: object) =>
	await runVendor({
		vendor: 'cortexXsiam',
		onlyTheseParameters: true,
		parameters: { resource: 'apiKey', options: { perSecond: 10_000 }, ...parameters },
		credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(url, 'standard') },
	});

it.each([
	['no date, and n8n is six minutes ahead', -6 * MINUTE, undefined],
	['a date that is six minutes ahead', 0, 6 * MINUTE],
	['a date that is a day behind', 0, -DAY],
])(
	'takes back what a later run would not know by its idempotency key: %s',
	async (_, clockOffsetMs, ahead) => {
		sim.settings.clockOffsetMs = clockOffsetMs;
		const url = await proxy(ahead);
		const before = sim.state.keys.size;
		const generate = async () =>
			await run(url, {
				operation: 'generate',
				roles: ['Investigator'],
				securityLevel: 'standard',
				additionalFields: { idempotencyKey: 'siem-collector-berlin' },
			});
		for (let time = 0; time < 2; time++) {
			expect(said(await generate())).toMatch(
				/was made at another time than its mark says.*Correct the clocks.* was deleted again/,
			);
		}
		expect(sim.state.keys.size).toBe(before);
	},
);

it('revokes no young key because a gateway is 13 hours ahead', async () => {
	const url = await proxy(13 * HOUR);
	const now = Date.now();
	const old = addFirst(sim, { creationTime: now - 200 * DAY, expiration: now + 200 * DAY });
	addSuccessor(sim, 5_000, HOUR);
	const result = await run(url, {
		operation: 'rotate',
		rotate: 'lineage',
		lineage: '100',
		dueWithinDays: 14,
		storedSecret: storedFormOf(old),
		readAt: new Date().toISOString(),
		additionalFields: {},
	});
	expect(said(result)).toBe('');
	expect(first(result).deletedKeys).toEqual([]);
	expect(sim.state.keys.has(5_000)).toBe(true);
});
