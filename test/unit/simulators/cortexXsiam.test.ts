import { processorTime } from '../../harness';
import {
	cortexXsiamDemo,
	type CortexXsiamSimulator,
	errorShapes,
	startCortexXsiamSimulator,
} from '../../simulators';
import { type Answer, call, json } from './call';
import { type XsiamKey, advanced as signed } from './xsiamSignature';

type Headers = Record<string, string>;

const standard = ({ apiKey, apiKeyId }: XsiamKey = cortexXsiamDemo.standard): Headers => ({
	Authorization: apiKey,
	'x-xdr-auth-id': apiKeyId,
});

const advanced = (key: XsiamKey = cortexXsiamDemo.advanced, timestamp?: string, nonce?: string) =>
	signed(key, timestamp, nonce);

const unauthorized = {
	status: 401,
	json: { reply: { err_code: 401, err_msg: 'Public API request unauthorized', err_extra: null } },
};

const wanted = { roles: ['Public API Action'], security_level: 'standard' };
const week = 7 * 86_400_000;

describe('Cortex XSIAM simulator', () => {
	let sim: CortexXsiamSimulator;

	beforeAll(async () => {
		sim = await startCortexXsiamSimulator();
	});

	afterEach(() => {
		jest.restoreAllMocks();
		sim.reset();
	});

	afterAll(async () => await sim.close());

	const post = async (path: string, data: unknown, headers = standard()): Promise<Answer> =>
		await call(`${sim.url}/public_api/v1/${path}`, json({ request_data: data }, headers));

	const generate = async (data: object = wanted, headers = standard()) =>
		await post('api_keys/generate', data, headers);

	const list = async (data: object = { filters: [] }, headers = standard()) =>
		await post('api_keys/get_api_keys', data, headers);

	const health = async (headers: Headers) =>
		await call(`${sim.url}/public_api/v1/healthcheck`, { headers });

	const iam = async (path: string, options: object = {}, headers = standard()) =>
		await call(`${sim.url}/platform/iam/v1/${path}`, { headers, ...options });

	/** `err_extra` of a refusal in shape (1). */
	function extra(answer: Answer, status = 500): string {
		expect(answer).toMatchObject({ status, json: { reply: { err_code: status } } });
		return answer.at('reply.err_extra') as string;
	}

	describe('authentication', () => {
		it('takes both levels, with or without a trailing slash', async () => {
			const available = { status: 200, json: { status: 'available' } };
			expect(await health(standard())).toMatchObject(available);
			expect(await health(advanced())).toMatchObject(available);
			const slash = `${sim.url}/public_api/v1/healthcheck/`;
			expect(await call(slash, { headers: standard() })).toMatchObject(available);
			const both = { ...advanced(), ...standard() };
			expect(await health(both)).toMatchObject(available);
		});

		const { advanced: high, standard: low } = cortexXsiamDemo;

		it.each<[string, () => Headers]>([
			['nothing', () => ({})],
			['another key', () => standard({ ...low, apiKey: `${low.apiKey}x` })],
			['another id', () => standard({ ...low, apiKeyId: '22' })],
			['an unknown id', () => standard({ ...low, apiKeyId: '999' })],
			['an id that is no number', () => standard({ ...low, apiKeyId: '0x15' })],
			['Bearer', () => ({ ...standard(), Authorization: `Bearer ${low.apiKey}` })],
			['a standard key hashed', () => advanced(low)],
			['an advanced key raw', () => standard(high)],
			['an old timestamp', () => advanced(high, String(Date.now() - 301_000))],
			['a timestamp to come', () => advanced(high, String(Date.now() + 301_000))],
			['seconds', () => advanced(high, String(Math.floor(Date.now() / 1_000)))],
			['a short nonce', () => advanced(high, undefined, 'abc')],
			['another nonce', () => ({ ...advanced(), 'x-xdr-nonce': 'a'.repeat(64) })],
		])('refuses %s', async (_what, headers) => {
			expect(await health(headers())).toMatchObject(unauthorized);
		});

		it('measures timestamps by its own clock, which the Date header tells', async () => {
			sim.settings.clockOffsetMs = 3_600_000;
			const refused = await health(advanced());
			expect(refused).toMatchObject(unauthorized);
			const date = Date.parse(refused.headers.date ?? '');
			expect((await health(advanced(undefined, String(date)))).status).toBe(200);
		});

		it('refuses a nonce for the second time where it is strict', async () => {
			const headers = advanced();
			expect((await health(headers)).status).toBe(200);
			expect((await health(headers)).status).toBe(200);
			sim.settings.strictNonce = true;
			expect((await health(headers)).status).toBe(401);
			expect((await health(advanced())).status).toBe(200);
		});

		it('refuses expired and deleted keys', async () => {
			const issued = (await generate()).at('reply') as { id: number; key: string };
			const own = standard({ apiKeyId: String(issued.id), apiKey: issued.key });
			expect((await health(own)).status).toBe(200);
			sim.settings.clockOffsetMs = week + 60_000;
			expect(await health(own)).toMatchObject(unauthorized);
			sim.settings.clockOffsetMs = 0;
			const filters = [{ field: 'id', operator: 'in', value: [issued.id, 99_999] }];
			expect((await post('api_keys/delete', { filters })).json).toEqual({
				reply: { update_count: 1 },
			});
			expect(await health(own)).toMatchObject(unauthorized);
		});
	});

	describe('generate', () => {
		it('issues a key that works at once and lives a week', async () => {
			const answer = await generate({ ...wanted, security_level: 'advanced', comment: 'for Joe' });
			const { id, key } = answer.at('reply') as { id: number; key: string };
			expect(Object.keys(answer.at('reply') as object)).toEqual(['id', 'key']);
			expect(key).toMatch(/^[A-Za-z0-9]{128}$/u);
			expect((await health(advanced({ apiKeyId: String(id), apiKey: key }))).status).toBe(200);
			const [listed] = (await list({ filters: [{ field: 'id', operator: 'in', value: [id] }] })).at(
				'reply.DATA',
			) as [Record<string, number>];
			expect(listed).toEqual({
				id,
				creation_time: expect.any(Number) as unknown,
				created_by: 'N/A',
				user_name: 'Public API - 21',
				roles: ['Public API Action'],
				security_level: 'advanced',
				comment: 'for Joe',
				expiration: (listed.creation_time ?? 0) + week,
			});
		});

		it('takes an end of at most six months', async () => {
			const day = 86_400_000;
			const expiration = Date.now() + 180 * day;
			expect((await generate({ ...wanted, expiration })).status).toBe(200);
			expect([...sim.state.keys.values()].at(-1)?.expiration).toBe(expiration);
			const late = Date.now() + 185 * day;
			expect(extra(await generate({ ...wanted, expiration: late }))).toMatch('six months');
		});

		const milliseconds = 'Value must be integer in epoch milliseconds';

		it.each<[string, object, string]>([
			['no roles', { security_level: 'standard' }, 'roles param is missing'],
			['empty roles', { ...wanted, roles: [] }, 'roles must be'],
			['a role id', { ...wanted, roles: ['papi_action_01'] }, 'Unknown custom roles'],
			['roles as text', { ...wanted, roles: 'Investigator' }, 'roles must be'],
			['no level', { roles: ['Investigator'] }, 'security_level param is missing'],
			['an odd level', { ...wanted, security_level: 'Standard' }, 'Invalid security_level'],
			['an odd comment', { ...wanted, comment: 1 }, 'comment must be'],
			['an unknown field', { ...wanted, name: 'x' }, 'Invalid parameter names: name'],
			['0', { ...wanted, expiration: 0 }, milliseconds],
			['a float', { ...wanted, expiration: Date.now() + 0.5 }, milliseconds],
			['text', { ...wanted, expiration: '1795315622258' }, milliseconds],
			['null', { ...wanted, expiration: null }, milliseconds],
			['seconds', { ...wanted, expiration: Math.floor(Date.now() / 1_000) }, 'future'],
		])('refuses %s', async (_what, data, told) => {
			expect(extra(await generate(data))).toMatch(told);
			expect(sim.state.keys.size).toBe(3);
		});

		it('refuses a whole number that is written as a float', async () => {
			const body = JSON.stringify({ request_data: { ...wanted, expiration: 1 } }).replace(
				'"expiration":1',
				`"expiration": ${Date.now() + week}.0`,
			);
			const url = `${sim.url}/public_api/v1/api_keys/generate`;
			expect(extra(await call(url, { ...json({}, standard()), body }))).toBe(milliseconds);
		});

		it('records the child tenant, and refuses an unknown one', async () => {
			const childTenantId = cortexXsiamDemo.childTenantId;
			await generate(wanted, { ...standard(), 'x-child-tenant-id': childTenantId });
			expect(sim.state.keys.get(4_267)?.childTenantId).toBe(childTenantId);
			const other = { ...standard(), 'x-child-tenant-id': '1' };
			expect((await generate(wanted, other)).status).toBe(403);
		});

		it('stays as fast after thousands of keys', async () => {
			const template = sim.state.keys.get(21);
			if (!template) throw new Error('no demo key');
			for (let id = 100_000; id < 150_000; id += 1) sim.state.keys.set(id, { ...template, id });
			const time = await processorTime(async () => {
				for (let count = 0; count < 100; count += 1) await generate();
			});
			expect(time).toBeLessThan(3_000);
		});
	});

	describe('list', () => {
		const field = (name: string, operator: string, value: unknown) => ({
			filters: [{ field: name, operator, value }],
		});

		beforeEach(async () => {
			const now = Date.now();
			await generate({ ...wanted, expiration: now + 1_000_000 });
			await generate({ ...wanted, roles: ['Investigator'], expiration: now + 2_000_000 });
		});

		const ids = (answer: Answer) =>
			(answer.at('reply.DATA') as Array<{ id: number }>).map((key) => key.id);

		it('sorts by expiration, latest first and never last, and hides the secrets', async () => {
			const answer = await list();
			expect(ids(answer)).toEqual([4_268, 4_267, 23, 22, 21]);
			expect(answer.at('reply')).toMatchObject({ FILTER_COUNT: 5, TOTAL_COUNT: 5 });
			expect(answer.text).not.toContain(cortexXsiamDemo.standard.apiKey);
		});

		it('filters, sorts and pages', async () => {
			expect(ids(await list(field('id', 'in', [21, 4_267])))).toEqual([4_267, 21]);
			expect(ids(await list(field('roles', 'contains', ['Investigator'])))).toEqual([4_268]);
			const bound = Date.now() + 1_500_000;
			expect(ids(await list(field('expiration', 'lte', bound)))).toEqual([4_267]);
			expect(ids(await list(field('expiration', 'gte', bound)))).toEqual([4_268, 23, 22, 21]);
			sim.settings.neverMatchesLte = true;
			expect(ids(await list(field('expiration', 'lte', bound)))).toEqual([4_267, 23, 22, 21]);

			const sort = { field: 'expiration', keyword: 'asc' };
			const page = { filters: [], search_from: 3, search_to: 4, sort };
			expect(ids(await list(page))).toEqual([4_267]);
			const byRole = { filters: [], sort: { field: 'roles', keyword: 'asc' } };
			expect(ids(await list(byRole))[2]).toBe(4_268);
		});

		it('writes its names in lower case where switched', async () => {
			sim.settings.listCasing = 'lower';
			expect(Object.keys((await list()).at('reply') as object)).toEqual([
				'data',
				'filter_count',
				'total_count',
			]);
		});

		it.each<[string, object, RegExp]>([
			['no filters', {}, /filters param is missing/u],
			['filters that are no list', { filters: {} }, /list/u],
			['a half filter', { filters: [{ field: 'id' }] }, /operator/u],
			['an unknown field', field('comment', 'eq', 'x'), /^Invalid parameter names: comment$/u],
			['an unknown operator', field('id', 'eq', 1), /^Unsupported operator 'eq' for field id$/u],
			['ids as text', field('id', 'in', ['1']), /integers/u],
			['a role as text', field('roles', 'contains', 'x'), /strings/u],
			['an operator of ids', field('roles', 'in', ['x']), /Unsupported/u],
			['an odd bound', field('expiration', 'lte', 'x'), /epoch milliseconds/u],
			['an operator of text', field('expiration', 'eq', 1), /Unsupported/u],
			['an unknown sort', { filters: [], sort: { field: 'id' } }, /parameter names: id/u],
			['an odd keyword', { filters: [], sort: { keyword: 'up' } }, /keyword/u],
		])('refuses %s', async (_what, data, told) => {
			expect(extra(await list(data))).toMatch(told);
		});

		it.each([
			[0, 101],
			[5, 5],
			[-1, 10],
			[0, 0],
		])('refuses the page from %i to %i', async (from, to) => {
			extra(await list({ filters: [], search_from: from, search_to: to }), 400);
		});

		it.each([
			['no filter', { filters: [] }],
			['missing filters', {}],
			['another field', field('roles', 'contains', ['x'])],
			['another operator', field('id', 'eq', [1])],
			['no ids', field('id', 'in', [])],
		])('deletes nothing with %s', async (_what, data) => {
			extra(await post('api_keys/delete', data));
			expect(sim.state.keys.size).toBe(5);
		});
	});

	describe('IAM', () => {
		it('lists roles, and users as a second source of their names', async () => {
			const roles = await iam('role');
			expect(roles.at('metadata')).toEqual({ total_count: 4 });
			expect(roles.at('data.2')).toMatchObject({
				role_id: 'papi_action_01',
				pretty_name: 'Public API Action',
			});
			expect(roles.at('data.2')).not.toHaveProperty('permissions');
			const users = await post('rbac/get_users', {});
			expect(users.at('reply.1.role_name')).toBe('Investigator');
			const found = await post('rbac/get_roles', { role_names: ['Investigator'] });
			expect(found.at('reply.0.0.pretty_name')).toBe('Investigator');
			expect(extra(await post('rbac/get_roles', {}))).toBe('role_names param is missing');
		});

		it('shows a key and changes it by role ids', async () => {
			await generate();
			const change = { roles: ['investigator'], security_level: 'advanced', comment: null };
			const put = json({ request_data: change }, standard());
			expect(await iam('api-key/4267', { ...put, method: 'PUT' })).toMatchObject({
				status: 200,
				json: { data: { message: 'API key updated successfully' } },
			});
			expect((await iam('api-key/4267')).at('data')).toMatchObject({
				id: 4_267,
				roles: ['Investigator'],
				security_level: 'advanced',
				comment: null,
			});
		});

		it.each<[string, string, object]>([
			['a display name', '21', { roles: ['Investigator'], security_level: 'standard' }],
			['no roles', '21', { security_level: 'standard' }],
			['no level', '21', { roles: ['investigator'] }],
			[
				'an expiration',
				'21',
				{ roles: ['investigator'], security_level: 'standard', expiration: 1 },
			],
			['an unknown key', '9', { roles: ['investigator'], security_level: 'standard' }],
			['an odd comment', '21', { roles: ['investigator'], security_level: 'standard', comment: 1 }],
		])('refuses to change with %s', async (_what, id, change) => {
			const put = { ...json({ request_data: change }, standard()), method: 'PUT' };
			expect(await iam(`api-key/${id}`, put)).toMatchObject({
				status: 400,
				json: { data: { metadata: { err_code: 400, err_extra: expect.any(String) as unknown } } },
			});
		});

		it('tells of an unknown key, and is absent from an old tenant', async () => {
			expect((await iam('api-key/1')).at('data.metadata.err_extra')).toBe(
				'Api Key fetch failed: api_key_id does not exist, id=1.',
			);
			sim.settings.iamAvailable = false;
			expect((await iam('role')).status).toBe(404);
		});
	});

	it('lets a key do only what its roles permit', async () => {
		const viewer = standard(cortexXsiamDemo.viewer);
		expect((await list(undefined, viewer)).status).toBe(200);
		const insufficient = 'Insufficient permissions for api key';
		expect(extra(await generate(wanted, viewer), 403)).toBe(insufficient);
		expect(extra(await post('api_keys/delete', { filters: [] }, viewer), 403)).toBe(insufficient);
		expect(await iam('role', {}, viewer)).toMatchObject({
			status: 403,
			json: { data: { reply: { err_code: 403, err_extra: insufficient } } },
		});
		const key = sim.state.keys.get(23);
		if (key) key.permissions = ['papi_edit', 'access_management_view'];
		expect((await generate(wanted, viewer)).status).toBe(200);
		expect((await iam('role', {}, viewer)).status).toBe(200);
		const put = { ...json({ request_data: {} }, viewer), method: 'PUT' };
		expect((await iam('api-key/21', put, viewer)).status).toBe(403);
		if (key) key.permissions = [];
		expect((await list(undefined, viewer)).status).toBe(403);
		expect((await health(viewer)).status).toBe(200);
	});

	it('refuses other content types, empty and large bodies, and broken JSON', async () => {
		const url = `${sim.url}/public_api/v1/api_keys/generate`;
		const good = json({ request_data: wanted }, standard());
		const plain = { ...standard(), 'content-type': 'text/plain' };
		expect((await call(url, { ...good, headers: plain })).status).toBe(415);
		expect((await call(url, { ...good, headers: standard() })).status).toBe(415);
		expect((await call(url, { ...good, body: '' })).status).toBe(415);
		expect((await call(url, { ...good, body: ' '.repeat(1_048_577) })).status).toBe(413);
		extra(await call(url, { ...good, body: '{' }), 400);
		expect(extra(await call(url, { ...good, body: '{"data":{}}' }))).toMatch('request_data');
		expect(extra(await call(url, { ...good, body: '{}' }))).toBe('roles param is missing');
		expect((await post('api_keys/rotate', {})).status).toBe(404);
		extra(await post('api_keys/list', {}));
	});

	it('limits the rate, over all endpoints', async () => {
		sim.settings.ratePerSecond = 5;
		sim.settings.retryAfterSeconds = 1;
		// However long a busy machine takes for them, they come at once.
		const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
		const answers = await Promise.all(Array.from({ length: 12 }, async () => await generate()));
		const refused = answers.filter((answer) => answer.status === 429);
		expect(refused).toHaveLength(7);
		expect(refused[0]?.headers['retry-after']).toBe('1');
		expect(extra(refused[0] as Answer, 429)).toBe('Rate limit exceeded');
		expect(sim.state.keys.size).toBe(3 + answers.length - refused.length);
		clock.mockReturnValue(1_199);
		expect((await health(standard())).status).toBe(429);
		clock.mockReturnValue(1_201);
		expect((await health(standard())).status).toBe(200);
	});

	it('wants a licence', async () => {
		sim.settings.licenceMissing = true;
		expect((await list()).status).toBe(402);
	});

	it('answers an error in each of its ten shapes', async () => {
		const bodies: unknown[] = [];
		for (const shape of errorShapes) {
			sim.settings.errorShape = shape;
			const answer = await generate({ ...wanted, roles: ['nobody'] });
			expect(answer.status).toBe(500);
			bodies.push(answer.json);
		}
		const message = 'An unexpected error occurred by XDR public API';
		const told = 'Unknown custom roles';
		const reply = { err_code: 500, err_msg: message, err_extra: told };
		expect(bodies).toEqual([
			{ reply },
			{ data: { err_msg: message, metadata: { err_extra: told, err_code: 500 } } },
			{ data: { reply } },
			{ err_code: '500', err_msg: message, err_extra: told },
			{ err_msg: message, metadata: { code: 500 } },
			{ errorCode: '500', message, details: told },
			{ error: told },
			{ description: message, errors: [told] },
			{ reply: { ...reply, err_extra: { err_msg: told, query_cost: 0 } } },
			{ reply: { ...reply, err_extra: [expect.objectContaining({ msg: told })] } },
		]);
	});

	it('validates a key as older clients do', async () => {
		const url = `${sim.url}/api_keys/validate/`;
		expect(await call(url, json({}, standard()))).toMatchObject({ status: 200 });
		expect((await call(url, { headers: standard() })).text).toBe('true');
		expect((await call(url)).status).toBe(401);
	});
});
