import type { z } from 'zod';
import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { pam360 } from '../../../nodes/Pam360/resources';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { allFields } from '../../../nodes/shared/description';
import type { Operation } from '../../../nodes/shared/operation';
import { loadModule } from '../../harness/runtime';
import { TestNodeTypes, workflowNode } from '../../harness';
import { GENERATE, foreignKey, requests } from '../../unit/cortexXsiam/support';
import { credentialFor, nodeTypes, runVendor } from '../vendors';
import { useVendors } from '../examples/support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/** n8n's own making of a tool out of a node: the part that a model gets to see. */
const { getSchema } = loadModule(
	'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool',
) as { getSchema(node: INode): z.ZodObject<z.ZodRawShape> };

const sims = useVendors();
const PACKAGE = 'n8n-nodes-privileged-keys';

beforeAll(() => {
	for (const name of ['pam360', 'cortexXsiam', 'senhasegura'] as const) {
		Object.assign(nodeTypes, { [`${PACKAGE}.${name}Tool`]: nodeTypes[`${PACKAGE}.${name}`] });
	}
});

type VendorName = 'pam360' | 'cortexXsiam' | 'senhasegura';
type AnyOperation = Operation<never>;

const vendors = { pam360, cortexXsiam, senhasegura };

const operations = (Object.keys(vendors) as VendorName[]).flatMap((vendor) =>
	vendors[vendor].resources.flatMap((resource) =>
		(resource.operations as AnyOperation[]).map((operation) => ({
			name: `${vendor}: ${resource.value}, ${operation.value}`,
			vendor,
			resource: resource.value,
			operation,
		})),
	),
);

const credentials = () => ({
	pam360: { pam360Api: credentialFor.pam360Api(sims.pam360.url) },
	cortexXsiam: { cortexXsiamApi: credentialFor.cortexXsiamApi(sims.cortexXsiam.url) },
	senhasegura: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(sims.senhasegura.url) },
});

/** All that a run sent, but for tokens. */
const sent = (vendor: VendorName) =>
	sims[vendor].log.filter(({ url }) => !url.includes('/oauth2/token'));

interface Call {
	vendor: VendorName;
	parameters: IDataObject;
	/** What the model passes. */
	args?: IDataObject;
	/** Not as a tool, but as a step of a workflow. */
	isStep?: boolean;
}

const call = async ({ vendor, parameters, args = {}, isStep = false }: Call) =>
	await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters,
		credentials: credentials()[vendor],
		items: [args],
		node: { type: `${PACKAGE}.${vendor}${isStep ? '' : 'Tool'}` },
	});

