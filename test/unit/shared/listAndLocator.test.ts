import { z } from 'zod';
import { searchList } from '../../../nodes/shared/editor';
import { parseInput } from '../../../nodes/shared/input';
import { returnAllOrLimit } from '../../../nodes/shared/list';
import { locatedId, located, locator, optionalLocated } from '../../../nodes/shared/locator';
import { thrownBy } from './support';

const read = (values: object) =>
	parseInput(returnAllOrLimit.reader, returnAllOrLimit.fields, values);

describe('how many records are wanted', () => {
	it.each<[object, number]>([
		[{}, 50],
		[{ returnAll: false, limit: 7 }, 7],
		[{ returnAll: 'false', limit: '7' }, 7],
		[{ returnAll: true, limit: 7 }, Infinity],
		[{ returnAll: true, limit: 'nonsense' }, Infinity],
	])('%j', (values, most) => {
		expect(read(values)).toEqual({ most });
	});

	it.each<[unknown, string]>([
		[0, "'Limit' must be at least 1"],
		[-3, "'Limit' must be at least 1"],
		[1.5, "'Limit' must be a whole number"],
		['many', "'Limit' must be a whole number"],
		[{}, "'Limit' must be a whole number"],
		['', "'Limit' must be a whole number"],
		[true, "'Limit' must be a whole number"],
		[[7], "'Limit' must be a whole number"],
	])('is not %j', (limit, message) => {
		expect(thrownBy(() => read({ limit })).message).toBe(message);
	});
});

const things = searchList({
	name: 'searchThings',
	reads: ['box.value'],
	load: async () => [],
});
const field = locator({
	displayName: 'Thing',
	name: 'thing',
	description: 'The thing',
	list: things,
	id: { regex: '^\\d+$', errorMessage: 'An ID is a number', placeholder: 'e.g. 7' },
	byName: { placeholder: 'e.g. blue' },
});

describe('a resource locator', () => {
	it('offers a list, a name and an ID, and must be filled', () => {
		expect(field).toMatchObject({ type: 'resourceLocator', required: true });
		expect(field.modes?.map(({ name }) => name)).toEqual(['list', 'name', 'id']);
		expect(field.modes?.[0]?.typeOptions?.searchListMethod).toBe('searchThings');
	});

	it('begins with the name where the list needs what not every server has', () => {
		const { modes, default: first } = locator({
			displayName: 'Thing',
			name: 'thing',
			description: 'The thing',
			list: things,
			listHint: 'Things must be on',
			byName: { placeholder: 'e.g. blue', hint: 'Its colour' },
		});
		expect(first).toEqual({ mode: 'name', value: '' });
		expect(modes).toEqual([
			expect.objectContaining({ name: 'name', hint: 'Its colour' }),
			expect.objectContaining({ name: 'list', hint: 'Things must be on' }),
		]);
	});

	it('begins with the name where there is no list', () => {
		const { modes, default: first } = locator({
			displayName: 'Thing',
			name: 'thing',
			description: 'The thing',
			id: { regex: '', errorMessage: '', placeholder: '' },
			byName: { placeholder: 'e.g. blue' },
		});
		expect(first).toEqual({ mode: 'name', value: '' });
		expect(modes?.map(({ name }) => name)).toEqual(['name', 'id']);
	});

	it('is cleared when a parameter changes that its list reads', () => {
		expect(field.typeOptions).toEqual({ loadOptionsDependsOn: ['box.value'] });
		const independent = searchList({ name: 'searchThings', load: async () => [] });
		const { typeOptions } = locator({
			displayName: 'Thing',
			name: 'thing',
			description: 'The thing',
			list: independent,
			id: { regex: '', errorMessage: '', placeholder: '' },
		});
		expect(typeOptions).toBeUndefined();
	});

	it.each<[unknown, object | undefined]>([
		[
			{ __rl: true, mode: 'list', value: '7', cachedResultName: 'blue' },
			{ by: 'id', value: '7' },
		],
		[
			{ __rl: true, mode: 'id', value: ' 7 ' },
			{ by: 'id', value: '7' },
		],
		[
			{ __rl: true, mode: 'id', value: 7 },
			{ by: 'id', value: '7' },
		],
		[
			{ __rl: true, mode: 'name', value: 'blue' },
			{ by: 'name', value: 'blue' },
		],
		['7', { by: 'id', value: '7' }],
		[7, { by: 'id', value: '7' }],
		[{ mode: 'list', value: '' }, undefined],
		[{ mode: 'list' }, undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('is read: %j', (given, expected) => {
		expect(optionalLocated.parse(given)).toEqual(expected);
	});

	it.each([{ mode: 'id', value: {} }, true, [7]])('is not %j', (given) => {
		const parse = () => parseInput(z.object({ thing: optionalLocated }), [field], { thing: given });
		expect(thrownBy(parse).message).toBe("'Thing' must be chosen from the list or given as text");
	});

	it('must be chosen where it is required', () => {
		const parse = () => parseInput(z.object({ thing: located }), [field], { thing: '' });
		expect(thrownBy(parse).message).toBe("'Thing' is required");
	});

	it('must look like an ID where only IDs do', () => {
		const schema = z.object({ thing: locatedId(/^\d+$/, 'must be the number of a thing') });
		expect(schema.parse({ thing: { mode: 'id', value: '7' } })).toEqual({ thing: '7' });
		const parse = () => parseInput(schema, [field], { thing: '../7' });
		expect(thrownBy(parse).message).toBe("'Thing' must be the number of a thing");
	});
});
