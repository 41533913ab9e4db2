import type { IDataObject, INode } from 'n8n-workflow';
import { findSecrets, processedData } from '../harness';
import type { RunNodeResult } from '../harness';
import type { RecordedRequest } from '../simulators/shared/requestLog';
import type { Gate } from '../simulators/shared/gate';
import type {
	CortexXsiamSimulator,
	Pam360Account,
	Pam360Simulator,
	SenhaseguraSimulator,
} from '../simulators';
import {
	addPam360Account,
	addPam360Resource,
	senhaseguraDemo,
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import { storedKeys } from '../unit/senhasegura/support';
import { addFirst, storedFormOf } from './cortexXsiam/lineage';
import type { RunOptions } from './vendors';
import { credentialFor, runVendor, sshKey } from './vendors';
import { said } from './kit/result';

/** How far the clock of all, n8n and vendors, is ahead of the real one. */
let ahead = 0;

/** Told whenever time has passed. */
let onTime: () => Promise<void> = async () => {};

async function pass(milliseconds: number): Promise<void> {
	ahead += milliseconds;
	await onTime();
}

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await pass(milliseconds),
}));

const SECOND = 1_000;
const HOUR = 3_600_000;

let cortexXsiam: CortexXsiamSimulator;
let pam360: Pam360Simulator;
let senhasegura: SenhaseguraSimulator;

beforeAll(async () => {
	[cortexXsiam, pam360, senhasegura] = await Promise.all([
		startCortexXsiamSimulator(),
		startPam360Simulator(),
		startSenhaseguraSimulator(),
	]);
});
afterAll(async () => {
	await Promise.all([cortexXsiam, pam360, senhasegura].map(async (sim) => await sim.close()));
});

let account: Pam360Account;
let nodes = 0;

beforeEach(() => {
	nodes += 1;
	ahead = 0;
	const real = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(real() + ahead));
	for (const sim of [cortexXsiam, pam360, senhasegura]) sim.reset();
	const resource = addPam360Resource(pam360.state, { name: 'target', type: 'Linux' });
	account = addPam360Account(pam360.state, resource, { name: 'root', password: 'old one' });
});
afterEach(() => {
	onTime = async () => {};
	jest.restoreAllMocks();
	processedData.clear();
});

/**
 * The first request that fits arrives whole, and its connection is cut; the server does the work when so
 * much time has passed.
 */
function cutOnce(
	gate: Gate,
	fits: (request: RecordedRequest) => boolean,
	delay: number,
): { isDone(): boolean } {
	let state: 'open' | 'parked' | 'done' = 'open';
	let due = Infinity;
	let work: () => void = () => {};
	let tell: () => void = () => {};
	const done = new Promise<void>((resolve) => (tell = resolve));
	gate.keeper = {
		beforeWork: async (request) => {
			if (state !== 'open' || !fits(request)) return 'pass';
			state = 'parked';
			due = Date.now() + delay;
			return { until: new Promise<void>((resolve) => (work = resolve)) };
		},
		afterWork: async () => 'pass',
		parkedWorkDone: async () => {
			state = 'done';
			tell();
		},
	};
	onTime = async () => {
		if (state !== 'parked' || Date.now() < due) return;
		work();
		await done;
	};
	return { isDone: () => state === 'done' };
}

type VendorName = RunOptions['vendor'];

interface Row {
	vendor: VendorName;
	/** Beside the resource and the operation. */
	parameters: (run: number) => IDataObject;
	/** The request that is cut. */
	cut: RegExp;
	/** What has to be there before. */
	prepare?: () => void;
	/** What its run says, in whole or in part. */
	first: (result: RunNodeResult) => void;
	/** How many of what the operation makes there are, when the late work is done. */
	made: () => number;
	/** What the next run says, and how many there are then: where the work was done before it. */
	afterwards: [(result: RunNodeResult) => void, number];
	/** The same where it is done after the next run. */
	beforehand: [(result: RunNodeResult) => void, number];
	/** What must hold in the end. */
	finally?: (results: RunNodeResult[]) => void;
}

