import type {
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { findSecrets, runNode, runWorkflow, workflowNode } from '../../harness';
import { sample } from './sample';

const PREFIX = 'n8n-nodes-privileged-keys';

function createNode(
	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
	description: Partial<INodeTypeDescription> = {},
): INodeType {
	return {
		description: {
			...sample,
			properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
			...description,
		},
		execute,
	};
}

const upperCase = createNode(async function () {
	const results: INodeExecutionData[] = [];
	for (const itemIndex of this.getInputData().keys()) {
		const text = this.getNodeParameter('text', itemIndex) as string;
		if (text === 'bad') {
			const error = new NodeOperationError(this.getNode(), 'The text is bad', { itemIndex });
			if (!this.continueOnFail()) throw error;
			results.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
			continue;
		}
		results.push({ json: { text: text.toUpperCase() }, pairedItem: { item: itemIndex } });
	}
	return [results];
});

const throwsAlways = createNode(async function () {
	throw new NodeOperationError(this.getNode(), 'Out of order', { itemIndex: 0 });
});

const waitsForCancel = createNode(async function () {
	const signal = this.getExecutionCancelSignal()!;
	await new Promise((resolve) => signal.addEventListener('abort', resolve));
	return [[{ json: { aborted: signal.aborted } }]];
});

const counter = createNode(async function () {
	const data = this.getWorkflowStaticData('node');
	data.count = ((data.count as number | undefined) ?? 0) + 1;
	if (data.count < 3) throw new NodeOperationError(this.getNode(), 'Not yet');
	return [[{ json: { count: data.count } }]];
});

const chatty = createNode(async function () {
	this.logger.debug('about to send', { token: 'hunter2-canary' });
	console.info('hunter2-canary');
	return [[]];
});

const type = (name: string) => `${PREFIX}.${name}`;
const nodeTypes = {
	[type('upperCase')]: upperCase,
	[type('throwsAlways')]: throwsAlways,
	[type('waitsForCancel')]: waitsForCancel,
	[type('counter')]: counter,
	[type('chatty')]: chatty,
};
const names = ['ada', 'bad', 'grace'];
const items = names.map((name) => ({ json: { name } }));

const trigger = workflowNode('Start', 'n8n-nodes-base.manualTrigger');
const connectTo = (...nodes: string[]) => ({
	main: nodes.map((node) => [{ node, type: 'main' as const, index: 0 }]),
});

describe('runNode', () => {
	it('resolves expressions for each item and keeps pairedItem', async () => {
		const { run, items: output } = await runNode({
			node: {
				type: type('upperCase'),
				parameters: { text: '={{ $json.name }}-{{ $("Feeder").item.json.name }}' },
			},
			items,
			nodeTypes,
		});

		expect(run.status).toBe('success');
		expect(output).toEqual(
			names.map((name, item) => ({
				json: { text: `${name}-${name}`.toUpperCase() },
				pairedItem: { item },
			})),
		);
	});

	it('does not run the node without items', async () => {
		const result = await runNode({ node: { type: type('upperCase') }, items: [], nodeTypes });
		expect(result.runCount('Node')).toBe(0);
	});

	describe('onError', () => {
		const node = { type: type('upperCase'), parameters: { text: '={{ $json.name }}' } };

		it('stops the workflow by default', async () => {
			const result = await runNode({ node, items, nodeTypes });

			expect(result.run.status).toBe('error');
			expect(result.nodeError).toMatchObject({
				name: 'NodeOperationError',
				message: 'The text is bad',
				context: { itemIndex: 1 },
			});
			expect(result.error()?.message).toBe('The text is bad');
			expect(result.items).toEqual([]);
		});

		it('continues with the failed item in the regular output', async () => {
			const result = await runNode({
				node: { ...node, onError: 'continueRegularOutput' },
				items,
				nodeTypes,
			});

			expect(result.run.status).toBe('success');
			expect(result.items.map(({ json }) => json)).toEqual([
				{ text: 'ADA' },
				expect.objectContaining({ error: 'The text is bad' }),
				{ text: 'GRACE' },
			]);
			expect(result.errorOutput).toEqual([]);
		});

		it('continues with the failed item in the error output', async () => {
			const result = await runNode({
				node: { ...node, onError: 'continueErrorOutput' },
				items,
				nodeTypes,
			});

			expect(result.outputs).toHaveLength(1);
			expect(result.items.map(({ json }) => json.text)).toEqual(['ADA', 'GRACE']);
			expect(result.errorOutput).toHaveLength(1);
			expect(result.errorOutput[0]).toMatchObject({
				json: { name: 'bad', error: 'The text is bad' },
				pairedItem: { item: 1 },
			});
		});

		it('passes the input to the first output, as n8n does, when the node itself throws', async () => {
			const result = await runNode({
				node: { type: type('throwsAlways'), onError: 'continueErrorOutput' },
				items,
				nodeTypes,
			});

			expect(result.nodeError?.message).toBe('Out of order');
			expect(result.items.map(({ json }) => json.name)).toEqual(names);
			expect(result.errorOutput).toEqual([]);
		});
	});

	it('retries on fail and keeps static data', async () => {
		const staticData = {};
		const node = { type: type('counter'), retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

		const first = await runNode({ node, nodeTypes, staticData });
		expect(first.items).toEqual([{ json: { count: 3 }, pairedItem: { item: 0 } }]);

		const second = await runNode({ node, nodeTypes, staticData });
		expect(second.items[0]?.json).toEqual({ count: 4 });
	});

	it('records what n8n and the console log', async () => {
		const info = jest.spyOn(console, 'info').mockImplementation(() => undefined);
		const { logs } = await runNode({ node: { type: type('chatty') }, nodeTypes });
		console.info('afterwards');
		info.mockRestore();

		expect(logs).toContainEqual({
			source: 'n8n',
			level: 'debug',
			message: 'about to send',
			meta: { token: 'hunter2-canary' },
		});
		expect(logs).toContainEqual(
			expect.objectContaining({ source: 'console', message: 'hunter2-canary' }),
		);
		expect(logs).not.toContainEqual(expect.objectContaining({ message: 'afterwards' }));
		expect(findSecrets(logs, ['hunter2-canary']).length).toBeGreaterThanOrEqual(2);
	});
});

describe('cancellation', () => {
	const node = { type: type('waitsForCancel') };

	it('stops through cancel()', async () => {
		const execution = runNode({ node, nodeTypes });
		setTimeout(execution.cancel, 20);
		const { run } = await execution;
		expect(run.status).toBe('canceled');
	});

	it('stops after a time', async () => {
		const { run, error } = await runNode({ node, nodeTypes, abortAfterMs: 20 });
		expect(run.status).toBe('canceled');
		expect(error()?.name).toBe('ManualExecutionCancelledError');
	});

	it('stops through a signal, also one that is aborted already', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 20);
		const { run } = await runNode({ node, nodeTypes, signal: controller.signal });
		expect(run.status).toBe('canceled');

		const late = await runNode({ node, nodeTypes, signal: AbortSignal.abort() });
		expect(late.run.status).toBe('canceled');
		expect(late.runCount('Node')).toBe(0);
	});
});

