import type { RunNodeResult } from '../../harness';
import type { CortexXsiamSimulator, Trouble } from '../../simulators';
import { startCortexXsiamSimulator } from '../../simulators';
import type { XsiamRun } from '../../unit/cortexXsiam/support';
import {
	DELETE,
	GENERATE,
	LIST,
	crowd,
	foreignKey,
	issuedKeys,
	requests,
	runXsiam,
	said,
} from '../../unit/cortexXsiam/support';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

let sim: CortexXsiamSimulator;

beforeAll(async () => {
	sim = await startCortexXsiamSimulator();
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const run = async (options: Omit<XsiamRun, 'at'> = {}) => await runXsiam({ at: sim, ...options });

/** The tenant holds the keys that the items have, and no others. */
function expectEachKeyReturned({ items }: RunNodeResult): void {
	const returned = items.map(({ json }) => [json.id, json.secret]).sort();
	const existing = issuedKeys(sim).map(({ id, secret }) => [String(id), secret]);
	expect(returned).toEqual(existing.sort());
}

function hints({ run: execution }: RunNodeResult): string[] {
	const texts = execution.data.resultData.runData.Node?.[0]?.hints ?? [];
	return texts.map(({ message }) => message);
}

const lostAfterWork: Array<[string, Trouble]> = [
	['the connection is cut', { kind: 'cutAfterWork' }],
	['the answer is cut in two', { kind: 'truncate' }],
	['the answer is empty', { kind: 'emptyBody' }],
	['the answer lacks its end', { kind: 'garbage' }],
	['a web page comes instead', { kind: 'html', work: true }],
	['an answer without a key comes', { kind: 'rawBody', body: '{"reply":{"id":1}}', work: true }],
	[
		'an answer with an empty key comes',
		{ kind: 'rawBody', body: '{"reply":{"id":1,"key":""}}', work: true },
	],
	['another answer comes', { kind: 'rawBody', body: '{"reply":true}', work: true }],
	['a 500 without a text comes', { kind: 'status', status: 500, work: true }],
	[
		'a 500 that does not say why comes',
		{
			kind: 'status',
			status: 500,
			work: true,
			body: { reply: { err_code: 500, err_msg: 'An unexpected error occurred', err_extra: null } },
		},
	],
	['a 502 comes', { kind: 'status', status: 502, work: true }],
	['a 502 with a page comes', { kind: 'html', status: 502, work: true }],
	['a 502 with a text comes', { kind: 'status', status: 502, work: true, body: { error: 'Bad' } }],
	['a 503 comes', { kind: 'status', status: 503, work: true }],
	['a 504 comes', { kind: 'status', status: 504, work: true }],
	['a 504 with a page comes', { kind: 'html', status: 504, work: true }],
];

describe('when the answer is lost after the work', () => {
	it.each(lostAfterWork)(
		'because %s, the key is deleted and another issued',
		async (_, trouble) => {
			sim.trouble.add({ ...trouble, match: GENERATE, times: 1 });
			const result = await run({ additionalFields: { comment: 'for Joe' } });
			expect(said(result)).toBe('');
			expect(result.items).toHaveLength(1);
			expectEachKeyReturned(result);
			expect(result.items[0]?.json).toMatchObject({ id: '4268', comment: 'for Joe' });
			expect(sim.log.map(({ path }) => path)).toEqual([GENERATE, LIST, DELETE, GENERATE]);
			expect(JSON.parse(requests(sim, DELETE)[0]?.body ?? '')).toEqual({
				request_data: { filters: [{ field: 'id', operator: 'in', value: [4267] }] },
			});
		},
	);

	it.each(['standard', 'advanced'] as const)('of a call with a %s key', async (level) => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expectEachKeyReturned(await run({ level }));
	});

	it('the user is told', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expect(hints(await run())).toEqual([
			'An answer was lost. API key 4267, made without it, was deleted and a new one issued.',
		]);
	});

	it('the request is the same again', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const expiration = Date.now() + 86_400_000;
		const additionalFields = { comment: 'for Joe', expiration };
		expectEachKeyReturned(await run({ additionalFields }));
		const [first, second] = requests(sim, GENERATE);
		expect(first?.body).toBe(second?.body);
		expect(first?.headers['x-xdr-nonce']).not.toBe(second?.headers['x-xdr-nonce']);
	});

	it.each([-240_000, 240_000])('the key is found with clocks %i ms apart', async (offset) => {
		sim.settings.clockOffsetMs = offset;
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expectEachKeyReturned(await run({ level: 'advanced' }));
	});

	it.each([-3_600_000, 3_600_000])('the key is found with clocks an hour apart', async (offset) => {
		sim.settings.clockOffsetMs = offset;
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expectEachKeyReturned(await run({ level: 'standard' }));
	});

	it('the key is found in a list in lower case', async () => {
		sim.settings.listCasing = 'lower';
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expectEachKeyReturned(await run());
	});

	it('the key is found on the third page', async () => {
		crowd(sim, 250);
		for (const key of sim.state.keys.values()) key.expiration = Date.now() + 100 * 86_400_000;
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await run();
		expect(result.items[0]?.json.id).toBe('4268');
		expect(sim.state.keys.has(4267)).toBe(false);
		expect(sim.state.keys.size).toBe(3 + 250 + 1);
		expect(requests(sim, LIST)).toHaveLength(3);
	});

	it('keys of others stay', async () => {
		const others = [
			foreignKey({ id: 100, userName: 'Public API - 21' }),
			foreignKey({ id: 101, userName: 'Ada Admin' }),
			foreignKey({ id: 102, comment: 'for Joe' }),
			foreignKey({ id: 103, roles: ['Investigator', 'Public API Viewer'] }),
			foreignKey({ id: 104, securityLevel: 'advanced' }),
			foreignKey({ id: 105, creationTime: Date.now() - 60_000 }),
		];
		for (const key of others) sim.state.keys.set(key.id, key);
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await run();
		expect(said(result)).toBe('');
		expect(issuedKeys(sim).map(({ id }) => id)).toEqual([100, 101, 102, 103, 104, 105, 4268]);
	});

	it('the list and the deletion may need several attempts', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({ kind: 'status', status: 503, match: LIST, times: 2 });
		sim.trouble.add({ kind: 'cutAfterWork', match: DELETE, times: 1 });
		const result = await run();
		expect(said(result)).toBe('');
		expectEachKeyReturned(result);
		expect(requests(sim, DELETE)).toHaveLength(2);
		expect(requests(sim, GENERATE)).toHaveLength(2);
	});
});

