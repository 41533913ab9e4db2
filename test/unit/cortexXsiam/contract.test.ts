import {
	contractChecker,
	contractIssues,
	listedExceptions,
	nameOf,
	publishedOperations,
	requestIssues,
} from './contract';
import type { LoggedRequest } from './contract';
import { GENERATE, IAM, PUBLIC, samples } from './contractSamples';

const generate = { roles: ['Public API Action'], security_level: 'standard' };
const withoutExceptions = contractChecker([]);

/** An example for each parameter that stands in a path. */
const inPath: Record<string, string> = {
	'{role_id}': 'test_role_01',
	'{group_id}': '123-456',
	'{entity_type}': 'api-key',
	'{entity_id}': '4267',
	'{user_email}': 'user1%40test.com',
	'{api_key_id}': '123',
	'{rule_uuid}': 'a1b2',
	'{issue-id}': '123',
	'{case-id}': '3',
};

function examplePath(template: string): string {
	return template.replace(/\{[^}]+\}/g, (name) => inPath[name] ?? name);
}

describe('a request as the vendor documents it', () => {
	const named = samples.map(([section, method, path, body]) => ({ section, method, path, body }));

	it.each(named)('passes: $section, $method $path', ({ method, path, body }) => {
		expect(withoutExceptions.contractIssues(method, path, body)).toEqual([]);
		expect(contractIssues(method, path, body)).toEqual([]);
	});

	it('may end in a slash', () => {
		expect(contractIssues('POST', `${GENERATE}/`, { request_data: generate })).toEqual([]);
		expect(contractIssues('GET', `${IAM}/api-key/123/`)).toEqual([]);
	});
});

