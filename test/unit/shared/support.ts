import type { INode } from 'n8n-workflow';
import type { Call } from '../../../nodes/shared/operation';

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

/** A call of an operation that is run without the frame. */
export const call: Call = {
	index: 0,
	isRetry: false,
	identity: ['instance', 'workflow', 'execution', 'node', '0', '0'],
	log: { debug: () => {}, info: () => {}, warn: () => {} },
};
