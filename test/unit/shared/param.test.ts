import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { operationsOf } from '../../../nodes/shared/declare';
import { optionList, searchList } from '../../../nodes/shared/editor';
import { editorMethods, listsOf } from '../../../nodes/shared/editorMethods';
import { Failure } from '../../../nodes/shared/failure';
import { choice, parseInput, textIfAdded } from '../../../nodes/shared/input';
import { returnAllOrLimit } from '../../../nodes/shared/list';
import type { Vendor } from '../../../nodes/shared/operation';
import {
	additionalFields,
	entries,
	filledBy,
	filters,
	group,
	kind,
	notice,
	nullIfAdded,
	oneOf,
	param,
	picker,
	preset,
	required,
	sentAs,
	shown,
	updateFields,
} from '../../../nodes/shared/param';
import type { Param } from '../../../nodes/shared/param';

const name = param({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
});
const shortName = sentAs('short_name', {
	displayName: 'Short Name',
	name: 'shortName',
	type: 'string',
	default: '',
});
const comment = param({ displayName: 'Comment', name: 'comment', type: 'string', default: '' });
const days = param({
	displayName: 'Days',
	name: 'days',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 30 },
	default: 7,
});
const force = param({ displayName: 'Force', name: 'force', type: 'boolean', default: false });
const secret = param({
	displayName: 'Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
});

function read<Values extends object>({ reader, fields }: Param<Values>, given: unknown): Values {
	return parseInput(reader, fields, given);
}

function refusal(params: Param, given: unknown): string {
	try {
		return `taken: ${JSON.stringify(read(params, given))}`;
	} catch (error) {
		const { message, description } = error as Failure;
		return [message, description].filter(Boolean).join(' ');
	}
}

describe('a parameter', () => {
	it('takes what its type says', () => {
		expect(read(name, { name: ' Ada ' })).toEqual({ name: 'Ada' });
		expect(refusal(name, { name: '  ' })).toBe("'Name' is required");
		expect(read(days, { days: '7' })).toEqual({ days: 7 });
		expect(refusal(days, { days: 0 })).toBe("'Days' must be at least 1");
		expect(refusal(days, { days: 31 })).toBe("'Days' must be at most 30");
		expect(read(force, { force: 'true' })).toEqual({ force: true });
		expect(refusal(force, { force: 'perhaps' })).toBe("'Force' must be true or false");
		const kinds = param({
			displayName: 'Kinds',
			name: 'kinds',
			type: 'multiOptions',
			options: [{ name: 'A', value: 'a' }],
			default: [],
		});
		expect(read(kinds, { kinds: 'a, b' })).toEqual({ kinds: ['a', 'b'] });
		const more = param({ displayName: 'More', name: 'more', type: 'json', default: '{}' });
		expect(read(more, { more: '{"a":1}' })).toEqual({ more: { a: 1 } });
		expect(refusal(more, { more: '[1]' })).toMatch(/^'More' must be a JSON object/);
	});

	it('leaves a secret as it is, and refuses one whose expression came to nothing', () => {
		expect(read(secret, { secret: ' a b ' })).toEqual({ secret: ' a b ' });
		expect(read(secret, { secret: '' })).toEqual({});
		expect(refusal(secret, { secret: null })).toMatch(/^'Secret' is empty Its expression/);
	});

	it('leaves out what was not given', () => {
		expect(Object.keys(read(group(comment, days, force), { comment: '', days: '' }))).toEqual([]);
	});

	it('is given under the name of the vendor, and named by its own where it is wrong', () => {
		const validity = sentAs(
			'validity_period',
			{ displayName: 'Valid For', name: 'validFor', type: 'number', default: 1 },
			z.number({ invalid_type_error: 'must be a number' }),
		);
		expect(read(validity, { validFor: 4 })).toEqual({ validity_period: 4 });
		expect(refusal(validity, { validFor: 'x' })).toBe("'Valid For' must be a number");
	});

	it('can look another way, and be one that must be given', () => {
		const reason = required(comment).looking({ description: 'Why' });
		expect(reason.fields).toEqual([{ ...comment.fields[0], required: true, description: 'Why' }]);
		expect(read(reason, { comment: 'x' })).toEqual({ comment: 'x' });
		expect(refusal(reason, { comment: ' ' })).toBe("'Comment' is required");
	});

	it('must be given where it is required, each of several by itself', () => {
		const both = required(group(shortName, comment));
		expect(read(both, { shortName: 'Ada', comment: 'x' })).toEqual({
			short_name: 'Ada',
			comment: 'x',
		});
		expect(refusal(both, { comment: 'x' })).toBe("'Short Name' is required");
		expect(refusal(both, { shortName: 'Ada' })).toBe("'Comment' is required");
		expect(both.fields.map((field) => field.required)).toEqual([true, true]);
	});

	it.each<[string, Param]>([
		['checked', shortName.check(() => {})],
		['made into something else', shortName.as(() => ({}))],
		['looking another way', shortName.looking({ placeholder: 'e.g. Ada' })],
		['required', required(shortName)],
		['null where it was added', nullIfAdded(shortName)],
		['hidden', shown({ all: [false] }, shortName)],
		[
			'filled from a list',
			filledBy(optionList({ name: 'l', load: async () => [] }), () => shortName),
		],
	])('tells which parameter gives the value when it is %s', (_, one) => {
		expect(one.names).toEqual({ short_name: 'shortName' });
	});

	it('tells it also among others, in a choice and of what holds others', () => {
		expect(group(shortName, name).names).toEqual({ short_name: 'shortName', name: 'name' });
		const isShort = param(
			{ displayName: 'Short', name: 'isShort', type: 'boolean', default: true },
			z.boolean(),
		);
		const either = oneOf(isShort, { true: [shortName], false: [name] });
		expect(either.names).toEqual({ isShort: 'isShort', short_name: 'shortName', name: 'name' });
		const more = preset(additionalFields(shortName), ['shortName']);
		expect(more.names).toEqual({ additionalFields: 'additionalFields' });
	});

	it('that was added and came out undefined is null, where that is told apart', () => {
		const id = nullIfAdded(
			param(
				{ displayName: 'ID', name: 'id', type: 'string', default: '' },
				textIfAdded('Without it, all are meant.'),
			),
		);
		expect(read(id, {})).toEqual({});
		expect(refusal(id, { id: undefined })).toMatch(/^'ID' is empty Without it, all are meant\./);
	});
});

