import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/failure';
import { runVendorNode } from '../../../nodes/shared/run';
import { findSecrets, runNode } from '../../harness';
import { withToyCredential } from './support';
import {
	TYPE,
	Toy,
	buildFactory,
	factory,
	parameters,
	run,
	titles,
	toys,
	vendor,
} from './toyFactory';
import type { Factory } from './toyFactory';

/** Lets these toys be finished in this order, whatever the order of their beginning. */
function inOrder(...order: string[]): Factory['hold'] {
	const done = new Map<string, () => void>();
	const finished = new Map(
		order.map((title) => [title, new Promise<void>((resolve) => done.set(title, resolve))]),
	);
	return async (title) => {
		await finished.get(order[order.indexOf(title) - 1] ?? '');
		// In a later turn of the event loop, when the frame is done with this one.
		setImmediate(() => done.get(title)?.());
	};
}

beforeEach(buildFactory);

describe('several items', () => {
	it('come out in the order of the input, whichever is done first', async () => {
		factory.hold = inOrder(...titles(6).reverse());
		const { items, nodeError } = await run(toys(6), { options: { concurrency: 6 } });
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual(titles(6));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			titles(6).map((_, item) => ({ item })),
		);
	});

	it('may each give several', async () => {
		const inputs = [{ title: 'a' }, { title: 'b', fate: 'two' }, { title: 'c' }];
		const { items } = await run(inputs);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['a', { item: 0 }],
			['b1', { item: 1 }],
			['b2', { item: 1 }],
			['c', { item: 2 }],
		]);
	});

	it('share one connection', async () => {
		await run(toys(30));
		expect(factory.settings).toHaveLength(1);
	});

	it('show what there is to know once', async () => {
		const inputs = ['a', 'b'].map((title) => ({ title, fate: 'warned' }));
		const { run: execution } = await run(inputs);
		expect(execution.data.resultData.runData.Node?.[0]?.hints).toEqual(
			['Handle with care', 'About a', 'About b'].map((message) => ({
				message,
				type: 'warning',
				location: 'outputPane',
			})),
		);
	});

	it('show it in n8n’s log where the node stops, since n8n drops it then', async () => {
		const inputs = [
			{ title: 'a', fate: 'warned' },
			{ title: 'b', fate: 'refused' },
		];
		const { logs, nodeError } = await run(inputs);
		expect(nodeError?.message).toBe('No more b');
		const warned = logs.filter(({ level }) => level === 'warn').map(({ message }) => message);
		expect(warned).toEqual(
			expect.arrayContaining(['Node: Handle with care', 'Node: About a']) as unknown,
		);
	});

	it('can be none', async () => {
		const context = { getInputData: () => [] } as unknown as IExecuteFunctions;
		expect(await runVendorNode(context, vendor)).toEqual([[]]);
		const { items, runCount } = await run([]);
		expect(items).toEqual([]);
		expect(runCount('Node')).toBe(0);
	});
});