describe('what belongs to a person', () => {
	/** Operations that change something, end nothing, and give nobody a right; each with its reason. */
	const HARMLESS: Record<string, string> = {
		'pam360: agentKey, generate': 'a new key, which no model gets',
		'pam360: account, create': 'a new account; its password is a secret',
		'pam360: account, downloadFile': 'reads a secret',
		'pam360: resource, restoreFromTrash': 'brings back what was there',
		'pam360: certificate, add': 'stores a public certificate',
		'pam360: certificate, create': 'a new certificate; its password is a secret',
		'pam360: certificate, createCsr': 'a new request, which somebody else signs',
		'pam360: certificate, export': 'reads what is public',
		'pam360: certificate, exportKeyStore': 'reads a secret',
		'pam360: certificate, exportPrivateKey': 'reads a secret',
		'pam360: password, generate': 'a text that is stored nowhere',
		'pam360: password, requestAccess': 'asks a person',
		'pam360: tunnel, create': 'a way that the API user has already',
		'pam360: tunnel, createServer': 'a way that the API user has already',
		'cortexXsiam: dataset, create': 'an empty dataset',
		'cortexXsiam: issue, create': 'a new issue',
		'cortexXsiam: tenant, healthCheck': 'reads',
		'cortexXsiam: warRoomEntry, create': 'a text; a command is guarded',
		'cortexXsiam: xql, runQuery': 'reads; a query that writes is guarded',
		'senhasegura: application, create': 'an application without rights',
		'senhasegura: certificate, download': 'reads a secret',
		'senhasegura: certificate, import': 'stores a certificate; its secrets are guarded',
		'senhasegura: certificateRequest, create': 'a new request, which somebody else signs',
		'senhasegura: relatedUser, create': 'a name',
		'senhasegura: relatedUser, update': 'a name',
		'senhasegura: secret, provision': 'a new secret, which no model gets',
		'senhasegura: session, createWebProxySession': 'opens a session, by what no model gets',
	};

	it('is declared by every operation that is not listed as harmless', () => {
		const open = operations.filter(
			({ operation }) => !/^(get|list)/.test(operation.value) && !operation.byPerson?.targets,
		);
		expect(open.map(({ name }) => name).sort()).toEqual(Object.keys(HARMLESS).sort());
	});

	it('is declared wherever a field lifts a protection', () => {
		const GUARDS =
			/^(allow|force|ignore|given ?up|dryRun)|OwnKey|GivenUp|nothingStoredYet|noHostLearnsIt/;
		const missing = operations.flatMap(({ name, operation }) =>
			allFields(operation.fields)
				.filter((field) => GUARDS.test(field.name))
				.filter((field) => !operation.byPerson?.guards?.includes(field.name))
				.map((field) => `${name}: ${field.name}`),
		);
		expect(missing).toEqual([]);
	});

	it('names parameters that are there', () => {
		for (const { name, operation } of operations) {
			const {
				targets = [],
				guards = [],
				guardsWhere = {},
				guardsBy = {},
			} = operation.byPerson ?? {};
			const known = allFields(operation.fields).map((field) => field.name);
			const named = [
				...targets,
				...guards,
				...Object.entries(guardsWhere).flat(),
				...Object.keys(guardsBy),
			];
			const unknown = named.filter((field) => !known.includes(field));
			expect({ name, unknown }).toEqual({ name, unknown: [] });
		}
	});
});

/** What the editor writes when somebody lets the model define a field. */
const fromModel = (field: INodeProperties) => {
	const key = field.displayName.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);
	const type = { number: 'number', boolean: 'boolean' }[field.type as string] ?? 'string';
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
};

const NOT_FOR_MODELS = ['notice', 'hidden'];

function filledByModel(field: INodeProperties): IDataObject[string] {
	if (field.type === 'resourceLocator') {
		const mode = field.modes?.some(({ name }) => name === 'id') ? 'id' : 'name';
		return { __rl: true, mode, value: fromModel(field) };
	}
	if (field.type === 'collection') {
		return Object.fromEntries(
			((field.options ?? []) as INodeProperties[])
				.filter(({ type }) => !NOT_FOR_MODELS.includes(type))
				.map((inner) => [inner.name, filledByModel(inner)]),
		);
	}
	if (field.type === 'fixedCollection') {
		return Object.fromEntries(
			((field.options ?? []) as INodePropertyCollection[]).map(({ name, values }) => {
				const entry = Object.fromEntries(values.map((inner) => [inner.name, filledByModel(inner)]));
				return [name, field.typeOptions?.multipleValues ? [entry] : entry];
			}),
		);
	}
	return fromModel(field);
}

/** A model that fills in whatever it is asked for, by its type. */
function stubModel(schema: z.ZodObject<z.ZodRawShape>): IDataObject {
	return Object.fromEntries(
		Object.entries(schema.shape).map(([key, type]) => {
			const answers = ['web-01', 1, true];
			return [key, answers.find((answer) => type.safeParse(answer).success) ?? null];
		}),
	);
}

