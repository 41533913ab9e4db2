import type { IDataObject, INode } from 'n8n-workflow';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node';
import type { RunNodeResult } from '../../harness';
import { findSecrets, runWorkflow, workflowNode } from '../../harness';
import type { CortexXsiamKey } from '../../simulators';
import { DELETE, GENERATE, LIST, requests } from '../../unit/cortexXsiam/support';
import { AGENT, Agent } from '../frame/agent';
import { said } from '../kit/result';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { FIRST, addFirst, storedFormOf } from './lineage';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();

const MARK = /\[n8n (call [0-9A-Z]{12}|\d+) [0-9A-Z]{13}\]/;
/** The ID that the tenant gives next. */
const NEW = 4_267;

const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let nodes = 0;

/** Another node for each test, since what was lost is remembered. */
beforeEach(() => void (nodes += 1));

const generate = async (more: IDataObject = {}, node: Partial<INode> = retried) =>
	await tenant.run(
		'apiKey',
		'generate',
		{ roles: ['Investigator'], securityLevel: 'standard', additionalFields: more },
		{ node: { id: `node-${nodes}`, ...node } },
	);

const keys = () => [...tenant.sim.state.keys.values()].filter(({ id }) => id >= NEW);
const ids = () => keys().map(({ id }) => String(id));
const warnings = ({ logs }: RunNodeResult) =>
	logs.filter(({ level }) => level === 'warn').map(({ message }) => message);
const secretsOf = (some: CortexXsiamKey[]) => some.map(({ secret }) => secret);

interface Course {
	/** Which request to issue is cut, and done by the tenant later; none where there is none. */
	parked?: number;
	/** Which one is refused. */
	refused?: number;
	/** Before which request the parked one is done, by its path and the number of lists since. */
	before?: (path: string, lists: number) => boolean;
}

/** What becomes of the requests that issue, counted from 0. */
function course({ parked, refused, before = () => false }: Course): void {
	let generated = 0;
	let lists = 0;
	let work: (() => void) | undefined;
	let isDone: () => void = () => {};
	const done = new Promise<void>((resolve) => (isDone = resolve));
	tenant.sim.gate.keeper = {
		beforeWork: async ({ path }) => {
			const nth = path === GENERATE ? generated++ : -1;
			if (nth === refused) return { status: 413 };
			if (nth === parked) return { until: new Promise<void>((resolve) => (work = resolve)) };
			if (work && path === LIST) lists += 1;
			if (work && before(path, lists)) {
				work();
				work = undefined;
				await done;
			}
			return 'pass';
		},
		afterWork: async () => 'pass',
		parkedWorkDone: async () => isDone(),
	};
}

describe('Generate, tried again by Retry On Fail', () => {
	it('issues nothing while the key of the first try may still come, and names its mark', async () => {
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await generate();
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(keys()).toEqual([]);
		const [mark] = MARK.exec(requests(tenant.sim, GENERATE)[0]?.body ?? '') ?? [];
		expect(said(result)).toContain(
			'The answer to an earlier try of this call was lost, and its key may still appear',
		);
		expect(said(result)).toContain(`would end with ${mark}.`);
		expect(said(result)).toContain('Look for this mark in the console, now and in some hours');
	});

	it.each<[string, IDataObject]>([
		['by the mark of the call', {}],
		['by an idempotency key', { idempotencyKey: 'siem-berlin' }],
	])('finds the key that came late, %s, deletes it, and says so', async (_, more) => {
		// The first try looks twice; the list at the beginning of the second one shows it.
		course({ parked: 0, before: (path, lists) => path === LIST && lists === 3 });
		const result = await generate(more);
		expect(said(result)).toBe('');
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
		const [left, ...others] = keys();
		expect(others).toEqual([]);
		const { json } = result.items[0]!;
		expect(json).toMatchObject({ id: String(left?.id), secret: left?.secret });
		expect(left?.id).toBe(NEW + 1);
		expect(json.earlierTry).toMatch(
			/^The earlier try began at 2\S+Z\. It ended with: .*An API key may exist whose secret nobody knows\. .* The API key 4267 was found by its mark and deleted: its answer had been lost, and nobody knows its secret\.$/,
		);
		expect(warnings(result)).toEqual([`Node, item 0: ${String(json.earlierTry as string)}`]);
		expect(findSecrets(result.logs, secretsOf(keys()))).toEqual([]);
	});

	it('is refused without a mark, since nothing could be found', async () => {
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE });
		const result = await generate({ addMark: false });
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(keys()).toHaveLength(1);
		expect(said(result)).toMatch(
			/^An API key without a mark may have been issued by an earlier try of this execution \| This try sent nothing\..*look in the console for a key from this time/,
		);
	});

	it('issues one where the first try was refused', async () => {
		tenant.sim.trouble.add({ kind: 'status', status: 413, match: GENERATE, times: 2 });
		const result = await generate();
		expect(said(result)).toBe('');
		expect(result.items[0]?.json.earlierTry).toBeUndefined();
		expect(ids()).toEqual([result.items[0]?.json.id]);
	});
});