const item = ({ items }: RunNodeResult): IDataObject => items[0]?.json ?? {};
const fails = (says: RegExp) => (result: RunNodeResult) => {
	expect(said(result)).toMatch(says);
	expect(result.items).toEqual([]);
};
const gives = (fields: IDataObject) => (result: RunNodeResult) => {
	expect(said(result)).toBe('');
	expect(item(result)).toMatchObject(fields);
};

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const place = { resourceId: byName('target'), accountId: byName('root') };
const password = (run: number) => `CANARY-password-${run}`;

const FIRST_NEW_KEY = 4_267;
const apiKeys = () => [...cortexXsiam.state.keys.values()].filter(({ id }) => id >= FIRST_NEW_KEY);
const MARKED =
	/An API key may exist whose secret nobody knows\. Its comment would end with \[n8n call [0-9A-Z]{12} [0-9A-Z]{13}\]\. No key with it is in the list yet, but the server may still be at work\. Look for this mark in the console, now and in some hours, and delete the key that has it\./;
const generateParameters = { roles: ['Investigator'], securityLevel: 'standard' };
const once = { idempotencyKey: 'siem-berlin', comment: 'SIEM' };

const accounts = () =>
	[...pam360.state.resources.values()].flatMap(({ accounts: some }) =>
		[...some.values()].filter(({ name }) => name === 'new'),
	);
const [device] = senhaseguraDemo.devices;
const credentials = () =>
	[...senhasegura.state.items.values()].filter(
		(one) => one.kind === 'credential' && one.username === 'deploy',
	);
const heldPair = () => {
	const [key] = storedKeys(senhasegura);
	return key?.publicKey;
};