describe('runWorkflow', () => {
	it('runs nodes of n8n-nodes-base around an own node', async () => {
		const set: INode = {
			...trigger,
			id: 'set',
			name: 'Set',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: [{ id: '1', name: 'name', type: 'string', value: '={{ $vars.who }}' }],
				},
			},
		};
		const own: INode = {
			...trigger,
			id: 'own',
			name: 'Own',
			type: type('upperCase'),
			parameters: { text: '={{ $json.name }}' },
		};
		const onError: INode = { ...trigger, id: 'noOp', name: 'Alert', type: 'n8n-nodes-base.noOp' };
		const workflow = {
			nodes: [trigger, set, { ...own, onError: 'continueErrorOutput' as const }, onError],
			connections: {
				Start: connectTo('Set'),
				Set: connectTo('Own'),
				Own: connectTo('Set2', 'Alert'),
			},
		};
		workflow.connections.Own.main[0] = [];

		const good = await runWorkflow({ workflow, nodeTypes, variables: { who: 'ada' } });
		expect(good.output('Own')).toEqual([{ json: { text: 'ADA' }, pairedItem: { item: 0 } }]);
		expect(good.runCount('Alert')).toBe(0);

		const bad = await runWorkflow({ workflow, nodeTypes, variables: { who: 'bad' } });
		expect(bad.output('Own')).toEqual([]);
		expect(bad.output('Alert')[0]?.json).toMatchObject({ error: 'The text is bad' });
		expect(() => bad.output('Nobody')).toThrow('There is no node "Nobody"');
	});

	it('uses pinned data in place of a node', async () => {
		const pinned = await runWorkflow({
			workflow: { nodes: [trigger], connections: {} },
			pinData: { Start: [{ json: { pinned: true } }] },
		});
		expect(pinned.output('Start')).toMatchObject([{ json: { pinned: true } }]);
	});

	it('rejects an unknown node type', async () => {
		const node = { ...trigger, type: 'n8n-nodes-base.noSuchNode' };
		await expect(runWorkflow({ workflow: { nodes: [node], connections: {} } })).rejects.toThrow(
			'Unrecognized node type: n8n-nodes-base.noSuchNode',
		);
	});
});
