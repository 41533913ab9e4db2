import type { IExecuteFunctions, IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import { instant, requiredText } from '../../../nodes/shared/input';
import type { Result, RunSettings, Vendor } from '../../../nodes/shared/operation';
import { runVendorNode } from '../../../nodes/shared/run';
import { findSecrets, runNode, runWorkflow, workflowNode } from '../../harness';
import { additionalFields, operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, toyReference, withToyCredential, toyNode, field } from './support';

const TYPE = 'n8n-nodes-privileged-keys.toy';

/** What happens at a vendor that makes toys, and how an item is held up there. */
class Factory {
	settings: RunSettings[] = [];

	readonly started: string[] = [];

	readonly secrets = ['canary-credential'];

	now = 0;

	peak = 0;

	/** Called for each toy once it was begun; its promise is waited for. */
	hold: (title: string) => Promise<void> = async () => {};

	async make(title: string, fate: string): Promise<Result | Result[]> {
		this.started.push(title);
		this.now += 1;
		this.peak = Math.max(this.peak, this.now);
		await this.hold(title);
		this.now -= 1;
		switch (fate) {
			case 'refused':
				throw new Failure(`No more ${title}`, { kind: 'refused', description: 'Ask for less.' });
			case 'lost':
				throw new Failure(`Nobody knows of ${title}`, { kind: 'lost' });
			case 'crash':
				throw new TypeError(`Bug at ${title}`);
			case 'two':
				return [toy(`${title}1`), toy(`${title}2`)];
			case 'identified':
				return { ...toy(title), item: { id: title, identifier: 'teddy' } };
			case 'unnumbered':
				return { ...toy(title), item: { id: null, identifier: 'teddy' } };
			case 'named':
				return { ...toy(title), item: { id: null, name: 'bear', expiresAt: '2026-01-09' } };
			case 'dated':
				return { ...toy(title), item: { expiresAt: null, expiresAtServerTime: '2026-01-09' } };
			case 'nameless':
				return { ...toy(title), item: {} };
			case 'succeeding':
				return { ...toy(title), ifNotReturned: 'in place of t9, which is gone' };
			case 'warned':
				return { ...toy(title), hints: ['Handle with care', `About ${title}`] };
			default:
				return toy(title);
		}
	}
}

function toy(title: string): Result {
	const item: IDataObject = {
		vendor: 'toys',
		type: 'toy',
		id: title,
		secret: `secret-of-${title}`,
	};
	return { item, raw: { answer: { key: `secret-of-${title}` } } };
}

let factory: Factory;

const make = operation({
	name: 'Make',
	value: 'make',
	action: 'Make a toy',
	description: 'Make a toy',
	issues: 'toy',
	secretPaths: ['answer.key'],
	fields: [
		field('remark', { type: 'notice' }),
		field('title'),
		field('fate', { default: 'good' }),
		field('password', { typeOptions: { password: true } }),
		field('start', { type: 'dateTime' }),
		additionalFields(
			field('end', { type: 'dateTime' }),
			field('pin', { typeOptions: { password: true } }),
		),
	],
	input: z.object({
		title: requiredText,
		fate: z.string(),
		password: z.string(),
		start: z.union([z.literal(''), instant]),
		additionalFields: z.object({ end: instant.optional(), pin: z.string().optional() }),
	}),
	async run(api: Factory, { title, fate, password, start, additionalFields: { end, pin } }) {
		if (fate === 'times') return { item: { start, end: end ?? null }, raw: {} };
		if (fate === 'echo') throw new Error(`said ${password} and ${pin} and canary-credential`);
		return await api.make(title, fate);
	},
});

const look = operation({
	name: 'Look',
	value: 'look',
	action: 'Look at a toy',
	description: 'Look at a toy',
	fields: [],
	input: z.object({}),
	async run(api: Factory): Promise<Result> {
		await api.hold('look');
		return { item: { seen: true }, raw: {} };
	},
});

const vendor: Vendor<Factory> = {
	resources: [{ name: 'Toy', value: 'toy', operations: [make, look] }],
	perSecond: 1000,
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: (_, _credentials, settings) => {
		factory.settings.push(settings);
		return factory;
	},
};

const Toy = toyNode('Toy', vendor);

const parameters = {
	resource: 'toy',
	operation: 'make',
	title: '={{ $json.title }}',
	fate: '={{ $json.fate ?? "good" }}',
};

interface Options extends Partial<Pick<INode, 'onError'>> {
	parameters?: IDataObject;
	options?: IDataObject;
}

function run(items: IDataObject[], { onError, options = {}, ...more }: Options = {}) {
	return runNode({
		node: {
			type: TYPE,
			parameters: { ...parameters, options, ...more.parameters } as INode['parameters'],
			...(onError && { onError }),
		},
		items: items.map((json) => ({ json })),
		nodeTypes: { [TYPE]: Toy },
		...withToyCredential(),
	});
}

const titles = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const toys = (count: number) => titles(count).map((title) => ({ title, mine: `${title}!` }));

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

beforeEach(() => {
	factory = new Factory();
});

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
			factory = new Factory();
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

describe('options of the run', () => {
	it('have defaults', async () => {
		await run(toys(1));
		expect(factory.settings[0]).toMatchObject({
			timeout: 60_000,
			rateLimitWait: 120_000,
			perSecond: 1000,
			concurrency: 50,
		});
		expect(factory.settings[0]?.signal).toBeInstanceOf(AbortSignal);
	});

	it('are handed on', async () => {
		await run(toys(1), { options: { timeout: '1500', perSecond: 0.5 } });
		expect(factory.settings[0]).toMatchObject({ timeout: 1500, perSecond: 0.5 });
	});

	it.each(['', null])(
		'are as when they are not given where an expression gives %j',
		async (value) => {
			const options = {
				concurrency: value,
				timeout: value,
				rateLimitWait: value,
				perSecond: value,
			};
			await run(toys(1), { options });
			expect(factory.settings[0]).toMatchObject({
				timeout: 60_000,
				rateLimitWait: 120_000,
				perSecond: 1000,
				concurrency: 50,
			});
		},
	);

	it.each<[IDataObject, string]>([
		[{ concurrency: 0 }, "'Max Concurrent Items' must be at least 1"],
		[{ concurrency: -3 }, "'Max Concurrent Items' must be at least 1"],
		[{ concurrency: 51 }, "'Max Concurrent Items' must be at most 50"],
		[{ concurrency: 1.5 }, "'Max Concurrent Items' must be a whole number"],
		[{ concurrency: 'many' }, "'Max Concurrent Items' must be a number"],
		[{ concurrency: true }, "'Max Concurrent Items' must be a number"],
		[{ timeout: true }, "'Timeout' must be a number of milliseconds"],
		[{ rateLimitWait: [] }, "'Rate Limit Wait' must be a number of milliseconds"],
		[{ perSecond: ' ' }, "'Requests per Second' must be a number"],
		[{ timeout: 0 }, "'Timeout' must be a number of milliseconds greater than 0"],
		[{ timeout: -1 }, "'Timeout' must be a number of milliseconds greater than 0"],
		[{ timeout: 'long' }, "'Timeout' must be a number of milliseconds"],
		// A timer of Node.js that is set to more fires at once.
		[{ timeout: 2 ** 31 }, "'Timeout' must be at most 2147483647 milliseconds"],
		[{ rateLimitWait: -1 }, "'Rate Limit Wait' must be a number of milliseconds, or 0"],
		[{ rateLimitWait: 'long' }, "'Rate Limit Wait' must be a number of milliseconds"],
		[{ rateLimitWait: 2 ** 31 }, "'Rate Limit Wait' must be at most 2147483647 milliseconds"],
		[{ perSecond: 0 }, "'Requests per Second' must be greater than 0"],
		[{ perSecond: 'few' }, "'Requests per Second' must be a number"],
		[{ secretOutput: 'maybe' }, "'Secret Output' must be item, encrypted, file or none"],
		[
			{ secretOutput: 'encrypted', recipientPublicKey: 'x' },
			"'Recipient Public Key' is not a public key",
		],
		[
			{ secretOutput: 'encrypted' },
			"'Recipient Public Key' is empty, and the credential has no 'Recipient Private Key'",
		],
		[{ secretOutput: 'none' }, "'Secret Output' leaves the secret out, so nobody would get it"],
	])('are checked before anything is sent: %j', async (options, message) => {
		const { nodeError } = await run(toys(2), { options });
		expect(nodeError).toMatchObject({
			name: 'NodeOperationError',
			message,
			context: { itemIndex: 0 },
		});
		expect(factory.started).toEqual([]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'fail every item where the node goes on (%s)',
		async (onError) => {
			const { items, errorOutput } = await run(toys(2), { onError, options: { concurrency: 0 } });
			const failed = onError === 'continueErrorOutput' ? errorOutput : items;
			expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
				["'Max Concurrent Items' must be at least 1", { item: 0 }],
				["'Max Concurrent Items' must be at least 1", { item: 1 }],
			]);
			expect(factory.started).toEqual([]);
		},
	);

	it.each([
		// n8n knows no operation where it knows no resource.
		[{ resource: 'toys' }, "The operation '' of the resource 'toys' does not exist"],
		[{ operation: 'break' }, "The operation 'break' of the resource 'toy' does not exist"],
	])('name an operation that there is not: %j', async (wrong, message) => {
		const { nodeError } = await run(toys(1), { parameters: wrong });
		expect(nodeError).toMatchObject({
			name: 'NodeOperationError',
			message,
			context: { itemIndex: 0 },
		});
	});
});

describe('parameters', () => {
	it('take times as those of the workflow’s time zone', async () => {
		const { output, error } = await runWorkflow({
			workflow: {
				settings: { executionOrder: 'v1', timezone: 'Asia/Kolkata' },
				nodes: [
					workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
					workflowNode('Toy', TYPE, {
						credentials: toyReference,
						parameters: {
							resource: 'toy',
							operation: 'make',
							title: 'x',
							fate: 'times',
							start: '2025-08-28T18:14:49',
							additionalFields: { end: '2025-08-28T18:14:49Z' },
						},
					}),
				],
				connections: { Start: { main: [[{ node: 'Toy', type: 'main', index: 0 }]] } },
			},
			nodeTypes: { [TYPE]: Toy },
			...withToyCredential(),
		});
		expect(error()).toBeUndefined();
		expect(output('Toy')[0]?.json).toEqual({
			start: Date.UTC(2025, 7, 28, 12, 44, 49),
			end: Date.UTC(2025, 7, 28, 18, 14, 49),
		});
	});

	it('that are secret stay so in errors, like the credential', async () => {
		const secrets = { password: 'canary-password', additionalFields: { pin: 'canary-pin' } };
		const result = await run([{ title: 'a', fate: 'echo' }], { parameters: secrets });
		expect(result.nodeError?.message).toBe('said [redacted] and [redacted] and [redacted]');
		const all = ['canary-password', 'canary-pin', 'canary-credential'];
		// The error holds its node, and with it parameters that were typed in.
		expect(findSecrets([result.run.data.resultData, result.logs], all)).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['an option that cannot be used', { options: { concurrency: 0 } }],
		['an expression that fails', { title: '={{ $("Nowhere").item.json.x }}' }],
		['an operation that there is not', { operation: 'break' }],
		['a field that cannot be used', { title: '' }],
	])('that are secret stay out of the error for %s', async (_, wrong) => {
		const { run: result, logs } = await run([{ title: 'a' }], {
			parameters: {
				password: 'canary-password',
				additionalFields: { pin: 'canary-pin' },
				...wrong,
			},
		});
		const { error } = result.data.resultData;
		expect(error?.message).toBeTruthy();
		expect(findSecrets([result.data.resultData, logs], ['canary-password', 'canary-pin'])).toEqual(
			[],
		);
	});

	it('that are secret, each item its own, stay out of every item’s error', async () => {
		const items = titles(20).map((title) => ({ title, fate: 'echo', own: `canary-of-${title}` }));
		const result = await run(items, {
			onError: 'continueRegularOutput',
			parameters: { password: '={{ $json.own }}' },
		});
		expect(result.items.map(({ json }) => json.error)).toEqual(
			items.map(() => 'said [redacted] and undefined and [redacted]'),
		);
	});

	it('whose expression fails, fail for that item alone', async () => {
		const { items } = await run([{ title: 'a' }, { title: null }], {
			onError: 'continueRegularOutput',
			parameters: { title: '={{ $json.title.toUpperCase() }}' },
		});
		expect(items[0]?.json.id).toBe('A');
		expect(items[1]?.json.error).toBeDefined();
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