const ROWS: Record<string, Row> = {
	'cortexXsiam apiKey generate': {
		vendor: 'cortexXsiam',
		parameters: () => generateParameters,
		cut: /POST .*\/api_keys\/generate$/,
		first: fails(MARKED),
		made: () => apiKeys().length,
		// Another execution is another call. The first key is named by the error.
		afterwards: [gives({ created: true }), 2],
		beforehand: [gives({ created: true }), 2],
		finally: ([first]) => {
			const [mark] = /\[n8n call [^\]]*\]/.exec(said(first!)) ?? [];
			expect(apiKeys().filter(({ comment }) => comment?.endsWith(mark!))).toHaveLength(1);
		},
	},
	'cortexXsiam apiKey generate, with an idempotency key': {
		vendor: 'cortexXsiam',
		parameters: () => ({ ...generateParameters, additionalFields: once }),
		cut: /POST .*\/api_keys\/generate$/,
		first: fails(MARKED),
		made: () => apiKeys().length,
		// The process knows that nobody has the secret of the first one.
		afterwards: [gives({ created: true, id: String(FIRST_NEW_KEY + 1) }), 1],
		beforehand: [fails(/an earlier try of this call was lost, and its key may still appear/), 1],
	},
	'cortexXsiam apiKey rotate': {
		vendor: 'cortexXsiam',
		prepare: () => void addFirst(cortexXsiam),
		parameters: () => ({
			rotate: 'lineage',
			lineage: '100',
			dueWithinDays: 14,
			storedSecret: storedFormOf(cortexXsiam.state.keys.get(100)!),
			readAt: Date.now(),
		}),
		cut: /POST .*\/api_keys\/generate$/,
		first: (result) => {
			gives({ status: 'unknown', secret: null, needsAttention: true })(result);
			expect(item(result).details).toMatch(/would end with \[n8n 100 [0-9A-Z]{13}\]/);
			expect(item(result).details).toContain(
				"A later run of 'API Key: Rotate' finds it by this mark",
			);
			expect(item(result).nextStep).toMatch(/^Run again in an hour or later/);
		},
		made: () => apiKeys().length,
		afterwards: [gives({ status: 'inProgress' }), 1],
		// The one that comes late is revoked by a run when it is 12 hours old.
		beforehand: [gives({ status: 'rotated' }), 2],
		finally: () => expect(cortexXsiam.state.keys.has(100)).toBe(true),
	},
	'cortexXsiam apiKey update': {
		vendor: 'cortexXsiam',
		prepare: () => void addFirst(cortexXsiam),
		parameters: () => ({
			apiKey: { __rl: true, mode: 'id', value: '100' },
			updateFields: { comment: 'another' },
		}),
		cut: /PUT .*\/api-key\/100$/,
		first: gives({ id: '100', comment: 'another' }),
		made: () =>
			[...cortexXsiam.state.keys.values()].filter((key) => key.comment === 'another').length,
		afterwards: [gives({ comment: 'another' }), 1],
		beforehand: [gives({ comment: 'another' }), 1],
	},
	'cortexXsiam apiKey delete': {
		vendor: 'cortexXsiam',
		prepare: () => void addFirst(cortexXsiam),
		parameters: () => ({ apiKey: { __rl: true, mode: 'id', value: '100' } }),
		cut: /POST .*\/api_keys\/delete$/,
		first: gives({ deleted: true }),
		made: () => Number(cortexXsiam.state.keys.has(100)),
		afterwards: [fails(/deleted 0 of 1 API keys/), 0],
		beforehand: [fails(/deleted 0 of 1 API keys/), 0],
	},
	'pam360 account create': {
		vendor: 'pam360',
		parameters: () => ({
			resourceId: byName('target'),
			accounts: { account: [{ accountName: 'new', password: password(1) }] },
		}),
		cut: /POST .*\/accounts$/,
		first: fails(
			/Accounts may have been created anyway\. The node did not send the request again\. It asked PAM360 for accounts of these names instead\..* It has no account named new yet\./,
		),
		made: () => accounts().length,
		afterwards: [fails(/did not add the account new: .*already exists/), 1],
		beforehand: [gives({ name: 'new', created: true }), 1],
	},
	'pam360 account update': {
		vendor: 'pam360',
		parameters: () => ({ ...place, updateFields: { notes: 'changed' } }),
		cut: /PUT .*\/accounts\/\d+$/,
		first: gives({ updated: true }),
		made: () => 0,
		afterwards: [gives({ updated: true }), 0],
		beforehand: [gives({ updated: true }), 0],
	},
	'pam360 password reset, in PAM360': {
		vendor: 'pam360',
		parameters: (run) => ({
			...place,
			resetType: 'local',
			passwordSource: 'own',
			newPassword: password(run),
		}),
		cut: /PUT .*\/password$/,
		first: gives({ outcome: 'done' }),
		made: () => Number(account.password !== 'old one'),
		afterwards: [gives({ outcome: 'done' }), 1],
		beforehand: [gives({ outcome: 'done' }), 1],
		finally: () => expect([password(1), password(2)]).toContain(account.password),
	},
	'pam360 password reset, remote': {
		vendor: 'pam360',
		parameters: () => ({
			...place,
			resetType: 'remote',
			passwordSource: 'generate',
			policy: 'Strong',
		}),
		cut: /PUT .*\/password$/,
		first: (result) => {
			gives({ outcome: 'unknown', vaultHolds: 'other' })(result);
			expect(item(result).secret).toEqual(expect.stringMatching(/.{8}/));
			expect(item(result).nextStep).toMatch(
				/^PAM360 does not hold this password yet, and may still be at work\./,
			);
		},
		made: () => Number(account.password !== 'old one'),
		afterwards: [gives({ outcome: 'done' }), 1],
		beforehand: [gives({ outcome: 'done' }), 1],
		// Whatever came last: an item has it.
		finally: (results) =>
			expect(results.map((result) => item(result).secret)).toContain(account.password),
	},
	'pam360 agentKey generate': {
		vendor: 'pam360',
		parameters: () => ({ generateAgentKey: true }),
		cut: /POST .*\/agents\/agentkey$/,
		first: fails(
			/An agent key may have been issued anyway\. The node did not send the request again\. Look in the console before you run the node again\./,
		),
		made: () => pam360.state.keys.length,
		// Another execution is another call. The first key is named by the error.
		afterwards: [gives({ type: 'agentKey' }), 2],
		beforehand: [gives({ type: 'agentKey' }), 2],
	},
	'senhasegura credential upsert': {
		vendor: 'senhasegura',
		parameters: (run) => ({
			...device,
			username: 'deploy',
			additionalFields: { identifier: 'web-01-deploy', content: password(run) },
		}),
		cut: /POST .*\/pam\/credential$/,
		first: gives({ identifier: 'web-01-deploy' }),
		made: () => credentials().length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
		finally: () => {
			const [one] = credentials();
			expect([password(1), password(2)]).toContain((one as { content?: string }).content);
		},
	},
	'senhasegura sshKey create, without an identifier': {
		vendor: 'senhasegura',
		parameters: () => ({ ...device, ...sshKey('ed25519') }),
		cut: /POST .*\/pam\/key$/,
		first: gives({ created: true }),
		made: () => storedKeys(senhasegura).length,
		// Another execution is another key, as it was asked for.
		afterwards: [gives({ created: true }), 2],
		beforehand: [gives({ created: true }), 2],
	},
	'senhasegura sshKey upsert, with a pair that is made': {
		vendor: 'senhasegura',
		parameters: () => ({ identifier: 'web-01', ...device, keySource: 'generate' }),
		cut: /POST .*\/pam\/key$/,
		first: gives({ created: true }),
		made: () => storedKeys(senhasegura).length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
		// Whatever came last: an item names it.
		finally: (results) =>
			expect(results.map((result) => item(result).publicKey)).toContain(heldPair()),
	},
	'senhasegura secret upsert': {
		vendor: 'senhasegura',
		parameters: (run) => ({
			identity: 'db',
			content: 'credential',
			user: 'app',
			password: password(run),
		}),
		cut: /POST .*\/sctm\/secret$/,
		first: gives({ identity: 'db', created: true }),
		made: () =>
			senhasegura.state.applications
				.flatMap(({ secrets }) => secrets)
				.filter(({ identity }) => identity === 'db').length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
	},
};

