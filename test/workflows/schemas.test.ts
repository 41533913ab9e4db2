import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import {
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import { credentialFor, nodeTypes, runVendor } from './vendors';
import type { RunOptions } from './vendors';

const NODES = join(__dirname, '../../nodes');
const FOLDERS = { pam360: 'Pam360', cortexXsiam: 'CortexXsiam', senhasegura: 'Senhasegura' };
type Vendor = keyof typeof FOLDERS;

function schemaFile(vendor: Vendor, resource: string, operation: string): string {
	return join(NODES, FOLDERS[vendor], '__schema__/v1.0.0', resource, `${operation}.json`);
}

/** Every operation that the editor offers. */
function operations(vendor: Vendor): Array<{ resource: string; operation: string }> {
	const { properties } = new nodeTypes[`n8n-nodes-privileged-keys.${vendor}`]().description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(options as INodePropertyOptions[]).map(({ value }) => ({
					resource: resource as string,
					operation: String(value),
				})),
			),
		);
}

describe('output schemas', () => {
	it.each(Object.keys(FOLDERS) as Vendor[])('of %s exist for every operation', (vendor) => {
		const missing = operations(vendor).filter(
			({ resource, operation }) => !existsSync(schemaFile(vendor, resource, operation)),
		);
		expect(operations(vendor).length).toBeGreaterThan(0);
		expect(missing).toEqual([]);
	});

	const cases: Array<{
		vendor: Vendor;
		start: () => Promise<{ url: string; close(): Promise<void> }>;
		credentials: (url: string) => RunOptions['credentials'];
		variants: IDataObject[];
	}> = [
		{
			vendor: 'pam360',
			start: () => startPam360Simulator(),
			credentials: (url) => ({ pam360Api: credentialFor.pam360Api(url) }),
			variants: [{}, { options: { secretOutput: 'none' } }],
		},
		{
			vendor: 'cortexXsiam',
			start: () => startCortexXsiamSimulator(),
			credentials: (url) => ({ cortexXsiamApi: credentialFor.cortexXsiamApi(url) }),
			variants: [{}, { options: { secretOutput: 'none' }, additionalFields: { comment: 'c' } }],
		},
		{
			vendor: 'senhasegura',
			start: () => startSenhaseguraSimulator(),
			credentials: (url) => ({ senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(url) }),
			variants: [{}, { additionalFields: { username: 'u', devices: 'linux-01, nowhere' } }],
		},
	];

	it.each(cases)(
		'of $vendor name every field of an item, and no other',
		async ({ vendor, start, credentials, variants }) => {
			const simulator = await start();
			const [{ resource, operation }] = operations(vendor) as [
				{ resource: string; operation: string },
			];
			const schema = JSON.parse(
				readFileSync(schemaFile(vendor, resource, operation), 'utf8'),
			) as IDataObject;
			const { version, ...rest } = schema;
			expect(version).toBe(1);
			const validate = new Ajv({ allowUnionTypes: true }).compile({
				...rest,
				required: Object.keys(rest.properties as object),
				additionalProperties: false,
			});
			for (const parameters of variants) {
				const result = await runVendor({
					vendor,
					parameters,
					credentials: credentials(simulator.url),
				});
				validate(result.items[0]?.json);
				expect(validate.errors).toBeNull();
			}
			await simulator.close();
		},
	);
});
