import {
	asBoolean,
	asId,
	asList,
	asNumber,
	asObject,
	asRecords,
	asText,
	asTexts,
} from '../../../nodes/shared/read';

const nothing = [undefined, null, '', '  ', {}, [], () => 1];

it.each([
	['a', 'a'],
	[' a ', ' a '],
	[5, '5'],
	[0, '0'],
	[false, 'false'],
	...nothing.map((value) => [value, null]),
])('reads %j as text: %j', (value, expected) => {
	expect(asText(value)).toBe(expected);
});

it.each([
	[' 17 ', '17'],
	[17, '17'],
	[0, '0'],
	['a-b', 'a-b'],
	[true, null],
	...nothing.map((value) => [value, null]),
])('reads %j as an ID: %j', (value, expected) => {
	expect(asId(value)).toBe(expected);
});

it.each([
	[5, 5],
	['5', 5],
	[' 5.5 ', 5.5],
	['-1', -1],
	[0, 0],
	[NaN, null],
	[Infinity, null],
	['five', null],
	[true, null],
	...nothing.map((value) => [value, null]),
])('reads %j as a number: %j', (value, expected) => {
	expect(asNumber(value)).toBe(expected);
});

it.each([
	[true, true],
	[false, false],
	['true', true],
	['FALSE', false],
	['1', true],
	[0, false],
	['Yes', true],
	['n', false],
	['maybe', null],
	[2, null],
	...nothing.map((value) => [value, null]),
])('reads %j as a boolean: %j', (value, expected) => {
	expect(asBoolean(value)).toBe(expected);
});

it.each([
	[
		[1, 'a'],
		[1, 'a'],
	],
	['a', ['a']],
	[{ a: 1 }, [{ a: 1 }]],
	[undefined, []],
	[null, []],
	['', []],
])('reads %j as a list', (value, expected) => {
	expect(asList(value)).toEqual(expected);
});

it.each([
	['a, b,,c', ['a', 'b', 'c']],
	[
		['a', 5, null, ' b '],
		['a', '5', 'b'],
	],
	[7, ['7']],
	[undefined, []],
])('reads %j as texts', (value, expected) => {
	expect(asTexts(value)).toEqual(expected);
});

it.each([
	[{ a: 1 }, { a: 1 }],
	[[], null],
	[null, null],
	['a', null],
])('reads %j as an object: %j', (value, expected) => {
	expect(asObject(value)).toEqual(expected);
});

it.each([
	[
		[{ a: 1 }, null, 'b', [5], { c: 2 }],
		[{ a: 1 }, {}, { notARecord: 'b' }, { notARecord: [5] }, { c: 2 }],
	],
	[['a', 5], undefined],
	[
		[null, '', []],
		[{}, {}, {}],
	],
	[[], []],
])('reads %j as a list of records', (value, expected) => {
	expect(asRecords(value)).toEqual(expected);
});
