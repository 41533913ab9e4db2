import { Failure } from '../../../nodes/shared/failure';
import { Memo } from '../../../nodes/shared/memo';

const refused = new Failure('There is none', { kind: 'refused' });
const lost = new Failure('Cut', { kind: 'lost' });

it('looks each thing up once, at the same time and later', async () => {
	const memo = new Memo<string>();
	const load = jest.fn(async () => 'found');
	const both = await Promise.all([memo.get(['a', 'b'], load), memo.get(['a', 'b'], load)]);
	expect([...both, await memo.get(['a', 'b'], load)]).toEqual(['found', 'found', 'found']);
	expect(load).toHaveBeenCalledTimes(1);
});

it('keeps the parts of a key apart', async () => {
	const memo = new Memo<string>();
	const keys = [
		['a', 'b c'],
		['a b', 'c'],
		['a', 'b', 'c'],
		['a","b', 'c'],
	];
	for (const key of keys) await memo.get(key, async () => key.join());
	for (const key of keys) expect(await memo.get(key, async () => 'anew')).toBe(key.join());
});

it.each([
	['refused', refused, 1],
	['lost', lost, 2],
	['limited', refused.with({ declared: { cause: 'rate-limited' } }), 2],
	['failed without a word', new Error('?'), 2],
])('asks again only after what may turn out well later: %s', async (_, failure, times) => {
	const memo = new Memo<string>();
	const load = jest.fn(async (): Promise<string> => {
		throw failure;
	});
	await expect(memo.get(['a'], load)).rejects.toBe(failure);
	await expect(memo.get(['a'], load)).rejects.toBe(failure);
	expect(load).toHaveBeenCalledTimes(times);
});

it('forgets what was changed', async () => {
	const memo = new Memo<number>();
	await memo.get(['a'], async () => 1);
	memo.forget(['a']);
	expect(await memo.get(['a'], async () => 2)).toBe(2);
});
