import { z } from 'zod';
import type { Call, Vendor } from '../../../nodes/shared/operation';
import { runWorkflow, workflowNode } from '../../harness';
import type { RunWorkflowOptions } from '../../harness';
import { operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, toyReference, withToyCredential, toyNode } from './support';

const TYPE = 'n8n-nodes-privileged-keys.desk';

/** A vendor that notes each call. */
class Desk {
	readonly secrets: string[] = [];

	readonly calls: Call[] = [];
}

let desk: Desk;

const ring = operation({
	name: 'Ring',
	value: 'ring',
	action: 'Ring bell',
	description: 'Ring the bell',
	fields: [],
	input: z.object({}),
	async run(api: Desk, _, call: Call) {
		api.calls.push(call);
		call.log.info(`rang ${call.index}`);
		return { item: {}, raw: {} };
	},
});

const vendor: Vendor<Desk> = {
	resources: [{ name: 'Bell', value: 'bell', operations: [ring] }],
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: () => desk,
};

const DeskNode = toyNode('Desk', vendor);

const to = (...names: string[]) => ({
	main: [names.map((name) => ({ node: name, type: 'main' as const, index: 0 }))],
});

/** A workflow in which the node is run twice, for what comes from either side. */
const workflow: RunWorkflowOptions['workflow'] = {
	id: 'the-workflow',
	nodes: [
		workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
		workflowNode('Left', 'n8n-nodes-base.noOp'),
		workflowNode('Right', 'n8n-nodes-base.noOp'),
		workflowNode('Desk', TYPE, {
			parameters: { resource: 'bell', operation: 'ring', options: { concurrency: 1 } },
			credentials: toyReference,
		}),
	],
	connections: { Start: to('Left', 'Right'), Left: to('Desk'), Right: to('Desk') },
	pinData: { Start: [{ json: {} }, { json: {} }] },
};

beforeEach(() => {
	desk = new Desk();
});

it('names each call by where it stands in the execution', async () => {
	const { logs } = await runWorkflow({
		workflow,
		nodeTypes: { [TYPE]: DeskNode },
		...withToyCredential(),
	});
	const [instance] = desk.calls[0]?.identity ?? [];
	expect(instance).toMatch(/^[0-9a-f]{64}$/);
	const identity = (run: string, item: string) => [
		instance,
		'the-workflow',
		'1',
		'id-of-Desk',
		run,
		item,
	];
	expect(desk.calls.map((call) => call.identity)).toEqual([
		identity('0', '0'),
		identity('0', '1'),
		identity('1', '0'),
		identity('1', '1'),
	]);
	expect(desk.calls.map(({ index }) => index)).toEqual([0, 1, 0, 1]);
	expect(
		logs.filter(({ message }) => message.startsWith('rang')).map(({ level }) => level),
	).toEqual(Array(4).fill('info'));
});

it.each(['manual', 'trigger', 'retry', 'integrated'] as const)(
	'tells whether the execution is a retry: %s',
	async (mode) => {
		await runWorkflow({ workflow, nodeTypes: { [TYPE]: DeskNode }, ...withToyCredential(), mode });
		expect(desk.calls.map(({ isRetry }) => isRetry)).toEqual(Array(4).fill(mode === 'retry'));
	},
);
