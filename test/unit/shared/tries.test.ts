import { Tries, told, tryName } from '../../../nodes/shared/tries';

const HOUR = 3_600_000;

let now: number;

beforeEach(() => {
	now = Date.UTC(2026, 10, 27, 3);
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

it('are remembered for a day', () => {
	const tries = new Tries();
	tries.begin('a', 'A key may have been issued');
	now += 24 * HOUR - 1;
	expect(tries.of('a')).toMatchObject({ mayHave: 'A key may have been issued' });
	now += 1;
	expect(tries.of('a')).toBeUndefined();
	expect(tries.size).toBe(0);
});

it('have left nothing that is known, unless they say so', () => {
	expect(new Tries().begin('a')).toEqual({ at: new Date(now), mayHave: '' });
});

it('are so many at most, and the oldest go first', () => {
	const tries = new Tries(3);
	for (const name of ['a', 'b', 'c']) tries.begin(name);
	const again = tries.of('a');
	tries.put('a', again!);
	tries.begin('d');
	expect(['a', 'b', 'c', 'd'].map((name) => tries.of(name) !== undefined)).toEqual([
		true,
		false,
		true,
		true,
	]);
	tries.forget('d');
	expect(tries.of('d')).toBeUndefined();
});

it('are told with their beginning and their end', () => {
	const one = new Tries().begin('a');
	expect(told(one)).toBe(
		'The earlier try began at 2026-11-27T03:00:00.000Z. It is still under way.',
	);
	one.end = 'It went well.';
	expect(told(one)).toBe('The earlier try began at 2026-11-27T03:00:00.000Z. It went well.');
});

it('have names that tell nothing, and tell one call from another', () => {
	const name = tryName('credential-canary', '4711', 'node');
	expect(name).toMatch(/^[\w-]{43}$/);
	expect(name).not.toContain('canary');
	expect(new Set([name, tryName('credential-canary4711', 'node'), tryName('')]).size).toBe(3);
	expect(tryName('credential-canary', '4711', 'node')).toBe(name);
});