describe('several parameters', () => {
	it('say of the first that is wrong, and are checked together where none is', () => {
		const checked = group(name, days).check((values, context) => {
			if (values.name !== 'Ada') return;
			context.addIssue({ code: 'custom', path: ['days'], message: 'must be left to Ada' });
		});
		expect(refusal(checked, { name: '', days: 99 })).toBe("'Name' is required");
		expect(refusal(checked, { name: 'Ada', days: 99 })).toBe("'Days' must be at most 30");
		expect(refusal(checked, { name: 'Ada', days: 9 })).toBe("'Days' must be left to Ada");
		expect(read(checked, { name: 'Bob', days: 9 })).toEqual({ name: 'Bob', days: 9 });
	});

	it('can give something else', () => {
		const named = group(name, comment).as((values) => ({
			title: `${values.name}: ${values.comment ?? 'none'}`,
		}));
		expect(read(named, { name: 'Ada' })).toEqual({ title: 'Ada: none' });
		expect(named.fields.map((field) => field.name)).toEqual(['name', 'comment']);
	});

	it('give nothing for a notice, which only the user sees', () => {
		const seen = notice({ displayName: 'Mind', name: 'mind', type: 'notice', default: '' });
		expect(read(group(seen, name), { name: 'Ada', mind: '' })).toEqual({ name: 'Ada' });
	});
});

