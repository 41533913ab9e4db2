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
	settings?: object;
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
	return new Map(workflows);
}

function withCredentials(node: WorkflowNode, credentials: StoredCredential[]): WorkflowNode {
	if (node.credentials === undefined) return node;
	const filled = { ...node.credentials };
	for (const { id, name, type } of credentials) {
		if (type in filled) filled[type] = { id, name };
	}
	return { ...node, credentials: filled };
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
