import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IPinData,
	IRun,
	IWorkflowBase,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { deepCopy, NodeHelpers, UserError, Workflow } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import type { CredentialsInput, CredentialTypeSource } from './credentials';
import { TestCredentialsHelper } from './credentials';
import type { TestDataTables } from './dataTables';
import type { NodeTypeMap } from './nodeTypes';
import { TestNodeTypes } from './nodeTypes';
import type { LogEntry } from './runtime';
import { captureLogs, loadCore } from './runtime';

/** A workflow as the editor exports it; `id`, `name` and the like may be left out. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

interface CommonOptions {
	nodeTypes?: NodeTypeMap | TestNodeTypes;
	credentialTypes?: CredentialTypeSource[];
	/** A helper given here keeps its state, so that a second run sees the tokens of the first. */
	credentials?: CredentialsInput | TestCredentialsHelper;
	mode?: WorkflowExecuteMode;
	/** Cancels the execution after this time, as the Stop button does. */
	abortAfterMs?: number;
	/** Cancels the execution when aborted. */
	signal?: AbortSignal;
	/** Changed in place, as a server would save it for the next execution. */
	staticData?: IDataObject;
	/** Values of `$vars`. */
	variables?: IDataObject;
	/** What the Data Table node works on. */
	dataTables?: TestDataTables;
	/** Of an execution that n8n runs again; without it each run is an execution of its own. */
	executionId?: string;
}

export interface RunWorkflowOptions extends CommonOptions {
	workflow: WorkflowJson;
	pinData?: IPinData;
	/** Name of the trigger to start from; without it n8n picks one. */
	startNode?: string;
}

export interface RunResult {
	run: IRun;
	/** Items of a node's output, of its last run unless `runIndex` is given. */
	output: (nodeName: string, outputIndex?: number, runIndex?: number) => INodeExecutionData[];
	/** The error that stopped a node, or without a name the one that stopped the workflow. */
	error: (nodeName?: string) => ExecutionFailure | undefined;
	/** How often a node was run. */
	runCount: (nodeName: string) => number;
	/** All that n8n (at every log level) and the console logged during the execution. */
	logs: LogEntry[];
	credentials: TestCredentialsHelper;
	staticData: IDataObject;
}

export type ExecutionFailure = NonNullable<IRun['data']['resultData']['error']>;

/** The pending result of an execution, which `cancel` stops as the Stop button does. */
export type Execution<T> = Promise<T> & { cancel: () => void };

const FEEDER_TYPE = 'test-harness.feeder';

function toHelper(options: CommonOptions, nodeTypes: TestNodeTypes): TestCredentialsHelper {
	const { credentials, credentialTypes } = options;
	if (credentials instanceof TestCredentialsHelper) {
		credentials.credentialTypes.nodeTypes = nodeTypes;
		return credentials;
	}
	return new TestCredentialsHelper({ credentials, credentialTypes, nodeTypes });
}

function toNodeTypes({ nodeTypes }: CommonOptions): TestNodeTypes {
	return nodeTypes instanceof TestNodeTypes ? nodeTypes : new TestNodeTypes(nodeTypes);
}

