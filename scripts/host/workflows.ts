import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { packageRoot } from './install';

export const mainWorkflowName = 'one-key-from-each-vendor';
export const vendors = ['pam360', 'cortexXsiam', 'senhasegura'] as const;
export type Vendor = (typeof vendors)[number];

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string | number | boolean>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface StoredWorkflow {
	id: string;
	name: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: Record<string, object | undefined>;
	settings?: { errorWorkflow?: string; saveDataErrorExecution?: string };
}

/** What a run leaves behind, as far as it is read here. */
export interface FinishedRun {
	resultData: {
		error?: { message: string; description?: string | null; node?: { name: string } };
		runData: Record<
			string,
			Array<{ data?: { main?: Array<Array<{ json: Record<string, unknown> }> | null> } }>
		>;
	};
}

/** A normalised item of one of this package's nodes. */
export interface IssuedKey extends Record<string, unknown> {
	vendor: Vendor;
	type: string;
	id: string | null;
	expiresAt?: string | null;
	secret?: string | null;
}

/** n8n's ids are up to 36 characters long. */
export const freshId = () => randomUUID().replaceAll('-', '').slice(0, 16);

/** What nodes need that do not say it themselves; the files name no credentials, so that n8n asks for them. */
const CREDENTIAL_TYPES: Record<string, string> = {
	'n8n-nodes-privileged-keys.pam360': 'pam360Api',
	'n8n-nodes-privileged-keys.cortexXsiam': 'cortexXsiamApi',
	'n8n-nodes-privileged-keys.senhasegura': 'senhaseguraOAuth2Api',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.jira': 'jiraSoftwareCloudApi',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.ssh': 'sshPrivateKey',
};

/** The type of the credential that a node takes, if any. */
export function credentialTypeOf({ type, parameters }: WorkflowNode): string | undefined {
	const said = parameters.nodeCredentialType ?? parameters.genericAuthType;
	return typeof said === 'string' ? said : CREDENTIAL_TYPES[type];
}

const exampleFolder = path.join(packageRoot, 'examples');

/** What the files of `examples/` are called, without `.json`. */
export function exampleNames(): string[] {
	const files = readdirSync(exampleFolder).filter((file) => file.endsWith('.json'));
	return files.map((file) => path.basename(file, '.json')).sort();
}

/** The workflows of `examples/` by file name, with fresh ids and these credentials filled in. */
export async function exampleWorkflows(
	credentials: StoredCredential[],
): Promise<Map<string, StoredWorkflow>> {
	const workflows = await Promise.all(
		exampleNames().map(async (name) => {
			const content = await readFile(path.join(exampleFolder, `${name}.json`), 'utf8');
			const workflow = JSON.parse(content) as StoredWorkflow;
			const nodes = workflow.nodes.map((node) => withCredentials(node, credentials));
			return [name, { ...workflow, id: freshId(), active: false, nodes }] as const;
		}),
	);
	const all = new Map(workflows);
	const errors = all.get(ERROR_WORKFLOW)?.id;
	for (const { settings } of all.values()) {
		if (settings?.errorWorkflow !== undefined) settings.errorWorkflow = errors;
	}
	return all;
}

/** The file of the workflow that the others name as their error workflow. */
const ERROR_WORKFLOW = 'rotation-error-workflow';

function withCredentials(node: WorkflowNode, credentials: StoredCredential[]): WorkflowNode {
	const wanted = credentialTypeOf(node);
	const found = credentials.find(({ type }) => type === wanted);
	if (!found) return node;
	return { ...node, credentials: { [found.type]: { id: found.id, name: found.name } } };
}

/** The keys that a run issued, one for each vendor and id. */
export function issuedKeys(run: FinishedRun): IssuedKey[] {
	const items = Object.values(run.resultData.runData)
		.flat()
		.flatMap((nodeRun) => nodeRun.data?.main ?? [])
		.flatMap((output) => output ?? [])
		.map((item) => item.json)
		.filter(isIssuedKey);
	const unique = new Map<string, IssuedKey>();
	for (const item of items) {
		const name = [item.vendor, item.type, item.id].join('/');
		if (!unique.has(name)) unique.set(name, item);
	}
	return [...unique.values()];
}

function isIssuedKey(item: Record<string, unknown>): item is IssuedKey {
	return vendors.some((vendor) => item.vendor === vendor) && typeof item.type === 'string';
}
