import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { request as httpsRequest } from 'node:https';
import { cortexXsiamDemo } from '../../simulators';
import { type Answer, call, type CallOptions } from './call';
import { type Headers, standard, tenant } from './xsiamTenant';

/** An advanced key's headers as all clients make them: hash, ID, milliseconds, nonce. */
function signedBy(nonce: string, now: number): Headers {
	const { apiKey, apiKeyId } = cortexXsiamDemo.advanced;
	const stamp = String(now);
	return {
		Authorization: createHash('sha256').update(`${apiKey}${nonce}${stamp}`).digest('hex'),
		'x-xdr-auth-id': apiKeyId,
		'x-xdr-timestamp': stamp,
		'x-xdr-nonce': nonce,
	};
}

/**
 * Requests as others' clients send them, from their sources: celmex and the vendor's Go SDK, its XSOAR
 * content, the probes of ps-toolkit, and a public script that rotates keys (docs/api/cortex-xsiam.md,
 * "Sources"). What is expected of an answer is what the client reads in it.
 */
describe('clients of others at the Cortex XSIAM simulator', () => {
	const xsiam = tenant();
	const api = '/public_api/v1';

	const send = async (path: string, options: CallOptions): Promise<Answer> =>
		await call(xsiam.sim.url + path, options);

	describe('celmex: an advanced key, and a content type whatever is sent', () => {
		const headers = () => ({
			...signedBy('aB3'.repeat(21).concat('x'), xsiam.sim.now()),
			'Content-Type': 'application/json',
		});
		const get = async (path: string) => await send(api + path, { headers: headers() });
		const post = async (path: string, body: unknown) =>
			await send(api + path, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
		const empty = { request_data: {} };

		it('asks for health by GET without a body', async () => {
			expect(await get('/healthcheck')).toMatchObject({
				status: 200,
				json: { status: 'available' },
			});
		});

		it('lists keys with the filters that must be there', async () => {
			const answer = await post('/api_keys/get_api_keys', { request_data: { filters: [] } });
			const keys = answer.at('reply.DATA') as Array<Record<string, unknown>>;
			expect(keys.length).toBe(answer.at('reply.TOTAL_COUNT'));
			for (const key of keys) {
				expect(key).toMatchObject({
					id: expect.any(Number) as number,
					roles: expect.any(Array) as [],
				});
			}
		});

		it('reads users without request_data, and a role as a list of lists', async () => {
			const users = await post('/rbac/get_users', {});
			expect(users.at('reply.0')).toMatchObject({
				user_email: expect.stringContaining('@') as string,
			});
			const name = users.at('reply.0.role_name');
			const roles = await post('/rbac/get_roles', { request_data: { role_names: [name] } });
			expect(roles.at('reply.0.0.pretty_name')).toBe(name);
		});

		it('reads the log, the licence and the agents', async () => {
			const logs = await post('/audits/management_logs', empty);
			expect(logs.json).toMatchObject({
				reply: { total_count: expect.any(Number) as number, data: expect.any(Array) as [] },
			});
			const licence = await post('/system/get_tenant_info', empty);
			expect(licence.status).toBe(200);
			expect(licence.at('reply')).toEqual(expect.any(Object));
			const agents = await post('/endpoints/get_endpoints', empty);
			expect(agents.at('reply.0.agent_id')).toEqual(expect.any(String));
		});

		it('searches cases and issues without filters, and reads a bare list of artifacts', async () => {
			const cases = await post('/case/search', empty);
			const id = cases.at('reply.DATA.0.case_id');
			expect(id).toEqual(expect.any(Number));
			const issues = await post('/issue/search', empty);
			expect(issues.at('reply.DATA.0.id')).toBeDefined();
			const schema = await post('/issue/schema', empty);
			expect(schema.at('reply.data.0.field_name') ?? schema.at('reply.DATA.0.field_name')).toEqual(
				expect.any(String),
			);
			const artifacts = await get(`/case/artifacts/${String(id)}`);
			expect(artifacts.json).toEqual([expect.objectContaining({ case_id: id })]);
		});

		it('keeps rows in a lookup', async () => {
			const dataset_name = 'celmex_lookup';
			const schema = { uid: 'text', name: 'text' };
			await post('/xql/add_dataset', {
				request_data: { dataset_name, dataset_type: 'lookup', dataset_schema: schema },
			});
			const added = await post('/xql/lookups/add_data', {
				request_data: { dataset_name, key_fields: ['uid'], data: [{ uid: 'a', name: 'A' }] },
			});
			expect(added.json).toMatchObject({ added: 1, updated: 0 });
			const read = await post('/xql/lookups/get_data', {
				request_data: { dataset_name, filters: [{ uid: 'a' }], limit: 5 },
			});
			expect(read.at('reply.data.0.name')).toBe('A');
			const removed = await post('/xql/lookups/remove_data', {
				request_data: { dataset_name, filters: [{ uid: 'a' }] },
			});
			expect(removed.json).toMatchObject({ deleted: 1 });
			const datasets = await post('/xql/get_datasets', empty);
			const names = (datasets.at('reply') as Array<Record<string, unknown>>).map(
				(dataset) => dataset['Dataset Name'],
			);
			expect(names).toContain(dataset_name);
		});

		it('is refused with eq for a case, which a real tenant refused as well', async () => {
			xsiam.sim.settings.inputErrorStatus = 400;
			const filters = [{ field: 'severity', operator: 'eq', value: 'high' }];
			expect((await post('/case/search', { request_data: { filters } })).status).toBe(400);
		});
	});

	describe("the vendor's Go SDK: a slash at the end, and no content type without a body", () => {
		const common = { 'User-Agent': 'cortex-cloud-go/1.1.0 sdk', 'X-Request-ID': 'a'.repeat(32) };
		const without = async (method: string, path: string) =>
			await send(path, { method, headers: { ...standard(), ...common } });
		const sent = async (method: string, path: string, data: unknown) =>
			await send(path, {
				method,
				headers: { ...standard(), ...common, 'Content-Type': 'application/json' },
				body: JSON.stringify({ request_data: data }),
			});
		const iam = '/platform/iam/v1';

		it('sets a role, and reads how many users got it', async () => {
			const users = await without('GET', `${iam}/user`);
			const email = users.at('data.0.user_email');
			const roles = await without('GET', `${iam}/role/`);
			const name = roles.at('data.1.pretty_name');
			const answer = await sent('POST', `${api}/rbac/set_user_role/`, {
				user_emails: [email],
				role_name: name,
			});
			expect(answer.status).toBe(200);
			expect(Number(answer.at('reply.update_count'))).toBe(1);
		});

		it('makes a role and takes its ID out of the sentence', async () => {
			const made = await sent('POST', `${iam}/role/`, {
				pretty_name: 'Go role',
				description: 'of a test',
				component_permissions: ['rules_action'],
				dataset_permissions: [],
			});
			expect(made.status).toBe(201);
			const [, id] = /role_id (\S+) created/.exec(made.at('data.message') as string) ?? [];
			expect((await without('DELETE', `${iam}/role/${String(id)}`)).status).toBe(200);
		});

		it('makes, changes and deletes a group, whose ID is the sixth word', async () => {
			const made = await sent('POST', `${iam}/user-group`, {
				group_name: 'Go group',
				description: 'x',
			});
			const words = (made.at('data.message') as string).split(' ');
			expect(words.slice(0, 5)).toEqual(['user', 'group', 'with', 'group', 'id']);
			const path = `${iam}/user-group/${String(words[5])}`;
			const changed = await sent('PATCH', path, { description: 'y' });
			expect(changed.at('data.message')).toEqual(expect.any(String));
			expect((await without('DELETE', path)).at('data.message')).toEqual(expect.any(String));
		});

		it('reads a user, and writes a scope in the form in which it is written', async () => {
			const users = await without('GET', `${iam}/user`);
			const email = users.at('data.0.user_email') as string;
			const one = await without('GET', `${iam}/user/${encodeURIComponent(email)}`);
			expect(one.at('data.user_email')).toBe(email);
			const scope = `${iam}/scope/api-key/${cortexXsiamDemo.advanced.apiKeyId}`;
			const written = await sent('PUT', scope, {
				endpoints: {
					endpoint_groups: { names: [], mode: 'no_scope' },
					endpoint_tags: { names: [], mode: 'no_scope' },
				},
				cases_issues: { mode: 'no_scope', names: [] },
				assets: { mode: 'no_scope', asset_group_ids: [] },
				datasets_rows: { filters: [], default_filter_mode: 'no_scope' },
			});
			expect(written.status).toBe(200);
			expect((await without('GET', scope)).at('data.assets.mode')).toBe('no_scope');
		});

		it('makes a rule of notifications, turns it off and deletes it', async () => {
			const rules = '/platform/notifications/v1';
			const made = await sent('POST', `${rules}/rule`, {
				name: 'Go rule',
				description: '',
				filter: { filter: {} },
				forward_source: { email: { distribution_list: ['a@example.com'], aggregation: 0 } },
				forward_type: 'audit',
			});
			const id = made.at('data.rule_uuid') as string;
			expect(id).toEqual(expect.any(String));
			const off = await sent('PATCH', `${rules}/update-rule-status/${id}`, { status: 'disable' });
			expect(off.status).toBe(204);
			const list = await without('GET', `${rules}/list-rules`);
			expect(list.at('metadata.total_count')).toBe((list.at('data') as unknown[]).length);
			expect((await without('DELETE', `${rules}/rule/${id}`)).status).toBe(204);
		});
	});

	describe("the vendor's XSOAR content: queries, in parts where they are long", () => {
		const post = async (path: string, data: object) =>
			await send(api + path, {
				method: 'POST',
				headers: {
					...signedBy('Zz9'.repeat(22).slice(0, 64), xsiam.sim.now()),
					'Content-Type': 'application/json',
					Accept: '*/*',
				},
				body: JSON.stringify({ request_data: data }),
			});

		it('starts a query with a time frame, polls, and reads texts for true and null', async () => {
			const started = await post('/xql/start_xql_query', {
				query: 'dataset = xdr_data | fields event_id \n| limit 100',
				timeframe: { relativeTime: 86_400_000 },
			});
			const query_id = started.at('reply') as string;
			expect(query_id).toEqual(expect.any(String));
			const results = await post('/xql/get_query_results', {
				query_id,
				pending_flag: true,
				format: 'json',
			});
			expect(results.at('reply')).toMatchObject({
				status: 'SUCCESS',
				number_of_results: expect.any(Number) as number,
				query_cost: expect.any(Object) as object,
				remaining_quota: expect.any(Number) as number,
			});
			expect(results.at('reply.results.data')).toEqual(expect.any(Array));
			const quota = await post('/xql/get_quota', {});
			expect(quota.at('reply')).toMatchObject({ license_quota: expect.any(Number) as number });
		});

		it('reads a long answer as lines in gzip', async () => {
			xsiam.sim.state.xqlRows = Array.from({ length: 1_001 }, (_, n) => ({ event_id: `e${n}` }));
			const started = await post('/xql/start_xql_query', {
				query: 'dataset = xdr_data | limit 1001',
			});
			const results = await post('/xql/get_query_results', {
				query_id: started.at('reply'),
				pending_flag: true,
				format: 'json',
			});
			const stream_id = results.at('reply.results.stream_id') as string;
			expect(stream_id).toEqual(expect.any(String));
			const bytes = await bytesOf(`${api}/xql/get_query_results_stream`, {
				stream_id,
				is_gzip_compressed: true,
			});
			const lines = gunzipSync(bytes).toString('utf8').split('\n').filter(Boolean);
			expect(lines).toHaveLength(results.at('reply.number_of_results') as number);
			expect(JSON.parse(lines[0] ?? '')).toEqual(expect.any(Object));
		});

		const bytesOf = async (path: string, data: object): Promise<Buffer> =>
			await new Promise((resolve, reject) => {
				const headers = { ...standard(), 'content-type': 'application/json' };
				const options = { method: 'POST', headers, rejectUnauthorized: false };
				const request = httpsRequest(xsiam.sim.url + path, options, (response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('end', () => resolve(Buffer.concat(chunks)));
				});
				request.on('error', reject);
				request.end(JSON.stringify({ request_data: data }));
			});
	});

	describe('pan-cortex-xdr, the vendor’s for Node.js: a nonce in hexadecimal digits', () => {
		const post = async (path: string, request_data: object) =>
			await send(api + path, {
				method: 'POST',
				headers: {
					...signedBy('0f'.repeat(32), xsiam.sim.now()),
					'content-type': 'application/json',
				},
				body: JSON.stringify({ request_data }),
			});

		it('reads endpoints and the log with a filter and without pages, and isolates one', async () => {
			const filters = [{ field: 'platform', operator: 'in', value: ['windows', 'linux'] }];
			const found = await post('/endpoints/get_endpoint', { filters });
			const endpoints = found.at('reply.endpoints') as Array<Record<string, unknown>>;
			expect(endpoints.length).toBe(found.at('reply.result_count'));
			expect(endpoints[0]).toMatchObject({ endpoint_id: expect.any(String) as string });
			await xsiam.post('api_keys/generate', {
				roles: ['Investigator'],
				security_level: 'standard',
			});
			const since = xsiam.sim.now() - 86_400_000;
			const logs = await post('/audits/management_logs', {
				filters: [{ field: 'timestamp', operator: 'gte', value: since }],
			});
			expect(logs.at('reply.data.0.AUDIT_ID')).toEqual(expect.any(Number));
			const isolated = await post('/endpoints/isolate', {
				endpoint_id: endpoints[0]?.endpoint_id,
			});
			expect(isolated.at('reply.action_id')).toBeDefined();
		});
	});

	it('gives cortex-xdr-client the rows of a query by its ID alone', async () => {
		const post = async (path: string, request_data: object) =>
			await send(api + path, {
				method: 'POST',
				headers: {
					...signedBy('aB3d'.repeat(16), xsiam.sim.now()),
					'Content-Type': 'application/json',
				},
				body: JSON.stringify({ request_data }),
			});
		const query = {
			query: 'dataset = xdr_data | limit 2',
			timeframe: { relativeTime: 86_400_000 },
		};
		const query_id = (await post('/xql/start_xql_query', query)).at('reply');
		expect(query_id).toEqual(expect.any(String));
		const results = await post('/xql/get_query_results', { query_id });
		expect(results.at('reply.status')).toBe('SUCCESS');
		expect(results.at('reply.number_of_results')).toEqual(expect.any(Number));
		expect(results.at('reply.results.data')).toEqual(expect.any(Array));
	});

	describe('a script that rotates keys, and probes of lab tenants', () => {
		it('makes a key like one that ends soon, copies its scope, tries it, and deletes the old one', async () => {
			const now = xsiam.sim.now();
			const old = await xsiam.post('api_keys/generate', {
				roles: ['Instance Administrator'],
				security_level: 'standard',
				comment: 'Assigned to user: A B (a@b.c)',
				expiration: now + 6 * 86_400_000,
			});
			const list = await xsiam.post('api_keys/get_api_keys', {
				filters: [{ field: 'expiration', operator: 'lte', value: now + 7 * 86_400_000 }],
			});
			const due = (list.at('reply.DATA') as Array<Record<string, unknown>>).find(
				({ id }) => String(id) === String(old.at('reply.id')),
			);
			expect(due?.comment).toBe('Assigned to user: A B (a@b.c)');
			const made = await xsiam.post('api_keys/generate', {
				roles: due?.roles,
				security_level: due?.security_level,
				comment: due?.comment,
				expiration: now + 180 * 86_400_000,
			});
			const [apiKeyId, apiKey] = [String(made.at('reply.id')), made.at('reply.key') as string];
			await xsiam.platform(`PUT iam/v1/scope/api-key/${String(due?.id)}`, {
				assets: { mode: 'scope', asset_group_ids: [1] },
				cases_issues: { mode: 'scope', names: ['Health'] },
			});
			const scope = await xsiam.platform(`GET iam/v1/scope/api-key/${String(due?.id)}`);
			expect(scope.at('data.cases_issues.tags.0.tag_name')).toBe('Health');
			const data = scope.at('data');
			// It writes the form that it has read, a field more of the cases aside, whose place is not known.
			const copied = await xsiam.platform(`PUT iam/v1/scope/api-key/${apiKeyId}`, data);
			expect(copied.status).toBe(200);
			const again = await xsiam.platform(`GET iam/v1/scope/api-key/${apiKeyId}`);
			expect(again.at('data')).toEqual(data);
			const health = await send(`${api}/healthcheck`, { headers: standard({ apiKeyId, apiKey }) });
			expect(health.status).toBe(200);
			const deleted = await xsiam.post('api_keys/delete', {
				filters: [{ field: 'id', operator: 'in', value: [due?.id] }],
			});
			expect(deleted.at('reply.update_count')).toBe(1);
			const left = await xsiam.post('api_keys/get_api_keys', {
				filters: [{ field: 'id', operator: 'in', value: [due?.id, Number(apiKeyId)] }],
			});
			expect(left.at('reply.FILTER_COUNT')).toBe(1);
		});

		it.each([
			['the list of keys without filters', 'api_keys/get_api_keys', {}],
			['roles without names', 'rbac/get_roles', {}],
		])('is refused as it was: %s', async (_, path, data) => {
			expect((await xsiam.post(path, data)).status).toBe(500);
		});

		it('is told 404 where no such call is offered', async () => {
			expect((await xsiam.post('api_keys/edit', {})).status).toBe(404);
		});
	});
});
