import { putNewest } from '../../../nodes/shared/newest';

it('keeps so many entries, those that were put in last', () => {
	const map = new Map<string, number>();
	for (const [key, value] of [
		['a', 1],
		['b', 2],
		['a', 3],
	] as const) {
		putNewest(map, key, value, 2);
	}
	expect([...map]).toEqual([
		['b', 2],
		['a', 3],
	]);
	putNewest(map, 'c', 4, 2);
	expect([...map]).toEqual([
		['a', 3],
		['c', 4],
	]);
});
