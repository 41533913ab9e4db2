import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { NotInTime } from '../../../nodes/shared/tooMany';
import { first, said } from '../kit/result';
import { DAY, FIRST, MINUTE, addFirst, addSuccessor, storedFormOf } from './lineage';
import { simulatedTenant } from './simulated';

/** Requests of others can keep a deletion in the queue until long after what it rests on was looked at. */

const tenant = simulatedTenant();

afterEach(() => jest.restoreAllMocks());

const finish = async (storedSecret: string, readAt = Date.now()) =>
	await tenant.run('apiKey', 'finishRotation', {
		rotate: 'lineage',
		lineage: String(FIRST),
		dueWithinDays: 14,
		storedSecret,
		readAt: new Date(readAt).toISOString(),
	});

/** The deletions that come too late, and what each may take. */
function delay(count: number) {
	const allowed: number[] = [];
	const within = jest.spyOn(CortexXsiamApi.prototype, 'within').mockImplementation(function (
		this: CortexXsiamApi,
		milliseconds,
	) {
		allowed.push(milliseconds);
		if (allowed.length > count) return this;
		const late = new NotInTime('A request did not get its turn in time', { kind: 'notSent' });
		const deleteKeys = async () => await Promise.reject(late);
		return Object.create(this, { deleteKeys: { value: deleteKeys } }) as CortexXsiamApi;
	});
	return { allowed, within };
}

const called = (path: string) => tenant.calls().filter((call) => call.endsWith(path)).length;

it('looks again, at the list and at what the store opens, before a deletion that came too late', async () => {
	addFirst(tenant.sim);
	const stored = addSuccessor(tenant.sim, 101, 2 * DAY);
	delay(1);
	const result = await finish(storedFormOf(stored));
	expect(said(result)).toBe('');
	expect(first(result)).toMatchObject({ status: 'finished', deletedKeys: ['100'] });
	// First, after what came too late, and after what was deleted; a proof is two calls.
	expect([called('get_api_keys'), called('healthcheck'), called('delete')]).toEqual([3, 6, 1]);
});

it('says so where it comes too late each time, and deletes nothing', async () => {
	addFirst(tenant.sim);
	const stored = addSuccessor(tenant.sim, 101, 2 * DAY);
	const { allowed } = delay(9);
	const result = await finish(storedFormOf(stored));
	expect(first(result)).toMatchObject({ status: 'waiting', deletedKeys: [] });
	expect(JSON.stringify(first(result))).toContain('did not get its turn in time');
	expect(allowed).toHaveLength(3);
	expect(tenant.sim.state.keys.has(FIRST)).toBe(true);
});

it.each([
	['five minutes', 1 * MINUTE, 5 * MINUTE],
	['as long as what the store answered is younger than an hour', 57 * MINUTE, 3 * MINUTE],
])('may be in the queue for %s', async (_, age, longest) => {
	addFirst(tenant.sim);
	const stored = addSuccessor(tenant.sim, 101, 2 * DAY);
	const { allowed } = delay(0);
	await finish(storedFormOf(stored), Date.now() - age);
	expect(allowed).toHaveLength(1);
	expect(allowed[0]).toBeLessThanOrEqual(longest);
	expect(allowed[0]).toBeGreaterThan(longest - MINUTE);
});

it('is not sent after its time', async () => {
	addFirst(tenant.sim);
	const stored = addSuccessor(tenant.sim, 101, 2 * DAY);
	const { within } = delay(0);
	const real = (api: CortexXsiamApi) => {
		within.mockRestore();
		return api.within(-1);
	};
	within.mockImplementationOnce(function (this: CortexXsiamApi) {
		return real(this);
	});
	const result = await finish(storedFormOf(stored));
	expect(first(result)).toMatchObject({ status: 'finished', deletedKeys: ['100'] });
	expect([called('get_api_keys'), called('delete')]).toEqual([3, 1]);
});