describe('a request that departs from the contract', () => {
	const filters = (field: string, operator: string, value: unknown) => ({
		request_data: { filters: [{ field, operator, value }] },
	});

	it.each<[string, string, string, unknown, string[]]>([
		[
			'lacks what is required',
			'POST',
			GENERATE,
			{ request_data: { roles: ['Investigator'] } },
			['request_data.security_level is missing'],
		],
		['lacks the envelope', 'POST', GENERATE, {}, ['request_data is missing']],
		[
			'has another envelope',
			'POST',
			GENERATE,
			{ request: generate, request_data: generate },
			['request is not in the contract'],
		],
		['has no body', 'POST', GENERATE, undefined, ['the body is missing']],
		[
			'is a text',
			'POST',
			GENERATE,
			JSON.stringify({ request_data: generate }),
			['the body must be object'],
		],
		['is a list', 'POST', GENERATE, [generate], ['the body must be object']],
		[
			'has a text for a list',
			'POST',
			GENERATE,
			{ request_data: { ...generate, roles: 'A,B' } },
			['request_data.roles must be array'],
		],
		[
			'has a number for a text',
			'POST',
			GENERATE,
			{ request_data: { ...generate, comment: 1 } },
			['request_data.comment must be string'],
		],
		[
			'has null for a text',
			'POST',
			GENERATE,
			{ request_data: { ...generate, comment: null } },
			['request_data.comment must be string'],
		],
		[
			'has a fraction for an integer',
			'POST',
			GENERATE,
			{ request_data: { ...generate, expiration: 1725802080000.5 } },
			['request_data.expiration must be integer'],
		],
		[
			'has a date for an integer',
			'POST',
			GENERATE,
			{ request_data: { ...generate, expiration: '2025-08-28T12:44:49.000Z' } },
			['request_data.expiration must be integer'],
		],
		[
			'has a value that is none of those listed',
			'POST',
			GENERATE,
			{ request_data: { ...generate, security_level: 'Advanced' } },
			[
				'request_data.security_level must be equal to one of the allowed values: standard, advanced',
			],
		],
		[
			'misspells a field',
			'POST',
			GENERATE,
			{ request_data: { ...generate, expires: 1 } },
			['request_data.expires is not in the contract'],
		],
		[
			'misspells within a list',
			'POST',
			`${PUBLIC}/api_keys/delete`,
			{ request_data: { filters: [{ field: 'id', operator: 'in', values: [121] }] } },
			['request_data.filters.0.values is not in the contract'],
		],
		[
			'misspells within one of several forms',
			'POST',
			`${PUBLIC}/endpoints/scan`,
			{
				request_data: {
					filters: [{ field: 'group_name', operator: 'in', value: ['a'], values: ['b'] }],
				},
			},
			['request_data.filters fits none of the forms in the contract'],
		],
		[
			'departs in several things',
			'POST',
			GENERATE,
			{ request_data: { roles: [7], expiration: 1.5 } },
			[
				'request_data.security_level is missing',
				'request_data.roles.0 must be string',
				'request_data.expiration must be integer',
			],
		],
		[
			'names ids as texts',
			'POST',
			`${PUBLIC}/api_keys/delete`,
			filters('id', 'in', ['121']),
			['request_data.filters.0.value.0 must be integer'],
		],
		[
			'filters by what cannot be filtered',
			'POST',
			`${PUBLIC}/api_keys/get_api_keys`,
			filters('creation_time', 'gte', 1721149909250),
			[
				'request_data.filters.0.field must be equal to one of the allowed values: expiration, roles, id',
			],
		],
		[
			'has a fraction in a filter',
			'POST',
			`${PUBLIC}/audits/management_logs`,
			filters('timestamp', 'gte', 1565074114053.5),
			['request_data.filters.0.value fits none of the forms in the contract'],
		],
		[
			'has a filter that fits two forms',
			'POST',
			`${PUBLIC}/case/search`,
			filters('case_id', 'in', []),
			['request_data.filters.0.value fits several of the forms in the contract'],
		],
		[
			'has an unsafe 64-bit integer',
			'POST',
			`${PUBLIC}/issue`,
			{
				request_data: {
					issue: {
						name: 'n',
						description: 'd',
						observation_time: 2 ** 60,
						domain: 'SECURITY',
						category: 'CONFIGURATION',
						severity: 'HIGH',
					},
				},
			},
			['request_data.issue.observation_time must match format "int64"'],
		],
		[
			'has a list that is too short',
			'POST',
			`${IAM}/role`,
			{ request_data: { component_permissions: [], pretty_name: 'CustomRoleName' } },
			['request_data.component_permissions must NOT have fewer than 1 items'],
		],
		[
			'edits what cannot be edited',
			'PUT',
			`${IAM}/api-key/123`,
			{ request_data: { ...generate, expiration: 1725802080000 } },
			['request_data.expiration is not in the contract'],
		],
		[
			'has a body where there is none',
			'GET',
			`${PUBLIC}/healthcheck`,
			{},
			['the contract knows no body'],
		],
		[
			'has a query',
			'GET',
			`${IAM}/role?limit=5`,
			undefined,
			['the contract knows no query parameters'],
		],
	])('%s: %s %s', (_what, method, path, body, issues) => {
		const name = `${method} ${path.split('?')[0]}`.replace('/123', '/{api_key_id}');
		expect(contractIssues(method, path, body)).toEqual(issues.map((issue) => `${name}: ${issue}`));
	});

	it.each([
		['GET', `${IAM}/api-key/4267.5`, 'api_key_id must be integer'],
		['GET', `${IAM}/api-key/none`, 'api_key_id must be integer'],
		['GET', `${IAM}/scope/apikey/1`, 'entity_type must be equal to one of the allowed values'],
		['GET', `${IAM}/user/100%`, 'the path is not percent-encoded properly'],
	])('has a wrong parameter in its path: %s %s', (method, path, issue) => {
		expect(contractIssues(method, path)).toEqual([expect.stringContaining(issue)]);
	});

	it('never quotes a value', () => {
		const canary = 'canary-7c1f';
		const body = {
			request_data: {
				roles: canary,
				security_level: canary,
				expiration: canary,
				comment: [canary],
			},
		};
		const issues = contractIssues('POST', GENERATE, body);
		expect(issues).toHaveLength(4);
		expect(issues.join()).not.toContain(canary);
	});
});

describe('a path that the contract does not have', () => {
	it.each([
		['POST', `${PUBLIC}/api_keys/edit`],
		['POST', `${PUBLIC}/api_keys`],
		['POST', `${GENERATE}//`],
		['POST', `${GENERATE}/123`],
		['POST', '/api_keys/generate'],
		['POST', 'https://api-acme.xdr.us.paloaltonetworks.com/public_api/v1/api_keys/generate'],
		['POST', '/public_api/v1/incidents/get_incidents'],
		['GET', `${IAM}/api-key/`],
		['GET', `${IAM}/user/a/b`],
	])('%s %s', (method, path) => {
		expect(contractIssues(method, path)).toEqual([`${method} ${path}: not in the contract`]);
	});

	it('is told from a method that it does not have', () => {
		expect(contractIssues('GET', GENERATE)).toEqual([
			`GET ${GENERATE}: not in the contract, which has POST ${GENERATE}`,
		]);
		expect(contractIssues('post', GENERATE)).toHaveLength(1);
	});

	it('is not taken for one with a parameter', () => {
		expect(contractIssues('POST', `${PUBLIC}/issue/search`, { request_data: {} })).toEqual([]);
		expect(contractIssues('POST', `${PUBLIC}/issue/find`, { request_data: {} })).toEqual([
			`POST ${PUBLIC}/issue/{issue-id}: issue-id must be integer`,
		]);
	});
});

