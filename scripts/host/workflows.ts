import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
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
	connections: object;
	settings?: { errorWorkflow?: string };
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

/** What the nodes of this package need; the files name no credentials, so that n8n asks for them. */
const CREDENTIAL_TYPES: Record<string, string> = {
	'n8n-nodes-privileged-keys.pam360': 'pam360Api',
	'n8n-nodes-privileged-keys.cortexXsiam': 'cortexXsiamApi',
	'n8n-nodes-privileged-keys.senhasegura': 'senhaseguraOAuth2Api',
};

/** The workflows of `examples/` by file name, with fresh ids and these credentials filled in. */
export async function exampleWorkflows(
	credentials: StoredCredential[],
): Promise<Map<string, StoredWorkflow>> {
	const folder = path.join(packageRoot, 'examples');
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const workflows = await Promise.all(
		files.map(async (file) => {
			const content = await readFile(path.join(folder, file), 'utf8');
			const workflow = JSON.parse(content) as StoredWorkflow;
			const nodes = workflow.nodes.map((node) => withCredentials(node, credentials));
			return [
				path.basename(file, '.json'),
				{ ...workflow, id: freshId(), active: false, nodes },
			] as const;
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
	const found = credentials.find(({ type }) => type === CREDENTIAL_TYPES[node.type]);
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
