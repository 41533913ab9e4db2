import { expiresWithin } from '../../../nodes/shared/expiring';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('what expires within 14 days', () => {
	it.each<[string, number | null, boolean]>([
		['after 14 days to the millisecond', 14 * DAY, true],
		['a millisecond later', 14 * DAY + 1, false],
		['at once, or on this very day', 0, true],
		['since a moment ago', -1, false],
		['at a time that nobody knows', null, true],
		['never', Infinity, false],
	])('is what expires %s: %s %s', (_, left, expected) => {
		expect(expiresWithin(left, 14)).toBe(expected);
	});

	it('is within no days what expires on this very day', () => {
		expect([0, HOUR, null].map((left) => expiresWithin(left, 0))).toEqual([true, false, true]);
	});
});