describe('Generate in the same execution', () => {
	const node = (name: string, type: string, more: Partial<INode> = {}) =>
		workflowNode(name, type, { id: `id-of-${name}-${nodes}`, ...more });
	const to = (name: string, type: 'main' | 'ai_tool' = 'main') => [{ node: name, type, index: 0 }];
	const common = () => ({
		nodeTypes,
		credentialTypes,
		credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
	});
	const credentials = { cortexXsiamApi: { id: 'cortexXsiamApi', name: 'Tenant' } };
	const operation = {
		resource: 'apiKey',
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
		options: { perSecond: 1_000, secretOutput: 'item' },
	};

	it('issues a key in each turn of Loop Over Items, whose items all have the index 0', async () => {
		const result = await runWorkflow({
			...common(),
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Loop', 'n8n-nodes-base.splitInBatches', { typeVersion: 3 }),
					node('Issue', 'n8n-nodes-privileged-keys.cortexXsiam', {
						parameters: operation,
						credentials,
						...retried,
					}),
				],
				connections: {
					Start: { main: [to('Loop')] },
					Loop: { main: [[], to('Issue')] },
					Issue: { main: [to('Loop')] },
				},
				pinData: { Start: [{ json: {} }, { json: {} }, { json: {} }] },
			},
		});
		expect(result.error()).toBeUndefined();
		expect(result.output('Loop').map(({ json }) => json.id)).toEqual(ids());
		expect(ids()).toHaveLength(3);
		expect(result.output('Loop').some(({ json }) => 'earlierTry' in json)).toBe(false);
	});

	/** n8n makes a tool of a node by another name and another output. */
	class CortexXsiamTool extends CortexXsiam {
		constructor() {
			super();
			this.description = { ...this.description, inputs: [], outputs: ['ai_tool'] };
		}
	}

	const askedByAgent = async (parameters: IDataObject, asked: IDataObject[]) => {
		const TOOL = 'n8n-nodes-privileged-keys.cortexXsiamTool';
		const given = common();
		const result = await runWorkflow({
			...given,
			nodeTypes: { ...given.nodeTypes, [AGENT]: Agent, [TOOL]: CortexXsiamTool },
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Agent', AGENT),
					node('Keys', TOOL, {
						parameters: parameters as INode['parameters'],
						credentials,
						...retried,
					}),
				],
				connections: {
					Start: { main: [to('Agent')] },
					Keys: { ai_tool: [to('Agent', 'ai_tool')] },
				},
				pinData: { Start: [{ json: { asked } }] },
			},
		});
		expect(result.error()).toBeUndefined();
		const [first] = result.output('Agent');
		return (first?.json.answers as string[]).map((answer) => {
			try {
				const [item] = JSON.parse(answer) as IDataObject[];
				return item as IDataObject;
			} catch {
				return { error: answer };
			}
		});
	};

	it('issues a key for each call of an agent', async () => {
		const roles = "={{ $fromAI('roles', '', 'string') }}";
		const parameters = {
			...operation,
			roles,
			options: { ...operation.options, modelMayChoose: true },
		};
		const answers = await askedByAgent(parameters, [
			{ roles: 'Investigator' },
			{ roles: 'Investigator' },
			{ roles: 'Public API Viewer' },
		]);
		expect(answers.map(({ id }) => id)).toEqual(ids());
		expect(new Set(ids()).size).toBe(3);
		expect(keys().map(({ roles: has }) => has)).toEqual([
			['Investigator'],
			['Investigator'],
			['Public API Viewer'],
		]);
	});

	it('knows n8n’s further try of an agent’s call, and issues nothing', async () => {
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE, times: 1 });
		const [answer] = await askedByAgent(operation, [{}]);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(answer?.error).toContain('The answer to an earlier try of this call was lost');
	});

	it('rotates once where an agent asks twice in a row', async () => {
		const old = addFirst(tenant.sim);
		const answers = await askedByAgent(
			{
				resource: 'apiKey',
				operation: 'rotate',
				rotate: 'lineage',
				lineage: "={{ $fromAI('lineage', '', 'string') }}",
				dueWithinDays: 14,
				storedSecret: storedFormOf(old),
				readAt: '={{ $now.toISO() }}',
				options: { perSecond: 1_000, secretOutput: 'item', modelMayChoose: true },
			},
			[{ lineage: String(FIRST) }, { lineage: String(FIRST) }],
		);
		expect(answers.map(({ status }) => status)).toEqual(['rotated', 'inProgress']);
		expect(answers[1]).toMatchObject({ id: answers[0]?.id, secret: null, needsAttention: false });
		expect(answers[1]?.nextStep).toMatch(/^Nothing now: the key 4267 is new/);
		expect(ids()).toEqual([answers[0]?.id]);
		expect(tenant.sim.state.keys.has(FIRST)).toBe(true);
	});
});

