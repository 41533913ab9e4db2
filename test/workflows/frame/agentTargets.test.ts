import type { IDataObject } from 'n8n-workflow';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { runVendor } from '../vendors';
import { useAgents } from './agentCalls';
import type { VendorName } from './agentCalls';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { sims, credentials, sent, call } = useAgents();

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
