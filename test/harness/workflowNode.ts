import type { INode } from 'n8n-workflow';

/** A node of a workflow; its ID, version and place are of no matter where nothing else is said. */
export function workflowNode(name: string, type: string, more: Partial<INode> = {}): INode {
	return {
		id: `id-of-${name}`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	};
}
