import { call, json } from './call';
import { extra, standard, tenant, where } from './xsiamTenant';

const xsiam = tenant();
const { post } = xsiam;

const refusedData = { status: 400, json: { error: 'Invalid request data' } };

describe('Cortex XSIAM simulator: cases', () => {
	it('finds them in capitals or in small letters, in both forms', async () => {
		const wanted = where('status_progress', 'in', ['New']);
		const found = await post('case/search', wanted);
		expect(found.at('reply')).toMatchObject({ FILTER_COUNT: 1, TOTAL_COUNT: 2 });
		// The fields of docs/api/cortex-xsiam.md, "Cases".
		expect(found.at('reply.DATA.0')).toMatchObject({
			case_id: 123,
			creation_time: 1_708_950_896_123,
			case_domain: 'Security',
			status_progress: 'New',
			severity: 'high',
			aggregated_score: 85,
			assigned_user_mail: null,
			issue_ids: [123],
			issue_count: 1,
		});
		xsiam.sim.settings.listCasing = 'lower';
		xsiam.sim.settings.caseForm = 'schema';
		// The sample of docs/api/cortex-xsiam.md, "Cases"; with the types of its schema.
		expect((await post('case/search', wanted)).json).toEqual({
			reply: {
				data: [
					{
						case_id: '123',
						creation_time: '2024-02-26T12:34:56.123Z',
						case_domain: 'SECURITY',
						status_progress: 'NEW',
						severity: 'HIGH',
						score: 85,
						description: 'Unauthorized access detected',
						assigned_to: null,
						assigned_to_name: null,
						resolve_reason: null,
						resolve_comment: null,
						last_modified: 1_708_950_896_000,
						custom_fields: {},
						issues: ['123'],
						assets: [],
						artifacts: [],
					},
				],
				filter_count: 1,
				total_count: 2,
			},
		});
	});

	it.each<[object, number[]]>([
		[{}, [124, 123]],
		[where('case_id', 'in', [123]), [123]],
		[where('case_id', 'in', ['124']), [124]],
		[where('case_domain', 'in', ['Security']), [124, 123]],
		[where('severity', 'in', ['low']), [124]],
		[where('creation_time', 'lte', 1_708_950_896_123), [123]],
		[where('last_update_time', 'gte', 1_708_950_896_000), [124, 123]],
		[where('starred', 'in', [false]), [124, 123]],
		[where('asset_names', 'in', ['host-124']), [124]],
		[where('status_progress', 'in', ['waiting for vendor']), []],
		[{ sort: { field: 'case_id', keyword: 'asc' } }, [123, 124]],
		[{ sort: { field: 'severity', keyword: 'desc' } }, [123, 124]],
		[{ search_from: 1, search_to: 2 }, [123]],
	])('searches by %j', async (wanted, ids) => {
		const found = (await post('case/search', wanted)).at('reply.DATA') as Array<{
			case_id: number;
		}>;
		expect(found.map((one) => one.case_id)).toEqual(ids);
	});

	it('resolves one and answers without a body', async () => {
		const update_data = {
			status_progress: 'Resolved',
			resolve_reason: 'Resolved - False Positive',
			resolve_comment: 'Verified',
		};
		const answer = await post('case/update/123', { update_data });
		expect([answer.status, answer.text]).toEqual([204, '']);
		expect(answer.headers).not.toHaveProperty('content-type');
		const found = await post('case/search', where('case_id', 'in', [123]));
		expect(found.at('reply.DATA.0')).toMatchObject(update_data);
	});

	const status_progress = 'Resolved';
	const resolve_reason = 'Resolved - Other';

	it.each<[string, string, object]>([
		['an unknown case', '9', { update_data: { status_progress, resolve_reason } }],
		['nothing', '123', { update_data: {} }],
		['a resolution without a reason', '123', { update_data: { status_progress } }],
		['a reason without a resolution', '123', { update_data: { resolve_reason } }],
		['a comment without a resolution', '123', { update_data: { resolve_comment: 'x' } }],
		['null', '123', { update_data: { notes: null } }],
		['an unknown user', '123', { update_data: { assigned_user: 'nobody@example.com' } }],
		[
			'an odd comment',
			'123',
			{ update_data: { status_progress, resolve_reason, resolve_comment: 1 } },
		],
		['an unknown field', '123', { update_data: { severity: 'low' } }],
		['no data', '123', {}],
		['more than data', '123', { update_data: { notes: 'x' }, x: 1 }],
	])('refuses to update %s', async (_what, id, body) => {
		expect(await post(`case/update/${id}`, body)).toMatchObject(refusedData);
		expect(xsiam.sim.state.cases[0]?.status_progress).toBe('New');
	});

	it.each([
		['status_progress', 'UNDER_INVESTIGATION'],
		['user_severity', 'info'],
		['user_severity', 'HIGHEST'],
	])('says what it takes in place of %s %s', async (name, value) => {
		const answer = await post('case/update/123', { update_data: { [name]: value } });
		expect(answer).toMatchObject({ status: 400 });
		expect(answer.at('error')).toMatch(/expected one of: /);
	});

	it("takes a reason of the tenant's own, which tenants of XSIAM 3.4 do not have", async () => {
		const update_data = { status_progress, resolve_reason: 'resolved - handed over' };
		expect((await post('case/update/123', { update_data })).status).toBe(204);
		const found = await post('case/search', where('case_id', 'in', [123]));
		expect(found.at('reply.DATA.0.resolve_reason')).toBe('Resolved - Handed Over');
		xsiam.sim.settings.vocabulary = '3.4';
		const older = { status_progress: 'RESOLVED', resolve_reason: 'Resolved - Handed Over' };
		expect(await post('case/update/123', { update_data: older })).toMatchObject(refusedData);
	});

	it('takes the words of the contract of XSIAM 3.4 only, where it is such a tenant', async () => {
		xsiam.sim.settings.vocabulary = '3.4';
		const update_data = { status_progress: 'RESOLVED', resolve_reason: 'RESOLVED_FALSE_POSITIVE' };
		expect((await post('case/update/123', { update_data })).status).toBe(204);
		const found = await post('case/search', where('status_progress', 'in', ['RESOLVED']));
		expect(found.at('reply.FILTER_COUNT')).toBe(1);
		for (const wrong of [
			{ status_progress: 'Resolved' },
			{ status_progress: 'RESOLVED', resolve_reason: 'RESOLVED_RISK_ACCEPTED' },
			{ status_progress: 'NEW', notes: 'x' },
			{ resolve_comment: 'x' },
		]) {
			expect(await post('case/update/123', { update_data: wrong })).toMatchObject(refusedData);
		}
		expect(await post('case/search', where('severity', 'in', ['high']))).toMatchObject(refusedData);
		expect(extra(await post('case/search', where('starred', 'in', [true])))).toMatch('Invalid');
	});

	it('refuses a filter that live tenants refuse', async () => {
		expect(extra(await post('case/search', where('modification_time', 'gte', 1)))).toBe(
			'Invalid parameter names: modification_time',
		);
	});

	it('refuses to search by anything else', async () => {
		const found = await post('case/search', where('name', 'in', ['x']));
		expect(extra(found)).toBe('Invalid parameter names: name');
		expect(extra(await post('case/search', where('severity', 'eq', 'x')))).toMatch('Unsupported');
		expect(extra(await post('case/search', where('case_id', 'in', 'x')))).toMatch('list of');
	});
});

