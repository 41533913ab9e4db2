import { asNumber, asObject, asText } from '../../../nodes/shared/read';
import {
	itemOf,
	readBoolean,
	readId,
	readList,
	readNumber,
	readObject,
	readText,
	readTexts,
	readWith,
	unread,
	unreadFields,
	unreadHints,
} from '../../../nodes/shared/item';

const nothing = [undefined, null, '', ' \n', [], {}];

describe('what a vendor did not say', () => {
	it.each([readBoolean, readId, readNumber, readObject, readText])('is null: %p', (read) => {
		for (const value of nothing) {
			const item = itemOf({ a: read(value) });
			if (read === readObject && value !== null && typeof value === 'object') continue;
			expect(item).toEqual({ a: null });
		}
	});

	it('is no entry of a list, and no list where that is wanted', () => {
		for (const value of [...nothing, [null, '']]) {
			expect(itemOf({ a: readTexts(value) })).toEqual({ a: [] });
		}
		expect(itemOf({ a: readTexts(undefined, null), b: readTexts([], null) })).toEqual({
			a: null,
			b: [],
		});
	});
});

describe('what a vendor said in another form', () => {
	it.each([
		['a number', readNumber, 'many', 'many'],
		['a number that a double cannot hold', readNumber, '9007199254740993', '9007199254740993'],
		['a number', readNumber, { count: 5 }, '{"count":5}'],
		['a boolean', readBoolean, 'On request', 'On request'],
		['a boolean', readBoolean, 2, '2'],
		['a text', readText, { en: 'x' }, '{"en":"x"}'],
		['a text', readText, ['x', 'y'], '["x","y"]'],
		['an ID', readId, true, 'true'],
		['an object', readObject, 'x', 'x'],
		['anything', unread, 'Dec 27 2026', 'Dec 27 2026'],
	])('where %s belongs stands beside a null: %#', (_, read, value, text) => {
		const item = itemOf({ before: 1, a: read(value), after: 2 });
		expect(item).toEqual({ before: 1, a: null, aText: text, after: 2 });
		expect(unreadFields(item)).toEqual(['a']);
	});

	it('keeps of a list what is understood, and all that came beside it', () => {
		const item = itemOf({ tags: readTexts(['a', { name: 'b' }, 'c']) });
		expect(item).toEqual({ tags: ['a', 'c'], tagsText: '["a",{"name":"b"},"c"]' });
	});

	it('is told of the entries of a list as well', () => {
		const entry = (value: unknown) => {
			const object = asObject(value);
			return object && itemOf({ name: readText(object.name) });
		};
		expect(itemOf({ a: readList(entry, [{ name: 'x' }]) })).toEqual({ a: [{ name: 'x' }] });
		expect(itemOf({ a: readList(entry, [{ name: ['x'] }]) })).toEqual({
			a: [{ name: null, nameText: '["x"]' }],
			aText: '[{"name":["x"]}]',
		});
	});

	it('is what no reader understands', () => {
		expect(itemOf({ a: readWith(asNumber, 'x') })).toEqual({ a: null, aText: 'x' });
		expect(itemOf({ a: readWith(asText, 'x') })).toEqual({ a: 'x' });
		expect(itemOf({ a: readWith(() => undefined, 0) })).toEqual({ a: null, aText: '0' });
	});
});

it('says what was not understood, and nothing where all was', () => {
	expect(unreadHints(itemOf({ a: readText('x'), b: null }))).toEqual([]);
	expect(unreadHints(itemOf({ a: readNumber('x'), tags: readTexts([{}, { b: 1 }, 'c']) }))).toEqual(
		[
			"'a' came in a form that the node does not understand: it is null, and what came is in 'aText'.",
			"A part of 'tags' came in a form that the node does not understand: all that came is in 'tagsText'.",
		],
	);
});