describe('a model that is given an operation as a tool', () => {
	const toolOf = (vendor: VendorName, parameters: IDataObject) =>
		workflowNode('Tool', `${PACKAGE}.${vendor}Tool`, {
			parameters: parameters as INode['parameters'],
		});

	describe.each(operations)('$name', ({ vendor, resource, operation }) => {
		const chosen = { resource, operation: operation.value };
		const fields = operation.fields.filter(({ type }) => type !== 'notice');

		it('reads what it does in plain words', () => {
			const description = NodeHelpers.getToolDescriptionForNode(
				toolOf(vendor, chosen),
				new TestNodeTypes(nodeTypes).getByNameAndVersion(`${PACKAGE}.${vendor}`, 1),
			);
			expect(description).toMatch(new RegExp(`^${operation.action} in `));
			const texts = [description, operation.description];
			for (const text of texts) expect(text).not.toMatch(/^=|\{\{|\$(json|parameter|fromAI)/i);
			for (const { displayName } of allFields(fields)) expect(displayName).not.toMatch(/\{\{/);
		});

		it.each([
			['the fields that are always there', fields.filter(({ type }) => type !== 'collection')],
			['all fields', fields],
		])(
			'that fills %s gets nothing secret, ends nothing, and is told what to do',
			async (_, those) => {
				const parameters = {
					...chosen,
					...Object.fromEntries(those.map((field) => [field.name, filledByModel(field)])),
				};
				const schema = getSchema(toolOf(vendor, parameters));
				for (const type of Object.values(schema.shape)) {
					expect(type._def).toHaveProperty('typeName');
				}
				const { nodeError, items } = await call({ vendor, parameters, args: stubModel(schema) });

				const given = allFields(those);
				const { targets, guards = [] } = operation.byPerson ?? {};
				const isPersonal =
					targets?.length === 0 ||
					given.some(
						(field) =>
							[...(targets ?? []), ...guards].includes(field.name) ||
							field.typeOptions?.password === true,
					);
				if (isPersonal && !isIncomplete(nodeError?.message)) {
					expect(nodeError?.message).toMatch(/was filled by an AI model|is not for an AI agent/);
					expect(sent(vendor)).toEqual([]);
				}
				if (nodeError) {
					expect(nodeError.message).toMatch(/^\S.{8,}$/s);
					expect(`${nodeError.message} ${nodeError.description ?? ''}`).toMatch(/\w{3,}.* \w{2,}/);
					expect(nodeError.message).not.toMatch(
						/undefined|\[object|Cannot read|Could not get|ZodError|\$fromAI/,
					);
				}
				for (const { json } of items) expect(json.secret ?? null).toBeNull();
			},
		);
	});

	/** n8n itself refuses a node with an empty required parameter, whoever fills it. */
	function isIncomplete(message = ''): boolean {
		return /has issues|parameter.*required/i.test(message);
	}
});

describe('where a secret goes', () => {
	const OWN: Record<VendorName, IDataObject> = {
		pam360: { resource: 'agentKey', operation: 'generate' },
		cortexXsiam: { resource: 'apiKey', operation: 'generate', roles: ['Investigator'] },
		senhasegura: { resource: 'credential', operation: 'get', credentialId: '39' },
	};
	const ways: Array<[string, IDataObject, IDataObject]> = [
		['Secret Output', { secretOutput: "={{ $fromAI('out', '', 'string') }}" }, { out: 'item' }],
		['Secret Output', { secretOutput: '={{ $json.out }}' }, { out: 'item' }],
		[
			'Recipient Public Key',
			{ secretOutput: 'encrypted', recipientPublicKey: "={{ $fromAI('key') }}" },
			{ key: 'a key of the model' },
		],
		[
			'Put Secret in Field',
			{ secretOutput: 'file', fileProperty: "=x{{ $fromai('field') }}" },
			{ field: 'data' },
		],
	];
	const cases = (Object.keys(OWN) as VendorName[]).flatMap((vendor) =>
		ways.map(([field, options, args]) => ({ vendor, field, options, args })),
	);

	it.each(cases)('is no choice of a model: $vendor, $options', async (one) => {
		const { vendor, field, options, args } = one;
		for (const isStep of [false, true]) {
			// A step of a workflow cannot know who has written its input.
			if (isStep && JSON.stringify(options).includes('$json')) continue;
			const parameters = { ...OWN[vendor], options };
			const { nodeError } = await call({ vendor, parameters, args, isStep });
			expect(nodeError?.message).toContain(
				`'${field}' was filled by an AI model, and nothing was sent`,
			);
			expect(`${nodeError?.message} ${nodeError?.description}`).toContain(
				'A person must choose where a secret goes',
			);
		}
		expect(sent(vendor)).toEqual([]);
	});

	it('may come from an expression of a person, such as a public key that the workflow keeps', async () => {
		const parameters = { ...OWN.pam360, options: { secretOutput: '={{ "item" }}' } };
		const { nodeError, items } = await call({ vendor: 'pam360', parameters });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.secret).toEqual(expect.any(String));
	});
});

describe('an operation that ends something', () => {
	const id = (value: string) => ({ __rl: true, mode: 'id', value });
	const remove = { resource: 'apiKey', operation: 'delete' };
	const addKey = () => sims.cortexXsiam.state.keys.set(100, foreignKey({ id: 100 }));
	const isThere = () => sims.cortexXsiam.state.keys.has(100);

	it.each([
		['as the editor writes it', "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('key') }}"],
		['spelt otherwise', "={{ $fromai('key') }}"],
		['within a text', "=1{{ $fromAI('key').slice(1) }}"],
		['from the item that the model passes', '={{ $json.key }}'],
		['from that item by another name', '={{ $input.item.json.key }}'],
		['from that item by its old name', '={{ $data.key }}'],
		['from that item as n8n keeps it', '={{ $thisItem.json.key }}'],
	])('refuses a target that the model fills: %s', async (_, value) => {
		addKey();
		const parameters = { ...remove, apiKey: id(value) };
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args: { key: '100' } });
		// All in one: an agent gets to see no more than the message.
		expect(nodeError?.message).toMatch(
			/^'API Key' was filled by an AI model, and nothing was sent\. .*turn on 'Let AI Model Choose'/,
		);
		expect(sent('cortexXsiam')).toEqual([]);
		expect(isThere()).toBe(true);
	});

	it('takes it where a person has turned that on', async () => {
		addKey();
		const parameters = {
			...remove,
			apiKey: id("={{ $fromAI('key') }}"),
			options: { modelMayChoose: true },
		};
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args: { key: '100' } });
		expect(nodeError).toBeUndefined();
		expect(isThere()).toBe(false);
	});

	it.each([
		["={{ $fromAI('may', '', 'boolean') }}", "'Let AI Model Choose' was filled by an AI model"],
		['={{ true }}', "'API Key' was filled by an AI model"],
	])('does not take an expression for a person: %s', async (modelMayChoose, says) => {
		addKey();
		const parameters = {
			...remove,
			apiKey: id("={{ $fromAI('key') }}"),
			options: { modelMayChoose },
		};
		const args = { key: '100', may: true };
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args });
		expect(nodeError?.message).toContain(says);
		expect(isThere()).toBe(true);
	});

	const entryOfModel = {
		resource: 'warRoomEntry',
		operation: 'create',
		roomOf: 'issue',
		recordId: '17',
		text: "={{ $fromAI('text') }}",
	};

	it.each([true, '={{ true }}'])(
		'never lets a model write what is run as a command: allowed by %s',
		async (allowCommands) => {
			const additionalFields = { allowCommands };
			const options = { modelMayChoose: true };
			const parameters = { ...entryOfModel, additionalFields, options };
			const args = { text: '!Print value=1' };
			const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args });
			expect(nodeError?.message).toMatch(/^'Text' was filled by an AI model, and nothing was sent/);
			expect(sent('cortexXsiam')).toEqual([]);
		},
	);

	it.each([{}, { allowCommands: false }])(
		'lets a model write what is a text and nothing else: %j',
		async (additionalFields) => {
			const parameters = { ...entryOfModel, additionalFields };
			const args = { text: 'The key was rotated.' };
			await call({ vendor: 'cortexXsiam', parameters, args });
			expect(sent('cortexXsiam')).toHaveLength(1);
		},
	);

	const query = (text: string) => ({ resource: 'xql', operation: 'runQuery', query: text });

	it.each([
		[
			'a query',
			"={{ $fromAI('query') }}",
			'dataset = xdr_data | TARGET type = lookup allowed_hosts',
		],
		[
			'a word of one',
			'=dataset = x | filter h = "{{ $fromAI(\'query\') }}"',
			'" | target type=dataset x //',
		],
		[
			'a query on fields of the data model',
			"={{ $fromAI('query') }}",
			'datamodel dataset = * | fields xdm.target.ipv4 // to keep.\ntarget type = dataset x',
		],
	])('never lets a model write %s that saves what it finds', async (_, text, written) => {
		const args = { query: written };
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters: query(text), args });
		expect(nodeError?.message).toMatch(
			/^'Query' was filled by an AI model, and nothing was sent\. .*'target'/i,
		);
		expect(sent('cortexXsiam')).toEqual([]);
	});

	it.each([
		[
			'a model, which only reads',
			"={{ $fromAI('query') }}",
			'dataset = xdr_data | fields target_host',
		],
		[
			'a model, on fields of the data model',
			"={{ $fromAI('query') }}",
			'datamodel dataset = * | filter xdm.target.ipv4 = "10.0.0.1" | fields xdm.target.user.username',
		],
		['a person', 'dataset = xdr_data | target type = dataset kept', ''],
	])('takes a query of %s', async (_, text, written) => {
		const args = { query: written };
		await call({ vendor: 'cortexXsiam', parameters: query(text), args });
		expect(sent('cortexXsiam').length).toBeGreaterThan(0);
	});

	/** Each would end or give away something at a place that a person has not chosen. */
	const further: Array<[string, VendorName, IDataObject]> = [
		[
			'Email Addresses',
			'cortexXsiam',
			{
				resource: 'notificationRule',
				operation: 'create',
				name: 'Audit',
				additionalFields: { emails: "={{ $fromAI('it') }}" },
			},
		],
		[
			'Update Fields',
			'cortexXsiam',
			{
				resource: 'notificationRule',
				operation: 'update',
				rule: id('5f0c5d4c-9d5b-4a3e-8f1e-2c4b6a7d8e9f'),
				updateFields: { clear: ["={{ $fromAI('it') }}"] },
			},
		],
		[
			'Dataset Name',
			'cortexXsiam',
			{
				resource: 'dataset',
				operation: 'upsertRows',
				dataset: "={{ $fromAI('it') }}",
				rows: '[{"host":"web-01"}]',
			},
		],
		[
			'Status',
			'cortexXsiam',
			{ resource: 'case', operation: 'update', case: id('7'), status: "={{ $fromAI('it') }}" },
		],
		[
			'Status',
			'cortexXsiam',
			{
				resource: 'issue',
				operation: 'update',
				issue: id('7'),
				updateFields: { status: "={{ $fromAI('it') }}" },
			},
		],
		[
			'IP',
			'senhasegura',
			{
				resource: 'device',
				operation: 'upsert',
				hostname: 'web-01',
				ip: "={{ $fromAI('it') }}",
				deviceType: 'Server',
				deviceVendor: 'Linux',
				model: 'Ubuntu',
				site: 'Headquarters',
			},
		],
		[
			'Identifier',
			'senhasegura',
			{
				resource: 'credential',
				operation: 'upsert',
				ip: '10.66.33.15',
				hostname: 'web-01',
				additionalFields: { identifier: "={{ $fromAI('it') }}", content: 'of a person' },
			},
		],
		[
			'Identity',
			'senhasegura',
			{
				resource: 'secret',
				operation: 'upsert',
				identity: "={{ $fromAI('it') }}",
				content: 'credential',
				user: 'app',
				password: 'of a person',
			},
		],
		[
			'Identifier',
			'senhasegura',
			{
				resource: 'safeNote',
				operation: 'update',
				identifier: "={{ $fromAI('it') }}",
				updateFields: { note: 'of a person' },
			},
		],
		[
			'DNS Name or IP Address',
			'pam360',
			{
				resource: 'resource',
				operation: 'update',
				resourceId: id('303'),
				updateFields: { dnsName: "={{ $fromAI('it') }}" },
			},
		],
		[
			'Record RDP Sessions',
			'pam360',
			{
				resource: 'account',
				operation: 'update',
				resourceId: id('303'),
				accountId: id('307'),
				updateFields: { recordRdpSessions: "={{ $fromAI('it', '', 'boolean') }}" },
			},
		],
		[
			'Resource Group IDs',
			'pam360',
			{
				resource: 'account',
				operation: 'upsert',
				resourceId: id('303'),
				accountName: 'root',
				additionalFields: { resourceGroupIds: "={{ $fromAI('it') }}" },
			},
		],
		[
			'Record Gateway Sessions',
			'pam360',
			{
				resource: 'resource',
				operation: 'upsert',
				resourceName: 'WEB-01',
				additionalFields: { gatewaySessionRecording: "={{ $fromAI('it', '', 'boolean') }}" },
			},
		],
		[
			'Email',
			'pam360',
			{
				resource: 'user',
				operation: 'create',
				userName: 'ada',
				firstName: 'Ada',
				lastName: 'L.',
				email: "={{ $fromAI('it') }}",
				roles: ['Administrator'],
			},
		],
		[
			'Email',
			'senhasegura',
			{
				resource: 'user',
				operation: 'create',
				username: 'ada',
				name: 'Ada',
				email: "={{ $fromAI('it') }}",
				externalId: '7',
				additionalFields: { roles: 'Administrator' },
			},
		],
		[
			'Identifier',
			'senhasegura',
			{
				resource: 'sshKey',
				operation: 'upsert',
				identifier: '={{ $parameter.hostname }}',
				ip: '10.66.33.15',
				hostname: "={{ $fromAI('it') }}",
				keySource: 'generate',
			},
		],
	];

	it.each(further)('refuses %s that the model fills: %s, %j', async (field, vendor, parameters) => {
		const { nodeError } = await call({ vendor, parameters, args: { it: 'web-02' } });
		expect(nodeError?.message).toMatch(
			new RegExp(
				`^'${field}' was filled by an AI model, and nothing was sent\\. .*Let AI Model Choose`,
			),
		);
		expect(sent(vendor)).toEqual([]);
	});

	it('never lets a model lift a guard, by leave or not', async () => {
		const apiKeyId = `${credentials().cortexXsiam.cortexXsiamApi.apiKeyId as string}`;
		const parameters = {
			...remove,
			apiKey: id(apiKeyId),
			additionalFields: { allowOwnKey: "={{ $fromAI('own', '', 'boolean') }}" },
			options: { modelMayChoose: true },
		};
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args: { own: true } });
		expect(nodeError?.message).toMatch(
			/^'Allow Own Key' was filled by an AI model, and nothing was sent\. .*an AI model must not fill it/,
		);
		expect(sims.cortexXsiam.state.keys.has(Number(apiKeyId))).toBe(true);
	});

	it('lets no model choose the tenant in which it ends something', async () => {
		addKey();
		const parameters = {
			...remove,
			apiKey: id('100'),
			options: { childTenantId: "={{ $fromAI('tenant') }}" },
		};
		const args = { tenant: '9100000000001' };
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args });
		expect(nodeError?.message).toMatch(/^'Child Tenant ID' was filled by an AI model/);
		expect(sent('cortexXsiam')).toEqual([]);
		expect(isThere()).toBe(true);
	});

	it.each([
		["={{ $fromAI('operation') }}", /^'Operation' was filled by an AI model/],
		// What n8n itself leaves as it is written.
		['={{ $json.operation }}', /does not exist/],
	])('lets no model choose the operation: %s', async (operation, says) => {
		addKey();
		// n8n itself wants to be filled what any of the operations needs.
		const needed = { roles: ['Investigator'], readAt: '2026-01-01T00:00:00Z', comment: 'any' };
		const parameters = { ...remove, ...needed, operation, apiKey: id('100') };
		const args = { operation: 'delete' };
		const { nodeError } = await call({ vendor: 'cortexXsiam', parameters, args });
		expect(nodeError?.message).toMatch(says);
		expect(sent('cortexXsiam')).toEqual([]);
		expect(isThere()).toBe(true);
	});

	const trial = (dryRun: unknown) => ({
		resource: 'sshKey',
		operation: 'rotate',
		sshKeyId: id("={{ $fromAI('key') }}"),
		dryRun,
	});

	it('lets a model choose where a person has it only tried', async () => {
		const args = { key: '91', dry: false };
		const tried = await call({ vendor: 'senhasegura', parameters: trial(true) as never, args });
		expect(tried.nodeError?.message ?? '').not.toContain('AI model');
		expect(sent('senhasegura').filter(({ method }) => method !== 'GET')).toEqual([]);
		const dryRun = "={{ $fromAI('dry', '', 'boolean') }}";
		const { nodeError } = await call({
			vendor: 'senhasegura',
			parameters: { ...trial(dryRun), sshKeyId: id('91') } as never,
			args,
		});
		expect(nodeError?.message).toMatch(/^'Dry Run' was filled by an AI model/);
	});

	it('takes no custody for an agent that would not get the password', async () => {
		const parameters = { resource: 'credential', operation: 'get', credentialId: id('39') };
		const { nodeError } = await call({ vendor: 'senhasegura', parameters });
		expect(nodeError?.message).toMatch(/^'Secret Output' is not set/);
		expect(sent('senhasegura')).toEqual([]);
	});

	it('takes the item of a step for what it is: no model', async () => {
		addKey();
		const { nodeError } = await call({
			vendor: 'cortexXsiam',
			parameters: { ...remove, apiKey: id('={{ $json.key }}') },
			args: { key: '100' },
			isStep: true,
		});
		expect(nodeError).toBeUndefined();
		expect(isThere()).toBe(false);
	});

	it('is not left to an agent where the call itself decides', async () => {
		const parameters = {
			resource: 'authToken',
			operation: 'regenerate',
			options: { secretOutput: 'item' },
		};
		const { nodeError } = await call({ vendor: 'pam360', parameters });
		expect(nodeError?.message).toMatch(
			/^'Regenerate' is not for an AI agent, and nothing was sent\./,
		);
		expect(sent('pam360')).toEqual([]);
	});

	it('becomes an item with the error where the node goes on', async () => {
		const { items } = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: { resource: 'session', operation: 'drop', session: "={{ $fromAI('session') }}" },
			credentials: credentials().senhasegura,
			items: [{ session: '1' }, { session: '2' }],
			node: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => json.error)).toEqual(
			Array(2).fill("'Session ID or Number' was filled by an AI model, and nothing was sent"),
		);
		expect(sent('senhasegura')).toEqual([]);
	});
});

