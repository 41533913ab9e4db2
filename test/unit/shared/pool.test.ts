import { Pool } from '../../../nodes/shared/pool';
import { Lane } from '../../../nodes/shared/lane';
import type { Turn } from '../../../nodes/shared/lane';

/** Items that are under way until a test ends them. */
function items(pool: Pool, laneOf: (index: number) => Lane | undefined) {
	const ends = new Map<number, () => void>();
	const begun: number[] = [];
	const refused: number[] = [];
	const each = async (count: number) =>
		await pool.each(count, async (index) => {
			const isBegun = await pool.begin(laneOf(index), async () => {
				begun.push(index);
				await new Promise<void>((resolve) => ends.set(index, resolve));
			});
			if (!isBegun) refused.push(index);
		});
	const end = async (index: number) => {
		ends.get(index)?.();
		await new Promise(setImmediate);
	};
	return { begun, refused, each, end };
}

const later = async () => await new Promise(setImmediate);

/** Makes a lane wider by one. */
async function widen(lane: Lane): Promise<void> {
	const share = { underWay: 0 };
	const turns: Turn[] = [];
	for (let index = 0; index < lane.width; index++)
		turns.push((await lane.turn({ perSecond: 0, share }))!);
	lane.answered(turns.pop()!, 'GET /');
	for (const turn of turns) lane.over(turn);
}

it('works on no more items than the user allows, in their order', async () => {
	const { begun, each, end } = items(new Pool(3), () => undefined);
	const all = each(5);
	await later();
	expect(begun).toEqual([0, 1, 2]);
	await end(1);
	expect(begun).toEqual([0, 1, 2, 3]);
	for (const index of [0, 2, 3, 4]) await end(index);
	await all;
	expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('begins no more items than their lane is wide, and more when it gets wider', async () => {
	const lane = new Lane();
	const { width } = lane;
	const { begun, each, end } = items(new Pool(50), () => lane);
	const all = each(50);
	await later();
	expect(begun).toHaveLength(width);
	await end(0);
	expect(begun).toHaveLength(width + 1);
	await widen(lane);
	await later();
	expect(begun).toHaveLength(width + 2);
	for (let index = 0; index < 50; index++) await end(index);
	await all;
	expect(begun).toEqual(Array.from({ length: 50 }, (_, index) => index));
});

it('lets one lane not wait for another', async () => {
	const [full, free] = [new Lane(), new Lane()];
	const { begun, each, end } = items(new Pool(50), (index) => (index < 40 ? full : free));
	const all = each(42);
	await later();
	expect(begun.slice(-2)).toEqual([40, 41]);
	for (let index = 0; index < 42; index++) await end(index);
	await all;
});

it('begins nothing more once it is stopped, and waits for what is under way', async () => {
	const lane = new Lane();
	const pool = new Pool(20);
	const { begun, refused, each, end } = items(pool, () => lane);
	let isOver = false;
	const all = each(100).then(() => (isOver = true));
	await later();
	pool.stop();
	await later();
	expect(begun).toHaveLength(lane.width);
	// Those that had waited for a place know that they got none.
	expect(refused).toHaveLength(20 - lane.width);
	expect(isOver).toBe(false);
	for (const index of begun) await end(index);
	await all;
	expect(begun).toHaveLength(lane.width);
});

it('leaves no listener on a lane', async () => {
	const lane = new Lane();
	const onWiden = jest.spyOn(lane, 'onWiden');
	const pool = new Pool(2);
	await pool.each(3, async () => {
		await pool.begin(lane, async () => {});
	});
	expect(onWiden).toHaveBeenCalledTimes(1);
	const unlisten = onWiden.mock.results[0]?.value as () => boolean;
	// It was taken away already.
	expect(unlisten()).toBe(false);
});

it('gives a place back where the work fails', async () => {
	const lane = new Lane();
	const pool = new Pool(1);
	const failing = async () =>
		await pool.begin(lane, async () => {
			throw new Error('broken');
		});
	for (let index = 0; index < 20; index++) await expect(failing()).rejects.toThrow('broken');
	expect(await pool.begin(lane, async () => {})).toBe(true);
});