describe('Rotate, tried again by Retry On Fail since another item had failed', () => {
	const SECOND = 200;
	const rotate = async () => {
		const items = [FIRST, SECOND].map((id) => {
			const key = tenant.sim.state.keys.get(id) as CortexXsiamKey;
			return { lineage: String(id), stored: storedFormOf(key) };
		});
		return await tenant.run(
			'apiKey',
			'rotate',
			{
				rotate: 'lineage',
				lineage: '={{ $json.lineage }}',
				dueWithinDays: 14,
				storedSecret: '={{ $json.stored }}',
				readAt: '={{ $now.toISO() }}',
				options: { concurrency: 1 },
			},
			{ items, node: { id: `node-${nodes}`, ...retried } },
		);
	};
	const lineage = (first: number) =>
		keys().filter(({ comment }) => comment?.includes(`[n8n ${first} `));

	beforeEach(() => {
		addFirst(tenant.sim);
		addFirst(tenant.sim, { id: SECOND, comment: 'Another collector' });
	});

	it('deletes the key of the lost answer that came meanwhile, and issues another one', async () => {
		// The two looks of the first try, the second item's list, and then the second try's.
		course({
			parked: 0,
			refused: 1,
			before: (path, lists) => path === LIST && lists === 4,
		});
		const result = await rotate();
		expect(said(result)).toBe('');
		expect(result.items.map(({ json }) => json.status)).toEqual(['rotated', 'rotated']);
		const [item] = result.items;
		expect(item?.json.deletedKeys).toEqual(['4267']);
		expect(item?.json.earlierTry).toMatch(
			/The API key 4267 was found by its mark and deleted: its answer had been lost/,
		);
		expect(lineage(FIRST).map(({ id }) => String(id))).toEqual([item?.json.id]);
		expect(lineage(SECOND)).toHaveLength(1);
		expect(warnings(result).at(-1)).toContain('Node, item 0: The earlier try began at');
	});

	it('issues no second one while it has not come', async () => {
		let isOver = false;
		course({ parked: 0, refused: 1, before: () => isOver });
		const result = await rotate();
		expect(said(result)).toBe('');
		const [item, other] = result.items.map(({ json }) => json);
		expect(item).toMatchObject({ status: 'unknown', secret: null, needsAttention: true });
		expect(item?.details).toMatch(/would end with \[n8n 100 [0-9A-Z]{13}\]/);
		expect(item?.details).toContain("A later run of 'API Key: Rotate' finds it by this mark");
		expect(other?.status).toBe('rotated');
		expect(lineage(FIRST)).toEqual([]);
		isOver = true;
		await tenant.run('apiKey', 'getAll');
		// It came after all, and is the only one of its lineage that is new.
		expect(lineage(FIRST)).toHaveLength(1);
	});

	it('leaves alone what was handed over, and says so', async () => {
		course({ refused: 1 });
		const result = await rotate();
		expect(said(result)).toBe('');
		const [item] = result.items;
		expect(item?.json).toMatchObject({ status: 'inProgress', id: String(NEW) });
		expect(item?.json.earlierTry).toMatch(
			/It made item 0: id 4267, of the lineage 100: nobody has its secret, .* This try looked for what the earlier one may have left, by the marks in the comments/,
		);
		expect(lineage(FIRST)).toHaveLength(1);
	});
});
