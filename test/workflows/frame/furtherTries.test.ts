import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import type { Call, Result, Vendor } from '../../../nodes/shared/operation';
import { sendOnce } from '../../../nodes/shared/sendOnce';
import { findSecrets, processedData, runNode, runWorkflow, workflowNode } from '../../harness';
import type { RunNodeResult } from '../../harness';
import { operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, toyReference, withToyCredential, toyNode } from './support';

const TYPE = 'n8n-nodes-privileged-keys.mint';

/** A vendor that makes coins, and what is to become of each request. */
class Mint {
	readonly secrets = ['canary-credential'];

	readonly sent: string[] = [];

	readonly calls: Call[] = [];

	/** By title, for each request in turn; none goes well. */
	fates: Record<string, Array<Failure | Error | undefined>> = {};

	async ask(title: string): Promise<void> {
		this.sent.push(title);
		const fate = this.fates[title]?.shift();
		if (fate) throw fate;
	}
}

let mint: Mint;

const title = { displayName: 'Title', name: 'title', type: 'string' as const, default: '' };
const pin = {
	displayName: 'PIN',
	name: 'pin',
	type: 'string' as const,
	typeOptions: { password: true },
	default: '',
};
const input = z.object({ title: z.string(), pin: z.string() });
const common = { action: 'Make coin', description: 'Make a coin', fields: [title, pin], input };
const coin = (id: string): Result => ({ item: { id }, raw: { id } });

const refused = operation({
	...common,
	name: 'Strike',
	value: 'strike',
	issues: 'coin',
	furtherTries: { are: 'refused' },
	async run(api: Mint, { title: name }, call: Call) {
		api.calls.push(call);
		await sendOnce(
			call,
			{ mayHave: `The coin ${name} may have been struck` },
			async () => await api.ask(name),
		);
		return coin(name);
	},
});

const unlike = operation({
	...common,
	name: 'Engrave',
	value: 'engrave',
	issues: 'coin',
	furtherTries: { are: 'refused', unlike: 'a coin of the same name' },
	async run(api: Mint, { title: name }, call: Call) {
		await sendOnce(
			call,
			{ mayHave: 'A coin may have been engraved' },
			async () => await api.ask(name),
		);
		return coin(name);
	},
});

const resolved = operation({
	...common,
	name: 'Cast',
	value: 'cast',
	issues: 'coin',
	furtherTries: { are: 'resolved', by: 'its number' },
	async run(api: Mint, { title: name }, call: Call) {
		api.calls.push(call);
		await api.ask(name);
		return { ...coin(name), ...(name === 'told' && { ofEarlierTry: 'It was melted down.' }) };
	},
});

const vendor: Vendor<Mint> = {
	resources: [{ name: 'Coin', value: 'coin', operations: [refused, unlike, resolved] }],
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: () => mint,
};

const MintNode = toyNode('Mint', vendor);

const parameters = (name: string): INode['parameters'] => ({
	resource: 'coin',
	operation: name,
	title: '={{ $json.title }}',
	pin: 'canary-pin',
	options: { concurrency: 1 },
});
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let nodes = 0;

const run = async (
	name: string,
	titles: string[],
	more: { executionId?: string; node?: Partial<INode>; credential?: IDataObject } = {},
) =>
	await runNode({
		node: {
			type: TYPE,
			id: `node-${++nodes}`,
			parameters: parameters(name),
			...retried,
			...more.node,
		},
		items: titles.map((one) => ({ json: { title: one } })),
		nodeTypes: { [TYPE]: MintNode },
		...withToyCredential({ token: '={{ $json.title }}', ...more.credential }),
		...(more.executionId !== undefined && { executionId: more.executionId }),
	});

const lost = () =>
	new Failure('The line broke', {
		kind: 'lost',
		description: 'Ask at the counter for canary-pin.',
	});
