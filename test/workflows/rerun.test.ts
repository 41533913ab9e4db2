import type { IDataObject, INodeType } from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { processedData, runNode } from '../harness';
import type { RunNodeResult } from '../harness';
import type { Gate } from '../simulators/shared/gate';
import type { CortexXsiamSimulator, Pam360Simulator, SenhaseguraSimulator } from '../simulators';
import {
	senhaseguraDemo,
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import { posts, storedKeys } from '../unit/senhasegura/support';
import { said } from './kit/result';
import type { RunOptions } from './vendors';
import { credentialFor, credentialTypes, nodeTypes, sshKey } from './vendors';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('./kit/shortWaits'));

type VendorName = RunOptions['vendor'];

const files: Record<VendorName, () => Record<string, new () => INodeType>> = {
	/* eslint-disable @typescript-eslint/no-require-imports -- loaded anew for each process */
	pam360: () => require('../../nodes/Pam360/Pam360.node.ts') as never,
	cortexXsiam: () => require('../../nodes/CortexXsiam/CortexXsiam.node.ts') as never,
	senhasegura: () => require('../../nodes/Senhasegura/Senhasegura.node.ts') as never,
	/* eslint-enable @typescript-eslint/no-require-imports */
};

/** The node as another process has loaded it: it knows nothing of what this one remembers. */
function inAnotherProcess(vendor: VendorName): new () => INodeType {
	let loaded: Array<new () => INodeType> = [];
	jest.isolateModules(() => {
		// n8n's own classes are those of the engine.
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		loaded = Object.values(files[vendor]());
	});
	return loaded[0] as new () => INodeType;
}

let cortexXsiam: CortexXsiamSimulator;
let pam360: Pam360Simulator;
let senhasegura: SenhaseguraSimulator;
let executions = 7_000;

beforeAll(async () => {
	[cortexXsiam, pam360, senhasegura] = await Promise.all([
		startCortexXsiamSimulator(),
		startPam360Simulator(),
		startSenhaseguraSimulator(),
	]);
});
beforeEach(() => {
	executions += 1;
	for (const sim of [cortexXsiam, pam360, senhasegura]) sim.reset();
	processedData.clear();
});
afterAll(async () => {
	await Promise.all([cortexXsiam, pam360, senhasegura].map(async (sim) => await sim.close()));
	// Nothing of them is to go on while another file is tested.
	await Promise.allSettled(killed);
});

/** The runs whose worker was killed: their connections are cut when the simulators close. */
const killed: Array<Promise<unknown>> = [];

const FIRST_NEW_KEY = 4_267;
const apiKeys = () => [...cortexXsiam.state.keys.values()].filter(({ id }) => id >= FIRST_NEW_KEY);
const [device] = senhaseguraDemo.devices;

interface Case {
	vendor: VendorName;
	parameters: IDataObject;
	/** Makes what has to be there before. */
	before?: () => Promise<unknown>;
	/** The request in which the worker is killed. */
	issues: RegExp;
	count: () => number;
	/** What the second run of the job says. */
	again: (result: RunNodeResult) => void;
}