/** Runs a workflow through n8n's own engine. */
export function runWorkflow(options: RunWorkflowOptions): Execution<RunResult> {
	const { WorkflowExecute, ExecutionLifecycleHooks } = loadCore();
	const { mode = 'manual', staticData = {}, signal, abortAfterMs } = options;
	const json = deepCopy(options.workflow);
	const nodeTypes = toNodeTypes(options);
	const credentials = toHelper(options, nodeTypes);
	const { logs, stop } = captureLogs();

	let cancelled = false;
	let cancelRun = () => {};
	const cancel = () => {
		cancelled = true;
		cancelRun();
	};

	const execute = async (): Promise<RunResult> => {
		const workflow = new Workflow({
			id: json.id ?? 'test-workflow',
			name: json.name ?? 'Test workflow',
			nodes: json.nodes,
			connections: json.connections,
			active: false,
			nodeTypes,
			staticData,
			settings: json.settings ?? { executionOrder: 'v1' },
		});
		const additionalData = createAdditionalData(credentials, {
			variables: options.variables,
			workflowSettings: workflow.settings,
			executionId: options.executionId,
			dataTables: options.dataTables,
		});
		additionalData.hooks = new ExecutionLifecycleHooks(
			mode,
			additionalData.executionId!,
			json as unknown as IWorkflowBase,
		);
		const startNode = options.startNode ? workflow.getNode(options.startNode) : undefined;
		if (startNode === null) throw new UserError(`There is no node "${options.startNode}"`);

		const pending = new WorkflowExecute(additionalData, mode).run({
			workflow,
			startNode,
			pinData: options.pinData ?? json.pinData,
		});
		cancelRun = () => pending.cancel();
		if (cancelled) pending.cancel();
		const run = await pending;

		const { runData, error } = run.data.resultData;
		const runsOf = (nodeName: string) => {
			if (!workflow.nodes[nodeName]) throw new UserError(`There is no node "${nodeName}"`);
			return runData[nodeName] ?? [];
		};
		return {
			run,
			output: (nodeName, outputIndex = 0, runIndex = -1) =>
				runsOf(nodeName).at(runIndex)?.data?.main?.[outputIndex] ?? [],
			error: (nodeName) => (nodeName === undefined ? error : runsOf(nodeName).at(-1)?.error),
			runCount: (nodeName) => runsOf(nodeName).length,
			logs,
			credentials,
			staticData,
		};
	};

	const timer = abortAfterMs === undefined ? undefined : setTimeout(cancel, abortAfterMs);
	signal?.addEventListener('abort', cancel);
	if (signal?.aborted) cancel();
	const result = execute().finally(() => {
		clearTimeout(timer);
		signal?.removeEventListener('abort', cancel);
		stop();
	});
	return Object.assign(result, { cancel });
}

export interface RunNodeOptions extends CommonOptions {
	/** The node under test; `type` is all it needs. All `credentials` given are attached to it. */
	node: Partial<INode> & { type: string };
	/** What the node receives; a single empty item by default. */
	items?: INodeExecutionData[];
}

export interface RunNodeResult extends RunResult {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** All main outputs, the error output left out. */
	outputs: INodeExecutionData[][];
	/** Items of the error output (with `onError: 'continueErrorOutput'`). */
	errorOutput: INodeExecutionData[];
	/** The error that stopped the node. */
	nodeError: ExecutionFailure | undefined;
}

function createFeeder(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Feeder',
			name: 'feeder',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Feeder' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		execute: async () => [deepCopy(items)],
	};
}

/**
 * Runs one node in a workflow of three: `Start` (manual trigger), `Feeder`, which emits the items,
 * and the node. Expressions in its parameters see all of them.
 */
export function runNode(options: RunNodeOptions): Execution<RunNodeResult> {
	const nodeTypes = toNodeTypes(options).with({
		[FEEDER_TYPE]: createFeeder(options.items ?? [{ json: {} }]),
	});
	const credentials = toHelper(options, nodeTypes);
	const node: INode = {
		id: 'node-under-test',
		name: 'Node',
		typeVersion: nodeTypes.defaultVersion(options.node.type),
		position: [400, 0],
		parameters: {},
		credentials: credentials.references(),
		...options.node,
	};
	const connectTo = (name: string) => ({
		main: [[{ node: name, type: 'main' as const, index: 0 }]],
	});
	const workflow: WorkflowJson = {
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'feeder',
				name: 'Feeder',
				type: FEEDER_TYPE,
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
			node,
		],
		connections: { Start: connectTo('Feeder'), Feeder: connectTo(node.name) },
	};
	const execution = runWorkflow({ ...options, workflow, nodeTypes, credentials });
	const result = execution.then((run): RunNodeResult => {
		const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const probe = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const kinds = NodeHelpers.getNodeOutputs(probe, probe.nodes[node.name]!, description);
		const isError = (index: number) => {
			const kind = kinds[index];
			return typeof kind === 'object' && kind.category === 'error';
		};
		const all = kinds.map((_, index) => run.output(node.name, index));
		return {
			...run,
			outputs: all.filter((_, index) => !isError(index)),
			errorOutput: all.find((_, index) => isError(index)) ?? [],
			items: run.output(node.name),
			nodeError: run.error(node.name),
		};
	});
	return Object.assign(result, { cancel: execution.cancel });
}