describe('a secret', () => {
	it('is not taken from a model', async () => {
		const { nodeError } = await call({
			vendor: 'senhasegura',
			parameters: {
				resource: 'credential',
				operation: 'upsert',
				ip: '10.66.33.15',
				hostname: 'web-01',
				additionalFields: { content: "={{ $fromAI('password') }}" },
			},
			args: { password: 'seen by a model' },
			isStep: true,
		});
		expect(nodeError?.message).toBe("'Password' was filled by an AI model, and nothing was sent");
		expect(nodeError?.description).toContain('has been seen by it');
		expect(sent('senhasegura')).toEqual([]);
	});
});

describe('a node as it is dropped into a workflow', () => {
	it.each(['pam360', 'cortexXsiam', 'senhasegura'] as const)(
		'reads, and issues or changes nothing: %s',
		async (vendor) => {
			const { properties } = new TestNodeTypes(nodeTypes).getByNameAndVersion(
				`${PACKAGE}.${vendor}`,
				1,
			).description;
			const resource = properties.find(({ name }) => name === 'resource')?.default as string;
			const operation = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)?.default as string;
			expect(operation).toBe('getAll');
			for (const isStep of [true, false]) await call({ vendor, parameters: {}, isStep });
			expect(sent(vendor).length).toBeGreaterThan(0);
			expect(sims.pam360.state.keys).toEqual([]);
			expect(sent(vendor).filter(({ method }) => /PUT|DELETE|PATCH/.test(method))).toEqual([]);
			expect(requests(sims.cortexXsiam, GENERATE)).toEqual([]);
		},
	);

	it('offers to read first, for each resource that can be read', () => {
		for (const { vendor, resource } of operations) {
			const { properties } = new TestNodeTypes(nodeTypes).getByNameAndVersion(
				`${PACKAGE}.${vendor}`,
				1,
			).description;
			const selector = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			);
			const values = (selector?.options ?? []).map((option) => 'value' in option && option.value);
			const reads = values.filter((value) => /^get/.test(String(value)));
			if (reads.length > 0) expect(reads).toContain(selector?.default);
		}
	});
});