const cases: Record<string, Case> = {
	'a Cortex XSIAM API key, found by its mark': {
		vendor: 'cortexXsiam',
		parameters: {
			resource: 'apiKey',
			operation: 'generate',
			roles: ['Investigator'],
			securityLevel: 'standard',
		},
		issues: /api_keys\/generate$/,
		count: () => apiKeys().length,
		again: (result) => {
			expect(said(result)).toMatch(
				/^An earlier try of this call issued the API key 4267 \| Made: 4267 at 2\S+Z\. Its secret may have been handed over, so the key was kept, and nothing was issued now\./,
			);
		},
	},
	'a Cortex XSIAM API key without a mark, by the note': {
		vendor: 'cortexXsiam',
		parameters: {
			resource: 'apiKey',
			operation: 'generate',
			roles: ['Investigator'],
			securityLevel: 'standard',
			additionalFields: { addMark: false },
		},
		issues: /api_keys\/generate$/,
		count: () => apiKeys().length,
		again: (result) => {
			expect(said(result)).toMatch(
				/^An API key without a mark may have been issued by an earlier try of this execution \| This try sent nothing\. n8n's database has a note of it/,
			);
		},
	},
	'a PAM360 agent key, by the note': {
		vendor: 'pam360',
		parameters: { resource: 'agentKey', operation: 'generate', generateAgentKey: true },
		issues: /agents\/agentkey$/,
		count: () => pam360.state.keys.length,
		again: (result) => {
			expect(said(result)).toMatch(
				/^An agent key may have been issued by an earlier try of this execution \| This try sent nothing\. n8n's database has a note of it/,
			);
		},
	},
	'a senhasegura SSH key without an identifier': {
		vendor: 'senhasegura',
		parameters: {
			resource: 'sshKey',
			operation: 'create',
			authentication: 'oAuth1',
			...device,
			...sshKey('ed25519'),
		},
		issues: /pam\/key$/,
		count: () => storedKeys(senhasegura).length,
		again: (result) => {
			expect(said(result)).toBe('');
			const [key] = storedKeys(senhasegura);
			expect(result.items[0]?.json).toMatchObject({
				id: key?.id,
				identifier: key?.identifier,
				created: false,
			});
			const [task] = result.run.data.resultData.runData.Node ?? [];
			expect(task?.hints?.map(({ message }) => message).join()).toContain(
				'If n8n has run this execution before, for example after a crash, it is the key of that run.',
			);
		},
	},
	'a senhasegura SSH key without an identifier, whose pair is made': {
		vendor: 'senhasegura',
		parameters: {
			resource: 'sshKey',
			operation: 'create',
			authentication: 'oAuth1',
			...device,
			keySource: 'generate',
			keyAlgorithm: 'ed25519',
		},
		issues: /pam\/key$/,
		count: () => storedKeys(senhasegura).length,
		again: (result) => {
			expect(said(result)).toBe('');
			const [key] = storedKeys(senhasegura);
			expect(result.items[0]?.json).toMatchObject({
				id: key?.id,
				publicKey: key?.publicKey,
				created: false,
				earlierTry: expect.stringContaining('it is the key of that run') as string,
			});
			expect(posts(senhasegura)).toHaveLength(1);
		},
	},
	'a pair that replaces that of a senhasegura SSH key': {
		vendor: 'senhasegura',
		parameters: {
			resource: 'sshKey',
			operation: 'upsert',
			authentication: 'oAuth1',
			...device,
			identifier: 'web-01',
			keySource: 'generate',
			keyAlgorithm: 'ed25519',
			replaceKeyPair: true,
		},
		before: async () => {
			const job = cases['a senhasegura SSH key without an identifier'] as Case;
			const additionalFields = { identifier: 'web-01' };
			await run({ ...job, parameters: { ...job.parameters, additionalFields } });
		},
		issues: /pam\/key$/,
		count: () => storedKeys(senhasegura).length,
		again: (result) => {
			expect(said(result)).toBe('');
			const [key] = storedKeys(senhasegura);
			expect(result.items[0]?.json).toMatchObject({ id: key?.id, publicKey: key?.publicKey });
			expect(posts(senhasegura)).toHaveLength(2);
		},
	},
	'a senhasegura credential': {
		vendor: 'senhasegura',
		parameters: {
			resource: 'credential',
			operation: 'upsert',
			authentication: 'oAuth1',
			...device,
			username: 'deploy',
			additionalFields: { content: 'canary' },
		},
		issues: /pam\/credential$/,
		count: () =>
			[...senhasegura.state.items.values()].filter(
				(one) => one.kind === 'credential' && one.username === 'deploy',
			).length,
		again: (result) => {
			expect(said(result)).toBe('');
			expect(result.items[0]?.json.created).toBe(false);
		},
	},
};

const simulators = () => ({ cortexXsiam, pam360, senhasegura });

/** Runs the job, in a process of its own. */
const run = async ({ vendor, parameters }: Case) => {
	const { url } = simulators()[vendor];
	const type = `n8n-nodes-privileged-keys.${vendor}`;
	return await runNode({
		node: { id: `node-${executions}`, type, parameters: parameters as never },
		nodeTypes: { ...nodeTypes, [type]: inAnotherProcess(vendor) },
		credentialTypes,
		credentials: {
			cortexXsiam: { cortexXsiamApi: credentialFor.cortexXsiamApi(url) },
			pam360: { pam360Api: credentialFor.pam360Api(url) },
			senhasegura: { senhaseguraOAuth1Api: credentialFor.senhaseguraOAuth1Api(url) },
		}[vendor],
		executionId: String(executions),
	});
};

