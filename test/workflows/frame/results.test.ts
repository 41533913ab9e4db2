import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import { ifGiven } from '../../../nodes/shared/input';
import type { Call, Result, Vendor } from '../../../nodes/shared/operation';
import { findSecrets, runNode } from '../../harness';
import { operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, withToyCredential, toyNode } from './support';

const TYPE = 'n8n-nodes-privileged-keys.mill';

/** A vendor that gives several results for an item, one after the other. */
interface Mill {
	site: string;
	secrets: string[];
}

const bag = (name: string): Result => ({
	item: { id: name, secret: `secret-of-${name}` },
	raw: { bag: { id: name, key: `secret-of-${name}` } },
	...(name.startsWith('old') && { issued: false }),
	...(name.startsWith('last') && { irreplaceable: true }),
});

const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

const grind = operation({
	name: 'Grind',
	value: 'grind',
	action: 'Grind corn',
	description: 'Grind corn',
	issues: 'bag',
	secretPaths: ['bag.key'],
	fields: [text('bags'), text('breaks')],
	input: z.object({ bags: z.string(), breaks: z.string() }),
	async *run(_: Mill, { bags, breaks }: { bags: string; breaks: string }) {
		for (const name of bags.split(',')) {
			if (name === breaks) throw new Failure(`The mill broke at ${name}`, { kind: 'refused' });
			yield bag(name);
		}
	},
});

const list = operation({
	...grind,
	name: 'Get Many',
	value: 'getAll',
	issues: undefined,
	async *run(api: Mill, input: { bags: string; breaks: string }, call: Call) {
		yield* grind.run(api, input, call) as AsyncIterable<Result>;
	},
});

const weigh = operation({
	name: 'Weigh',
	value: 'weigh',
	action: 'Weigh bag',
	description: 'Weigh a bag',
	download: true,
	fields: [
		{
			displayName: 'Locks',
			name: 'locks',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			options: [
				{
					displayName: 'Lock',
					name: 'lock',
					values: [text('code', { typeOptions: { password: true } }), text('place')],
				},
			],
		},
	],
	input: z.object({ locks: z.unknown() }),
	async run({ site }: Mill, { locks }): Promise<Result> {
		if (JSON.stringify(locks).includes('open')) {
			throw new Failure(`Not with ${JSON.stringify(locks)}`, { kind: 'refused' });
		}
		return {
			item: { site },
			raw: {},
			file: { content: Buffer.from([0, 255, 10]), name: 'slip.bin', type: 'application/x-slip' },
		};
	},
});

const vendor: Vendor<Mill> = {
	resources: [{ name: 'Mill', value: 'mill', operations: [grind, list, weigh] }],
	itemOptions: {
		fields: [text('site')],
		input: z.object({ site: ifGiven(z.string().regex(/^[a-z]+$/, 'must be a site')) }),
		apply: (api, options) => ({ ...api, site: (options as { site?: string }).site ?? api.site }),
	},
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: () => ({ site: 'home', secrets: [] }),
};

const MillNode = toyNode('Mill', vendor);

function run(
	operationName: string,
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	onError?: INode['onError'],
) {
	return runNode({
		node: {
			type: TYPE,
			parameters: {
				resource: 'mill',
				operation: operationName,
				...parameters,
			},
			...(onError && { onError }),
		},
		items: items.map((json) => ({ json })),
		nodeTypes: { [TYPE]: MillNode },
		...withToyCredential(),
	});
}

