import {
	type Gatekeeper,
	type Pam360Simulator,
	type RecordedRequest,
	startPam360Simulator,
} from '../../simulators';
import { call } from './call';
import { issue, path } from './agentKeyCall';

/** A promise that is resolved from outside. */
function latch() {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open: () => open(), opened };
}

describe('the gate of a simulator', () => {
	let sim: Pam360Simulator;
	let asked: string[];

	/** Lets everything pass, but for what is given. */
	const keep = (keeper: Partial<Gatekeeper>) => {
		sim.gate.keeper = {
			beforeWork: async () => 'pass',
			afterWork: async () => 'pass',
			parkedWorkDone: async () => {},
			...keeper,
		};
	};

	beforeAll(async () => {
		sim = await startPam360Simulator();
	});

	beforeEach(() => {
		asked = [];
	});

	afterEach(() => sim.reset());

	afterAll(async () => await sim.close());

	const send = async () => await call(sim.url + path, issue);
	const keysNow = () => sim.state.keys.length;

	it('holds a request before its work and before its answer', async () => {
		const note = (when: string, { method, body }: RecordedRequest, more: unknown) => {
			asked.push(`${when} ${method} ${body.slice(0, 10)} ${String(more)}`);
		};
		keep({
			beforeWork: async (request) => {
				note('before', request, keysNow());
				return 'pass';
			},
			afterWork: async (request, status) => {
				note('after', request, `${keysNow()} ${status}`);
				return 'pass';
			},
		});

		expect((await send()).status).toBe(200);

		expect(asked).toEqual(['before POST INPUT_DATA 0', 'after POST INPUT_DATA 1 200']);
	});

	it('cuts before the work, which is never done', async () => {
		keep({
			beforeWork: async () => 'cut',
			afterWork: async () => {
				asked.push('after');
				return 'pass';
			},
		});

		await expect(send()).rejects.toThrow();

		expect(keysNow()).toBe(0);
		expect(asked).toEqual([]);
		expect(sim.log.map(({ outcome }) => outcome)).toEqual(['cut']);
	});

	it('cuts after the work', async () => {
		keep({ afterWork: async () => 'cut' });

		await expect(send()).rejects.toThrow();

		expect(keysNow()).toBe(1);
		expect(sim.log.map(({ outcome }) => outcome)).toEqual(['cut']);
	});

	it('does the work of a parked request when it is let go, by the clock of then', async () => {
		const release = latch();
		const done = latch();
		keep({
			beforeWork: async () => ({ until: release.opened }),
			afterWork: async () => {
				asked.push('after');
				return 'pass';
			},
			parkedWorkDone: async (_, status) => {
				asked.push(`done ${status}`);
				done.open();
			},
		});

		await expect(send()).rejects.toThrow();
		expect(keysNow()).toBe(0);
		expect(sim.log.map(({ outcome }) => outcome)).toEqual(['cut']);

		sim.settings.clockOffsetMs = 40 * 86_400_000;
		release.open();
		await done.opened;

		expect(keysNow()).toBe(1);
		expect(sim.state.keys[0]?.endTime).toBeGreaterThan(Date.now() + 40 * 86_400_000);
		expect(asked).toEqual(['done 200']);
	});

	it('goes on with the work where the caller has died while it was held', async () => {
		const done = latch();
		const caller = new AbortController();
		keep({
			beforeWork: async (request) => {
				caller.abort();
				while (request.outcome !== 'cut') await new Promise((resolve) => setTimeout(resolve, 5));
				asked.push(request.outcome);
				return 'pass';
			},
			afterWork: async () => {
				done.open();
				return 'pass';
			},
		});

		const lost = call(sim.url + path, { ...issue, signal: caller.signal });
		await expect(lost).rejects.toThrow(/abort/iu);
		await done.opened;

		expect(asked).toEqual(['cut']);
		expect(keysNow()).toBe(1);
	});

	it('answers for the vendor, who does nothing', async () => {
		keep({
			beforeWork: async () => ({ status: 503 }),
			afterWork: async () => {
				asked.push('after');
				return 'pass';
			},
		});

		expect(await send()).toMatchObject({ status: 503, text: '' });

		expect(keysNow()).toBe(0);
		expect(asked).toEqual([]);
	});

	it('stands open again after a reset', async () => {
		keep({ beforeWork: async () => 'cut' });
		sim.reset();
		expect((await send()).status).toBe(200);
	});
});
