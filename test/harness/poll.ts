import type { IDataObject, INode, INodeExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { deepCopy, Workflow } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import type { CredentialsInput, CredentialTypeSource } from './credentials';
import { TestCredentialsHelper } from './credentials';
import type { NodeTypeMap } from './nodeTypes';
import { TestNodeTypes } from './nodeTypes';
import type { LogEntry } from './runtime';
import { captureLogs, loadCore } from './runtime';

export interface PollOptions {
	/** The trigger; `type` is all it needs. All `credentials` given are attached to it. */
	node: Partial<INode> & { type: string };
	nodeTypes: NodeTypeMap;
	credentialTypes?: CredentialTypeSource[];
	credentials?: CredentialsInput;
	/** `trigger` as an active workflow polls, `manual` as the editor's test does. */
	mode?: WorkflowExecuteMode;
	/** What n8n has kept from the last poll: the `staticData` of its result. */
	staticData?: IDataObject;
	timezone?: string;
}

export interface PollResult {
	/** The emitted items; `null` where the trigger has nothing to say. */
	items: INodeExecutionData[] | null;
	/** What the poll threw; then n8n keeps nothing of it. */
	error: Error | undefined;
	/** What n8n would save, as JSON, for the next poll of this or another process. */
	staticData: IDataObject;
	logs: LogEntry[];
}

/** One poll of a trigger with n8n's own poll context; static data passes through JSON, as a restart does. */
export async function runPoll(options: PollOptions): Promise<PollResult> {
	const { PollContext } = loadCore();
	const nodeTypes = new TestNodeTypes(options.nodeTypes);
	const { credentialTypes, mode = 'trigger' } = options;
	const credentials = new TestCredentialsHelper({
		credentials: options.credentials,
		credentialTypes,
		nodeTypes,
	});
	const node: INode = {
		id: 'trigger-under-test',
		name: 'Trigger',
		typeVersion: nodeTypes.defaultVersion(options.node.type),
		position: [0, 0],
		parameters: {},
		credentials: credentials.references(),
		...deepCopy(options.node),
	};
	const before = options.staticData ?? {};
	const workflow = new Workflow({
		id: 'test-workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		staticData: JSON.parse(JSON.stringify(before)) as IDataObject,
		settings: { timezone: options.timezone ?? 'UTC' },
	});
	const context = new PollContext(
		workflow,
		workflow.nodes[node.name] as INode,
		createAdditionalData(credentials, { workflowSettings: workflow.settings }),
		mode,
		mode === 'manual' ? 'manual' : 'activate',
	);
	const { logs, stop } = captureLogs();
	try {
		const { poll } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const items = (await poll?.call(context)) ?? null;
		const staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return { items: items?.[0] ?? null, error: undefined, staticData, logs };
	} catch (error) {
		return { items: null, error: error as Error, staticData: before, logs };
	} finally {
		stop();
	}
}
