import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { z } from 'zod';
import {
	allFields,
	nodeProperties,
	sensitiveOutputFields,
} from '../../../nodes/shared/description';
import type { Vendor } from '../../../nodes/shared/operation';
import { additionalFields, operation } from '../../harness/declarations';
import { node } from './support';

const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...more,
});

const run = async () => ({ item: {}, raw: {} });
const list = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many things',
	description: 'List things',
	fields: [text('filter', { displayOptions: { show: { simplify: [false] }, hide: { x: [1] } } })],
	input: z.object({}),
	run,
});
const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create a thing',
	description: 'Make a thing',
	secretPaths: ['reply.key', 'secret'],
	fields: [text('title'), additionalFields(text('zeta'), text('alpha'), text('mid'))],
	input: z.object({}),
	run,
});
const vendor: Vendor<unknown> = {
	resources: [
		{ name: 'Thing', value: 'thing', operations: [list, create] },
		{ name: 'Other Thing', value: 'other', operations: [{ ...list, fields: [] }] },
	],
	perSecond: 3,
	credential: () => ({ type: 'thingApi' }),
	connect: () => ({ secrets: [] }),
};
const properties = nodeProperties(vendor);
const named = (name: string) => properties.filter((property) => property.name === name);
const optionNames = (property: INodeProperties | undefined) =>
	(property?.options ?? []).map((option) => ('displayName' in option ? option.displayName : ''));

/** What the editor shows for some values, decided by n8n itself. */
function shownFor(values: INodeParameters): INodeProperties[] {
	const parameters = { ...values };
	return properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, node, null),
	);
}

describe('the parameters of a node', () => {
	it('start with the resources by name, and the first declared one chosen', () => {
		expect(properties[0]).toMatchObject({
			name: 'resource',
			noDataExpression: true,
			default: 'thing',
			options: [
				{ name: 'Other Thing', value: 'other' },
				{ name: 'Thing', value: 'thing' },
			],
		});
	});

	it('have the operations of each resource by name, and the first declared one chosen', () => {
		const [thing, other] = named('operation');
		expect(thing).toMatchObject({
			default: 'getAll',
			noDataExpression: true,
			displayOptions: { show: { resource: ['thing'] } },
		});
		expect(thing?.options as INodePropertyOptions[]).toEqual([
			{ name: 'Create', value: 'create', action: 'Create a thing', description: 'Make a thing' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many things', description: 'List things' },
		]);
		expect(other?.displayOptions).toEqual({ show: { resource: ['other'] } });
	});

	it.each([
		[
			{ resource: 'thing', operation: 'getAll', simplify: true },
			['resource', 'operation', 'simplify', 'options'],
		],
		[
			{ resource: 'thing', operation: 'getAll', simplify: false },
			['resource', 'operation', 'filter', 'simplify', 'options'],
		],
		[
			{ resource: 'thing', operation: 'create', simplify: true },
			['resource', 'operation', 'title', 'additionalFields', 'secretNotice', 'simplify', 'options'],
		],
		[
			{ resource: 'other', operation: 'getAll', simplify: true },
			['resource', 'operation', 'simplify', 'options'],
		],
		[{ resource: 'other', operation: 'create', simplify: true }, ['resource', 'operation']],
	])('are those of the operation: %j', (values, expected) => {
		expect(shownFor(values).map(({ name }) => name)).toEqual(expected);
	});

	const noticesFor = (secretOutput?: string) =>
		shownFor({
			resource: 'thing',
			operation: 'create',
			options: secretOutput === undefined ? {} : { secretOutput },
		})
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => displayName);

	it('tell where a secret comes out in clear', () => {
		const inItem = [
			expect.stringMatching(/^The item holds the secret unencrypted, and so do saved/),
		];
		expect(noticesFor()).toEqual(inItem);
		expect(noticesFor('item')).toEqual(inItem);
		expect(noticesFor('file')).toEqual([
			expect.stringMatching(/^The file holds the secret unencrypted/),
		]);
		expect(noticesFor('encrypted')).toEqual([]);
		expect(noticesFor('none')).toEqual([]);
	});

	it('keep what an operation says about showing its own fields', () => {
		expect(named('filter')[0]?.displayOptions).toEqual({
			show: { resource: ['thing'], operation: ['getAll'], simplify: [false] },
			hide: { x: [1] },
		});
	});

	it('sort collections by name', () => {
		expect(optionNames(named('additionalFields')[0])).toEqual(['ALPHA', 'MID', 'ZETA']);
		for (const property of named('options')) {
			const names = optionNames(property);
			expect(names).toEqual([...names].sort());
		}
	});

	it('offer Secret Output where an operation gives one out, and a pace where there is a limit', () => {
		const [forList, forCreate] = named('options');
		expect(optionNames(forList)).toEqual([
			'Max Concurrent Items',
			'Rate Limit Wait',
			'Requests per Second',
			'Timeout',
		]);
		expect(optionNames(forCreate)).toEqual([
			'Max Concurrent Items',
			'Put Secret in Field',
			'Rate Limit Wait',
			'Recipient Public Key',
			'Requests per Second',
			'Secret Output',
			'Timeout',
		]);
		const pace = (forList?.options as INodeProperties[]).find(({ name }) => name === 'perSecond');
		expect(pace?.default).toBe(3);
		const unlimited = nodeProperties({ ...vendor, perSecond: undefined });
		expect(optionNames(unlimited.find(({ name }) => name === 'options'))).not.toContain(
			'Requests per Second',
		);
	});

	it('exist also for a vendor without anything', () => {
		expect(nodeProperties({ ...vendor, resources: [] })).toEqual([
			expect.objectContaining({ name: 'resource', options: [], default: undefined }),
		]);
		const empty = { name: 'None', value: 'none', operations: [] };
		expect(nodeProperties({ ...vendor, resources: [empty] })[1]).toMatchObject({
			name: 'operation',
			default: undefined,
		});
	});
});

describe('sensitiveOutputFields', () => {
	it('are the fields of an item and the paths in an answer, once each', () => {
		expect(sensitiveOutputFields(vendor)).toEqual(['secret', 'passphrase', 'reply.key']);
	});
});

describe('allFields', () => {
	it('finds fields inside collections', () => {
		const rule = { displayName: 'Rule', name: 'rule', values: [text('inner')] };
		const fields: INodeProperties[] = [
			text('outer'),
			text('many', { type: 'fixedCollection', options: [rule] }),
			text('choice', { type: 'options', options: [{ name: 'A', value: 'a' }] }),
		];
		expect(allFields(fields).map(({ name }) => name)).toEqual(['outer', 'many', 'inner', 'choice']);
	});
});
