import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	flag,
	instant,
	optionalText,
	parseInput,
	refuse,
	requiredText,
	textIfAdded,
	textList,
	wholeNumber,
} from '../../../nodes/shared/input';
import { Failure } from '../../../nodes/shared/failure';
import { nullIfAdded, param } from '../../../nodes/shared/param';
import { thrownBy } from './support';

const property = (displayName: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name: 'value',
	type: 'string',
	default: '',
	...more,
});

/** A value as a schema reads it, or the sentence with which it is refused. */
function read(schema: z.ZodTypeAny, value: unknown): unknown {
	try {
		return parseInput(z.object({ value: schema }), [property('Display Name')], { value }).value;
	} catch (error) {
		if (error instanceof Failure) return error.message;
		throw error;
	}
}

describe('optionalText', () => {
	it.each([
		['text', 'text'],
		['  text ', 'text'],
		[7, '7'],
		[0, '0'],
		['', undefined],
		[' \n', undefined],
		[null, undefined],
		[undefined, undefined],
		[true, "'Display Name' must be a text"],
		[{}, "'Display Name' must be a text"],
	])('reads %j', (value, expected) => expect(read(optionalText, value)).toEqual(expected));
});

describe('requiredText', () => {
	it.each([
		['text', 'text'],
		['', "'Display Name' is required"],
		['  ', "'Display Name' is required"],
		[null, "'Display Name' is required"],
		[undefined, "'Display Name' is required"],
		[[], "'Display Name' must be a text"],
	])('reads %j', (value, expected) => expect(read(requiredText, value)).toEqual(expected));
});

describe('textIfAdded', () => {
	const { reader, fields } = nullIfAdded(
		param(
			{ displayName: 'Display Name', name: 'value', type: 'string', default: '' },
			textIfAdded('Without it, all.'),
		),
	);
	const readAdded = (given: unknown) => {
		try {
			return parseInput(reader, fields, given);
		} catch (error) {
			const { message, description } = error as Failure;
			return [message, description];
		}
	};

	it.each([
		[{ value: ' a ' }, { value: 'a' }],
		[{ value: 7 }, { value: '7' }],
		[{}, {}],
	])('reads %j', (given, expected) => expect(readAdded(given)).toEqual(expected));

	it.each([undefined, null, '', ' \n'])('refuses %j where it was added', (value) => {
		expect(readAdded({ value })).toEqual([
			"'Display Name' is empty",
			'Without it, all. If that is meant, remove the field.',
		]);
	});

	it.each([null, 'text', [], 7])('does not take %j for a collection', (given) => {
		expect(readAdded(given)).toEqual([expect.stringContaining('cannot be used'), undefined]);
	});
});

describe('textList', () => {
	it.each([
		['a, b ,,c', ['a', 'b', 'c']],
		['a\r\nb\nc', ['a', 'b', 'c']],
		[
			['a', ' b ', '', 7],
			['a', 'b', '7'],
		],
		[['with, comma'], ['with, comma']],
		['["with, comma", "b", 7]', ['with, comma', 'b', '7']],
		['[not JSON, b', ['[not JSON', 'b']],
		['', []],
		[[], []],
		[null, []],
		[undefined, []],
		[[{}], "'Display Name' must be a list of texts"],
		[7, "'Display Name' must be a list of texts"],
		['[{"name":"a"}]', "'Display Name' must be a list of texts"],
		['["a", null]', "'Display Name' must be a list of texts"],
	])('reads %j', (value, expected) => expect(read(textList, value)).toEqual(expected));

	it('reads what was joined with commas', () => {
		const entries = fc.array(fc.stringMatching(/^[a-z]([a-z ]*[a-z])?$/));
		fc.assert(
			fc.property(entries, (list) => {
				expect(read(textList, list.join(', '))).toEqual(list);
				expect(read(textList, list)).toEqual(list);
			}),
		);
	});
});

describe('flag', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['yes', "'Display Name' must be true or false"],
		['', "'Display Name' must be true or false"],
		[1, "'Display Name' must be true or false"],
		[null, "'Display Name' must be true or false"],
		[undefined, "'Display Name' must be true or false"],
	])('reads %j', (value, expected) => expect(read(flag, value)).toEqual(expected));
});

describe('wholeNumber', () => {
	it.each([
		[7, 7],
		['7', 7],
		[' 7 ', 7],
		[0, 0],
		[-1, "'Display Name' must be at least 0"],
		...[null, undefined, '', ' \n', true, false, [], [7], {}, new Date(), NaN, 1.5, '7 days'].map(
			(value): [unknown, string] => [value, "'Display Name' must be a whole number of days"],
		),
	])('reads %j', (value, expected) =>
		expect(read(wholeNumber({ unit: 'days' }), value)).toEqual(expected),
	);
});

