import type { INode } from 'n8n-workflow';

/** A node for errors to belong to. */
export const node: INode = {
	id: 'a-node',
	name: 'A node',
	type: 'n8n-nodes-privileged-keys.pam360',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What a function throws. */
export function thrownBy<E = Error>(run: () => unknown): E {
	try {
		run();
	} catch (error) {
		return error as E;
	}
	throw new Error('Nothing was thrown');
}