describe('what is hidden', () => {
	const source = param(
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'Generate', value: 'generate' },
				{ name: 'Provide', value: 'provide' },
				{ name: 'Neither', value: 'neither' },
			],
			default: 'generate',
		},
		choice(['generate', 'provide', 'neither']),
	);
	const chosen = oneOf(source, {
		generate: [days, comment],
		provide: [name, comment],
		neither: [],
	});

	it('is that of a choice in other letters, too', () => {
		expect(read(chosen, { source: ' Neither ', days: 5 })).toEqual({ source: 'neither' });
	});

	it('is not looked at, whatever it holds', () => {
		const given = { name: { no: 'text' }, days: 'soon', comment: 'x' };
		expect(read(chosen, { ...given, source: 'neither' })).toEqual({ source: 'neither' });
		expect(read(chosen, { ...given, source: 'generate', days: 5 })).toEqual({
			source: 'generate',
			days: 5,
			comment: 'x',
		});
		expect(refusal(chosen, { ...given, source: 'generate' })).toBe("'Days' must be a whole number");
		expect(refusal(chosen, { ...given, source: 'provide' })).toBe("'Name' must be a text");
		expect(refusal(chosen, { ...given, source: 'other' })).toBe(
			"'Source' must be one of generate, provide, neither",
		);
	});

	it('is hidden in the editor by the same declaration', () => {
		const shownFor = chosen.fields.map(({ name: own, displayOptions }) => [
			own,
			displayOptions?.show?.source,
		]);
		expect(shownFor).toEqual([
			['source', undefined],
			['days', ['generate']],
			['comment', ['generate', 'provide']],
			['name', ['provide']],
		]);
	});

	it('may be taken in two ways under one name, and is seen once', () => {
		const look = { displayName: 'Key', name: 'key' as const, type: 'string' as const, default: '' };
		const either = oneOf(source, {
			generate: [],
			provide: [param(look)],
			neither: [
				param(
					look,
					z.string().transform((text) => text.length),
				),
			],
		});
		expect(read(either, { source: 'provide', key: ' a ' })).toEqual({
			source: 'provide',
			key: 'a',
		});
		expect(read(either, { source: 'neither', key: ' a ' })).toEqual({ source: 'neither', key: 3 });
		expect(either.fields.slice(1)).toEqual([
			{ ...look, displayOptions: { show: { source: ['provide', 'neither'] } } },
		]);
	});

	it('depends on a value in any letters, of which there may be others', () => {
		const status = param({ displayName: 'Status', name: 'status', type: 'options', default: '' });
		const reason = group(status, shown({ status: ['Resolved'] }, name));
		expect(read(reason, { status: 'RESOLVED ', name: 'Ada' })).toEqual({
			status: 'RESOLVED',
			name: 'Ada',
		});
		expect(read(reason, { status: 'Own', name: '' })).toEqual({ status: 'Own' });
		expect(refusal(reason, { status: 'Resolved', name: '' })).toBe("'Name' is required");
		expect(reason.fields[1]?.displayOptions).toEqual({ show: { status: ['Resolved'] } });
	});

	it('is the limit of a list of which all is wanted', () => {
		expect(read(returnAllOrLimit, { returnAll: true, limit: 'none' })).toEqual({ most: Infinity });
		expect(read(returnAllOrLimit, { returnAll: 'true', limit: 0 })).toEqual({ most: Infinity });
		expect(read(returnAllOrLimit, { returnAll: 'false', limit: '3' })).toEqual({ most: 3 });
		expect(read(returnAllOrLimit, {})).toEqual({ most: 50 });
		expect(refusal(returnAllOrLimit, { returnAll: false, limit: 0 })).toBe(
			"'Limit' must be at least 1",
		);
		expect(returnAllOrLimit.fields[1]?.displayOptions).toEqual({ show: { returnAll: [false] } });
	});
});

describe('a collection', () => {
	it('gives its fields, sorted for the user, and names the one that is wrong', () => {
		const more = additionalFields(force, comment, days);
		expect(more.fields[0]?.options?.map((option) => option.name)).toEqual([
			'comment',
			'days',
			'force',
		]);
		expect(read(more, { additionalFields: { days: 3 } })).toEqual({
			additionalFields: { days: 3 },
		});
		expect(read(more, {})).toEqual({ additionalFields: {} });
		expect(refusal(more, { additionalFields: { days: 99 } })).toBe("'Days' must be at most 30");
	});

	it('refuses what is no collection, as of an expression that came to nothing', () => {
		expect(refusal(filters(comment), { filters: undefined })).toMatch(
			/^'Filters' has a value that/,
		);
		expect(refusal(filters(comment), { filters: 'all' })).toMatch(/^'Filters' has a value that/);
	});

	it('is checked inside', () => {
		const changes = updateFields(
			group(comment, days).check((values, context) => {
				if (Object.keys(values).length > 0) return;
				context.addIssue({ code: 'custom', message: 'has nothing to change' });
			}),
		);
		expect(refusal(changes, { updateFields: {} })).toBe("'Update Fields' has nothing to change");
	});

	it('can have fields from the start', () => {
		const more = additionalFields(comment, days);
		expect(preset(more, ['days']).fields[0]?.default).toEqual({ days: 7 });
		expect(more.fields[0]?.default).toEqual({});
	});
});

describe('a list of entries', () => {
	const columns = entries(
		{ displayName: 'Columns', name: 'columns', placeholder: 'Add Column' },
		{ column: kind('Column', name, days), secretColumn: kind('Secret Column', name, secret) },
	);

	it('is one list, whatever form n8n or an expression gives it', () => {
		const given = {
			secretColumn: { name: 'b', secret: ' x ' },
			column: [{ name: ' a ', days: 2 }],
		};
		expect(read(columns, { columns: given })).toEqual({
			columns: [
				{ name: 'a', days: 2 },
				{ name: 'b', secret: ' x ' },
			],
		});
		expect(read(columns, { columns: {} })).toEqual({ columns: [] });
		expect(read(columns, {})).toEqual({});
		expect(refusal(columns, { columns: 'a' })).toBe("'Columns' must be a list");
		expect(refusal(columns, { columns: { column: [{ name: 'a', days: 99 }] } })).toBe(
			"'Days' must be at most 30",
		);
	});

	it('is the fixed collection that the user sees', () => {
		expect(columns.fields).toEqual([
			{
				displayName: 'Columns',
				name: 'columns',
				placeholder: 'Add Column',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [
					{ displayName: 'Column', name: 'column', values: [...name.fields, ...days.fields] },
					{
						displayName: 'Secret Column',
						name: 'secretColumn',
						values: [...name.fields, ...secret.fields],
					},
				],
			},
		]);
	});
});

