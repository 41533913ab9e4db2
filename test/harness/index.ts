export { createAdditionalData } from './additionalData';
export { findSecrets } from './canary';
export { TestDataTables } from './dataTables';
export { ProcessedDataTable, TestDeduplicator, processedData } from './deduplication';
export type {
	CredentialsInput,
	CredentialTypeSource,
	Decryption,
	StoredCredential,
} from './credentials';
export { TestCredentialsHelper, TestCredentialTypes } from './credentials';
export type { CredentialTestOptions } from './credentialTest';
export { testCredential } from './credentialTest';
export type { EditorOptions } from './editor';
export { createEditorContext } from './editor';
export type {
	Execution,
	ExecutionFailure,
	RunNodeOptions,
	RunNodeResult,
	RunResult,
	RunWorkflowOptions,
	WorkflowJson,
} from './engine';
export { runNode, runWorkflow } from './engine';
export type { PollOptions, PollResult } from './poll';
export { runPoll } from './poll';
export { processorTime } from './processorTime';
export type { NodeTypeMap, NodeTypeSource } from './nodeTypes';
export { TestNodeTypes } from './nodeTypes';
export type { SshServer } from './sshServer';
export { describeWithSshServer, startSshServer } from './sshServer';
export type { LogEntry } from './runtime';
export { captureLogs, loadCore } from './runtime';
export { workflowNode } from './workflowNode';
