import { getEventListeners } from 'node:events';
import { Lane } from '../../../nodes/shared/lane';
import type { Ask, Turn } from '../../../nodes/shared/lane';
import { inEvenTime, inTime } from './transportSupport';

inEvenTime();

/** Requests of one run on a lane, and when they got their turn. */
function run(lane: Lane, more: Partial<Ask> = {}) {
	const turns: Turn[] = [];
	const ask: Ask = { perSecond: 0, share: { underWay: 0 }, ...more };
	return {
		turns,
		ask: async (again = false) => {
			const turn = await lane.turn({ ...ask, again });
			if (turn) turns.push(turn);
			return turn;
		},
	};
}

/** Lets go on what waits for nothing but the end of something else. */
const settled = async () => await jest.advanceTimersByTimeAsync(0);

/** Fills the width with requests of one run. */
async function fill(lane: Lane): Promise<Turn[]> {
	const { turns, ask } = run(lane);
	for (let index = 0; index < lane.width; index++) void ask();
	await settled();
	expect(turns).toHaveLength(lane.width);
	return turns;
}

it('lets through as many at a time as it is wide, and the next when one has ended', async () => {
	const lane = new Lane();
	const turns = await fill(lane);
	const { width } = lane;
	const more = run(lane, { share: turns[0]!.ask.share });
	for (let index = 0; index < 3; index++) void more.ask();
	await settled();
	expect(more.turns).toHaveLength(0);
	expect(lane.waiting).toBe(3);
	lane.over(turns[0]!);
	await settled();
	expect(more.turns).toHaveLength(1);
	lane.answered(turns[1]!, 'GET /');
	await settled();
	// A quick answer made it wider by one.
	expect(lane.width).toBe(width + 1);
	expect(more.turns).toHaveLength(3);
});

it('lets a run that has nothing under way do one thing, however full it is', async () => {
	const lane = new Lane();
	await fill(lane);
	const other = run(lane);
	void other.ask();
	void other.ask();
	await settled();
	expect(other.turns).toHaveLength(1);
});

it('is one pace for all runs', async () => {
	const lane = new Lane();
	const runs = [1, 2, 3].map(() => run(lane, { perSecond: 10 }));
	await inTime(Promise.all([...runs, ...runs].map(async ({ ask }) => await ask())));
	const all = runs
		.flatMap(({ turns }) => turns.map(({ startedAt }) => startedAt))
		.sort((a, b) => a - b);
	expect(all.map((at) => Math.round(at - all[0]!))).toEqual([0, 100, 200, 300, 400, 500]);
	// First come, first served: each run has its first turn before another has its second.
	expect(runs.map(({ turns }) => Math.round(turns[0]!.startedAt - all[0]!))).toEqual([0, 100, 200]);
});

it('keeps up a rate that no timer is quick enough for', async () => {
	const lane = new Lane();
	const start = performance.now();
	for (let index = 0; index < 1000; index++) {
		lane.over((await inTime(run(lane, { perSecond: 5000 }).ask()))!);
	}
	expect(performance.now() - start).toBeLessThanOrEqual(201);
});

it('slows down for all runs when one is refused', async () => {
	const lane = new Lane();
	const one = run(lane, { perSecond: 10 });
	const other = run(lane, { perSecond: 10 });
	for (let index = 0; index < 20; index++) lane.answered((await inTime(one.ask()))!, 'GET /');
	const turn = (await inTime(one.ask()))!;
	expect(lane.refused(turn, 3000)).toBe(3000);
	const from = performance.now();
	for (let index = 0; index < 3; index++) lane.over((await inTime(other.ask()))!);
	const [first, second] = other.turns.map(({ startedAt }) => startedAt - from);
	expect(first).toBe(3000);
	expect(second! - first!).toBe(200);
});

it('lets what had its turn before go first', async () => {
	const lane = new Lane();
	const order: string[] = [];
	const { ask } = run(lane, { perSecond: 1 });
	lane.over((await ask())!);
	const waiting = [
		ask().then(() => order.push('new')),
		ask(true).then(() => order.push('again')),
		ask(true).then(() => order.push('and again')),
	];
	await inTime(Promise.all(waiting));
	expect(order).toEqual(['again', 'and again', 'new']);
});

describe('a request of an execution that is cancelled', () => {
	it('leaves the queue at once, and nobody waits for it', async () => {
		const lane = new Lane();
		const controller = new AbortController();
		const cancelled = run(lane, { perSecond: 1, signal: controller.signal });
		const other = run(lane, { perSecond: 1 });
		const start = performance.now();
		lane.over((await other.ask())!);
		const leaving = [cancelled.ask(), cancelled.ask(), cancelled.ask()];
		const staying = other.ask();
		controller.abort();
		expect(await Promise.all(leaving)).toEqual([undefined, undefined, undefined]);
		expect(performance.now() - start).toBe(0);
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
		expect((await inTime(staying))!.startedAt - start).toBe(1000);
	});

	it('does not come into the queue', async () => {
		const lane = new Lane();
		expect(await run(lane, { signal: AbortSignal.abort() }).ask()).toBeUndefined();
		expect(lane.waiting).toBe(0);
	});

	it('takes its hands off the signal when it has had its turn', async () => {
		const { signal } = new AbortController();
		await run(new Lane(), { signal }).ask();
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});
});

it('sets no timer for longer than a second, so that none is left behind', async () => {
	const lane = new Lane();
	const controller = new AbortController();
	const { ask } = run(lane, { signal: controller.signal });
	lane.refused((await ask())!, 3_600_000);
	const waiting = ask();
	controller.abort();
	await waiting;
	await jest.advanceTimersByTimeAsync(1000);
	expect(jest.getTimerCount()).toBe(0);
});

it('becomes narrower for what cannot cope, and says when it becomes wider', async () => {
	const lane = new Lane();
	const listener = jest.fn();
	const unlisten = lane.onWiden(listener);
	const [first, second, ...others] = await fill(lane);
	const { width } = lane;
	lane.overloaded(first!);
	lane.overloaded(second!);
	expect(lane.width).toBe(width / 2);
	for (const turn of others) lane.answered(turn, 'GET /');
	expect(lane.width).toBeGreaterThan(width / 2);
	expect(listener).toHaveBeenCalled();
	unlisten();
	listener.mockClear();
	for (const turn of await fill(lane)) lane.answered(turn, 'GET /');
	expect(listener).not.toHaveBeenCalled();
});

it('becomes narrower for refusals', async () => {
	const lane = new Lane();
	const [first] = await fill(lane);
	const { width } = lane;
	lane.refused(first!, 0);
	expect(lane.width).toBe(width / 2);
});

it('does as a server asks that cannot cope', async () => {
	const lane = new Lane();
	const { turns, ask } = run(lane);
	lane.overloaded((await ask())!, 4000);
	await inTime(ask());
	expect(turns[1]!.startedAt - turns[0]!.startedAt).toBe(4000);
});

it('knows if the server has answered lately', async () => {
	const lane = new Lane();
	const { ask } = run(lane);
	lane.overloaded((await ask())!);
	expect(lane.hasAnsweredWithin(1000)).toBe(false);
	lane.answered((await ask())!, 'GET /');
	expect(lane.hasAnsweredWithin(1000)).toBe(true);
	await jest.advanceTimersByTimeAsync(1000);
	expect(lane.hasAnsweredWithin(1000)).toBe(false);
});
