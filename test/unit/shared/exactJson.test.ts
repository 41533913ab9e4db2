import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseExactJson } from '../../../nodes/shared/exactJson';
import { processorTime } from '../../harness';

describe('JSON', () => {
	it.each<[string, unknown]>([
		['{"key":12345678901234567890}', { key: '12345678901234567890' }],
		['133500000000000001', '133500000000000001'],
		['[-9007199254740993, 9007199254740991]', ['-9007199254740993', 9007199254740991]],
		// One type for all numbers of a column, those that a double holds included.
		[
			'[133500000000000000, 133500000000000001, -9007199254740992]',
			['133500000000000000', '133500000000000001', '-9007199254740992'],
		],
		['{"a":{"b":[9007199254740993]}}', { a: { b: ['9007199254740993'] } }],
		['1234567890123456', 1234567890123456],
		[
			'{"12345678901234567890":"12345678901234567890"}',
			{ '12345678901234567890': '12345678901234567890' },
		],
		['{"a":"\\"12345678901234567890,","b":1}', { a: '"12345678901234567890,', b: 1 }],
		['{"a":"\\\\","b":12345678901234567890}', { a: '\\', b: '12345678901234567890' }],
		['[1000000000000000000000]', ['1000000000000000000000']],
	])('keeps its numbers: %s', (text, value) => {
		expect(parseExactJson(text)).toEqual(value);
	});

	it.each([
		'1e400',
		'-1E+309',
		'12345678901234567890e3',
		'1.33500000000000001e17',
		'9007199254740993.0',
		'-900719925474099.30e1',
		'0.9007199254740993E16',
	])('keeps a number that a double has as another one, however it is written: %s', (text) => {
		expect(parseExactJson(text)).toBe(text);
		expect(parseExactJson(`{"a":[[${text}],{"b": ${text}}]}`)).toEqual({
			a: [[text], { b: text }],
		});
		expect(parseExactJson(`[1,${text},"x ${text}, 7"]`)).toEqual([1, text, `x ${text}, 7`]);
	});

	it.each(['-0', '1e308', '5e-324', '1e-400', '-9.007199254740992e15', '1.5e1', '1E15'])(
		'has what a double holds, or comes close to, as a number: %s',
		(text) => {
			expect(parseExactJson(`[${text}]`)).toEqual([Number(text)]);
		},
	);

	it.each(['0.1234567890123456789', '-1234567890123456789.5', '1E22', '6.02e23', '1e16'])(
		'leaves a number that is no whole one, or that a double has as it is written: %s',
		(text) => {
			expect(parseExactJson(`[${text}]`)).toEqual([Number(text)]);
		},
	);

	it.each(['', '{', '01234567890123456789', '{"a":1234567890123456789'])(
		'is not made of %j',
		(text) => {
			expect(() => parseExactJson(text)).toThrow(SyntaxError);
		},
	);

	it('is that of the platform where its numbers are doubles', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 4 }), (text) => {
				const plain = JSON.parse(text) as unknown;
				const exact = JSON.stringify(parseExactJson(text), (_, value: unknown) =>
					typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
				);
				const same = JSON.stringify(plain, (_, value: unknown) =>
					typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
				);
				expect(exact).toBe(same);
			}),
		);
	});

	it('keeps every whole number to its last digit, among strings of any kind', () => {
		fc.assert(
			fc.property(fc.bigInt(-(2n ** 80n), 2n ** 80n), fc.string(), (number, string) => {
				const text = `{${JSON.stringify(string)}:[${JSON.stringify(string)},${number}]}`;
				const [kept, exact] = Object.values(parseExactJson(text) as object)[0] as unknown[];
				expect(kept).toBe(string);
				expect(String(exact)).toBe(String(number));
			}),
		);
	});

	it.each<[string, () => string, unknown[]]>([
		[
			'one string with five million escapes',
			() => `["${'\\n'.repeat(5_000_000)}\\\\",12345678901234567890]`,
			['\n'.repeat(5_000_000) + '\\', '12345678901234567890'],
		],
		[
			'a hundred thousand zeros within a number',
			() => `[9007199254740993.${'0'.repeat(100_000)}1]`,
			[9007199254740994],
		],
		['a number with a million digits', () => `[${'7'.repeat(1_000_000)}]`, ['7'.repeat(1_000_000)]],
	])('is read in linear time and space: %s', async (_, text, value) => {
		let read: unknown;
		const time = await processorTime(() => {
			read = parseExactJson(text());
		});
		expect(isDeepStrictEqual(read, value)).toBe(true);
		expect(time).toBeLessThan(2_000);
	});

	it('of a megabyte takes no time', async () => {
		const text = JSON.stringify({
			a: '\\"1234567890123456'.repeat(100_000),
			b: ['x'.repeat(1_000_000)],
		});
		const time = await processorTime(() => {
			expect(parseExactJson(text)).toEqual(JSON.parse(text));
		});
		expect(time).toBeLessThan(1_000);
	});
});
