import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import type { Vendor } from '../../../nodes/shared/operation';
import { runNode } from '../../harness';
import { operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, withToyCredential, toyNode } from './support';

const TYPE = 'n8n-nodes-privileged-keys.lock';

/** A door whose only key is the credential. */
class Door {
	readonly secrets = ['the-old-key'];

	changes = 0;
}

let door: Door;

const change = operation({
	name: 'Change Lock',
	value: 'change',
	action: 'Change lock',
	description: 'Change the lock',
	issues: 'key',
	secretPaths: ['key'],
	replacesCredential: true,
	fields: [],
	input: z.object({}),
	async run(api: Door) {
		api.changes += 1;
		return { item: { vendor: 'doors', secret: 'the-new-key' }, raw: { key: 'the-new-key' } };
	},
});

const vendor: Vendor<Door> = {
	resources: [{ name: 'Lock', value: 'lock', operations: [change] }],
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: () => door,
};

const Lock = toyNode('Lock', vendor);

function run(count: number, node: Partial<INode> = {}, options: IDataObject = {}) {
	const type = node.type ?? TYPE;
	return runNode({
		node: {
			type,
			parameters: { resource: 'lock', operation: 'change', options } as INode['parameters'],
			...node,
		},
		items: Array.from({ length: count }, () => ({ json: {} })),
		nodeTypes: { [type]: Lock },
		...withToyCredential(),
	});
}

beforeEach(() => {
	door = new Door();
});

describe('an operation that replaces the credential', () => {
	it('is done for one item', async () => {
		const { items, nodeError } = await run(1);
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ vendor: 'doors', secret: 'the-new-key' }]);
		expect(door.changes).toBe(1);
	});

	it('is done for none of several, which could not all come back', async () => {
		const { nodeError } = await run(2);
		expect(nodeError?.message).toBe("'Change Lock' works on one input item, and there are 2");
		expect(nodeError?.description).toContain("'Execute Once'");
		expect(door.changes).toBe(0);
	});

	it('makes an error item of each of several', async () => {
		const { items } = await run(2, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => json.error)).toEqual(
			Array(2).fill("'Change Lock' works on one input item, and there are 2"),
		);
		expect(door.changes).toBe(0);
	});

	it('is done for the first of several where the node executes once', async () => {
		const { items } = await run(3, { executeOnce: true });
		expect(items).toHaveLength(1);
		expect(door.changes).toBe(1);
	});

	it('is not done for an AI agent that would not get the secret', async () => {
		const { nodeError } = await run(1, { type: `${TYPE}Tool` });
		expect(nodeError?.message).toContain("'Secret Output' is not set");
		expect(door.changes).toBe(0);
	});

	it('is done for an AI agent where the item was chosen', async () => {
		const { items } = await run(1, { type: `${TYPE}Tool` }, { secretOutput: 'item' });
		expect(items.map(({ json }) => json)).toEqual([{ vendor: 'doors', secret: 'the-new-key' }]);
		expect(door.changes).toBe(1);
	});

	it.each([TYPE, `${TYPE}Tool`])('is not done where the secret is left out: %s', async (type) => {
		const { nodeError } = await run(1, { type }, { secretOutput: 'none' });
		expect(nodeError?.message).toContain("'Secret Output' leaves the secret out");
		expect(door.changes).toBe(0);
	});
});