describe('a picker', () => {
	const keys = searchList({ name: 'searchKeys', load: async (api: string[]) => toEntries(api) });
	const roles = optionList({ name: 'getRoles', load: async (api: string[]) => toEntries(api) });
	const toEntries = (names: string[]) => names.map((one) => ({ name: one, value: one }));
	const id = { regex: '^\\d+$', errorMessage: 'A number', placeholder: 'e.g. 7' };
	const key = picker({ displayName: 'Key', name: 'key', description: 'The key', list: keys, id });
	const role = filledBy(roles, (loadOptionsMethod) =>
		param({
			displayName: 'Role Names or IDs',
			name: 'roles',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod },
			default: [],
		}),
	);
	const vendor = {
		resources: [
			{
				name: 'Key',
				value: 'key',
				operations: [
					operationsOf<string[]>()({
						name: 'Get',
						value: 'get',
						action: 'Get key',
						description: 'Get a key',
						params: [key, additionalFields(role, filters(key)), shown({ a: [1] }, role)],
						run: async (_, { key: { by, value } }) => ({ item: { by, value }, raw: {} }),
					}),
				],
			},
		],
	} as unknown as Vendor<string[]>;

	it('brings its list, which makes the method of the node', () => {
		expect(listsOf(vendor)).toEqual([keys, roles]);
		const { listSearch, loadOptions } = editorMethods(vendor);
		expect([Object.keys(listSearch), Object.keys(loadOptions)]).toEqual([
			['searchKeys'],
			['getRoles'],
		]);
		expect(role.fields[0]?.typeOptions).toEqual({ loadOptionsMethod: 'getRoles' });
	});

	it('must have something chosen, unless it need not', () => {
		expect(read(key, { key: { mode: 'list', value: 7 } })).toEqual({
			key: { by: 'id', value: '7' },
		});
		expect(refusal(key, { key: { mode: 'list', value: '' } })).toBe("'Key' is required");
		const free = picker({
			displayName: 'Key',
			name: 'key',
			description: 'The key',
			required: false,
			list: keys,
			id,
		});
		expect(read(free, { key: { mode: 'list', value: '' } })).toEqual({});
		expect(key.names).toEqual({ key: 'key' });
		expect([key, free].map(({ fields: [field] }) => field?.required)).toEqual([true, undefined]);
	});
});

describe('the types', () => {
	const operation = operationsOf<{ send(body: object): void }>();
	const base = { name: 'Do', value: 'do', action: 'Do it', description: 'Does it' };

	it('follow from the parameters, so that a wrong name or a wrong use is no program', () => {
		operation({
			...base,
			params: [name, additionalFields(days, sentAs('is_forced', forceField)), returnAllOrLimit],
			async run(api, { name: text, most, additionalFields: more }) {
				api.send({ text: text.trim(), most: most.toFixed(), ...more });
				// @ts-expect-error It may be undefined.
				more.days.toFixed();
				// @ts-expect-error It is given under the name of the vendor.
				const own: unknown = more.force;
				api.send({ own });
				const forced: boolean | undefined = more.is_forced;
				return { item: { forced }, raw: {} };
			},
		});
		operation({
			...base,
			params: [name],
			// @ts-expect-error There is no such parameter.
			run: async (_, { nam }) => ({ item: { nam: nam as string }, raw: {} }),
		});
		operation({
			...base,
			params: [param(forceField as INodeProperties & { displayOptions?: never })],
			// @ts-expect-error Of a name that is not known as it is compiled nothing is given.
			run: async (_, { force: given }) => ({ item: { given: given as boolean }, raw: {} }),
		});
		operation({
			...base,
			params: [
				oneOf(
					param({ displayName: 'All', name: 'all', type: 'boolean', default: true }, z.boolean()),
					{
						true: [],
						false: [days],
					},
				),
			],
			async run(_, given) {
				// @ts-expect-error It is hidden where all are wanted.
				const hidden: unknown = given.days;
				return { item: { days: given.all ? null : given.days }, raw: { hidden: String(hidden) } };
			},
		});
		expect(operation({ ...base, params: [name], run: jest.fn() }).fields).toEqual(name.fields);
	});
});

const forceField = {
	displayName: 'Force',
	name: 'force' as const,
	type: 'boolean' as const,
	default: false,
};