/** The worker is killed in a request, before or after the vendor has done it: its run never comes back. */
async function killedIn(gate: Gate, issues: RegExp, when: 'before' | 'after', job: Case) {
	let isThere: () => void = () => {};
	const there = new Promise<void>((resolve) => (isThere = resolve));
	const never = new Promise<never>(() => {});
	gate.keeper = {
		beforeWork: async ({ path }) => {
			if (when === 'after' || !issues.test(path)) return 'pass';
			isThere();
			return await never;
		},
		afterWork: async ({ path }) => {
			if (!issues.test(path)) return 'pass';
			isThere();
			return await never;
		},
		parkedWorkDone: async () => {},
	};
	killed.push(run(job).catch(() => {}));
	await there;
	gate.keeper = null;
}

describe.each(Object.entries(cases))('a job that n8n’s queue runs again: %s', (_, job) => {
	it('is there once where the worker was killed after it was made', async () => {
		await job.before?.();
		await killedIn(simulators()[job.vendor].gate, job.issues, 'after', job);
		expect(job.count()).toBe(1);
		job.again(await run(job));
		expect(job.count()).toBe(1);
	});

	it('is there once where the first run had come to its end', async () => {
		await job.before?.();
		expect(said(await run(job))).toBe('');
		job.again(await run(job));
		expect(job.count()).toBe(1);
	});
});

it.each(['a Cortex XSIAM API key, found by its mark', 'a senhasegura credential'])(
	'%s is made by the second run where the worker was killed before anything was',
	async (name) => {
		const job = cases[name] as Case;
		await killedIn(simulators()[job.vendor].gate, job.issues, 'before', job);
		expect(job.count()).toBe(0);
		expect(said(await run(job))).toBe('');
		expect(job.count()).toBe(1);
	},
);

describe('a worker that n8n’s queue gave up, and that goes on beside the second run', () => {
	const job: Case = {
		...(cases['a Cortex XSIAM API key, found by its mark'] as Case),
		parameters: {
			resource: 'apiKey',
			operation: 'generate',
			roles: ['Investigator'],
			securityLevel: 'standard',
			additionalFields: { idempotencyKey: 'siem-berlin' },
		},
	};

	/** Holds the first request that issues, before or after it is done, until it is let go. */
	async function heldIn(when: 'before' | 'after') {
		let letGo: () => void = () => {};
		const until = new Promise<void>((resolve) => (letGo = resolve));
		let isThere: () => void = () => {};
		const there = new Promise<void>((resolve) => (isThere = resolve));
		let isFirst = true;
		const hold = async (path: string, at: 'before' | 'after') => {
			if (at !== when || !isFirst || !job.issues.test(path)) return 'pass' as const;
			isFirst = false;
			isThere();
			await until;
			return 'pass' as const;
		};
		cortexXsiam.gate.keeper = {
			beforeWork: async ({ path }) => await hold(path, 'before'),
			afterWork: async ({ path }) => await hold(path, 'after'),
			parkedWorkDone: async () => {},
		};
		const given = run(job);
		await there;
		return { letGo, given };
	}
	afterEach(() => {
		cortexXsiam.gate.keeper = null;
	});

	it('takes back the key whose request came last, and names the other one', async () => {
		const { letGo, given } = await heldIn('before');
		const second = await run(job);
		expect(second.items[0]?.json).toMatchObject({ id: '4267', created: true });
		letGo();
		expect(said(await given)).toMatch(/^The API key 4267 was issued with this 'Idempotency Key'/);
		expect(apiKeys().map(({ id }) => id)).toEqual([4267]);
	});

	it('hands over the key that the second run has named', async () => {
		const { letGo, given } = await heldIn('after');
		expect(said(await run(job))).toMatch(
			/^The API key 4267 was issued with this 'Idempotency Key' already/,
		);
		letGo();
		expect((await given).items[0]?.json).toMatchObject({ id: '4267', created: true });
		expect(apiKeys().map(({ id }) => id)).toEqual([4267]);
	});
});