describe('items of which some fail', () => {
	const inputs = [
		{ title: 't0', mine: 0 },
		{ title: 't1', fate: 'refused', mine: 1 },
		{ title: 't2', mine: 2 },
		{ title: '', mine: 3 },
		{ title: 't4', fate: 'crash', mine: 4 },
		{ title: 't5', mine: 5 },
	];
	const untitled = { error: "'Title' is required", message: "'Title' is required" };
	const refused = { error: 'No more t1', message: 'No more t1. Ask for less.' };

	it('go on in the same output (continueRegularOutput)', async () => {
		factory.hold = inOrder('t5', 't4', 't2', 't1', 't0');
		const { items, nodeError } = await run(inputs, {
			onError: 'continueRegularOutput',
			options: { concurrency: 6 },
		});
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json.id ?? json.error)).toEqual([
			't0',
			'No more t1',
			't2',
			"'Title' is required",
			'Bug at t4',
			't5',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(inputs.map((_, item) => ({ item })));
		expect(items[1]?.json).toEqual(refused);
		expect(items[3]?.json).toEqual(untitled);
	});

	it('go to an output of their own with what they came with (continueErrorOutput)', async () => {
		factory.hold = inOrder('t5', 't4', 't2', 't1', 't0');
		const { items, errorOutput, nodeError } = await run(inputs, {
			onError: 'continueErrorOutput',
			options: { concurrency: 6 },
		});
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['t0', { item: 0 }],
			['t2', { item: 2 }],
			['t5', { item: 5 }],
		]);
		expect(errorOutput.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ title: 't1', fate: 'refused', mine: 1, ...refused }, { item: 1 }],
			[{ title: '', mine: 3, ...untitled }, { item: 3 }],
			[
				{ title: 't4', fate: 'crash', mine: 4, error: 'Bug at t4', message: 'Bug at t4' },
				{ item: 4 },
			],
		]);
	});

	it('stop the node, which tells what it made until then', async () => {
		factory.hold = inOrder('t5', 't4', 't2', 't1', 't0');
		const { items, nodeError } = await run(inputs, { options: { concurrency: 6 } });
		expect(items).toEqual([]);
		expect(nodeError).toMatchObject({
			name: 'NodeApiError',
			message: 'No more t1',
			context: { itemIndex: 1 },
		});
		expect(nodeError?.description).toBe(
			'Ask for less. Before it stopped, the node issued 3 toys that it cannot return now: ' +
				"item 0: id t0; item 2: id t2; item 5: id t5. To keep the results of the other items, set 'On Error' " +
				"in the node's settings to continue.",
		);
		expect(findSecrets(nodeError, ['secret-of-'])).toEqual([]);
	});

	it('stop the node, which names what it made as well as it can', async () => {
		const fates = ['identified', 'unnumbered', 'dated', 'nameless', 'two', 'named', 'refused'];
		const { nodeError } = await run(
			fates.map((fate) => ({ title: 'x', fate })),
			{ options: { concurrency: 1 } },
		);
		expect(nodeError?.description).toContain(
			'the node issued 7 toys that it cannot return now: item 0: id x (teddy); item 1: teddy; ' +
				'item 2: valid until 2026-01-09; item 3: without an id; item 4: id x1; item 4: id x2; ' +
				'item 5: bear.',
		);
	});

	it('let no further one start when the node stops', async () => {
		for (const concurrency of [1, 2]) {
			buildFactory();
			const { nodeError } = await run(inputs, { options: { concurrency } });
			expect(nodeError).toMatchObject({ message: 'No more t1', context: { itemIndex: 1 } });
			expect(factory.started.slice(0, 2)).toEqual(['t0', 't1']);
			expect(factory.started).not.toContain('t5');
			expect(factory.now).toBe(0);
		}
	});

	it('say nothing of others when there are none', async () => {
		const { nodeError } = await run([{ title: 'a', fate: 'refused' }]);
		expect(nodeError?.description).toBe('Ask for less.');
		const only = await run([{ title: 'a' }, { title: '' }], { options: { concurrency: 1 } });
		expect(only.nodeError?.name).toBe('NodeOperationError');
		expect(only.nodeError?.description).toMatch(/^Before it stopped, the node issued 1 toy that/);
	});

	it('stop the node, which also tells of those whose fate is not known', async () => {
		factory.hold = inOrder('t2', 't1', 't0');
		const { nodeError } = await run(
			[
				{ title: 't0', fate: 'refused' },
				{ title: 't1', fate: 'lost' },
				{ title: 't2', fate: 'refused' },
			],
			{ options: { concurrency: 3 } },
		);
		expect(nodeError).toMatchObject({ message: 'No more t0', context: { itemIndex: 0 } });
		expect(nodeError?.description).toContain('item 1: Nobody knows of t1');
		expect(nodeError?.description).not.toContain('t2');
	});

	it('do not lose a toy that was made but could not be put out', async () => {
		const failing = class extends Toy {
			override async execute(this: IExecuteFunctions) {
				this.helpers.prepareBinaryData = async () => {
					throw new Error('disk full');
				};
				return await runVendorNode(this, vendor);
			}
		};
		const { nodeError } = await runNode({
			node: { type: TYPE, parameters: { ...parameters, options: { secretOutput: 'file' } } },
			items: [{ json: { title: 'a' } }],
			nodeTypes: { [TYPE]: failing },
			...withToyCredential(),
		});
		expect(nodeError?.message).toBe(
			'The toy was issued, but the node could not return it: disk full',
		);
		expect(nodeError?.description).toContain('item 0: id a');
		expect(findSecrets(nodeError, ['secret-of-a'])).toEqual([]);
	});
});