const said = ({ nodeError }: RunNodeResult) => `${nodeError?.message} | ${nodeError?.description}`;
const warnings = ({ logs }: RunNodeResult) =>
	logs.filter(({ level }) => level === 'warn').map(({ message }) => message);

beforeEach(() => {
	mint = new Mint();
});
afterEach(() => processedData.clear());

describe('a further try of what must not be done twice', () => {
	it('is refused before anything is sent, with the text of the first', async () => {
		mint.fates.a = [lost()];
		const result = await run('strike', ['a']);
		expect(mint.sent).toEqual(['a']);
		// The operation was not even called.
		expect(mint.calls).toHaveLength(1);
		expect(said(result)).toMatch(
			/^The coin a may have been struck by an earlier try of this execution \| This try sent nothing\. The earlier try began at 2\S+Z\. It ended with: The line broke\. Ask at the counter for \[redacted\]\. If nobody got the result, start the workflow anew/,
		);
		expect(warnings(result)).toEqual([
			expect.stringMatching(/^Node, item 0: The coin a may have been struck by an earlier try/),
			expect.stringMatching(/^Node, item 0: The coin a may have been struck by an earlier try/),
		]);
		expect(findSecrets([result.nodeError, result.logs], ['canary'])).toEqual([]);
	});

	it('is refused where the first made it, and its item was dropped with another one', async () => {
		mint.fates.b = [new Failure('No more b', { kind: 'refused' })];
		const result = await run('strike', ['a', 'b', 'c']);
		// Of the second try nothing but what the first had not begun.
		expect(mint.sent).toEqual(['a', 'b']);
		expect(said(result)).toContain('The coin a may have been struck');
		expect(said(result)).toContain('It made item 0: id a.');
	});

	it.each(['input', 'notSent', 'refused'] as const)(
		'is made where the first did nothing: %s',
		async (kind) => {
			mint.fates.a = [new Failure('Not now', { kind }), new Failure('Not now', { kind })];
			const result = await run('strike', ['a']);
			expect(result.nodeError).toBeUndefined();
			expect(result.items.map(({ json }) => json)).toEqual([{ id: 'a' }]);
			expect(mint.sent).toEqual(['a', 'a', 'a']);
		},
	);

	it('is refused after a crash of the operation', async () => {
		mint.fates.a = [new TypeError('undefined is not a function')];
		expect(said(await run('strike', ['a']))).toContain(
			'It ended with: undefined is not a function.',
		);
		expect(mint.sent).toEqual(['a']);
	});

	it('is noted in n8n’s database, unless the vendor takes no second one', async () => {
		const node = { id: 'noted' };
		await run('strike', ['a', 'b'], { node });
		expect(processedData.at('test-workflow', 'n:noted')).toHaveLength(2);
		await run('engrave', ['a', 'b'], { node: { id: 'not-noted' } });
		expect(processedData.at('test-workflow', 'n:not-noted')).toEqual([]);
		mint.fates.c = [lost()];
		mint.sent.length = 0;
		expect(said(await run('engrave', ['c']))).toContain(
			'A coin may have been engraved by an earlier',
		);
		expect(mint.sent).toEqual(['c']);
	});
});

