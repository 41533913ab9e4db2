import {
	ServerClock,
	bearsCopy,
	isLive,
	lineagesOf,
} from '../../../nodes/CortexXsiam/api/lineages';
import { markInComment, newMark } from '../../../nodes/CortexXsiam/api/mark';
import type { ApiKeyRecord } from '../../../nodes/CortexXsiam/api/schemas';

const NOW = Date.UTC(2026, 10, 27, 3);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const clock = () => ServerClock.read(new Date(NOW).toUTCString());
const key = (id: string, created: number | null, more: object = {}) =>
	({ id, creation_time: created, roles: [], ...more }) as unknown as ApiKeyRecord;
const successor = (id: string, created: number | null) =>
	key(id, created, { comment: markInComment(newMark({ kind: 'lineage', first: '7' }, NOW)) });
const order = (...keys: ApiKeyRecord[]) =>
	lineagesOf({ keys, clock: clock() })
		.get('7')
		?.members.map(({ id }) => id);

describe('which key of a lineage is older', () => {
	it('is told by the times of creation, whatever the IDs are', () => {
		expect(order(successor('10', NOW), key('7', NOW - HOUR), successor('9', NOW + 1))).toEqual([
			'7',
			'10',
			'9',
		]);
	});

	it.each([NOW, null])('is told by the IDs where the times do not tell: %s', (created) => {
		expect(order(successor('10', created), successor('9', created), key('7', created))).toEqual([
			'7',
			'9',
			'10',
		]);
	});
});

describe('a key that was made at another time than its mark', () => {
	const mark = newMark({ kind: 'lineage', first: '7' }, NOW);

	it.each<[number | null, boolean]>([
		[NOW - 5 * MINUTE - 1, true],
		[NOW - 5 * MINUTE, false],
		[NOW + 12 * HOUR, false],
		[NOW + 12 * HOUR + 1, true],
		[null, false],
	])('bears a copy: made at %s', (created, isCopy) => {
		expect(bearsCopy({ creation_time: created }, mark)).toBe(isCopy);
	});

	it('makes no lineage of its own mark, and is named in the one that is there', () => {
		const comment = markInComment(mark);
		const copy = key('90', NOW - DAY, { comment });
		const alone = lineagesOf({ keys: [copy], clock: clock() });
		expect([...alone.keys()]).toEqual(['90']);
		const both = lineagesOf({ keys: [copy, key('7', NOW - HOUR)], clock: clock() });
		expect(both.get('7')?.copies).toEqual(['90']);
	});
});

it.each<[number | null | undefined, boolean]>([
	[NOW, false],
	[NOW + 1, true],
	[null, true],
	[undefined, true],
])('a key that expires at %s works: %s', (expiration, works) => {
	expect(isLive({ expiration }, NOW)).toBe(works);
});

it('an age is told by the clock that makes it less', () => {
	const hour = [key('7', NOW - HOUR)];
	const aged = (date: string | undefined) =>
		lineagesOf({ keys: hour, clock: ServerClock.read(date) }).get('7')?.members[0]?.age;
	expect(aged(new Date(NOW + 13 * HOUR).toUTCString())).toBe(HOUR);
	expect(aged(new Date(NOW - 30 * MINUTE).toUTCString())).toBe(30 * MINUTE);
	// Where the server does not tell its time, it may be five minutes behind.
	expect(aged(undefined)).toBe(55 * MINUTE);
	expect(aged('soon')).toBe(55 * MINUTE);
});
