import type { INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { Pam360Api } from '../../../credentials/Pam360Api.credentials';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node';

const { description } = new Pam360();
const named = (name: string) => description.properties.filter((property) => property.name === name);

describe('the node', () => {
	const resources = (named('resource')[0]?.options ?? []) as INodePropertyOptions[];
	const operations = named('operation').flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[]).map(
			({ value }) => [displayOptions?.show?.resource?.[0] as string, value as string] as const,
		),
	);

	it('has operations for every resource', () => {
		const used = operations.map(([resource]) => resource);
		expect(resources.map(({ value }) => value)).toEqual(expect.arrayContaining([...new Set(used)]));
		expect(operations).toContainEqual(['agentKey', 'generate']);
	});

	it('sorts its collections', () => {
		for (const { type, options } of description.properties) {
			if (type !== 'collection') continue;
			const names = (options as INodeProperties[]).map(({ displayName }) => displayName);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	it('tells n8n where secrets are, in an item and in PAM360’s answer', () => {
		expect(description.sensitiveOutputFields).toEqual(
			expect.arrayContaining([
				'secret',
				'passphrase',
				'operation.Details.agentKey',
				'operation.details.agentKey',
			]),
		);
	});

	it('starts with one account to create, of which n8n says that it needs a name', () => {
		const node: INode = {
			id: '1',
			name: 'Node',
			type: 'pam360',
			typeVersion: 1,
			position: [0, 0],
			parameters: { resource: 'account', operation: 'create', resourceId: '1' },
		};
		node.parameters = NodeHelpers.getNodeParameters(
			description.properties,
			node.parameters,
			true,
			false,
			node,
			description,
		)!;
		expect(node.parameters.accounts).toEqual({
			account: [{ accountName: '', password: '', additionalFields: {} }],
		});
		const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
		expect(JSON.stringify(issues)).toContain('\\"Account Name\\" is required');
	});

	it('has the parameters that are promised', () => {
		expect(named('generateAgentKey')[0]).toMatchObject({ type: 'boolean', default: true });
		const [additional] = named('additionalFields');
		expect((additional?.options as INodeProperties[]).map(({ name }) => name)).toEqual([
			'validityPeriod',
		]);
		expect(description).toMatchObject({
			name: 'pam360',
			usableAsTool: true,
			credentials: [{ name: 'pam360Api', required: true }],
		});
	});
});

describe('the credential', () => {
	const { name, properties } = new Pam360Api();
	const field = (wanted: string) => properties.find((property) => property.name === wanted);

	it('has the fields that are promised', () => {
		expect(name).toBe('pam360Api');
		for (const wanted of ['url', 'authToken', 'orgName', 'serverTimeZone', 'ignoreSslIssues']) {
			expect(field(wanted)).toBeDefined();
		}
		expect(field('ignoreSslIssues')).toMatchObject({ type: 'boolean', default: false });
		expect(field('allowPlainHttp')).toMatchObject({ type: 'boolean', default: false });
	});

	it.each(['authToken', 'appAuthToken', 'clientKey'])('hides %s', (secret) => {
		expect(field(secret)?.typeOptions?.password).toBe(true);
	});
});