describe('a further try of what is found again', () => {
	it('is made, and the item, a hint and n8n’s log say what was found', async () => {
		mint.fates.a = [lost()];
		const result = await run('cast', ['a']);
		expect(result.nodeError).toBeUndefined();
		const told = expect.stringMatching(
			/^The earlier try began at 2\S+Z\. It ended with: The line broke\. Ask at the counter for \[redacted\]\. This try looked for what the earlier one may have left, by its number\.$/,
		) as string;
		expect(result.items.map(({ json }) => json)).toEqual([{ id: 'a', earlierTry: told }]);
		expect(warnings(result)).toHaveLength(1);
		expect(warnings(result)[0]).toMatch(/^Node, item 0: The earlier try began/);
		const [task] = result.run.data.resultData.runData.Node ?? [];
		expect(task?.hints?.map(({ message }) => message)).toEqual([told]);
		expect(mint.calls.map(({ triedBefore }) => triedBefore)).toEqual([false, true]);
		expect(findSecrets([result.run, result.logs], ['canary-credential'])).toEqual([]);
	});

	it('says what the operation has found', async () => {
		mint.fates.told = [lost()];
		const { items } = await run('cast', ['told']);
		expect(items[0]?.json.earlierTry).toMatch(/It ended with: .* It was melted down\.$/);
	});

	it('knows what the first left, whatever tries in between were refused', async () => {
		mint.fates.a = [lost(), new Failure('Busy', { kind: 'refused' })];
		const { items } = await run('cast', ['a']);
		expect(items[0]?.json.earlierTry).toContain('It ended with: The line broke');
	});

	it('says nothing where the first did nothing', async () => {
		mint.fates.a = [new Failure('Busy', { kind: 'refused' })];
		const result = await run('cast', ['a']);
		expect(result.items.map(({ json }) => json)).toEqual([{ id: 'a' }]);
		expect(warnings(result)).toEqual([]);
	});
});

describe('another call', () => {
	it('is each item of a run, and each run of a node in an execution', async () => {
		mint.fates.a = [lost()];
		const noError = { ...retried, onError: 'continueRegularOutput' as const };
		const result = await run('strike', ['a', 'a', 'a'], { node: noError, executionId: '900' });
		// n8n tries again where the first item is an error, unless something was issued.
		expect(result.items.map(({ json }) => json.id ?? json.error)).toEqual(
			expect.arrayContaining(['a', 'The line broke']),
		);
		expect(mint.sent).toEqual(['a', 'a', 'a']);
	});

	it('is each turn of Loop Over Items, though each has item 0', async () => {
		mint.fates.a = [lost()];
		const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
		const result = await runWorkflow({
			workflow: {
				nodes: [
					workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
					workflowNode('Loop', 'n8n-nodes-base.splitInBatches', { typeVersion: 3 }),
					workflowNode('Mint', TYPE, {
						parameters: parameters('strike'),
						credentials: toyReference,
						onError: 'continueRegularOutput',
					}),
				],
				connections: {
					Start: { main: [to('Loop')] },
					Loop: { main: [[], to('Mint')] },
					Mint: { main: [to('Loop')] },
				},
				pinData: {
					Start: [{ json: { title: 'a' } }, { json: { title: 'a' } }, { json: { title: 'a' } }],
				},
			},
			nodeTypes: { [TYPE]: MintNode },
			...withToyCredential({ token: 'x' }),
		});
		expect(result.error()).toBeUndefined();
		expect(result.runCount('Mint')).toBe(3);
		expect(mint.sent).toEqual(['a', 'a', 'a']);
		expect(mint.calls.map(({ identity }) => identity.slice(-2))).toEqual([
			['0', '0'],
			['1', '0'],
			['2', '0'],
		]);
		expect(result.output('Loop').map(({ json }) => json.id ?? json.error)).toEqual([
			'The line broke',
			'a',
			'a',
		]);
	});

	it('is one with another credential', async () => {
		const same = { executionId: '901', node: { id: 'same', retryOnFail: false } };
		mint.fates.a = [lost()];
		const first = await run('engrave', ['a'], { ...same, credential: { token: 'one' } });
		expect(first.nodeError?.message).toBe('The line broke');
		const other = await run('engrave', ['a'], { ...same, credential: { token: 'other' } });
		expect(other.nodeError).toBeUndefined();
		const again = await run('engrave', ['a'], { ...same, credential: { token: 'one' } });
		expect(again.nodeError?.message).toContain('by an earlier try of this execution');
		expect(mint.sent).toEqual(['a', 'a']);
	});

	it('is one of another execution', async () => {
		const node = { id: 'same-node', retryOnFail: false };
		mint.fates.a = [lost()];
		await run('engrave', ['a'], { node });
		expect((await run('engrave', ['a'], { node })).nodeError).toBeUndefined();
	});
});
