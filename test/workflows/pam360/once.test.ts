import { createHash } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { TestDeduplicator, findSecrets, processedData } from '../../harness';
import { pam360Demo } from '../../simulators';
import type { Trouble } from '../../simulators';
import { credentialFor, runVendor } from '../vendors';
import { simulatedServer } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const WORKFLOW = 'test-workflow';
/** Another one for each test: what was noted a moment ago is noted again where it is missing. */
let node = '';
let tests = 0;
const ISSUED_BEFORE = 'An agent key may have been issued by an earlier try of this execution';

const server = simulatedServer();
beforeEach(() => {
	node = `node-${++tests}`;
});
afterEach(() => processedData.clear());

interface Options {
	parameters?: IDataObject;
	options?: IDataObject;
	items?: IDataObject[];
	node?: Partial<INode>;
	executionId?: string;
}

const run = async ({ parameters, options, node: settings, ...more }: Options = {}) =>
	await runVendor({
		vendor: 'pam360',
		credentials: { pam360Api: credentialFor.pam360Api(server.sim.url) },
		parameters: { ...parameters, ...(options && { options }) },
		...more,
		node: { id: node, ...settings },
	});

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
const notes = () => processedData.at(WORKFLOW, `n:${node}`);

/** What another process of the instance has noted, of a try of these items. */
async function notedElsewhere(executionId: string, ...items: number[]) {
	const instance = await instanceId();
	const texts = items.map((item) =>
		JSON.stringify([instance, WORKFLOW, executionId, node, '0', String(item)]),
	);
	const contextData = {
		workflow: { id: WORKFLOW, active: true },
		node: { id: node } as INode,
	};
	const deduplicator = new TestDeduplicator(processedData);
	await deduplicator.checkProcessedAndRecord(texts, 'node', contextData, { mode: 'entries' });
	return texts;
}

/** The instance's own name, which n8n keeps with its settings. */
async function instanceId(): Promise<string> {
	const { getService, loadCore } = await import('../../harness/runtime');
	return getService(loadCore().InstanceSettings).instanceId;
}

describe('n8n’s Retry On Fail', () => {
	it.each<[string, Trouble]>([
		['an answer that is lost', { kind: 'cutAfterWork' }],
		['50001', { kind: 'status', status: 500, work: true, body: fault() }],
		['a gateway that gave up', { kind: 'status', status: 504, work: true }],
	])(
		'issues no second key after %s, and says what the first try may have left',
		async (_, trouble) => {
			server.sim.trouble.add({ ...trouble, times: 1 });
			const { nodeError, items } = await run({ node: retried });
			expect(items).toEqual([]);
			expect(nodeError?.message).toBe(ISSUED_BEFORE);
			expect(nodeError?.description).toMatch(
				/The earlier try began at 2.* It ended with: (PAM360|localhost)/,
			);
			expect(server.sim.log).toHaveLength(1);
			expect(server.sim.state.keys).toHaveLength(1);
		},
	);

	it.each<[string, Trouble]>([
		['a refusal', { kind: 'status', status: 200, body: refusal() }],
		['the security filter', { kind: 'status', status: 599 }],
	])('issues one where the first try did nothing: %s', async (_, trouble) => {
		server.sim.trouble.add({ ...trouble, times: 2 });
		const { items, nodeError } = await run({ node: retried });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.secret).toBe(server.sim.state.keys[0]?.agentKey);
		expect(server.sim.state.keys).toHaveLength(1);
		expect(notes()).toHaveLength(1);
	});

	it.each<[string, number | undefined]>([
		['java.lang.NullPointerException', undefined],
		['SQLException: connection closed after commit', undefined],
		['Exception', 500],
		['Unable to process', 503],
		['No permission', 47],
		['No permission', undefined],
	])(
		'issues no second key after a failure that may have come after the work: %s %s',
		async (message, statusCode) => {
			const body = { operation: { result: { status: 'Failed', message, statusCode } } };
			server.sim.trouble.add({ kind: 'status', status: 200, body, work: true, times: 1 });
			const { nodeError, items } = await run({ node: retried });
			expect(items).toEqual([]);
			expect(nodeError?.message).toBe(ISSUED_BEFORE);
			expect(nodeError?.description).toContain(message);
			expect(server.sim.state.keys).toHaveLength(1);
			expect(notes()).toHaveLength(1);
		},
	);

	it('issues none for the items of a try that it drops', async () => {
		server.sim.trouble.add({ kind: 'status', status: 200, body: refusal(), skip: 1 });
		const { nodeError, logs } = await run({
			items: many(3),
			node: retried,
			options: { concurrency: 1 },
		});
		expect(nodeError?.message).toBe(ISSUED_BEFORE);
		expect(nodeError?.description).toMatch(/It made item 0: valid until 2\d{3}-/);
		expect(server.sim.state.keys).toHaveLength(1);
		const said = logs.find(({ message }) => message.includes('Issued and not returned'));
		expect(said?.message).toContain('item 0: valid until');
		const secrets = [pam360Demo.authToken, server.sim.state.keys[0]!.agentKey];
		expect(findSecrets([nodeError, logs], secrets)).toEqual([]);
	});
});

