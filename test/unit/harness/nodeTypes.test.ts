import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { VersionedNodeType } from 'n8n-workflow';
import nock from 'nock';
import { runNode, runWorkflow, TestNodeTypes } from '../../harness';
import { sample as description } from './sample';

const PREFIX = 'n8n-nodes-privileged-keys';
const HOST = 'https://vault.example.com';

class TokenApi implements ICredentialType {
	name = 'tokenApi';

	displayName = 'Token API';

	properties: ICredentialType['properties'] = [
		{ displayName: 'Token', name: 'token', type: 'string', default: '' },
	];

	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'x-token': '={{$credentials.token}}' } },
	};
}

class Declarative implements INodeType {
	description: INodeTypeDescription = {
		...description,
		requestDefaults: { baseURL: HOST },
		credentials: [{ name: 'tokenApi', required: true }],
		properties: [
			{
				displayName: 'Key',
				name: 'key',
				type: 'string',
				default: '',
				routing: { request: { method: 'GET', url: '=/keys/{{$value}}' } },
			},
		],
	};

	methods = { listSearch: {} };
}

class Poller implements INodeType {
	description: INodeTypeDescription = {
		...description,
		group: ['trigger'],
		inputs: [],
		polling: true,
	};

	poll: INodeType['poll'] = async function () {
		const data = this.getWorkflowStaticData('node');
		data.polls = ((data.polls as number | undefined) ?? 0) + 1;
		return [[{ json: { polls: data.polls, mode: this.getMode() } }]];
	};
}

it.each([
	'filter',
	'httpRequest',
	'if',
	'jira',
	'manualTrigger',
	'merge',
	'noOp',
	'scheduleTrigger',
	'set',
	'slack',
	'stopAndError',
])('loads %s of n8n-nodes-base in its latest version', (name) => {
	const nodeTypes = new TestNodeTypes();
	const fullName = `n8n-nodes-base.${name}`;
	const version = nodeTypes.defaultVersion(fullName);
	expect([nodeTypes.getByNameAndVersion(fullName, version).description.version].flat()).toContain(
		version,
	);
});

it('runs a declarative node and gives it the options that n8n adds', async () => {
	nock.disableNetConnect();
	nock(HOST, { reqheaders: { 'x-token': 't' } })
		.get('/keys/ssh')
		.reply(200, { id: 7 });
	const nodeTypes = new TestNodeTypes({ [`${PREFIX}.declarative`]: Declarative });
	const { items } = await runNode({
		node: { type: `${PREFIX}.declarative`, parameters: { key: '={{ $json.kind }}' } },
		items: [{ json: { kind: 'ssh' } }],
		nodeTypes,
		credentialTypes: [TokenApi],
		credentials: { tokenApi: { token: 't' } },
	});
	nock.restore();

	expect(items).toEqual([{ json: { id: 7 }, pairedItem: { item: 0 } }]);
	const { properties } = nodeTypes.getByNameAndVersion(`${PREFIX}.declarative`).description;
	expect(properties.map(({ name }) => name)).toEqual(['key', 'requestOptions']);
	expect(new Declarative().description.properties).toHaveLength(1);
});

it('starts from a polling trigger and keeps its static data', async () => {
	const nodeTypes = new TestNodeTypes({ [`${PREFIX}.poller`]: Poller });
	const staticData = {};
	const workflow = {
		nodes: [
			{
				id: 'poll',
				name: 'Poll',
				type: `${PREFIX}.poller`,
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters: {},
			},
		],
		connections: {},
	};
	await runWorkflow({ workflow, nodeTypes, staticData });
	const { output } = await runWorkflow({ workflow, nodeTypes, staticData });

	expect(output('Poll')[0]?.json).toEqual({ polls: 2, mode: 'manual' });
	const { properties } = nodeTypes.getByNameAndVersion(`${PREFIX}.poller`).description;
	expect(properties[0]?.name).toBe('pollTimes');
});

it('picks the version that the node asks for', async () => {
	const version = (number: number): INodeType => ({
		description: { ...description, version: number },
		execute: async () => [[{ json: { number } }]],
	});
	const node = new VersionedNodeType(
		{ 1: version(1), 2: version(2) },
		{ ...description, defaultVersion: 2 },
	);
	const nodeTypes = { [`${PREFIX}.versioned`]: node };
	const type = `${PREFIX}.versioned`;

	expect((await runNode({ node: { type }, nodeTypes })).items[0]?.json.number).toBe(2);
	const old = await runNode({ node: { type, typeVersion: 1 }, nodeTypes });
	expect(old.items[0]?.json.number).toBe(1);
});

it('refuses types that nobody has registered', () => {
	expect(() => new TestNodeTypes().getByName(`${PREFIX}.unknown`)).toThrow(
		`Unrecognized node type: ${PREFIX}.unknown`,
	);
});