describe('Cortex XSIAM simulator: issues', () => {
	const search = async (body: object) =>
		await call(`${xsiam.sim.url}/public_api/v1/issue/search`, json(body, standard()));

	const one = { search_from: 0, search_to: 1, sort: { field: 'id', keyword: 'asc' } };

	it('looks for the page inside or beside request_data, and ignores the other', async () => {
		const id = async (body: object) => (await search(body)).at('reply.DATA.0.id');
		expect(await id({ request_data: one })).toBe(123);
		expect(await id({ request_data: {}, ...one })).toBe(124);
		xsiam.sim.settings.issuePaging = 'beside';
		expect(await id({ request_data: {}, ...one })).toBe(123);
		expect(await id({ request_data: one })).toBe(124);
		expect(await id({ request_data: one, ...one })).toBe(123);
	});

	it('lists them as seen or as in the schema', async () => {
		const seen = await search({ request_data: one });
		expect(seen.at('reply')).toMatchObject({ FILTER_COUNT: 2, TOTAL_COUNT: 2 });
		expect(seen.at('reply.DATA.0')).toEqual({
			id: 123,
			external_id: 'abc-123-def',
			name: 'Publicly Exposed Storage Bucket',
			description: 'A bucket is open to everyone',
			domain: 'Cloud Security',
			severity: 'HIGH',
			'status.progress': 'New',
			category: 'CONFIGURATION',
			'detection.method': 'CSPM_SCANNER',
			observation_time: 1_705_312_200_123,
			_insert_time: '2024-01-15T10:30:00Z',
			last_modified: 1_705_312_200_000,
			asset_names: ['my-data-bucket'],
			assigned_to: null,
			is_starred: false,
			tags: [],
			case_ids: [101],
		});
		xsiam.sim.settings.issueListForm = 'schema';
		const wanted = { ...one, include_fields: ['custom_fields'] };
		expect((await search({ request_data: wanted })).at('reply')).toMatchObject({
			total_count: 2,
			result_count: 1,
			issues: [{ id: 123, custom_fields: {} }],
		});
	});

	it.each<[object, number[]]>([
		[where('id', 'in', [124]), [124]],
		[where('external_id', 'in', ['abc-123-def']), [123]],
		[where('detection.method', 'in', ['CSPM_SCANNER']), [124, 123]],
		[where('issue_domain', 'in', ['Cloud Security']), [124, 123]],
		[where('severity', 'in', ['HIGH', 'CRITICAL']), [123]],
		[where('_insert_time', 'gte', 1_705_314_600_001), []],
		[where('last_modified', 'lte', 1_705_312_200_000), [124, 123]],
		[where('status.progress', 'in', ['In Progress']), [124]],
		[where('assigned_to', 'in', ['x']), []],
		[where('assigned_to_pretty', 'in', ['x']), []],
		[where('observation_time', 'gte', 1_705_312_200_124), [124]],
		[where('category', 'in', ['CONFIGURATION']), [124, 123]],
		[where('asset_names', 'in', ['my-data-bucket']), [124, 123]],
		[where('asset_regions', 'in', ['eu']), []],
		[{ sort: { field: 'severity', keyword: 'asc' } }, [124, 123]],
	])('searches by %j', async (wanted, ids) => {
		const found = (await search({ request_data: wanted })).at('reply.DATA') as Array<{
			id: number;
		}>;
		expect(found.map(({ id }) => id)).toEqual(ids);
	});

	it.each<[string, object, string]>([
		['a time by in', where('observation_time', 'in', [1]), 'Unsupported operator'],
		['a severity by gte', where('severity', 'gte', 1), 'Unsupported operator'],
		['ids as text', where('id', 'in', ['123']), 'list of integers'],
		['another sort', { sort: { field: 'name', keyword: 'asc' } }, 'parameter names: name'],
		['other fields', { include_fields: ['all'] }, 'include_fields'],
		['an unknown parameter', { limit: 1 }, 'parameter names: limit'],
	])('refuses to search for %s', async (_what, wanted, told) => {
		expect(extra(await search({ request_data: wanted }))).toMatch(told);
	});

	const issue = {
		name: 'Unauthorized Access Detected',
		description: 'Somebody came in',
		observation_time: 1_700_000_000_000,
		issue_domain: 'Security',
		category: 'CONFIGURATION',
		severity: 'HIGH',
	};

	it('accepts a new one, which a search finds later', async () => {
		xsiam.sim.settings.issueDelayMs = 60_000;
		const created = await post('issue', { issue });
		expect(created.status).toBe(202);
		expect(created.json).toEqual({
			external_id: expect.stringMatching(/^[0-9a-f]{32}$/u) as string,
			detection_method: 'CREATE_ALERT_PUBLIC_API',
		});
		const wanted = { request_data: where('external_id', 'in', [created.at('external_id')]) };
		expect((await search(wanted)).at('reply.FILTER_COUNT')).toBe(0);
		xsiam.sim.settings.clockOffsetMs = 60_001;
		expect((await search(wanted)).at('reply.DATA')).toMatchObject([
			{ name: issue.name, domain: 'Security', severity: 'HIGH', 'status.progress': 'New' },
		]);
	});

	it('takes the fields that may be left out', async () => {
		const more = { tags: ['x'], is_starred: true, assigned_to: 'a', custom_fields: { a: 1 } };
		expect((await post('issue', { issue: { ...issue, ...more } })).status).toBe(202);
		const wanted = { ...where('severity', 'in', ['HIGH']), include_fields: ['custom_fields'] };
		const found = await search({
			request_data: { ...wanted, ...one, search_from: 1, search_to: 2 },
		});
		expect(found.at('reply.DATA.0')).toMatchObject(more);
	});

	it.each<[string, unknown]>([
		['no name', { ...issue, name: undefined }],
		['no time', { ...issue, observation_time: undefined }],
		['odd tags', { ...issue, tags: 'x' }],
		['odd custom fields', { ...issue, custom_fields: [] }],
		['the domain of the older contract', { ...issue, issue_domain: 'SECURITY' }],
		['its field, too', { ...issue, domain: 'Security' }],
		['an unknown field', { ...issue, title: 'x' }],
		['nothing', undefined],
	])('refuses to create one with %s', async (_what, body) => {
		expect(await post('issue', { issue: body })).toMatchObject(refusedData);
		expect(xsiam.sim.state.issues).toHaveLength(2);
	});

	it('resolves one and answers without a body', async () => {
		const update_data = {
			status: 'Resolved',
			status_resolution_reason: 'Resolved - Risk Accepted',
			status_resolution_comment: 'Verified',
			severity: 'INFO',
		};
		const answer = await post('issue/123', { update_data });
		expect([answer.status, answer.text]).toEqual([204, '']);
		const found = await search({ request_data: where('id', 'in', [123]) });
		const { status, ...others } = update_data;
		expect(found.at('reply.DATA.0')).toMatchObject({ ...others, 'status.progress': status });
		expect((await post('issue/123', { update_data: { status: 'New' } })).status).toBe(204);
	});

	it.each<[string, string, object]>([
		['an unknown issue', '9', { severity: 'LOW' }],
		['nothing', '123', {}],
		['no reason', '123', { status: 'Resolved' }],
		['an odd comment', '123', { severity: 'LOW', status_resolution_comment: 1 }],
		['an unknown field', '123', { severity: 'LOW', name: 'x' }],
	])('refuses to update %s', async (_what, id, update_data) => {
		expect(await post(`issue/${id}`, { update_data })).toMatchObject(refusedData);
		expect(xsiam.sim.state.issues[0]).toMatchObject({ status: 'New', severity: 'HIGH' });
	});

	it.each<[string, object]>([
		['reason', { status: 'Resolved', status_resolution_reason: 'RESOLVED_FIXED' }],
		['status', { status: 'RESOLVED' }],
		['severity', { severity: 'low' }],
	])('says what it takes in place of an odd %s', async (_what, update_data) => {
		expect((await post('issue/123', { update_data })).at('error')).toMatch(/expected one of: /);
		xsiam.sim.settings.vocabulary = '3.4';
		const isOlder = 'status_resolution_reason' in update_data;
		expect((await post('issue/123', { update_data })).status).toBe(isOlder ? 204 : 400);
	});

	it('is created in the words of the contract of XSIAM 3.4 where the tenant takes no others', async () => {
		xsiam.sim.settings.vocabulary = '3.4';
		const older = { ...issue, issue_domain: undefined, severity: undefined, domain: 'SECURITY' };
		expect((await post('issue', { issue: older })).status).toBe(202);
		expect(await post('issue', { issue })).toMatchObject(refusedData);
		const found = await search({ request_data: { sort: { field: 'id', keyword: 'desc' } } });
		expect(found.at('reply.DATA.0')).toMatchObject({ domain: 'Security', severity: 'MEDIUM' });
	});
});
