// With its ending, because a codex file of the same name stands beside it.
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node.ts';
import { issuedKeys } from '../../unit/cortexXsiam/support';
import { runCrowd } from '../crowd';
import type { Deed } from '../crowd';
import { runCrowds } from '../crowdProcesses';
import { credentialFor, inEditor, runVendor } from '../vendors';
import { pacedTenant } from './pacing';

/** What a busy machine sends more than, in requests per second. */
const SLOW = 8;

const tenant = pacedTenant();
const { crowd, expectAll, refusals } = tenant;

it.each<Deed>(['generate', 'get'])(
	'six executions at once that are set too fast for the tenant get everything all the same: %s',
	async (deed) => {
		tenant.sim.settings.ratePerSecond = SLOW;
		const six = { ...crowd(deed, 6, 10), options: { perSecond: 1000 } };
		expectAll(six, await runCrowd(six));
		expect(refusals()).toBeGreaterThan(0);
	},
);

it('two processes with three executions each find a pace that the tenant bears', async () => {
	tenant.sim.settings.ratePerSecond = SLOW;
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
	tenant.sim.settings.tooManyAs200 = true;
	const one = { ...crowd('generate', 1, 30), options: { perSecond: 1000 } };
	tenant.sim.settings.ratePerSecond = SLOW;
	expectAll(one, await runCrowd(one));
	expect(
		tenant.sim.log.some(({ path, status }) => status === 200 && path.endsWith('generate')),
	).toBe(true);
	expect(tenant.sim.log.length).toBeGreaterThan(31);
});

it('what waited in vain says what to do, and that nothing was done', async () => {
	for (const tooManyAs200 of [false, true]) {
		tenant.sim.reset();
		Object.assign(tenant.sim.settings, {
			ratePerSecond: 0.001,
			retryAfterSeconds: 1,
			tooManyAs200,
		});
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
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
			items: [{}, {}, {}],
			...more,
		});

	it('says so in n8n’s log, for those who look for it', async () => {
		tenant.sim.trouble.add({ kind: 'status', status: 429, retryAfter: 1, times: 1 });
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
		tenant.sim.trouble.add({ kind: 'status', status: 429, retryAfter: 100 });
		const controller = new AbortController();
		const execution = waiting({ signal: controller.signal });
		while (refusals() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		controller.abort();
		// Within the time that a test has; the tenant asked for more.
		const { run } = await execution;
		expect(run.finished).not.toBe(true);
		expect(issuedKeys(tenant.sim)).toHaveLength(0);
	});
});

it('lists in the editor go the same way', async () => {
	const credentials = { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) };
	tenant.sim.trouble.add({ kind: 'status', status: 429, retryAfter: 1, times: 1 });
	const { getRoles } = new CortexXsiam().methods.loadOptions;
	const roles = await getRoles!.call(inEditor('cortexXsiam', credentials));
	expect(roles.map(({ name }) => name)).toContain('Investigator');
	expect(refusals()).toBe(1);
});
