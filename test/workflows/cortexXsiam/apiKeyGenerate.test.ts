import type { IDataObject, INode } from 'n8n-workflow';
import nock from 'nock';
import { runWorkflow, workflowNode } from '../../harness';
import type { CortexXsiamSimulator } from '../../simulators';
import { cortexXsiamDemo, startCortexXsiamSimulator } from '../../simulators';
import type { XsiamRun } from '../../unit/cortexXsiam/support';
import {
	DELETE,
	GENERATE,
	LIST,
	issuedKeys,
	requests,
	runXsiam,
} from '../../unit/cortexXsiam/support';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { leaks, said } from '../kit/result';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const HOST = 'https://api-acme.xdr.us.paloaltonetworks.com';
const DAY = 86_400_000;

/** What a 500 says of whatever went wrong (docs/api/cortex-xsiam.md, "Bodies of errors"). */
const UNIFIED = 'An unexpected error occurred by XDR public API';

let sim: CortexXsiamSimulator;

beforeAll(async () => {
	sim = await startCortexXsiamSimulator();
});
beforeEach(() => {
	sim.reset();
	nock.disableNetConnect();
	nock.enableNetConnect('localhost');
});
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(async () => {
	nock.restore();
	await sim.close();
});

/** One call and nothing else: what the mark adds is told below. */
const unmarked = ({ additionalFields, ...options }: Omit<XsiamRun, 'at'>) => ({
	...options,
	additionalFields: { addMark: false, ...additionalFields },
});
const run = async (options: Omit<XsiamRun, 'at'> = {}) =>
	await runXsiam({ at: sim, ...unmarked(options) });
const first = (result: { items: Array<{ json: IDataObject }> }) => result.items[0]?.json ?? {};

