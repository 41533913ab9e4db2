import type { IDataObject } from 'n8n-workflow';
import { findSecrets, runWorkflow, workflowNode } from '../../harness';
import { toyReference, withToyCredential } from './support';
import { TYPE, Toy, buildFactory, factory, run, titles, toys } from './toyFactory';

beforeEach(buildFactory);

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
