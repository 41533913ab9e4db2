import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import type { Call, Vendor } from '../../../nodes/shared/operation';
import { sendOnce } from '../../../nodes/shared/sendOnce';
import { runWorkflow, workflowNode } from '../../harness';
import { operation } from '../../harness/declarations';
import { AGENT, Agent } from './agent';
import { TOY_CREDENTIAL, toyReference, withToyCredential, toyNode } from './support';

const MINT = 'n8n-nodes-privileged-keys.mintTool';

/** How a call ends: well, or lost. */
type Fate = 'well' | 'lost';

class Mint {
	readonly secrets: string[] = [];

	readonly sent: string[] = [];

	readonly identities: string[] = [];

	fates: Fate[] = [];
}

let mint: Mint;

const strike = operation({
	name: 'Strike',
	value: 'strike',
	action: 'Strike coin',
	description: 'Strike a coin',
	issues: 'coin',
	furtherTries: { are: 'refused', unlike: 'no coin' },
	fields: [{ displayName: 'Title', name: 'title', type: 'string', default: '' }],
	input: z.object({ title: z.string() }),
	async run(api: Mint, { title }, call: Call) {
		await sendOnce(call, { mayHave: `The coin ${title} may have been struck` }, async () => {
			api.sent.push(title);
			api.identities.push(JSON.stringify(call.identity));
			if (api.fates.shift() === 'lost') throw new Failure('The line broke', { kind: 'lost' });
		});
		return { item: { id: title }, raw: {} };
	},
});

const vendor: Vendor<Mint> = {
	resources: [{ name: 'Coin', value: 'coin', operations: [strike] }],
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: () => mint,
};

/** As n8n makes a tool of a node: with another output and under another name. */
const MintTool = toyNode('Mint Tool', vendor, { inputs: [], outputs: ['ai_tool'] });

const run = async (titles: string[][], tool: Partial<INode> = {}) => {
	const result = await runWorkflow({
		workflow: {
			nodes: [
				workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
				workflowNode('Agent', AGENT),
				workflowNode('Mint', MINT, {
					parameters: {
						resource: 'coin',
						operation: 'strike',
						title: "={{ $fromAI('title', '', 'string') }}",
						options: {},
					},
					credentials: toyReference,
					...tool,
				}),
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Mint: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			pinData: {
				Start: titles.map((some) => ({
					json: { asked: some.map((title) => ({ title })) },
				})),
			},
		},
		nodeTypes: { [MINT]: MintTool, [AGENT]: Agent },
		...withToyCredential(),
	});
	expect(result.error()).toBeUndefined();
	return result.output('Agent').map(({ json }) => json.answers as string[]);
};

const struck = (title: string) => JSON.stringify([{ id: title }]);
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

beforeEach(() => {
	mint = new Mint();
});

it('an agent may call twice, with the same or with other values', async () => {
	expect(await run([['a', 'a', 'b']])).toEqual([[struck('a'), struck('a'), struck('b')]]);
	expect(new Set(mint.identities).size).toBe(3);
});

it('n8n’s further tries of a tool’s call are known, though each is a run of its own', async () => {
	mint.fates = ['lost'];
	const [answers] = await run([['a']], retried);
	expect(mint.sent).toEqual(['a']);
	expect(answers?.[0]).toContain('The coin a may have been struck by an earlier try of this');
	expect(answers?.[0]).toContain('It ended with: The line broke.');
});

it('what the agent asks for after that is another call', async () => {
	mint.fates = ['lost', 'well', 'well'];
	const [answers] = await run([['a', 'b', 'a']], retried);
	expect(answers?.slice(1)).toEqual([struck('b'), struck('a')]);
	expect(mint.sent).toEqual(['a', 'b', 'a']);
	expect(new Set(mint.identities).size).toBe(3);
});

it('without Retry On Fail, the agent’s own second call is another one', async () => {
	mint.fates = ['lost'];
	expect(await run([['a', 'a']])).toEqual([
		[expect.stringContaining('The line broke'), struck('a')],
	]);
});

it('agents that work on several items at once do not get in each other’s way', async () => {
	mint.fates = ['lost', 'well'];
	const answers = await run([['a'], ['b'], ['c']], retried);
	expect(answers[0]?.[0]).toContain('may have been struck by an earlier try');
	// Their runs have the same index, so that n8n mixes up what they give; their calls are three.
	expect(answers.slice(1).flat().join()).not.toContain('an earlier try');
	expect(mint.sent).toHaveLength(3);
	expect(new Set(mint.identities).size).toBe(3);
});