describe('on the wire', () => {
	interface Sent {
		headers: Record<string, string>;
		body: string;
	}

	/** The request of one run, byte for byte, answered with the sample of the vendor's page. */
	const wire = async (options: Omit<XsiamRun, 'at'>) => {
		const sent: Sent[] = [];
		const scope = nock(HOST)
			.post(GENERATE)
			.reply(200, {
				reply: { id: 4267, key: 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb' },
			});
		scope.on('request', (request: { headers: Record<string, string> }, _: unknown, body: string) =>
			sent.push({ headers: { ...request.headers }, body }),
		);
		const result = await runXsiam({ at: { url: HOST }, ...unmarked(options) });
		expect(said(result)).toBe('');
		return { ...(sent[0] as Sent), result };
	};

	it('is what the vendor’s page shows', async () => {
		const expiration = Date.now() + 30 * DAY;
		const { headers, body, result } = await wire({
			level: 'standard',
			parameters: { roles: ['Public API Action'] },
			additionalFields: { comment: 'API key for Joe', expiration },
		});
		expect(body).toBe(
			`{"request_data":{"roles":["Public API Action"],"security_level":"standard","expiration":${expiration},"comment":"API key for Joe"}}`,
		);
		expect(headers).toMatchObject({
			authorization: cortexXsiamDemo.standard.apiKey,
			'x-xdr-auth-id': '21',
			'content-type': 'application/json',
			accept: 'application/json',
		});
		for (const name of ['x-xdr-nonce', 'x-xdr-timestamp', 'x-child-tenant-id']) {
			expect(headers).not.toHaveProperty([name]);
		}
		expect(result.items).toEqual([
			{
				json: {
					vendor: 'cortexXsiam',
					type: 'apiKey',
					id: '4267',
					lineage: '4267',
					secret: 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb',
					expiresAt: new Date(expiration).toISOString(),
					expiresAtEstimated: false,
					roles: ['Public API Action'],
					securityLevel: 'standard',
					comment: 'API key for Joe',
					created: true,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('has no more than what must be there where no more is given', async () => {
		const { body } = await wire({ level: 'standard', parameters: { securityLevel: 'advanced' } });
		expect(body).toBe('{"request_data":{"roles":["Investigator"],"security_level":"advanced"}}');
	});

	it('is signed with an advanced key', async () => {
		const { headers } = await wire({ level: 'advanced' });
		expect(headers['x-xdr-auth-id']).toBe('22');
		expect(headers['x-xdr-nonce']).toMatch(/^[A-Za-z0-9]{64}$/);
		expect(headers['x-xdr-timestamp']).toMatch(/^\d{13}$/);
		const { createHash } = await import('node:crypto');
		const { apiKey } = cortexXsiamDemo.advanced;
		expect(headers.authorization).toBe(
			createHash('sha256')
				.update(`${apiKey}${headers['x-xdr-nonce']}${headers['x-xdr-timestamp']}`)
				.digest('hex'),
		);
	});

	it('goes to the API where the credential has the URL of the browser', async () => {
		await wire({ credential: { url: 'https://acme.xdr.us.paloaltonetworks.com/incidents?x=1' } });
	});

	it('names the child tenant', async () => {
		const { headers } = await wire({ credential: { childTenantId: ' 9100000000001 ' } });
		expect(headers['x-child-tenant-id']).toBe('9100000000001');
	});

	it('leaves out a comment of blanks', async () => {
		const { body, result } = await wire({ additionalFields: { comment: ' \t ' } });
		expect(body).not.toContain('comment');
		expect(first(result).comment).toBeNull();
	});

	it('keeps every character of a comment but the blanks about it', async () => {
		const comment = 'Jörg’s "key" \\ 日本 🔑\nline 2';
		const { body } = await wire({ additionalFields: { comment: `  ${comment} ` } });
		expect(body).toContain(`"comment":${JSON.stringify(comment)}`);
	});
});

describe('issuing a key', () => {
	it.each(['standard', 'advanced'] as const)('with a %s key', async (level) => {
		const before = Date.now();
		const result = await run({ level });
		expect(said(result)).toBe('');
		const [key] = issuedKeys(sim);
		expect(first(result)).toEqual({
			vendor: 'cortexXsiam',
			type: 'apiKey',
			id: String(key?.id),
			lineage: String(key?.id),
			secret: key?.secret,
			expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
			expiresAtEstimated: true,
			roles: ['Investigator'],
			securityLevel: 'standard',
			comment: null,
			created: true,
		});
		const expires = Date.parse(first(result).expiresAt as string);
		expect(expires).toBeGreaterThanOrEqual(before + 7 * DAY);
		expect(expires).toBeLessThanOrEqual(Date.now() + 7 * DAY);
		expect(key).toMatchObject({
			securityLevel: 'standard',
			roles: ['Investigator'],
			comment: null,
		});
		expect(sim.log).toHaveLength(1);
	});

	it('in a child tenant', async () => {
		await run({ credential: { childTenantId: cortexXsiamDemo.childTenantId } });
		expect(issuedKeys(sim)[0]?.childTenantId).toBe(cortexXsiamDemo.childTenantId);
	});

	it('in a child tenant that is not one', async () => {
		const result = await run({ credential: { childTenantId: '17' } });
		expect(said(result)).toContain("check 'Child Tenant ID'");
		expect(said(result)).toContain('Unknown child tenant');
	});

	it('whose id comes as a text, of a type that is not JSON', async () => {
		sim.trouble.add({
			kind: 'rawBody',
			contentType: 'text/plain',
			body: '\ufeff {"reply":{"id":"77","key":"abcdefgh"}} ',
		});
		expect(first(await run())).toMatchObject({ id: '77', secret: 'abcdefgh' });
	});

	it('whose answer is labelled as a web page', async () => {
		sim.trouble.add({ kind: 'wrongContentType' });
		expect(first(await run()).id).toBe(String(issuedKeys(sim)[0]?.id));
		expect(sim.log).toHaveLength(1);
	});

	it('as the vendor answers, with Simplify off', async () => {
		const result = await run({ parameters: { simplify: false } });
		const [key] = issuedKeys(sim);
		expect(result.items).toEqual([
			{ json: { reply: { id: key?.id, key: key?.secret } }, pairedItem: { item: 0 } },
		]);
	});

	it('with fields that nobody knows yet, with Simplify off', async () => {
		const body = { reply: { id: 5, key: 'abcdefgh', tier: 'gold' }, trace: 1 };
		sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body) });
		expect(first(await run({ parameters: { simplify: false } }))).toEqual(body);
	});

	it.each([true, false])('is not done where nobody would get it, Simplify %p', async (simplify) => {
		const result = await run({ parameters: { simplify }, options: { secretOutput: 'none' } });
		expect(said(result)).toContain("'Secret Output' leaves the secret out");
		expect(issuedKeys(sim)).toEqual([]);
	});

	it('reads the credential once for each item, since expressions in it may differ', async () => {
		const result = await run({ items: Array.from({ length: 12 }, () => ({})) });
		expect(result.items).toHaveLength(12);
		expect(result.credentials.decryptions).toEqual(
			Array(12).fill({
				type: 'cortexXsiamApi',
				id: 'cortexXsiamApi',
				nodeName: 'Node',
				raw: false,
			}),
		);
	});
});

describe('roles', () => {
	const sentRoles = () => issuedKeys(sim).map(({ roles }) => roles);

	it.each<[string, unknown]>([
		['a list', ['Investigator', 'Public API Viewer']],
		['a text of an expression', "={{ 'Investigator, Public API Viewer' }}"],
		['a text with line breaks', '={{ "Investigator\\n Public API Viewer,," }}'],
		['a list of an expression', "={{ ['Investigator', ' Public API Viewer '] }}"],
		['a list with one twice', ['Investigator', 'Public API Viewer', 'Investigator']],
		['a text with one twice', "={{ 'Investigator, Public API Viewer, Investigator' }}"],
	])('as %s', async (_, roles) => {
		const result = await run({ parameters: { roles: roles as IDataObject['roles'] } });
		expect(said(result)).toBe('');
		expect(first(result).roles).toEqual(['Investigator', 'Public API Viewer']);
		expect(sentRoles()).toEqual([['Investigator', 'Public API Viewer']]);
	});

	it('with a comma in the name of one', async () => {
		sim.state.roles.push({ ...sim.state.roles[1]!, pretty_name: 'Tier 1, EMEA', role_id: 'x' });
		await run({ parameters: { roles: ['Tier 1, EMEA'] } });
		expect(sentRoles()).toEqual([['Tier 1, EMEA']]);
	});

	it.each<[string, unknown]>([
		['an empty list', '={{ [] }}'],
		['an empty text', ''],
		['blanks and commas', '={{ " , \\n," }}'],
		['null', '={{ null }}'],
		['undefined', '={{ $json.none }}'],
		['a list of blanks', "={{ ['', ' '] }}"],
	])('are refused before anything is sent: %s', async (_, roles) => {
		const result = await run({ parameters: { roles: roles as IDataObject['roles'] } });
		expect(result.nodeError?.message).toBe("'Role Names or IDs' must name at least one role");
		expect(sim.log).toEqual([]);
	});

	it('are refused by n8n itself when none is chosen', async () => {
		await expect(run({ parameters: { roles: [] } })).rejects.toThrow(
			'Parameter "Role Names or IDs" is required',
		);
	});

	it.each<[string, unknown]>([
		['an object', "={{ ({ name: 'Investigator' }) }}"],
		['a number', '={{ 5 }}'],
		['a list of objects', "={{ [{ name: 'Investigator' }] }}"],
	])('are refused when they are %s', async (_, roles) => {
		const result = await run({ parameters: { roles: roles as IDataObject['roles'] } });
		expect(result.nodeError?.message).toBe("'Role Names or IDs' must be a list of texts");
		expect(sim.log).toEqual([]);
	});

	it('by their IDs, which n8n offers in the name of the field', async () => {
		const roles = ['papi_action_01', 'Investigator', 'investigator'];
		const result = await run({ parameters: { roles } });
		expect(said(result)).toBe('');
		expect(sentRoles()).toEqual([['Public API Action', 'Investigator']]);
	});

	it('by their IDs, which a key that may not list roles cannot tell from names', async () => {
		sim.state.keys.get(22)!.permissions = ['papi_edit'];
		const result = await run({ parameters: { roles: ['papi_action_01'] } });
		expect(result.nodeError?.message).toBe(
			"'Role Names or IDs' holds a role that the tenant does not know",
		);
		expect(result.nodeError?.description).toContain(
			'Give roles by their display names, in the same letters as in the console. IDs also work if the API key may list roles.',
		);
		expect(sentRoles()).toEqual([]);
	});

	it('that the tenant does not know', async () => {
		const result = await run({ parameters: { roles: ['Public API action'] } });
		expect(result.nodeError?.message).toBe(
			"'Role Names or IDs' holds a role that the tenant does not know",
		);
		expect(result.nodeError?.description).toContain('by their display names');
		expect(result.nodeError?.description).toContain(
			'Cortex XSIAM said: [500] An unexpected error occurred by XDR public API Unknown custom roles.',
		);
		expect(sim.log).toHaveLength(1);
	});
});

describe('the security level', () => {
	it('may come from an expression', async () => {
		const result = await run({
			items: [{ level: 'advanced' }, { level: 'standard' }],
			parameters: { securityLevel: '={{ $json.level }}' },
		});
		expect(result.items.map(({ json }) => json.securityLevel)).toEqual(['advanced', 'standard']);
		expect(
			result.items.map(({ json }) => sim.state.keys.get(Number(json.id))?.securityLevel),
		).toEqual(['advanced', 'standard']);
	});

	it.each(['', 'Advanced', 'none', 5])('is refused when it is %p', async (level) => {
		const result = await run({
			items: [{ level }],
			parameters: { securityLevel: '={{ $json.level }}' },
		});
		expect(result.nodeError?.message).toBe("'Security Level' must be 'standard' or 'advanced'");
		expect(sim.log).toEqual([]);
	});
});

describe('the expiration', () => {
	const target = Math.floor((Date.now() + 40 * DAY) / 60_000) * 60_000;
	const iso = new Date(target).toISOString();
	const stored = () => issuedKeys(sim).map(({ expiration }) => expiration);

	it.each<[string, unknown]>([
		['ISO 8601 in UTC', iso],
		['ISO 8601 with an offset', new Date(target + 7_200_000).toISOString().replace('Z', '+02:00')],
		['epoch milliseconds', target],
		['epoch milliseconds as text', String(target)],
		['epoch milliseconds with a fraction', target + 0.75],
		['a Date', `={{ new Date(${target}) }}`],
		['a luxon DateTime', `={{ DateTime.fromMillis(${target}) }}`],
		[
			'a luxon DateTime in another zone',
			`={{ DateTime.fromMillis(${target}).setZone('Asia/Tokyo') }}`,
		],
	])('as %s', async (_, expiration) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ expiresAt: iso, expiresAtEstimated: false });
		expect(stored()).toEqual([target]);
		expect(requests(sim, GENERATE)[0]?.body).toContain(`"expiration":${target}}`);
	});

	it('as a luxon DateTime relative to now', async () => {
		const before = Date.now();
		await run({ additionalFields: { expiration: '={{ $now.plus({ days: 3 }) }}' } });
		const [expiration] = stored();
		expect(expiration).toBeGreaterThanOrEqual(before + 3 * DAY);
		expect(expiration).toBeLessThanOrEqual(Date.now() + 3 * DAY);
	});

	it.each([
		['Asia/Tokyo', '+09:00'],
		['America/Caracas', '-04:00'],
		['UTC', 'Z'],
	])('of the date picker is meant in the zone of the workflow, %s', async (timezone, offset) => {
		const local = `${new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10)}T09:30:00`;
		const node = {
			id: 'n',
			name: 'Issue',
			type: 'n8n-nodes-privileged-keys.cortexXsiam',
			typeVersion: 1,
			position: [200, 0] as [number, number],
			parameters: {
				resource: 'apiKey',
				operation: 'generate',
				roles: ['Investigator'],
				securityLevel: 'standard',
				additionalFields: { expiration: local, addMark: false },
			} as INode['parameters'],
			credentials: { cortexXsiamApi: { id: 'cortexXsiamApi', name: 'Tenant' } },
		};
		const start = workflowNode('Start', 'n8n-nodes-base.manualTrigger');
		const result = await runWorkflow({
			workflow: {
				nodes: [start, node],
				connections: { Start: { main: [[{ node: 'Issue', type: 'main', index: 0 }]] } },
				settings: { executionOrder: 'v1', timezone },
			},
			nodeTypes,
			credentialTypes,
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url) },
		});
		expect(result.error()).toBeUndefined();
		expect(stored()).toEqual([Date.parse(`${local}${offset}`)]);
	});

	it.each<[string, unknown]>([
		['is empty', ''],
		['is null', '={{ null }}'],
		['is undefined', '={{ $json.none }}'],
	])('is the tenant’s own when it %s', async (_, expiration) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(first(result).expiresAtEstimated).toBe(true);
		expect(requests(sim, GENERATE)[0]?.body).not.toContain('expiration');
	});

	it('may be almost six months ahead', async () => {
		const { DateTime } = await import('luxon');
		const expiration = DateTime.utc().plus({ months: 6 }).minus({ hours: 2 }).toMillis();
		expect(said(await run({ additionalFields: { expiration } }))).toBe('');
		expect(stored()).toEqual([expiration]);
	});

	it.each<[string, unknown, string]>([
		['seconds', Math.floor(target / 1_000), 'must be in milliseconds, not in seconds'],
		['seconds as text', String(Math.floor(target / 1_000)), 'must be in milliseconds'],
		['zero', '={{ 0 }}', 'must be in milliseconds'],
		['not a number', '={{ NaN }}', 'must be a date and time'],
		['false', '={{ false }}', 'must be a date and time'],
		['the past', new Date(Date.now() - 60_000).toISOString(), 'must lie in the future'],
		['the past in milliseconds', Date.now() - 1, 'must lie in the future'],
		['seven months', Date.now() + 214 * DAY, 'must be at most six months ahead'],
		['words', 'next week', 'must be a date and time'],
		['a day that is none', '2026-02-30T12:00:00Z', 'must be a date and time'],
		['an object', '={{ ({ days: 3 }) }}', 'must be a date and time'],
	])('is refused before anything is sent: %s', async (_, expiration, message) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(result.nodeError?.message).toMatch(new RegExp(`^'Expiration' ${message}`));
		expect(sim.log).toEqual([]);
	});

	it('that the tenant refuses all the same names the parameter', async () => {
		sim.settings.clockOffsetMs = -30 * DAY;
		const expiration = Date.now() + 179 * DAY;
		const result = await run({ level: 'standard', additionalFields: { expiration } });
		expect(result.nodeError?.message).toBe("Cortex XSIAM does not accept the date in 'Expiration'");
		expect(result.nodeError?.description).toContain('six months');
	});
});

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
			sim.trouble.add({ kind: 'rawBody', status, body: JSON.stringify(body) });
			const result = await run();
			expect(result.nodeError?.name).toBe('NodeApiError');
			// An error within a success has the status that it says itself.
			const own = status === 200 ? 400 : status;
			expect(result.nodeError).toMatchObject({ httpCode: String(own) });
			expect(result.nodeError?.description).toContain(`Cortex XSIAM said: ${text}.`);
			expect(sim.log).toHaveLength(1);
		},
	);

	it.each([
		[401, 'does not accept the API key', "'Security Level' is the one the key was made with"],
		[402, 'license does not include', 'XSIAM Premium'],
		[403, "role of the credential's API key does not permit", 'View/Edit to generate'],
		[404, 'does not know this address', 'Copy API URL'],
		[413, 'too large', 'Shorten the parameters'],
		[415, 'HTTP 415', 'Check the parameters'],
	])('HTTP %i without a body', async (status, message, description) => {
		sim.trouble.add({ kind: 'status', status });
		const result = await run();
		expect(result.nodeError?.message).toContain(message);
		expect(result.nodeError?.description).toContain(description);
		expect(sim.log).toHaveLength(1);
	});

	it.each([400, 401, 403, 404])(
		'HTTP %i as a web page is not called one without a text',
		async (status) => {
			sim.trouble.add({ kind: 'html', status });
			const result = await run();
			expect(result.nodeError?.description).toContain('web page');
			expect(result.nodeError?.description).not.toContain('without a text');
			expect(sim.log).toHaveLength(1);
		},
	);

	it.each([400, 429])('HTTP %i in words of a gateway is quoted', async (status) => {
		sim.trouble.add({ kind: 'status', status, body: 'quota of gateway 7 exceeded' });
		const result = await run({ options: { rateLimitWait: 0 } });
		expect(said(result)).toContain('Cortex XSIAM said: quota of gateway 7 exceeded.');
	});

	it('of the key measures the clocks', async () => {
		sim.settings.clockOffsetMs = 600_000;
		const result = await run({ level: 'advanced' });
		expect(result.nodeError?.message).toBe('Cortex XSIAM does not accept the API key');
		expect(result.nodeError?.description).toMatch(
			/The server's clock is (599|600) seconds ahead of n8n's\./,
		);
	});

	it('of the licence', async () => {
		sim.settings.licenceMissing = true;
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
		sim.trouble.add({ kind: 'status', status: 429, times: 3, retryAfter: 0 });
		expect(said(await run())).toBe('');
		expect(requests(sim, GENERATE)).toHaveLength(4);
		expect(issuedKeys(sim)).toHaveLength(1);
		const nonces = sim.log.map(({ headers }) => headers['x-xdr-nonce']);
		expect(new Set(nonces).size).toBe(4);
	});

	it('of too many requests is sent again with a mark of its own each time', async () => {
		sim.trouble.add({ kind: 'status', status: 429, times: 2, retryAfter: 0, match: GENERATE });
		const result = await runXsiam({ at: sim });
		const marks = requests(sim, GENERATE).map(
			({ body }) =>
				(JSON.parse(body) as { request_data: { comment: string } }).request_data.comment,
		);
		expect(marks).toHaveLength(3);
		expect(new Set(marks).size).toBe(3);
		for (const mark of marks) expect(mark).toMatch(/^\[n8n call \w{12} \w{13}\]$/);
		expect(issuedKeys(sim).map(({ comment }) => comment)).toEqual([marks[2]]);
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
		sim.trouble.add({ kind: 'status', status, body, match: GENERATE, work: true, times: 1 });
		const result = await runXsiam({ at: sim });
		expect(said(result)).not.toMatch(/does not accept/);
		const [first, second] = requests(sim, GENERATE).map(({ body: sent }) => sent);
		expect(requests(sim, GENERATE)).toHaveLength(2);
		expect(first).not.toBe(second);
		// The key whose secret nobody knows is found by its mark, and gone.
		expect(requests(sim, DELETE)).toHaveLength(1);
		expect(issuedKeys(sim).map(({ id }) => String(id))).toEqual([result.items[0]?.json.id]);
	});

	it('that nobody can look up names the mark', async () => {
		const body = error(
			500,
			'key was generated, but the role binding service gave an unknown error',
		);
		sim.trouble.add({ kind: 'status', status: 500, body, match: GENERATE, work: true });
		sim.trouble.add({ kind: 'status', status: 403, match: LIST, skip: 1 });
		const result = await runXsiam({ at: sim });
		const [key] = issuedKeys(sim);
		expect(issuedKeys(sim)).toHaveLength(1);
		expect(said(result)).toContain(`Its comment would end with ${key?.comment}.`);
	});

	it('of too many requests, and then lost, is looked up by the last mark', async () => {
		sim.trouble.add({ kind: 'status', status: 429, times: 1, retryAfter: 0, match: GENERATE });
		sim.trouble.add({ kind: 'cutAfterWork', times: 1, match: GENERATE });
		const result = await runXsiam({ at: sim });
		expect(result.items).toHaveLength(1);
		expect(requests(sim, GENERATE)).toHaveLength(3);
		expect(issuedKeys(sim).map(({ id }) => String(id))).toEqual([result.items[0]?.json.id]);
	});

	it('of too many requests for good says what to do', async () => {
		// With no Retry-After the wait is drawn by lot.
		sim.trouble.add({
			kind: 'status',
			status: 429,
			retryAfter: 0.5,
			body: { error: 'Too many requests' },
		});
		const result = await run({ options: { rateLimitWait: 600 } });
		expect(result.nodeError?.message).toBe('Cortex XSIAM accepts no more requests at the moment');
		expect(result.nodeError?.description).toContain("Lower 'Requests per Second'");
		expect(sim.log).toHaveLength(2);
		expect(issuedKeys(sim)).toEqual([]);
	});

	it('by a redirect goes nowhere else', async () => {
		sim.trouble.add({ kind: 'redirect', to: 'https://elsewhere.example/login?token=abc' });
		const result = await run();
		expect(result.nodeError?.message).toBe(
			'Cortex XSIAM redirected the request to https://elsewhere.example',
		);
		expect(sim.log).toHaveLength(1);
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
			sim.reset();
			sim.settings.errorShape = shape;
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
			sim.settings.errorShape = shape;
			const result = await run({ parameters: { roles: ['Nobody'] } });
			expect(said(result)).not.toBe('');
			expect(issuedKeys(sim)).toEqual([]);
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
		expect(sim.log).toEqual([]);
	});

	it('of the connection says so at once', async () => {
		const result = await runXsiam({ at: { url: 'https://localhost:1' } });
		expect(result.nodeError?.message).toBe('localhost:1 refused the connection');
	});

	it('of a certificate that nobody vouches for', async () => {
		const result = await run({ credential: { ignoreSslIssues: false } });
		expect(result.nodeError?.message).toContain('is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
		expect(sim.log).toEqual([]);
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
		const keys = issuedKeys(sim);
		expect(keys.map(({ roles }) => roles)).toEqual([['Investigator']]);
		expect(result.nodeError?.description).toContain(
			`the node issued 1 API key that it cannot return now: item 0: id ${keys[0]?.id}.`,
		);
	});

	it('stop the workflow, and every key that was under way is accounted for', async () => {
		const result = await run({ items, parameters, options: { concurrency: 5 } });
		for (const { id } of issuedKeys(sim)) {
			expect(result.nodeError?.description).toContain(`id ${id}`);
		}
	});

	it('issue one key over all tries of n8n’s Retry On Fail, and leave it in the log', async () => {
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await run({ items, parameters, options: { concurrency: 1 }, node });
		const keys = issuedKeys(sim);
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

describe('the mark', () => {
	const MARK = /^no\. 7 \[n8n call [0-9A-HJKMNP-TV-Z]{12} [0-9A-HJKMNP-TV-Z]{13}\]$/;
	const additionalFields = { comment: 'no. 7' };
	const marked = async (options: Omit<XsiamRun, 'at'> = {}) =>
		await runXsiam({ at: sim, additionalFields, ...options });
	const paths = () => sim.log.map(({ path }) => path);

	it('stands at the end of the comment, and not in the item', async () => {
		const result = await marked();
		expect(said(result)).toBe('');
		expect(paths()).toEqual([LIST, GENERATE]);
		expect(issuedKeys(sim)[0]?.comment).toMatch(MARK);
		expect(first(result).comment).toBe('no. 7');
	});

	it('is another one for each item and each run, and begins with the time of the server', async () => {
		sim.settings.clockOffsetMs = 60_000;
		await marked({ items: [{}, {}] });
		await marked();
		const comments = issuedKeys(sim).map(({ comment }) =>
			comment!.slice('no. 7 [n8n call '.length),
		);
		const [calls, nonces] = [0, 1].map((part) => comments.map((text) => text.split(' ')[part]));
		expect(new Set(calls).size).toBe(3);
		expect(new Set(nonces).size).toBe(3);
		const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
		for (const nonce of nonces!) {
			const seconds = [...nonce!.slice(0, 7)].reduce((sum, d) => sum * 32 + digits.indexOf(d), 0);
			expect(Math.abs(seconds - sim.now() / 1_000)).toBeLessThan(30);
		}
	});

	it('finds the key of a lost answer, which is deleted and issued again', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await marked();
		expect(said(result)).toBe('');
		expect(paths()).toEqual([LIST, GENERATE, LIST, DELETE, GENERATE]);
		expect(issuedKeys(sim).map(({ id }) => String(id))).toEqual([first(result).id]);
	});

	it('is named where the key of a lost answer is not there yet', async () => {
		sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await marked();
		expect(requests(sim, GENERATE)).toHaveLength(1);
		expect(said(result)).toMatch(
			/Its comment would end with \[n8n call [0-9A-Z]{12} [0-9A-Z]{13}\]/,
		);
		expect(said(result)).toContain('the server may still be at work');
	});

	it('tells a second try of the same call what the first one has issued', async () => {
		const items = [{ role: 'Investigator' }, { role: 'Nobody' }];
		const result = await marked({
			items,
			parameters: { roles: '={{ $json.role }}' },
			options: { concurrency: 1 },
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		const keys = issuedKeys(sim);
		expect(keys).toHaveLength(1);
		expect(said(result)).toContain(`An earlier try of this call issued the API key ${keys[0]?.id}`);
		expect(leaks(result, [keys[0]!.secret])).toEqual([]);
	});

	it('is a must where there is an idempotency key', async () => {
		const result = await marked({ additionalFields: { idempotencyKey: 'x', addMark: false } });
		expect(said(result)).toContain("'Add Mark' must be on");
		expect(sim.log).toEqual([]);
	});

	it('leaves nothing to find without it', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await run();
		expect(paths()).toEqual([GENERATE]);
		expect(said(result)).toContain('It was issued without a mark');
	});
});

describe('an idempotency key', () => {
	const once = async (more: IDataObject = {}, options: Omit<XsiamRun, 'at'> = {}) =>
		await runXsiam({
			at: sim,
			...options,
			additionalFields: { comment: 'SIEM', idempotencyKey: 'siem-berlin', ...more },
		});

	it('ends with one key, which is named the second time', async () => {
		const [one, other] = [await once(), await once()];
		expect(said(one)).toBe('');
		expect(issuedKeys(sim).map(({ id }) => String(id))).toEqual([first(one).id]);
		expect(said(other)).toContain(`The API key ${first(one).id as string} was issued with this`);
	});

	it('gives the key that is there without its secret, if that is wanted', async () => {
		const one = await once();
		const other = await once({ ifKeyExists: 'return' });
		expect(first(other)).toMatchObject({ id: first(one).id, secret: null, created: false });
		expect(issuedKeys(sim)).toHaveLength(1);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['roles', { roles: ['Public API Viewer'] }, {}],
		['security level', { securityLevel: 'advanced' }, {}],
		['comment', {}, { comment: 'another' }],
	])('never returns a key with another %s', async (what, parameters, more) => {
		await once();
		const result = await once({ ifKeyExists: 'return', ...more }, { parameters: parameters });
		expect(said(result)).toContain(`but differs in ${what}`);
		expect(issuedKeys(sim)).toHaveLength(1);
	});

	it('never returns a key with a scope', async () => {
		const one = await once();
		sim.state.scopes.set(`api-key/${first(one).id as string}`, {
			endpointGroups: { mode: 'scope', names: ['test-eg-1'] },
			endpointTags: { mode: 'no_scope', names: [] },
			casesIssues: { mode: 'no_scope', names: [] },
			assets: { mode: 'no_scope', ids: [] },
			datasetsRows: { mode: 'no_scope', filters: [] },
		});
		expect(said(await once({ ifKeyExists: 'return' }))).toContain('but differs in scope');
	});

	it('keeps one of two keys that two processes issue at the same time', async () => {
		const results = await Promise.all([once(), once(), once()]);
		const handedOver = results.flatMap(({ items }) => items.map(({ json }) => json.id));
		const live = issuedKeys(sim).map(({ id }) => String(id));
		expect(live.length).toBeLessThanOrEqual(1);
		expect(handedOver).toEqual(live);
	});
});

describe('the paths that are called', () => {
	it('are those of the contracts', async () => {
		sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expect(said(await runXsiam({ at: sim }))).toBe('');
		expect(sim.log.map(({ method, url }) => `${method} ${url}`)).toEqual(
			[LIST, GENERATE, LIST, DELETE, GENERATE].map((path) => `POST ${path}`),
		);
	});
});