describe('instant', () => {
	const inSeconds = "'Display Name' must be in milliseconds, not in seconds";
	const noDate = "'Display Name' must be a date and time";

	it.each([
		['2025-08-28T12:44:49Z', Date.UTC(2025, 7, 28, 12, 44, 49)],
		['2025-08-28T18:14:49+05:30', Date.UTC(2025, 7, 28, 12, 44, 49)],
		['2025-08-28', Date.UTC(2025, 7, 28)],
		[1756385089000, 1756385089000],
		[1756385089000.7, 1756385089000],
		['1756385089000', 1756385089000],
		[1756385089, inSeconds],
		['1756385089', inSeconds],
		[0, inSeconds],
		[-5, inSeconds],
		['', noDate],
		['tomorrow', noDate],
		['2025-02-30T00:00:00Z', noDate],
		[NaN, noDate],
		[null, noDate],
		[undefined, noDate],
		[true, noDate],
		[{}, noDate],
	])('reads %j', (value, expected) => expect(read(instant, value)).toEqual(expected));

	it('reads a Date, as an expression may give one', () => {
		expect(read(instant, new Date('2025-08-28T12:44:49.123Z'))).toBe(
			Date.UTC(2025, 7, 28, 12, 44, 49, 123),
		);
		expect(read(instant, new Date('never'))).toBe(noDate);
	});
});

describe('parseInput', () => {
	const fields: INodeProperties[] = [
		property('Name', { name: 'name' }),
		property('Additional Fields', {
			name: 'additionalFields',
			type: 'collection',
			options: [property('Validity Period', { name: 'validityPeriod', type: 'number' })],
		}),
		property('Rules', {
			name: 'rules',
			type: 'fixedCollection',
			options: [
				{
					displayName: 'Rule',
					name: 'rule',
					values: [property('Rule Name', { name: 'ruleName' })],
				},
			],
		}),
		property('Labels', { name: 'labels' }),
	];
	const messageFor = (schema: z.ZodTypeAny, values: unknown) =>
		thrownBy<Failure>(() => parseInput(schema, fields, values)).message;

	it('gives what the schema makes of the values', () => {
		const schema = z.object({ name: requiredText, unknown: z.string().default('there') });
		expect(parseInput(schema, fields, { name: ' n ', more: 1 })).toEqual({
			name: 'n',
			unknown: 'there',
		});
	});

	it('names the innermost parameter', () => {
		const hours = z.object({
			additionalFields: z.object({ validityPeriod: z.number().positive('must be positive') }),
		});
		expect(messageFor(hours, { additionalFields: { validityPeriod: -1 } })).toBe(
			"'Validity Period' must be positive",
		);
		expect(messageFor(hours, { additionalFields: 'text' })).toBe(
			"'Additional Fields' has a value that cannot be used (expected object, received string)",
		);
		const rules = z.object({ rules: z.object({ rule: z.object({ ruleName: requiredText }) }) });
		expect(messageFor(rules, { rules: { rule: {} } })).toBe("'Rule Name' is required");
		const several = z.object({
			rules: z.object({ rule: z.array(z.object({ ruleName: requiredText })) }),
		});
		expect(messageFor(several, { rules: { rule: [{ ruleName: 'a' }, {}] } })).toBe(
			"'Rule Name' is required",
		);
		const labels = z.object({ labels: z.array(requiredText) });
		expect(messageFor(labels, { labels: ['a', ''] })).toBe("'Labels' is required");
	});

	it('names the first one, and never the values', () => {
		const schema = z.object({ name: z.literal('x'), labels: requiredText });
		const message = messageFor(schema, { name: 'canary', labels: '' });
		expect(message).toMatch(/^'Name' has a value that cannot be used \(/);
		expect(message).not.toContain('canary');
	});

	it('names a parameter without a field by its own name', () => {
		expect(messageFor(z.object({ hidden: requiredText }), {})).toBe("'hidden' is required");
		expect(messageFor(z.object({}), 'text')).toMatch(/^'Parameters' has a value/);
	});

	it('turns a hint into the description', () => {
		const schema = z.object({
			name: z.string().superRefine((_, context) => refuse(context, 'is odd', 'Make it even.')),
		});
		expect(thrownBy(() => parseInput(schema, fields, { name: 'x' }))).toMatchObject({
			kind: 'input',
			message: "'Name' is odd",
			description: 'Make it even.',
		});
	});
});
