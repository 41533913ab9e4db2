import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { readsSecret } from '../../nodes/shared/operation';
import type { Operation, Resource } from '../../nodes/shared/operation';
import { CortexXsiam } from '../../nodes/CortexXsiam/CortexXsiam.node';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { Pam360 } from '../../nodes/Pam360/Pam360.node';
import { pam360 } from '../../nodes/Pam360/resources';
import { Senhasegura } from '../../nodes/Senhasegura/Senhasegura.node';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import { allFields } from '../../nodes/shared/description';

const ROOT = join(__dirname, '../..');

/** The choice that a new node starts with, where others are less safe. */
const SAFER: Record<string, string> = { securityLevel: 'advanced', keySource: 'generate' };

type AnyResource = Resource<never>;
type Schema = { properties: object };
type Entry = { resource: AnyResource; operation: Operation<never> };

const vendors = [
	{
		name: 'pam360',
		folder: 'Pam360',
		docs: 'pam360.md',
		node: new Pam360(),
		resources: pam360.resources,
	},
	{
		name: 'cortexXsiam',
		folder: 'CortexXsiam',
		docs: 'cortex-xsiam.md',
		node: new CortexXsiam(),
		resources: cortexXsiam.resources,
	},
	{
		name: 'senhasegura',
		folder: 'Senhasegura',
		docs: 'senhasegura.md',
		node: new Senhasegura(),
		resources: senhasegura.resources,
	},
];

function text(...path: string[]): string {
	return readFileSync(join(ROOT, ...path), 'utf8');
}

function entries(resources: AnyResource[]): Entry[] {
	return resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);
}

function withoutReadAt(properties: object): object {
	return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'readAt'));
}

const label = ({ resource, operation }: Entry) => `${resource.value}: ${operation.value}`;

describe.each(vendors)('every operation of $name', ({ name, folder, docs, node, resources }) => {
	const all = entries(resources);
	const missing = (has: (entry: Entry) => boolean) => all.filter((entry) => !has(entry)).map(label);

	it('has an output schema, and no schema is without an operation', () => {
		const schemas = join(ROOT, 'nodes', folder, '__schema__/v1.0.0');
		const files = readdirSync(schemas, { recursive: true, encoding: 'utf8' }).filter((file) =>
			file.endsWith('.json'),
		);
		const wanted = all.map(({ resource, operation }) =>
			join(resource.value, `${operation.value}.json`),
		);
		expect(files.sort()).toEqual(wanted.sort());
	});

	it('says in its schema when it read a secret, if it does', () => {
		for (const { resource, operation } of all) {
			const path = `__schema__/v1.0.0/${resource.value}/${operation.value}.json`;
			const schema = JSON.parse(text('nodes', folder, path)) as Schema;
			const readAt = readsSecret(operation) ? { readAt: { type: 'string' } } : {};
			expect([path, schema.properties]).toEqual([
				path,
				{ ...withoutReadAt(schema.properties), ...readAt },
			]);
		}
	});

	it('declares that it reads keys, if its schema has the server that they are on', () => {
		const namesServer = ({ resource, operation }: Entry) => {
			const path = `__schema__/v1.0.0/${resource.value}/${operation.value}.json`;
			return 'server' in (JSON.parse(text('nodes', folder, path)) as Schema).properties;
		};
		const declared = all.filter(({ operation }) => operation.readsKeys === true).map(label);
		expect(declared).toEqual(all.filter(namesServer).map(label));
		expect(declared.length).toBeGreaterThan(1);
	});

	it('is run through the real engine by the test kit', () => {
		const tests = readdirSync(join(ROOT, 'test/workflows', name)).filter((file) =>
			file.endsWith('.test.ts'),
		);
		const source = tests.map((file) => text('test/workflows', name, file)).join('\n');
		const described = new Set(
			[...source.matchAll(/describeOperation\(\s*\w+,\s*'(\w+)',\s*'(\w+)'/g)].map(
				([, resource, operation]) => `${resource}: ${operation}`,
			),
		);
		expect(missing((entry) => described.has(label(entry)))).toEqual([]);
	});

	it('has a row in the documentation', () => {
		expect(existsSync(join(ROOT, 'docs', docs))).toBe(true);
		const rows = text('docs', docs)
			.split('\n')
			.map((line) => line.split('|').map((cell) => cell.trim()));
		const isRow = ({ resource, operation }: Entry) =>
			rows.some((cells) => cells[1] === resource.name && cells[2] === operation.name);
		expect(missing(isRow)).toEqual([]);
	});

	it('is shown with its own fields and the common ones, each once', () => {
		const { description } = node;
		const plain = { typeVersion: 1 };
		for (const { resource, operation } of all) {
			const chosen = { resource: resource.value, operation: operation.value };
			const isFor = ({ displayOptions }: INodeProperties) =>
				displayOptions?.show?.resource?.includes(chosen.resource) === true &&
				displayOptions.show.operation?.includes(chosen.operation) === true;
			const shown = description.properties
				.filter((field) => NodeHelpers.displayParameter(chosen, field, plain, description))
				.filter(({ name: field }) => !['resource', 'operation', 'authentication'].includes(field));
			const names = shown.map((field) => field.name);
			expect([label({ resource, operation }), ...names]).toEqual([
				label({ resource, operation }),
				...new Set(names),
			]);
			expect(shown.filter((field) => !isFor(field))).toEqual([]);
			expect(names).toEqual(expect.arrayContaining(['simplify', 'options']));
			const own = description.properties.filter(isFor).map((field) => field.name);
			expect(own).toEqual(expect.arrayContaining(operation.fields.map((field) => field.name)));
		}
	});

	it('offers the safer choice first, and starts with it', () => {
		for (const { operation } of all) {
			for (const { name: field, type, options = [], default: first } of operation.fields) {
				const safer = SAFER[field];
				if (safer === undefined || type !== 'options') continue;
				const [shown] = options as Array<{ value: string }>;
				expect([operation.value, field, shown?.value, first]).toEqual([
					operation.value,
					field,
					safer,
					safer,
				]);
			}
		}
	});

	it('has no field that says the name of the operation again', () => {
		const repeated = all.flatMap(({ resource, operation }) =>
			operation.fields
				.filter(({ displayName }) => displayName === operation.name)
				.map(({ displayName }) => `${resource.name} > ${operation.name} > ${displayName}`),
		);
		expect(repeated).toEqual([]);
	});

	it('says what n8n’s guidelines want of its texts', () => {
		for (const { resource, operation } of all) {
			const { action, description } = operation;
			expect(action).toMatch(/^[A-Z][^.]*$/);
			expect(action).not.toMatch(/\b(a|an|the)\b/);
			expect(description.length).toBeGreaterThan(0);
			const fields = allFields(operation.fields);
			for (const field of fields) {
				const where = `${resource.value}.${operation.value}.${field.name}`;
				const isNotice = field.type === 'notice';
				if (!isNotice) expect(`${where}: ${field.displayName}`).toMatch(/: [A-Z]/);
				for (const said of [field.description ?? '', field.hint ?? '']) {
					expect(`${where}: ${said}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
				}
				if (field.type === 'boolean') {
					expect(`${where}: ${field.description ?? ''}`).toMatch(/: Whether /);
				}
				if ((field.hint?.length ?? 0) > 120) throw new Error(`${where} has a long hint`);
			}
		}
	});
});