describe('when the answer is lost before the work', () => {
	it.each<[string, Trouble]>([
		['the connection is cut', { kind: 'cutBeforeWork' }],
		['a web page comes instead', { kind: 'html' }],
		['a 500 without a text comes', { kind: 'status', status: 500 }],
		[
			'a 500 with words that nobody knows comes',
			{
				kind: 'status',
				status: 500,
				body: { reply: { err_code: 500, err_msg: 'Unexpected', err_extra: 'comment: too long' } },
			},
		],
		['an answer without a key comes', { kind: 'rawBody', body: '{}' }],
	])('because %s, a key is issued and nothing deleted', async (_, trouble) => {
		sim.trouble.add({ ...trouble, match: GENERATE, times: 1 });
		const result = await run();
		expect(said(result)).toBe('');
		expectEachKeyReturned(result);
		expect(result.items[0]?.json.id).toBe('4267');
		expect(sim.log.map(({ path }) => path)).toEqual([GENERATE, LIST, LIST, GENERATE]);
		expect(hints(result)).toEqual([
			'An answer was lost. No key had come of it; a new one was issued.',
		]);
	});

	it('a 500 that says what was wrong is not sent again', async () => {
		const body = {
			reply: { err_code: 500, err_msg: 'Unexpected', err_extra: 'Invalid parameter: comment' },
		};
		sim.trouble.add({ kind: 'status', status: 500, body });
		expect(said(await run())).toContain('Invalid parameter: comment');
		expect(sim.log).toHaveLength(1);
	});

	it.each([502, 503, 504])('a gateway’s %i is not sent again', async (status) => {
		sim.trouble.add({ kind: 'status', status, match: GENERATE });
		const result = await run();
		expect(said(result)).toContain('the server may still be at work');
		expect(requests(sim, GENERATE)).toHaveLength(1);
	});
});