const simulators = () => ({ cortexXsiam, pam360, senhasegura });

const run = async (name: string, { vendor, parameters }: Row, nth: number) => {
	const { url } = simulators()[vendor];
	const [, resource, operation] = name.replace(/,.*/, '').split(' ');
	const node: Partial<INode> = { id: `node-${nodes}` };
	return await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters: {
			resource,
			operation,
			...(vendor === 'senhasegura' && { authentication: 'oAuth1' }),
			...parameters(nth),
		},
		credentials: {
			cortexXsiam: { cortexXsiamApi: credentialFor.cortexXsiamApi(url, 'standard') },
			pam360: { pam360Api: credentialFor.pam360Api(url) },
			senhasegura: { senhaseguraOAuth1Api: credentialFor.senhaseguraOAuth1Api(url) },
		}[vendor],
		node,
	});
};

const COURSES: Array<[string, number, 'afterwards' | 'beforehand']> = [
	['5 seconds', 5 * SECOND, 'afterwards'],
	['30 seconds', 30 * SECOND, 'afterwards'],
	['3 hours', 3 * HOUR, 'afterwards'],
	['3 hours, and after the next run', 3 * HOUR, 'beforehand'],
];

/** What must not be said while nobody knows what becomes of the request. */
const DENIED = /had come of it|nothing was (done|changed|created|stored|issued)\b/i;

describe.each(Object.entries(ROWS))('%s', (name, row) => {
	it.each(COURSES)(
		'whose request arrives, is cut, and is done after %s',
		async (_, delay, order) => {
			row.prepare?.();
			const { gate } = simulators()[row.vendor];
			const late = cutOnce(gate, ({ method, path }) => row.cut.test(`${method} ${path}`), delay);
			const first = await run(name, row, 1);
			row.first(first);
			const texts = JSON.stringify([said(first), first.items]);
			expect(texts).not.toMatch(DENIED);
			const [says, most] = row[order];
			// A run some time later, and the work when it is due.
			await pass(order === 'afterwards' ? delay : HOUR);
			expect(late.isDone()).toBe(order === 'afterwards');
			const next = await run(name, row, 2);
			says(next);
			await pass(delay);
			expect(late.isDone()).toBe(true);
			expect(row.made()).toBe(most);
			row.finally?.([first, next]);
			expect(findSecrets([first.logs, next.logs], [password(1), password(2)])).toEqual([]);
		},
	);
});
