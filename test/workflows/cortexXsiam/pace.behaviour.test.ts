// With its ending, because a codex file of the same name stands beside it.
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node.ts';
import type { CortexXsiamSimulator } from '../../simulators';
import { startCortexXsiamSimulator } from '../../simulators';
import { issuedKeys } from '../../unit/cortexXsiam/support';
import { DEEDS, itemsFor, runCrowd } from '../crowd';
import type { Crowd, Deed, Tally } from '../crowd';
import { runCrowds } from '../crowdProcesses';
import { credentialFor, inEditor, runVendor } from '../vendors';

/** The vendor's limit and the node's pace, both times as fast: 10 and 8 a second. */
const FASTER = 12;

/** What a busy machine sends more than, in requests per second. */
const SLOW = 8;

let sim: CortexXsiamSimulator;

beforeAll(async () => {
	sim = await startCortexXsiamSimulator();
});
beforeEach(() => {
	sim.reset();
	sim.settings.ratePerSecond = 10 * FASTER;
});
afterAll(async () => await sim.close());

const crowd = (deed: Deed, executions: number, items: number): Crowd => ({
	url: sim.url,
	deed,
	executions: itemsFor(sim, deed, executions, items),
	options: { perSecond: 8 * FASTER },
});

const refusals = () => sim.log.filter(({ status }) => status === 429).length;

/** That every item got a key, each its own, and that the tenant has no other. */
function expectAll({ deed, executions }: Crowd, { ids, failures }: Tally): void {
	expect(failures).toEqual([]);
	expect(ids.map(({ length }) => length)).toEqual(executions.map(({ length }) => length));
	expect(new Set(ids.flat()).size).toBe(executions.flat().length);
	if (deed === 'get') {
		expect(ids).toEqual(executions.map((items) => items.map(({ id }) => id)));
	} else {
		const made = issuedKeys(sim).filter(({ createdBy }) => createdBy === 'N/A');
		expect(made.map(({ id }) => String(id)).sort()).toEqual(ids.flat().sort());
	}
}

it.each(DEEDS)(
	'six executions at once share one pace, so that the tenant refuses nothing: %s',
	async (deed) => {
		const six = crowd(deed, 6, deed === 'rotate' ? 5 : 30);
		expectAll(six, await runCrowd(six));
		expect(refusals()).toBe(0);
	},
	120_000,
);

it.each<Deed>(['generate', 'get'])(
	'six executions at once that are set too fast for the tenant get everything all the same: %s',
	async (deed) => {
		sim.settings.ratePerSecond = SLOW;
		const six = { ...crowd(deed, 6, 10), options: { perSecond: 1000 } };
		expectAll(six, await runCrowd(six));
		expect(refusals()).toBeGreaterThan(0);
	},
	120_000,
);

it('two processes with three executions each find a pace that the tenant bears', async () => {
	sim.settings.ratePerSecond = SLOW;
	const all = { ...crowd('generate', 6, 10), options: { perSecond: SLOW } };
	const halves = [all.executions.slice(0, 3), all.executions.slice(3)];
	const tallies = await runCrowds(halves.map((executions) => ({ ...all, executions })));
	expectAll(all, {
		ids: tallies.flatMap(({ ids }) => ids),
		failures: tallies.flatMap(({ failures }) => failures),
	});
	// Neither knows of the other, but for this.
	expect(refusals()).toBeGreaterThan(0);
});

it('a refusal within HTTP 200 is one', async () => {
	sim.settings.tooManyAs200 = true;
	const one = { ...crowd('generate', 1, 30), options: { perSecond: 1000 } };
	sim.settings.ratePerSecond = SLOW;
	expectAll(one, await runCrowd(one));
	expect(sim.log.some(({ path, status }) => status === 200 && path.endsWith('generate'))).toBe(
		true,
	);
	expect(sim.log.length).toBeGreaterThan(31);
});

it('what waited in vain says what to do, and that nothing was done', async () => {
	for (const tooManyAs200 of [false, true]) {
		sim.reset();
		Object.assign(sim.settings, { ratePerSecond: 0.001, retryAfterSeconds: 1, tooManyAs200 });
		const one = {
			...crowd('get', 1, 3),
			options: { perSecond: 1000, rateLimitWait: 1500 },
			onError: 'continueRegularOutput' as const,
		};
		const { failures } = await runCrowd(one);
		expect(failures).toHaveLength(3);
		expect(failures[0]).toBe(
			'Cortex XSIAM accepts no more requests at the moment. It was refused with 429. It was sent again for ' +
				'1 second without success. The server asks to wait another 1 second. Try again later, let ' +
				"fewer executions run at the same time, or raise 'Rate Limit Wait' in the node's options. A tenant " +
				"accepts about 10 requests per second from all its clients together. Lower 'Requests per Second' if " +
				'other clients use it, too. Cortex XSIAM said: [429] Too many requests Rate limit exceeded.',
		);
	}
});

describe('an execution that waits', () => {
	const waiting = (more: Partial<Parameters<typeof runVendor>[0]> = {}) =>
		runVendor({
			vendor: 'cortexXsiam',
			parameters: { options: { perSecond: 1000 } },
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url) },
			items: [{}, {}, {}],
			...more,
		});

	it('says so in n8n’s log, for those who look for it', async () => {
		sim.trouble.add({ kind: 'status', status: 429, retryAfter: 1, times: 1 });
		const { logs, nodeError } = await waiting();
		expect(nodeError).toBeUndefined();
		const said = logs.filter(({ message }) => message.includes('waits'));
		expect(said).toHaveLength(1);
		expect(said[0]?.level).toBe('debug');
		expect(said[0]?.message).toMatch(
			/^Node waits\. localhost:\d+ refused a request because there were too many \(429\)\. The next one is sent in 1\.0 seconds.*\. 0 of 3 items are done\.$/,
		);
	});

	it('ends at once when it is cancelled', async () => {
		sim.trouble.add({ kind: 'status', status: 429, retryAfter: 100 });
		// Within the time that a test has; the tenant asked for more.
		const { run } = await waiting({ abortAfterMs: 300 });
		expect(run.finished).not.toBe(true);
		expect(issuedKeys(sim)).toHaveLength(0);
	});
});

it('lists in the editor go the same way', async () => {
	const credentials = { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url) };
	sim.trouble.add({ kind: 'status', status: 429, retryAfter: 1, times: 1 });
	const { getRoles } = new CortexXsiam().methods.loadOptions;
	const roles = await getRoles!.call(inEditor('cortexXsiam', credentials));
	expect(roles.map(({ name }) => name)).toContain('Investigator');
	expect(refusals()).toBe(1);
});
