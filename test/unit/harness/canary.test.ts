import { findSecrets } from '../../harness';

const SECRET = 'p@ss/w"rd+ü 7';
const find = (value: unknown) => findSecrets(value, [SECRET]);

describe('findSecrets', () => {
	it.each([
		['plain text', { a: [{ b: `x${SECRET}y` }] }, '$.a[0].b'],
		['a property name', { [`key ${SECRET}`]: 1 }, expect.stringContaining('(key)')],
		['base64', { h: Buffer.from(SECRET).toString('base64') }, '$.h'],
		['Basic authentication', [`Basic ${Buffer.from(`ab:${SECRET}`).toString('base64')}`], '$[0]'],
		['base64 at another offset', [Buffer.from(`a:${SECRET}:c`).toString('base64')], '$[0]'],
		['base64url', [Buffer.from(SECRET).toString('base64url')], '$[0]'],
		['percent-encoding', `https://x/?q=${encodeURIComponent(SECRET)}`, '$'],
		['percent-encoding in lower case', encodeURIComponent(SECRET).toLowerCase(), '$'],
		['a form body', new URLSearchParams({ a: SECRET }).toString(), '$'],
		['URLSearchParams', { q: new URLSearchParams({ a: SECRET }) }, '$.q'],
		['JSON', { body: JSON.stringify({ SECRET }) }, '$.body'],
		['JSON in JSON', { body: JSON.stringify(JSON.stringify({ SECRET })) }, '$.body'],
		['a Buffer', { data: Buffer.from(SECRET) }, '$.data'],
		['a Buffer as JSON', JSON.parse(JSON.stringify({ d: Buffer.from(SECRET) })), '$.d'],
		['a Map value', new Map([['token', SECRET]]), '$.token'],
		['a Map key', new Map([[SECRET, 1]]), expect.stringContaining('(key)')],
		['a Set', new Set([SECRET]), '$<0>'],
		['a symbol property', { [Symbol('s')]: SECRET }, '$[Symbol(s)]'],
	])('finds a secret in %s', (_, value, path) => {
		expect(find(value)).toEqual([path]);
	});

	it.each([
		['message', () => new Error(SECRET), ['$.message', '$.stack']],
		[
			'cause',
			() => new Error('x', { cause: new Error('y', { cause: { SECRET } }) }),
			['$.cause.cause.SECRET'],
		],
		...['context', 'description', 'messages', 'errorResponse'].map(
			(field) =>
				[
					field,
					() => Object.defineProperty(new Error('x'), field, { value: [SECRET] }),
					[`$.${field}[0]`],
				] as [string, () => unknown, string[]],
		),
		[
			'inherited getter',
			() =>
				new (class extends Error {
					get description() {
						return SECRET;
					}
				})(),
			['$.description'],
		],
	] as Array<[string, () => unknown, string[]]>)('finds the %s of an error', (_, create, paths) => {
		expect(find(create()).sort()).toEqual(paths);
	});

	it('copes with cycles and throwing getters', () => {
		const value: Record<string, unknown> = {
			get broken() {
				throw new Error('no');
			},
		};
		value.self = value;
		expect(find(value)).toEqual([]);
		value.secret = SECRET;
		expect(find(value)).toEqual(['$.secret']);
	});

	it('finds nothing where there is nothing', () => {
		expect(find({ a: 'pass', b: [1, null, undefined, true], c: new Date(), d: /x/ })).toEqual([]);
	});

	it('refuses an empty secret', () => {
		expect(() => findSecrets('x', [''])).toThrow('empty secret');
	});
});