describe('results that come one after the other', () => {
	const broken = { error: 'The mill broke at c', message: 'The mill broke at c' };

	it('all belong to their item', async () => {
		const { items } = await run('grind', { bags: '={{ $json.bags }}' }, [
			{ bags: 'a,b' },
			{ bags: 'c' },
		]);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['a', { item: 0 }],
			['b', { item: 0 }],
			['c', { item: 1 }],
		]);
	});

	it('stay when something was issued before the item failed', async () => {
		const { items } = await run(
			'grind',
			{ bags: 'a,b,c', breaks: 'c' },
			[{}],
			'continueRegularOutput',
		);
		expect(items).toEqual([
			{ json: { id: 'a', secret: 'secret-of-a' }, pairedItem: { item: 0 } },
			{ json: { id: 'b', secret: 'secret-of-b' }, pairedItem: { item: 0 } },
			{ json: broken, pairedItem: { item: 0 } },
		]);
	});

	it('are named when the node stops', async () => {
		const { nodeError } = await run('grind', { bags: 'a,b,c', breaks: 'c' });
		expect(nodeError?.message).toBe('The mill broke at c');
		expect(nodeError?.description).toContain(
			'the node issued 2 bags that it cannot return now: item 0: id a; item 0: id b.',
		);
		expect(findSecrets(nodeError, ['secret-of-a', 'secret-of-b'])).toEqual([]);
	});

	it('are not named when they were there before', async () => {
		const { nodeError } = await run('grind', { bags: 'old,a,c', breaks: 'c' });
		expect(nodeError?.description).toContain(
			'the node issued 1 bag that it cannot return now: item 0: id a.',
		);
	});

	it('that must not be lost are given when another item fails, and the node goes on', async () => {
		const items = [{ bags: 'last,b' }, { bags: 'c,d', breaks: 'd' }, { bags: 'e' }];
		const result = await run(
			'grind',
			{
				bags: '={{ $json.bags }}',
				breaks: '={{ $json.breaks ?? "" }}',
				options: { concurrency: 1 },
			},
			items,
		);
		expect(result.nodeError).toBeUndefined();
		expect(result.items.map(({ json, pairedItem }) => [json.id ?? json.error, pairedItem])).toEqual(
			[
				['last', { item: 0 }],
				['b', { item: 0 }],
				['c', { item: 1 }],
				['The mill broke at d', { item: 1 }],
				['Nothing was done for this item', { item: 2 }],
			],
		);
		expect(result.items[4]?.json.message).toBe(
			'Nothing was done for this item. Item 1 had failed before.',
		);
		const hints = result.run.data.resultData.runData.Node?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual([
			'Item 1 failed: The mill broke at d. The node did not stop, because that would have lost a new bag whose predecessor may be gone.',
		]);
	});

	it('of a list that breaks off are no list', async () => {
		const { items } = await run(
			'getAll',
			{ bags: 'a,b,c', breaks: 'c' },
			[{}],
			'continueRegularOutput',
		);
		expect(items).toEqual([{ json: broken, pairedItem: { item: 0 } }]);
	});

	it('keep their secrets where these are left out', async () => {
		const options = { secretOutput: 'none' };
		const result = await run('grind', { bags: 'a,b', options });
		expect(findSecrets(result.items, ['secret-of-a', 'secret-of-b'])).toEqual([]);
	});
});

describe('a file', () => {
	it('goes where the user wants it', async () => {
		const { items } = await run('weigh', { binaryPropertyName: ' slip ' });
		expect(items[0]?.binary?.slip).toMatchObject({
			data: Buffer.from([0, 255, 10]).toString('base64'),
			fileName: 'slip.bin',
			mimeType: 'application/x-slip',
		});
		expect(items[0]?.json).toEqual({ site: 'home' });
	});

	it('needs a field', async () => {
		const { nodeError } = await run('weigh', { binaryPropertyName: '={{ " " }}' });
		expect(nodeError?.message).toBe("'Put Output File in Field' must be the name of a field");
	});
});

describe('options of a vendor', () => {
	it('are those of each item', async () => {
		const { items } = await run('weigh', { options: { site: '={{ $json.site }}' } }, [
			{ site: 'north' },
			{ site: '' },
			{ site: 'south' },
		]);
		expect(items.map(({ json }) => json.site)).toEqual(['north', 'home', 'south']);
	});

	it('are checked before anything is done', async () => {
		const { nodeError } = await run('weigh', { options: { site: '7' } });
		expect(nodeError?.message).toBe("'site' must be a site");
	});
});

it('keeps what is typed into secret fields of lists out of errors', async () => {
	const locks = { lock: [{ code: 'canary-1234', place: 'open' }] };
	const { nodeError, logs } = await run('weigh', { locks });
	expect(nodeError?.message).toContain('Not with');
	expect(findSecrets({ nodeError, logs }, ['canary-1234'])).toEqual([]);
});