describe('when the second answer is lost too', () => {
	it('no key is left, and the error says so', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE });
		const result = await run();
		expect(result.items).toEqual([]);
		expect(result.nodeError?.message).toContain('closed the connection before it answered');
		expect(result.nodeError?.description).toContain('(id 4267, 4268) were deleted');
		expect(issuedKeys(sim)).toEqual([]);
		expect(requests(sim, GENERATE)).toHaveLength(2);
	});

	it('before the work, no key is left either', async () => {
		sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await run();
		expect(result.nodeError?.description).toContain('No key of this call is left');
		expect(requests(sim, GENERATE)).toHaveLength(2);
		expect(requests(sim, DELETE)).toEqual([]);
	});
});

describe('when it cannot be told what became of the call', () => {
	const description = async (options: Omit<XsiamRun, 'at'> = {}) => {
		const { items, nodeError } = await run(options);
		expect(items).toEqual([]);
		expect(requests(sim, GENERATE)).toHaveLength(1);
		expect(nodeError?.name).toBe('NodeApiError');
		return nodeError?.description ?? '';
	};

	it('because keys may not be listed, the error describes the key', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({
			kind: 'status',
			status: 403,
			match: LIST,
			body: { reply: { err_code: 403, err_msg: 'Forbidden.', err_extra: 'No papi_view' } },
		});
		const before = Date.now();
		const text = await description({
			parameters: { roles: ['Investigator', 'Public API Viewer'] },
			additionalFields: { comment: 'for Joe' },
		});
		expect(text).toContain('An API key may exist whose secret nobody knows.');
		expect(text).toContain("The role of the credential's API key does not permit this call.");
		const found =
			/created by 'Public API - 22' between (\S+) and (\S+) with the roles (.*) and the comment '(.*)', and delete it/.exec(
				text,
			);
		expect(found?.slice(3)).toEqual(['Investigator, Public API Viewer', 'for Joe']);
		const created = issuedKeys(sim)[0]?.creationTime ?? 0;
		expect(Date.parse(found?.[1] ?? '')).toBeGreaterThanOrEqual(before);
		expect(Date.parse(found?.[1] ?? '')).toBeLessThanOrEqual(created);
		expect(Date.parse(found?.[2] ?? '')).toBeGreaterThanOrEqual(created);
	});

	it('because the list stays out, the error describes the key', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({ kind: 'cutBeforeWork', match: LIST });
		expect(await description()).toContain(
			'with the roles Investigator and no comment, and delete it.',
		);
		expect(requests(sim, LIST)).toHaveLength(4);
	});

	it('because it cannot be deleted, the error names the key', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({ kind: 'status', status: 403, match: DELETE });
		expect(await description()).toContain(
			'It is the key 4267, whose secret nobody knows, and it could not be deleted',
		);
		expect(issuedKeys(sim)).toHaveLength(1);
	});

	it('because two keys look alike, the error names both and deletes none', async () => {
		sim.state.keys.set(100, foreignKey({ id: 100 }));
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const text = await description();
		expect(text).toMatch(/one of the keys (100, 4267|4267, 100), which were created by/);
		expect(issuedKeys(sim).map(({ id }) => id)).toEqual([100, 4267]);
		expect(requests(sim, DELETE)).toEqual([]);
	});

	it('because the server is still at work, nothing is sent again', async () => {
		sim.trouble.add({ kind: 'latency', ms: 700, match: GENERATE });
		const text = await description({ options: { timeout: 250 } });
		expect(text).toContain('the server may still be at work');
		expect(text).toContain("created by 'Public API - 22' between");
		while (issuedKeys(sim).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
		expect(requests(sim, GENERATE)).toHaveLength(1);
	});

	it('unless the key is there already', async () => {
		sim.trouble.add({ kind: 'latency', ms: 700, match: GENERATE, when: 'afterWork', times: 1 });
		const result = await run({ options: { timeout: 250 } });
		expect(said(result)).toBe('');
		expectEachKeyReturned(result);
		expect(result.items[0]?.json.id).toBe('4268');
	});

	it('because the list of keys lacks even the one in use, nothing is issued again', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const body = JSON.stringify({ reply: { DATA: [], FILTER_COUNT: 0, TOTAL_COUNT: 0 } });
		sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		const result = await run();
		expect(said(result)).toContain('An API key may exist whose secret nobody knows.');
		expect(said(result)).toContain('without the one that it was asked with');
		expect(requests(sim, GENERATE)).toHaveLength(1);
	});

	describe('because the execution is cancelled', () => {
		const cancelled = async (trouble: Trouble) => {
			sim.trouble.add({ ...trouble, match: GENERATE, times: 1 });
			const execution = runXsiam({ at: sim });
			while (!sim.log.some(({ outcome }) => outcome === 'hung')) {
				await new Promise((resolve) => setTimeout(resolve, 10));
			}
			execution.cancel();
			const { logs } = await execution;
			expect(requests(sim, GENERATE)).toHaveLength(1);
			const warnings = logs.filter(({ level }) => level === 'warn');
			return warnings.map(({ message }) => message).join('\n');
		};

		it('the key that was made is found and deleted', async () => {
			expect(await cancelled({ kind: 'hang', work: true })).toBe('');
			expect(issuedKeys(sim)).toEqual([]);
			expect(requests(sim, DELETE)).toHaveLength(1);
		});

		it.each<[string, Trouble]>([
			['is none yet', { kind: 'hang' }],
			['cannot be listed', { kind: 'hang', work: true }],
		])('the log says what may exist where there %s', async (what, trouble) => {
			if (what === 'cannot be listed')
				sim.trouble.add({ kind: 'status', status: 403, match: LIST });
			expect(await cancelled(trouble)).toContain('An API key may exist whose secret nobody knows.');
		});
	});
});

