import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { cortexXsiamDemo } from '../../simulators';
import type { XsiamRun } from '../../unit/cortexXsiam/support';
import { DELETE, GENERATE, LIST, issuedKeys, runXsiam } from '../../unit/cortexXsiam/support';
import { first, said } from '../kit/result';
import { DAY } from './apiKeySamples';
import { issuingTenant, unmarked } from './issuingTenant';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const HOST = 'https://api-acme.xdr.us.paloaltonetworks.com';

const tenant = issuingTenant();
const { run } = tenant;

describe('on the wire', () => {
	beforeEach(() => {
		nock.disableNetConnect();
		nock.enableNetConnect('localhost');
	});
	afterEach(() => {
		expect(nock.pendingMocks()).toEqual([]);
		nock.cleanAll();
	});
	afterAll(() => nock.restore());

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
		const [key] = issuedKeys(tenant.sim);
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
		expect(tenant.sim.log).toHaveLength(1);
	});

	it('in a child tenant', async () => {
		await run({ credential: { childTenantId: cortexXsiamDemo.childTenantId } });
		expect(issuedKeys(tenant.sim)[0]?.childTenantId).toBe(cortexXsiamDemo.childTenantId);
	});

	it('in a child tenant that is not one', async () => {
		const result = await run({ credential: { childTenantId: '17' } });
		expect(said(result)).toContain("check 'Child Tenant ID'");
		expect(said(result)).toContain('Unknown child tenant');
	});

	it('whose id comes as a text, of a type that is not JSON', async () => {
		tenant.sim.trouble.add({
			kind: 'rawBody',
			contentType: 'text/plain',
			body: '\ufeff {"reply":{"id":"77","key":"abcdefgh"}} ',
		});
		expect(first(await run())).toMatchObject({ id: '77', secret: 'abcdefgh' });
	});

	it('whose answer is labelled as a web page', async () => {
		tenant.sim.trouble.add({ kind: 'wrongContentType' });
		expect(first(await run()).id).toBe(String(issuedKeys(tenant.sim)[0]?.id));
		expect(tenant.sim.log).toHaveLength(1);
	});

	it('as the vendor answers, with Simplify off', async () => {
		const result = await run({ parameters: { simplify: false } });
		const [key] = issuedKeys(tenant.sim);
		expect(result.items).toEqual([
			{ json: { reply: { id: key?.id, key: key?.secret } }, pairedItem: { item: 0 } },
		]);
	});

	it('with fields that nobody knows yet, with Simplify off', async () => {
		const body = { reply: { id: 5, key: 'abcdefgh', tier: 'gold' }, trace: 1 };
		tenant.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body) });
		expect(first(await run({ parameters: { simplify: false } }))).toEqual(body);
	});

	it.each([true, false])('is not done where nobody would get it, Simplify %p', async (simplify) => {
		const result = await run({ parameters: { simplify }, options: { secretOutput: 'none' } });
		expect(said(result)).toContain("'Secret Output' leaves the secret out");
		expect(issuedKeys(tenant.sim)).toEqual([]);
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
	const sentRoles = () => issuedKeys(tenant.sim).map(({ roles }) => roles);

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
		tenant.sim.state.roles.push({
			...tenant.sim.state.roles[1]!,
			pretty_name: 'Tier 1, EMEA',
			role_id: 'x',
		});
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
		expect(tenant.sim.log).toEqual([]);
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
		expect(tenant.sim.log).toEqual([]);
	});

	it('by their IDs, which n8n offers in the name of the field', async () => {
		const roles = ['papi_action_01', 'Investigator', 'investigator'];
		const result = await run({ parameters: { roles } });
		expect(said(result)).toBe('');
		expect(sentRoles()).toEqual([['Public API Action', 'Investigator']]);
	});

	it('by their IDs, which a key that may not list roles cannot tell from names', async () => {
		tenant.sim.state.keys.get(22)!.permissions = ['papi_edit'];
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
		expect(tenant.sim.log).toHaveLength(1);
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
			result.items.map(({ json }) => tenant.sim.state.keys.get(Number(json.id))?.securityLevel),
		).toEqual(['advanced', 'standard']);
	});

	it.each(['', 'Advanced', 'none', 5])('is refused when it is %p', async (level) => {
		const result = await run({
			items: [{ level }],
			parameters: { securityLevel: '={{ $json.level }}' },
		});
		expect(result.nodeError?.message).toBe("'Security Level' must be 'standard' or 'advanced'");
		expect(tenant.sim.log).toEqual([]);
	});
});

describe('the paths that are called', () => {
	it('are those of the contracts', async () => {
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		expect(said(await runXsiam({ at: tenant.sim }))).toBe('');
		expect(tenant.sim.log.map(({ method, url }) => `${method} ${url}`)).toEqual(
			[LIST, GENERATE, LIST, DELETE, GENERATE].map((path) => `POST ${path}`),
		);
	});
});
