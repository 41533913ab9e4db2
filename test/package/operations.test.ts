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
import { cortexXsiamRoutes, pam360Routes, senhaseguraRoutes } from '../simulators';
import { WITHOUT_ANSWERS } from '../unit/answers/losses';
import { recordedOf } from '../unit/answers/recorded';
import { absolute, apiPage, builtBy, callRows, callsOf, canBe } from './apiDocs';

const ROOT = join(__dirname, '../..');

/** The choice that a new node starts with, where others are less safe. */
const SAFER: Record<string, string> = { securityLevel: 'advanced', keySource: 'generate' };

type AnyResource = Resource<never>;
type Schema = { properties: object };
type Entry = { resource: AnyResource; operation: Operation<never> };

const vendors = [
	{
		name: 'pam360' as const,
		folder: 'Pam360',
		page: 'pam360' as const,
		routes: pam360Routes.map(({ method, path }) => `${method} ${path}`),
		node: new Pam360(),
		resources: pam360.resources,
	},
	{
		name: 'cortexXsiam' as const,
		folder: 'CortexXsiam',
		page: 'cortex-xsiam' as const,
		routes: cortexXsiamRoutes.map(({ method, path }) => `${method} ${path}`),
		node: new CortexXsiam(),
		resources: cortexXsiam.resources,
	},
	{
		name: 'senhasegura' as const,
		folder: 'Senhasegura',
		page: 'senhasegura' as const,
		routes: senhaseguraRoutes.map(({ method, path }) => `${method} ${path}`),
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

/** A path without what pages leave out at its beginning, and whatever its parameters are called. */
function shortened(path: string): string {
	return absolute(path.replace(/:\w+/g, '{}'), '')
		.replace(/^\/+/, '/')
		.replace(/^\/(public_api\/v1|restapi\/json\/v1|api\/pki\/restapi|iso|api)(?=\/)/, '')
		.replace('/…/', '/resources/{}/');
}

describe.each(vendors)('every operation of $name', (vendor) => {
	const { name, folder, page, routes, node, resources } = vendor;
	const docs = `${page}.md`;
	const all = entries(resources);
	const missing = (has: (entry: Entry) => boolean) => all.filter((entry) => !has(entry)).map(label);

	it('is in the list of its resource: npm run operations', () => {
		const root = join(ROOT, 'nodes', folder, 'resources');
		const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
			file.endsWith('.operation.ts'),
		);
		const unlisted = files.filter((file) => {
			const declared = Object.values(jest.requireActual<object>(join(root, file)));
			return !all.some(({ operation }) => declared.includes(operation));
		});
		expect(files.length).toBe(all.length);
		expect(unlisted).toEqual([]);
	});

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

	it('has a recorded answer, or a reason why not', () => {
		const recorded = new Set(recordedOf(name).map(({ operation }) => operation));
		const excused = Object.keys(WITHOUT_ANSWERS[name]);
		expect(
			missing(({ resource, operation }) => {
				const own = `${resource.value}.${operation.value}`;
				return recorded.has(own) || excused.includes(own);
			}),
		).toEqual([]);
	});

	it('has a row on the page of the API: npm run operations', () => {
		const built = new Set(callRows(apiPage(page)).flatMap(builtBy));
		expect(
			missing(({ resource, operation }) => built.has(`${resource.name}: ${operation.name}`)),
		).toEqual([]);
	});

	it('makes calls that the simulator answers', () => {
		const known = routes.map((route) => route.split(' ') as [method: string, path: string]);
		const unanswered = callRows(apiPage(page))
			.filter((row) => builtBy(row).length > 0)
			.flatMap((row) => callsOf(row, '').map((call) => [builtBy(row).join(), call] as const))
			.filter(([, call]) => {
				const [method = '', path = ''] = call.split(' ');
				return !known.some(
					([other, route]) => other === method && canBe(shortened(route), shortened(path)),
				);
			});
		expect(unanswered).toEqual([]);
	});

	it('has a row in the documentation: npm run operations', () => {
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

	it('tells beside its fields where a secret would come out in clear, and nowhere else', () => {
		const { description } = node;
		const plain = { typeVersion: 1 };
		const ways: Array<[string | undefined, string]> = [
			[undefined, 'The item holds'],
			['item', 'The item holds'],
			['file', 'The file holds'],
			['encrypted', ''],
			['none', ''],
		];
		for (const { resource, operation } of all) {
			for (const [secretOutput, begins] of ways) {
				const chosen = {
					resource: resource.value,
					operation: operation.value,
					options: { ...(secretOutput && { secretOutput }) },
				};
				const shown = description.properties
					.filter(({ name: field }) => field === 'secretNotice')
					.filter((field) => NodeHelpers.displayParameter(chosen, field, plain, description))
					.map(({ displayName }) => displayName.slice(0, 14));
				const isSecret = operation.secretPaths !== undefined && begins !== '';
				const where = [label({ resource, operation }), secretOutput];
				expect([...where, ...shown]).toEqual([...where, ...(isSecret ? [begins] : [])]);
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

it('shows when a new API key expires without being asked', () => {
	const { properties } = new CortexXsiam().description;
	const [more] = properties.filter(
		({ name, displayOptions }) =>
			name === 'additionalFields' &&
			displayOptions?.show?.resource?.includes('apiKey') &&
			displayOptions.show.operation?.includes('generate'),
	);
	expect(more?.default).toEqual({ expiration: '' });
});