describe('the number of items at the same time', () => {
	it.each([
		[undefined, 50],
		[1, 1],
		[3, 3],
		['4', 4],
		[50, 50],
	])('is bounded by Max Concurrent Items (%j), and reached', async (concurrency, peak) => {
		let open = () => {};
		const full = new Promise<void>((resolve) => (open = resolve));
		factory.hold = async () => {
			if (factory.now === peak) setImmediate(open);
			await full;
		};
		const options: IDataObject = concurrency === undefined ? {} : { concurrency };
		const { items } = await run(toys(60), { options });
		expect(items).toHaveLength(60);
		expect(factory.peak).toBe(peak);
	});

	it('is no more than there are items', async () => {
		await run(toys(2), { options: { concurrency: 50 } });
		expect(factory.peak).toBe(2);
	});
});

describe('an operation without secrets', () => {
	it('has nothing to account for', async () => {
		factory.hold = async () => {
			throw new Failure('Gone', { kind: 'lost' });
		};
		const { nodeError } = await run([{}, {}], { parameters: { operation: 'look' } });
		expect(nodeError).toMatchObject({ message: 'Gone', context: { itemIndex: 0 } });
		expect(nodeError?.description ?? '').toBe('');
	});

	it('has items as they are', async () => {
		const { items } = await run([{}], { parameters: { operation: 'look' } });
		expect(items).toEqual([{ json: { seen: true }, pairedItem: { item: 0 } }]);
	});
});

describe('a cancelled run', () => {
	/** Cancels the run when the given toy is begun, after all others in work are done. */
	async function cancelAt(title: string, inputs: IDataObject[], concurrency: number) {
		const execution = run(inputs, { options: { concurrency } });
		factory.hold = async (current) => {
			if (current !== title) return;
			await new Promise(setImmediate);
			execution.cancel();
		};
		return await execution;
	}
	const warnings = ({ logs }: Awaited<ReturnType<typeof run>>) =>
		logs.filter(({ level, message }) => level === 'warn' && message.includes('was cancelled'));

	it('starts no further item and logs what was issued', async () => {
		const result = await cancelAt('t2', toys(10), 1);
		expect(factory.started).toEqual(['t0', 't1', 't2']);
		await new Promise(setImmediate);
		expect(warnings(result).map(({ message }) => message)).toEqual([
			'Node was cancelled. Issued and not returned: item 0: id t0; item 1: id t1; item 2: id t2. Not known: none.',
		]);
		expect(findSecrets(result.logs, ['secret-of-t'])).toEqual([]);
	});

	it('logs what became of that in whose place something was issued', async () => {
		const inputs = [{ title: 't0', fate: 'succeeding' }, { title: 't1' }];
		const result = await cancelAt('t0', inputs, 1);
		await new Promise(setImmediate);
		expect(warnings(result)[0]?.message).toContain(
			'Issued and not returned: item 0: id t0, in place of t9, which is gone.',
		);
	});

	it('logs the items whose fate is not known, and not those that were refused', async () => {
		const inputs = [
			{ title: 't0', fate: 'refused' },
			{ title: 't1', fate: 'lost' },
			{ title: 't2', fate: 'lost' },
		];
		const result = await cancelAt('t0', inputs, 2);
		await new Promise(setImmediate);
		const [warning, ...others] = warnings(result);
		expect(others).toEqual([]);
		expect(warning?.message).toBe(
			'Node was cancelled. Issued and not returned: none. Not known: item 1: Nobody knows of t1.',
		);
	});

	it('logs nothing when nothing was issued', async () => {
		const result = await cancelAt('t0', [{ title: 't0', fate: 'refused' }, { title: 't1' }], 1);
		await new Promise(setImmediate);
		expect(factory.started).toEqual(['t0']);
		expect(warnings(result)).toEqual([]);
	});
});