describe('the contract', () => {
	it.each(publishedOperations.map(nameOf))('can be checked: %s', (name) => {
		const [method = '', template = ''] = name.split(' ');
		const { contractIssues: published } = withoutExceptions;
		const odd = published(method, examplePath(template), 'no object');
		const hasBody = publishedOperations.find((one) => nameOf(one) === name)?.body !== undefined;
		const issue = hasBody ? 'the body must be object' : 'the contract knows no body';
		expect(odd).toEqual([`${name}: ${issue}`]);
	});

	it('holds every call once', () => {
		const names = publishedOperations.map(nameOf);
		expect(new Set(names).size).toBe(names.length);
	});
});

describe('the exceptions', () => {
	const cases = listedExceptions.flatMap((exception) =>
		exception.operations.map((name) => ({ name, exception, treated: exception.treated })),
	);

	it.each(cases)('are all needed: $name, $treated', ({ name, exception }) => {
		expect(publishedOperations.map(nameOf)).toContain(name);
		const [method = '', template = ''] = name.split(' ');
		const path = examplePath(template);
		const { contractIssues: without } = contractChecker(
			listedExceptions.filter((one) => one !== exception),
		);
		for (const body of exception.accepts) {
			expect(without(method, path, body)).not.toEqual([]);
			expect(contractIssues(method, path, body)).toEqual([]);
		}
		for (const body of exception.refuses) {
			expect(without(method, path, body)).toEqual([]);
			expect(contractIssues(method, path, body)).not.toEqual([]);
		}
		const { accepts, refuses, optionalHeaders } = exception;
		expect(accepts.length + refuses.length + optionalHeaders.length).toBeGreaterThan(0);
	});

	it('loosen nothing else', () => {
		const endpoint = `${PUBLIC}/endpoints/isolate`;
		expect(contractIssues('POST', endpoint, { request_data: {} })).toEqual([
			`POST ${endpoint}: request_data fits none of the forms in the contract`,
		]);
		expect(
			contractIssues('POST', `${PUBLIC}/issue/schema`, { request_data: { name: 'x' } }),
		).toHaveLength(1);
	});
});

describe('a logged request', () => {
	const logged = (changes: Partial<LoggedRequest> = {}): LoggedRequest => ({
		method: 'POST',
		url: GENERATE,
		headers: {
			authorization: 'key',
			'x-xdr-auth-id': '21',
			'content-type': 'application/json; charset=utf-8',
		},
		body: JSON.stringify({ request_data: generate }),
		...changes,
	});

	it('passes with the headers of a standard key', () => {
		expect(requestIssues(logged())).toEqual([]);
	});

	it('must have more headers where the contract is taken by its word', () => {
		expect(withoutExceptions.requestIssues(logged())).toEqual(
			['x-xdr-timestamp', 'x-xdr-nonce', 'x-child-tenant-id'].map(
				(name) => `POST ${GENERATE}: the header ${name} is missing`,
			),
		);
	});

	it('needs credentials and a content type', () => {
		expect(requestIssues(logged({ headers: {} }))).toEqual([
			`POST ${GENERATE}: the header authorization is missing`,
			`POST ${GENERATE}: the header x-xdr-auth-id is missing`,
			`POST ${GENERATE}: the content type is not application/json`,
		]);
	});

	it('may leave out a header that is optional', () => {
		const url = `${PUBLIC}/xql/get_query_results_stream`;
		const body = '{"request_data":{"stream_id":"streamID","is_gzip_compressed":false}}';
		expect(requestIssues(logged({ url, body }))).toEqual([]);
	});

	it.each([
		['', 'the body is missing'],
		['{"request_data":', 'the body is not JSON'],
		['null', 'the body must be object'],
		['{"request_data":{"roles":[]}}', 'request_data.security_level is missing'],
	])('has its body read: %s', (body, issue) => {
		expect(requestIssues(logged({ body }))).toEqual([`POST ${GENERATE}: ${issue}`]);
	});

	it('may have neither body nor content type where none is documented', () => {
		const headers = { authorization: 'key', 'x-xdr-auth-id': '21' };
		const url = `${PUBLIC}/healthcheck`;
		expect(requestIssues(logged({ method: 'GET', url, headers, body: '' }))).toEqual([]);
	});

	it('may go to no other path', () => {
		expect(requestIssues(logged({ url: '/api_keys/validate/' }))).toEqual([
			'POST /api_keys/validate/: not in the contract',
		]);
	});
});