describe('several items', () => {
	const roles = ['Investigator', 'Public API Viewer', 'Public API Action'];

	it('that look alike and are all lost have a key each in the end', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 2 });
		sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE, times: 1 });
		const result = await run({ items: [{}, {}, {}, {}, {}] });
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(5);
		expectEachKeyReturned(result);
		expect(requests(sim, GENERATE)).toHaveLength(8);
	});

	it('that differ and are all lost have a key each in the end, of their own', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 3 });
		const items = roles.map((role, index) => ({
			role,
			comment: index === 1 ? '' : `no. ${index}`,
		}));
		const result = await run({
			items,
			parameters: { roles: '={{ $json.role }}' },
			additionalFields: { comment: '={{ $json.comment }}' },
		});
		expect(said(result)).toBe('');
		expectEachKeyReturned(result);
		for (const [index, { json }] of result.items.entries()) {
			expect(sim.state.keys.get(Number(json.id))).toMatchObject({
				roles: [roles[index]],
				comment: items[index]?.comment || null,
			});
		}
		expect(requests(sim, GENERATE)).toHaveLength(6);
	});

	it('each stand for themselves where some are lost and cannot be resolved', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({ kind: 'status', status: 403, match: DELETE });
		const result = await run({
			items: roles.map((role) => ({ role })),
			parameters: { roles: '={{ $json.role }}' },
			options: { concurrency: 1 },
			node: { onError: 'continueErrorOutput' },
		});
		expect(result.errorOutput.map(({ json }) => json.role)).toEqual(['Investigator']);
		expect(result.errorOutput[0]?.json.message).toContain('It is the key 4267');
		expect(result.outputs[0]?.map(({ json }) => json.id)).toEqual(['4268', '4269']);
	});

	it('that are lost beside others that are not leave no key behind', async () => {
		for (const skip of [0, 3, 6, 9]) {
			sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1, skip });
		}
		const result = await run({ items: Array.from({ length: 20 }, () => ({})) });
		expect(said(result)).toBe('');
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 20 }, (_, item) => ({ item })),
		);
		expectEachKeyReturned(result);
	});

	it('stop the node with every key in the error', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1, skip: 2 });
		sim.trouble.add({ kind: 'status', status: 403, match: DELETE });
		const result = await run({ items: [{}, {}, {}, {}], options: { concurrency: 2 } });
		expect(result.items).toEqual([]);
		for (const { id } of issuedKeys(sim)) expect(said(result)).toContain(String(id));
	});

	it('stop the node with the key of an item that failed beside the first', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		sim.trouble.add({ kind: 'status', status: 403, match: DELETE });
		const result = await run({
			items: [{ role: '' }, { role: 'Investigator' }],
			parameters: { roles: '={{ $json.role }}' },
			options: { concurrency: 2 },
		});
		expect(result.nodeError?.message).toBe("'Role Names or IDs' must name at least one role");
		expect(issuedKeys(sim).map(({ id }) => id)).toEqual([4267]);
		expect(result.nodeError?.description).toContain('It is the key 4267');
	});
});
