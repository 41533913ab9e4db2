import type {
	ICredentialsHelper,
	IDataObject,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import type { TestDataTables } from './dataTables';
import { getService, loadCore } from './runtime';

const BASE_URL = 'http://n8n.test';

function unsupported(feature: string): () => never {
	return () => {
		throw new UnexpectedError(`The test harness does not offer ${feature}`);
	};
}

let executions = 0;

function nextExecutionId(): string {
	executions += 1;
	return String(executions);
}

export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	options: {
		currentNodeParameters?: INodeParameters;
		variables?: IDataObject;
		workflowSettings?: IWorkflowSettings;
		executionId?: string;
		dataTables?: TestDataTables;
	} = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: options.executionId ?? nextExecutionId(),
		instanceBaseUrl: `${BASE_URL}/`,
		restApiUrl: `${BASE_URL}/rest`,
		formBaseUrl: `${BASE_URL}/form`,
		formTestBaseUrl: `${BASE_URL}/form-test`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		mcpBaseUrl: `${BASE_URL}/mcp`,
		mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
		variables: options.variables ?? {},
		currentNodeParameters: options.currentNodeParameters,
		workflowSettings: options.workflowSettings,
		externalSecretsProxy: getService(loadCore().ExternalSecretsProxy),
		executeWorkflow: unsupported('sub-workflows'),
		startRunnerTask: unsupported('task runners (Code node)'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => undefined,
		setExecutionStatus: () => undefined,
		...(options.dataTables && {
			'data-table': { dataTableProxyProvider: options.dataTables.provider },
		}),
	};
}
