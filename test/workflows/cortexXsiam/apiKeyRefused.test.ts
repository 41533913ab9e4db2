import type { Trouble } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import {
	DELETE,
	GENERATE,
	LIST,
	issuedKeys,
	requests,
	runXsiam,
} from '../../unit/cortexXsiam/support';
import { leaks, said } from '../kit/result';
import { issuingTenant } from './issuingTenant';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/** What a 500 says of whatever went wrong (docs/api/cortex-xsiam.md, "Bodies of errors"). */
const UNIFIED = 'An unexpected error occurred by XDR public API';

const tenant = issuingTenant();
const { run } = tenant;

describe('a refusal', () => {
	const shapes: Array<[string, number, unknown, string]> = [
		[
			'main',
			400,
			{ reply: { err_code: 400, err_msg: 'Invalid input', err_extra: 'comment is too long' } },
			'[400] Invalid input comment is too long',
		],
		[
			'IAM',
			400,
			{ data: { err_msg: 'Missing', metadata: { err_extra: 'comment', err_code: 400 } } },
			'[400] Missing comment',
		],
		[
			'IAM without permission',
			403,
			{ data: { reply: { err_code: 403, err_msg: 'Forbidden.', err_extra: 'Insufficient' } } },
			'[403] Forbidden Insufficient',
		],
		[
			'flat',
			500,
			{ err_code: '500', err_msg: 'Broken', err_extra: 'Invalid parameter' },
			'[500] Broken Invalid parameter',
		],
		['metadata', 400, { err_msg: 'Wrong', metadata: { code: 400 } }, '[400] Wrong'],
		['errorCode', 422, { errorCode: 'E1', message: 'No', details: 'comment' }, '[E1] No comment'],
		['error', 400, { error: 'Invalid request data' }, 'Invalid request data'],
		['broker', 400, { description: 'Failed', errors: ['a', 'b'] }, 'Failed a; b'],
		[
			'object',
			400,
			{ reply: { err_code: 400, err_msg: 'Failed', err_extra: { err_msg: 'quota', left: 0 } } },
			'[400] Failed quota',
		],
		[
			'list',
			422,
			{ reply: { err_code: 422, err_msg: 'Failed', err_extra: [{ loc: ['a', 'b'], msg: 'c' }] } },
			'[422] Failed a.b: c',
		],
		[
			'in a success',
			200,
			{ reply: { err_code: 400, err_msg: 'Failed', err_extra: 'after all' } },
			'[400] Failed after all',
		],
	];

	it.each(shapes)(
		'in the shape %s is quoted and nothing is repeated',
		async (_, status, body, text) => {
			tenant.sim.trouble.add({ kind: 'rawBody', status, body: JSON.stringify(body) });
			const result = await run();
			expect(result.nodeError?.name).toBe('NodeApiError');
			// An error within a success has the status that it says itself.
			const own = status === 200 ? 400 : status;
			expect(result.nodeError).toMatchObject({ httpCode: String(own) });
			expect(result.nodeError?.description).toContain(`Cortex XSIAM said: ${text}.`);
			expect(tenant.sim.log).toHaveLength(1);
		},
	);

	it.each([
		[401, 'does not accept the API key', "'Security Level' is the one the key was made with"],
		[404, 'does not know this address', 'Copy API URL'],
		[413, 'too large', 'Shorten the parameters'],
		[415, 'HTTP 415', 'a proxy or firewall in front of it may have sent it'],
	])('HTTP %i without a body', async (status, message, description) => {
		tenant.sim.trouble.add({ kind: 'status', status });
		const result = await run();
		expect(result.nodeError?.message).toContain(message);
		expect(result.nodeError?.description).toContain(description);
		expect(said(result)).not.toContain('may exist');
		expect(tenant.sim.log).toHaveLength(1);
	});

	it.each([
		[402, 'license does not include', 'XSIAM Premium'],
		[403, "role of the credential's API key does not permit", 'View/Edit to generate'],
		[415, 'refused the request: HTTP 415', 'Check the parameters'],
	])('HTTP %i in the tenant’s own form', async (status, message, description) => {
		const body = { reply: { err_code: status, err_msg: `HTTP ${status}`, err_extra: null } };
		tenant.sim.trouble.add({ kind: 'status', status, body });
		const result = await run();
		expect(result.nodeError?.message).toContain(message);
		expect(result.nodeError?.description).toContain(description);
		expect(tenant.sim.log).toHaveLength(1);
	});

	it.each([400, 402, 403, 405, 409, 422])(
		'HTTP %i of whatever stands in front of the tenant is none',
		async (status) => {
			for (const body of [undefined, 'Forbidden', '<html>Rejected</html>', { message: 'No' }]) {
				tenant.sim.reset();
				tenant.sim.trouble.add({ kind: 'status', status, body, work: true });
				const result = await run();
				expect(said(result)).toMatch(/proxy or firewall in front of it/);
				expect(said(result)).toContain('An API key may exist whose secret nobody knows');
				expect(said(result)).not.toMatch(/refused|parameters|role of|license/);
				expect(tenant.sim.log).toHaveLength(1);
				expect(issuedKeys(tenant.sim)).toHaveLength(1);
			}
		},
	);

	it.each([400, 401, 403, 404])(
		'HTTP %i as a web page is not called one without a text',
		async (status) => {
			tenant.sim.trouble.add({ kind: 'html', status });
			const result = await run();
			expect(result.nodeError?.description).toContain('web page');
			expect(result.nodeError?.description).not.toContain('without a text');
			expect(tenant.sim.log).toHaveLength(1);
		},
	);

	it.each([400, 429])('HTTP %i in words of a gateway is quoted', async (status) => {
		tenant.sim.trouble.add({ kind: 'status', status, body: 'quota of gateway 7 exceeded' });
		const result = await run({ options: { rateLimitWait: 0 } });
		expect(said(result)).toContain('The answer said: quota of gateway 7 exceeded.');
	});

	it('of the key measures the clocks', async () => {
		tenant.sim.settings.clockOffsetMs = 600_000;
		const result = await run({ level: 'advanced' });
		expect(result.nodeError?.message).toBe('Cortex XSIAM does not accept the API key');
		expect(result.nodeError?.description).toMatch(
			/The server's clock is (599|600) seconds ahead of n8n's\./,
		);
	});

	it('of the licence', async () => {
		tenant.sim.settings.licenceMissing = true;
		expect(said(await run())).toContain('The required license type is missing');
	});

	it('of a key that may only look', async () => {
		const result = await run({ level: 'standard', credential: cortexXsiamDemo.viewer });
		expect(result.nodeError?.message).toBe(
			"The role of the credential's API key does not permit this call",
		);
		expect(result.nodeError?.description).toContain('Insufficient permissions for api key');
	});

	it('of too many requests is waited for, and the key issued once', async () => {
		tenant.sim.trouble.add({ kind: 'status', status: 429, times: 3, retryAfter: 0 });
		expect(said(await run())).toBe('');
		expect(requests(tenant.sim, GENERATE)).toHaveLength(4);
		expect(issuedKeys(tenant.sim)).toHaveLength(1);
		const nonces = tenant.sim.log.map(({ headers }) => headers['x-xdr-nonce']);
		expect(new Set(nonces).size).toBe(4);
	});

	it('of too many requests is sent again with a mark of its own each time', async () => {
		tenant.sim.trouble.add({
			kind: 'status',
			status: 429,
			times: 2,
			retryAfter: 0,
			match: GENERATE,
		});
		const result = await runXsiam({ at: tenant.sim });
		const marks = requests(tenant.sim, GENERATE).map(
			({ body }) =>
				(JSON.parse(body) as { request_data: { comment: string } }).request_data.comment,
		);
		expect(marks).toHaveLength(3);
		expect(new Set(marks).size).toBe(3);
		for (const mark of marks) expect(mark).toMatch(/^\[n8n call \w{12} \w{13}\]$/);
		expect(issuedKeys(tenant.sim).map(({ comment }) => comment)).toEqual([marks[2]]);
		expect(result.items).toHaveLength(1);
	});

	const error = (err_code: unknown, err_extra: string | null, err_msg: string = UNIFIED) => ({
		reply: { err_code, err_msg, err_extra },
	});

	it.each<[number, object]>([
		[500, error(500, 'key was generated, but the role binding service gave an unknown error')],
		[500, error(500, 'Failed to write expiration: invalid response of the database')],
		[500, error(500, 'too many requests in the audit queue')],
		[599, error(599, 'wrong')],
		[200, error(-1, null, 'Internal failure')],
		[200, error(1, null, 'x')],
		[200, error(17, null, 'x')],
	])('is none where a key was made all the same: HTTP %i, %j', async (status, body) => {
		tenant.sim.trouble.add({ kind: 'status', status, body, match: GENERATE, work: true, times: 1 });
		const result = await runXsiam({ at: tenant.sim });
		expect(said(result)).not.toMatch(/does not accept/);
		const [first, second] = requests(tenant.sim, GENERATE).map(({ body: sent }) => sent);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(2);
		expect(first).not.toBe(second);
		// The key whose secret nobody knows is found by its mark, and gone.
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
		expect(issuedKeys(tenant.sim).map(({ id }) => String(id))).toEqual([result.items[0]?.json.id]);
	});

	it.each<[string, Trouble]>([
		['a redirect', { kind: 'redirect', to: 'https://login.example' }],
		['a page', { kind: 'html', status: 403 }],
		['a text', { kind: 'status', status: 403, body: 'Forbidden' }],
		['JSON', { kind: 'status', status: 409, body: { message: 'Conflict' } }],
		['nothing', { kind: 'status', status: 403 }],
	])('is none where what stands in front answers with %s after the work', async (_, trouble) => {
		tenant.sim.trouble.add({ ...trouble, match: GENERATE, work: true, times: 1 } as Trouble);
		const result = await runXsiam({ at: tenant.sim });
		expect(said(result)).toBe('');
		expect(requests(tenant.sim, GENERATE)).toHaveLength(2);
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
		expect(issuedKeys(tenant.sim).map(({ id }) => String(id))).toEqual([result.items[0]?.json.id]);
	});

	it('that nobody can look up names the mark', async () => {
		const body = error(
			500,
			'key was generated, but the role binding service gave an unknown error',
		);
		tenant.sim.trouble.add({ kind: 'status', status: 500, body, match: GENERATE, work: true });
		tenant.sim.trouble.add({ kind: 'status', status: 403, match: LIST, skip: 1 });
		const result = await runXsiam({ at: tenant.sim });
		const [key] = issuedKeys(tenant.sim);
		expect(issuedKeys(tenant.sim)).toHaveLength(1);
		expect(said(result)).toContain(`Its comment would end with ${key?.comment}.`);
	});

	it('of too many requests, and then lost, is looked up by the last mark', async () => {
		tenant.sim.trouble.add({
			kind: 'status',
			status: 429,
			times: 1,
			retryAfter: 0,
			match: GENERATE,
		});
		tenant.sim.trouble.add({ kind: 'cutAfterWork', times: 1, match: GENERATE });
		const result = await runXsiam({ at: tenant.sim });
		expect(result.items).toHaveLength(1);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(3);
		expect(issuedKeys(tenant.sim).map(({ id }) => String(id))).toEqual([result.items[0]?.json.id]);
	});

	it('of too many requests for good says what to do', async () => {
		// With no Retry-After the wait is drawn by lot.
		tenant.sim.trouble.add({
			kind: 'status',
			status: 429,
			retryAfter: 0.5,
			body: { error: 'Too many requests' },
		});
		const result = await run({ options: { rateLimitWait: 600 } });
		expect(result.nodeError?.message).toBe('Cortex XSIAM accepts no more requests at the moment');
		expect(result.nodeError?.description).toContain("Lower 'Requests per Second'");
		expect(tenant.sim.log).toHaveLength(2);
		expect(issuedKeys(tenant.sim)).toEqual([]);
	});

	it('by a redirect goes nowhere else', async () => {
		tenant.sim.trouble.add({ kind: 'redirect', to: 'https://elsewhere.example/login?token=abc' });
		const result = await run();
		expect(result.nodeError?.message).toBe(
			'Cortex XSIAM redirected the request to https://elsewhere.example',
		);
		expect(tenant.sim.log).toHaveLength(1);
	});

	it('in the shape of another endpoint is understood all the same', async () => {
		for (const shape of [
			'iam',
			'iamReply',
			'flat',
			'errorCode',
			'extraObject',
			'extraArray',
		] as const) {
			tenant.sim.reset();
			tenant.sim.settings.errorShape = shape;
			const result = await run({ parameters: { roles: ['Nobody'] } });
			expect({ shape, message: result.nodeError?.message }).toEqual({
				shape,
				message: "'Role Names or IDs' holds a role that the tenant does not know",
			});
		}
	});

	it.each(['metadataCode', 'error', 'description'] as const)(
		'in the shape %s names the parameter as far as the vendor tells',
		async (shape) => {
			tenant.sim.settings.errorShape = shape;
			const result = await run({ parameters: { roles: ['Nobody'] } });
			expect(said(result)).not.toBe('');
			expect(issuedKeys(tenant.sim)).toEqual([]);
			if (shape !== 'metadataCode') expect(said(result)).toContain('Unknown custom roles');
		},
	);

	it('before anything is sent names the field of the credential', async () => {
		const cases: Array<[Record<string, string>, string]> = [
			[{ apiKey: '' }, "'API Key' is empty in the credential"],
			[{ apiKeyId: 'abc' }, "'API Key ID' in the credential is not a number"],
			[{ url: '' }, "'URL' is empty in the credential"],
			[{ url: 'http://tenant.example.com' }, "'URL' in the credential is plain http"],
			[{ childTenantId: 'a\nb' }, "'Child Tenant ID' in the credential holds a line break"],
		];
		for (const [credential, message] of cases) {
			const result = await run({ credential });
			expect(result.nodeError?.message).toContain(message);
		}
		expect(tenant.sim.log).toEqual([]);
	});

	it('of the connection says so at once', async () => {
		const result = await runXsiam({ at: { url: 'https://localhost:1' } });
		expect(result.nodeError?.message).toBe('localhost:1 refused the connection');
	});

	it('of a certificate that nobody vouches for', async () => {
		const result = await run({ credential: { ignoreSslIssues: false } });
		expect(result.nodeError?.message).toContain('is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
		expect(tenant.sim.log).toEqual([]);
	});
});

describe('several items, some of them refused', () => {
	const items = ['Investigator', 'Nobody', 'Public API Viewer', '', 'Public API Action'].map(
		(role) => ({ role }),
	);
	const parameters = { roles: '={{ $json.role }}' };
	const unknownRole = "'Role Names or IDs' holds a role that the tenant does not know";
	const noRole = "'Role Names or IDs' must name at least one role";

	it('stop the workflow, and the error accounts for what was issued', async () => {
		const result = await run({ items, parameters, options: { concurrency: 1 } });
		expect(result.items).toEqual([]);
		expect(result.nodeError?.message).toBe(unknownRole);
		expect(result.nodeError?.context).toMatchObject({ itemIndex: 1 });
		const keys = issuedKeys(tenant.sim);
		expect(keys.map(({ roles }) => roles)).toEqual([['Investigator']]);
		expect(result.nodeError?.description).toContain(
			`the node issued 1 API key that it cannot return now: item 0: id ${keys[0]?.id}.`,
		);
	});

	it('stop the workflow, and every key that was under way is accounted for', async () => {
		const result = await run({ items, parameters, options: { concurrency: 5 } });
		for (const { id } of issuedKeys(tenant.sim)) {
			expect(result.nodeError?.description).toContain(`id ${id}`);
		}
	});

	it('issue one key over all tries of n8n’s Retry On Fail, and leave it in the log', async () => {
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await run({ items, parameters, options: { concurrency: 1 }, node });
		const keys = issuedKeys(tenant.sim);
		expect(keys).toHaveLength(1);
		const warnings = result.logs.filter(({ level }) => level === 'warn');
		for (const { id } of keys) expect(JSON.stringify(warnings)).toContain(`item 0: id ${id}`);
		expect(
			leaks(
				result,
				keys.map(({ secret }) => secret),
			),
		).toEqual([]);
	});

	it('go on beside the others with continueRegularOutput', async () => {
		const result = await run({ items, parameters, node: { onError: 'continueRegularOutput' } });
		expect(
			result.items.map(({ json, pairedItem }) => [json.error ?? json.roles, pairedItem]),
		).toEqual([
			[['Investigator'], { item: 0 }],
			[unknownRole, { item: 1 }],
			[['Public API Viewer'], { item: 2 }],
			[noRole, { item: 3 }],
			[['Public API Action'], { item: 4 }],
		]);
		expect(result.items[1]?.json.message).toContain('Unknown custom roles');
		expect(result.nodeError).toBeUndefined();
	});

	it('go to the error output with continueErrorOutput', async () => {
		const result = await run({ items, parameters, node: { onError: 'continueErrorOutput' } });
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
			{ item: 4 },
		]);
		expect(result.errorOutput.map(({ json }) => [json.role, json.error])).toEqual([
			['Nobody', unknownRole],
			['', noRole],
		]);
	});
});
