import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { z } from 'zod';
import { nodeProperties } from '../../../nodes/shared/description';
import { operation, resource } from '../../../nodes/shared/operation';
import type { Vendor } from '../../../nodes/shared/operation';
import { runVendorNode } from '../../../nodes/shared/run';
import { runNode } from '../../harness';

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
	resources: [resource({ name: 'Lock', value: 'lock', operations: [change] })],
	connect: async () => door,
};

class Lock implements INodeType {
	description = {
		displayName: 'Lock',
		name: 'lock',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'Lock' },
		inputs: ['main' as const],
		outputs: ['main' as const],
		properties: nodeProperties(vendor),
	};

	async execute(this: IExecuteFunctions) {
		return await runVendorNode(this, vendor);
	}
}

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

	it.each(['none', 'item'])('is done for an AI agent where %s was chosen', async (secretOutput) => {
		const { items } = await run(1, { type: `${TYPE}Tool` }, { secretOutput });
		const secret = secretOutput === 'item' ? 'the-new-key' : null;
		expect(items.map(({ json }) => json)).toEqual([{ vendor: 'doors', secret }]);
		expect(door.changes).toBe(1);
	});
});