describe('an execution that n8n runs again', () => {
	it('issues no second key for what another process has begun, and one for the rest', async () => {
		await notedElsewhere('815', 1, 3);
		const { items, nodeError } = await run({
			executionId: '815',
			items: many(5),
			node: { onError: 'continueRegularOutput' },
		});
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json.error ?? 'issued')).toEqual([
			'issued',
			ISSUED_BEFORE,
			'issued',
			ISSUED_BEFORE,
			'issued',
		]);
		expect(items[1]?.json.message).toMatch(/n8n's database has a note of it/);
		expect(server.sim.state.keys).toHaveLength(3);
		expect(server.sim.log).toHaveLength(3);
	});

	it('is another one in n8n’s own retry, and at the next start', async () => {
		await notedElsewhere('815', 0);
		const { items } = await run({ executionId: '816' });
		expect(items[0]?.json.secret).toBe(server.sim.state.keys[0]?.agentKey);
	});

	it('is noted before the call goes out, for each item', async () => {
		const texts = await notedElsewhere('817', 0, 1);
		const expected = texts.map((text) => createHash('md5').update(text).digest('base64'));
		processedData.clear();
		const { items } = await run({ executionId: '817', items: many(2) });
		expect(items).toHaveLength(2);
		expect(notes().sort()).toEqual(expected.sort());
	});

	it('may fetch a key that it does not generate as often as it likes', async () => {
		await run();
		const parameters = { generateAgentKey: false };
		node = 'node-that-fetches';
		for (let tries = 0; tries < 2; tries++) {
			const { items } = await run({ parameters, executionId: '818' });
			expect(items[0]?.json.secret).toBe(server.sim.state.keys[0]?.agentKey);
		}
		expect(notes()).toEqual([]);
	});

	it('creates no second certificate, either', async () => {
		server.sim.trouble.add({ kind: 'cutAfterWork', times: 1 });
		const before = server.sim.state.certificates.length;
		const { nodeError } = await run({
			node: retried,
			parameters: {
				resource: 'certificate',
				operation: 'create',
				commonName: 'once.example.com',
				password: 'CANARY-store',
				validity: 10,
			},
		});
		expect(nodeError?.message).toBe(
			'The certificate may have been created by an earlier try of this execution',
		);
		expect(nodeError?.description).not.toContain('CANARY');
		expect(server.sim.state.certificates).toHaveLength(before + 1);
	});
});

describe('n8n’s database', () => {
	it('has to take the note, or nothing is sent', async () => {
		processedData.access = async () => {
			throw new Error('database is locked');
		};
		const { nodeError } = await run();
		expect(nodeError?.message).toBe(
			"The call could not be noted in n8n's database, and was not sent",
		);
		expect(nodeError?.description).toContain('database is locked');
		expect(nodeError?.description).not.toContain('may have been issued');
		expect(server.sim.log).toEqual([]);
	});

	it('may be gone when the key is there: the key comes out', async () => {
		let accesses = 0;
		processedData.access = async () => {
			accesses += 1;
			// The row is read and made.
			if (accesses > 2) throw new Error('connection refused');
		};
		const { items, nodeError, logs } = await run();
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.secret).toBe(server.sim.state.keys[0]?.agentKey);
		expect(logs.map(({ message }) => message)).toContain(
			"n8n's notes of what was issued may not have been saved",
		);
	});

	it('has a note of each of many items', async () => {
		const id = 'another-node';
		const { items } = await run({
			items: many(100),
			options: { concurrency: 20 },
			node: { id },
		});
		expect(items).toHaveLength(100);
		expect(processedData.at(WORKFLOW, `n:${id}`)).toHaveLength(100);
	});
});

function fault(): object {
	return {
		operation: { result: { status: 'Failed', message: 'Exception occurred', statusCode: 50001 } },
	};
}

function refusal(): object {
	return {
		operation: { name: 'X', result: { status: 'Failed', message: 'No', statusCode: 40000 } },
	};
}
