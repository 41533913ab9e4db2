import {
	INVALID_ROLES,
	NO_SUCH_KEY,
	SCOPE_REFUSALS,
	refusalsOfNewKey,
} from '../../../nodes/CortexXsiam/api/apiKeyErrors';
import { findError, isTooMany, otherWords, refusal } from '../../../nodes/CortexXsiam/api/errors';
import type { Meaning } from '../../../nodes/CortexXsiam/api/errors';
import type { Reply } from '../../../nodes/shared/transport';
import { reply } from './support';

const failure = (
	status: number,
	body?: unknown,
	headers: Reply['headers'] = {},
	meanings: Meaning[] = [],
) => refusal(reply({ status, headers }), findError(body) ?? otherWords(''), meanings);

/** What a 500 says of whatever went wrong (docs/api/cortex-xsiam.md, "Bodies of errors"). */
const UNIFIED = 'An unexpected error occurred by XDR public API';

/** The answer of most calls, docs/api/cortex-xsiam.md, "Bodies of errors" (1). */
const main = (err_code: unknown, err_msg: string, err_extra: unknown) => ({
	reply: { err_code, err_msg, err_extra },
});

describe('the words of the vendor', () => {
	it.each([
		[
			'(1) main, without more to say',
			main(401, 'Public API request unauthorized', null),
			{ code: '401', message: 'Public API request unauthorized', extra: '' },
		],
		[
			'(1) main, with a text',
			main(500, 'An unexpected error occurred by XDR public API', 'Invalid parameter names: x'),
			{
				code: '500',
				message: 'An unexpected error occurred by XDR public API',
				extra: 'Invalid parameter names: x',
			},
		],
		[
			'(1) main, with the code as text',
			main('400', 'Got an invalid input while processing XDR public API', 'Search size'),
			{
				code: '400',
				message: 'Got an invalid input while processing XDR public API',
				extra: 'Search size',
			},
		],
		[
			'(2) IAM',
			{
				data: {
					err_msg: 'The request contains invalid or missing parameters.',
					metadata: {
						err_extra: 'Api Key fetch failed: api_key_id does not exist, id=1.',
						err_code: 400,
					},
				},
			},
			{
				code: '400',
				message: 'The request contains invalid or missing parameters',
				extra: 'Api Key fetch failed: api_key_id does not exist, id=1',
			},
		],
		[
			'(3) IAM without permission',
			{
				data: main(
					403,
					'Forbidden. Access was denied to this resource.',
					'Insufficient permissions for api key',
				),
			},
			{
				code: '403',
				message: 'Forbidden. Access was denied to this resource',
				extra: 'Insufficient permissions for api key',
			},
		],
		[
			'(4) flat, with the code as text',
			{ err_code: '500', err_msg: 'Broken', err_extra: 'more' },
			{ code: '500', message: 'Broken', extra: 'more' },
		],
		[
			'(5) with the code in the metadata',
			{ err_msg: 'Wrong asset', metadata: { code: 400 } },
			{ code: '400', message: 'Wrong asset', extra: '' },
		],
		[
			'(5) with err_code in the metadata',
			{ err_msg: 'Wrong asset', metadata: { err_code: 422 } },
			{ code: '422', message: 'Wrong asset', extra: '' },
		],
		[
			'(6) errorCode',
			{ errorCode: 'E17', message: 'No', details: 'Because' },
			{ code: 'E17', message: 'No', extra: 'Because' },
		],
		[
			'(6) errorCode as a number, without details',
			{ errorCode: 17, message: 'No' },
			{ code: '17', message: 'No', extra: '' },
		],
		[
			'(7) error',
			{ error: 'Invalid request data' },
			{ code: '', message: 'Invalid request data', extra: '' },
		],
		[
			'(8) broker',
			{ description: 'Broker failed', errors: ['first', 'second'] },
			{ code: '', message: 'Broker failed', extra: 'first; second' },
		],
		[
			'(9) an object with a message',
			main(500, 'An error occurred while processing XDR - XQL query', {
				err_msg: 'reached max allowed amount of parallel running queries',
				query_cost: 0,
				remaining_quota: 5,
			}),
			{
				code: '500',
				message: 'An error occurred while processing XDR - XQL query',
				extra: 'reached max allowed amount of parallel running queries',
			},
		],
		[
			'(9) an object without a message',
			main(500, 'Failed', { query_cost: 0 }),
			{ code: '500', message: 'Failed', extra: '{"query_cost":0}' },
		],
		[
			'(10) validation items with a location',
			main(422, 'Invalid', [
				{ type: 'missing', loc: ['body', 'roles', 0], msg: 'Field required', input: {}, ctx: {} },
				{ type: 'type', loc: 'comment', msg: 'Not a string', input: 1, ctx: {} },
			]),
			{
				code: '422',
				message: 'Invalid',
				extra: 'body.roles.0: Field required; comment: Not a string',
			},
		],
		[
			'(10) validation items with a field',
			main(400, 'Invalid', [{ field: 'expiration', message: 'Too far' }, null, 'also']),
			{ code: '400', message: 'Invalid', extra: 'expiration: Too far; also' },
		],
		[
			'a number where a text is expected',
			main(500, 'Failed', 17),
			{ code: '500', message: 'Failed', extra: '17' },
		],
		[
			'an error beside an empty one',
			{ err_code: null, errors: [], reply: { error: '', errorCode: 'E17', message: 'No' } },
			{ code: 'E17', message: 'No', extra: '' },
		],
		[
			'a reason alone',
			{ err_code: null, err_msg: null, err_extra: 'Because' },
			{ code: '', message: '', extra: 'Because' },
		],
	])('%s', (_, body, expected) => {
		expect(findError(body)).toEqual(expected);
	});

	it.each([
		['a new key', { reply: { id: 4267, key: 'abc' } }],
		['a list', { reply: { DATA: [{ id: 1 }], FILTER_COUNT: 1, TOTAL_COUNT: 1 } }],
		['a lower-case list', { reply: { data: [], filter_count: 0, total_count: 0 } }],
		['a count', { reply: { update_count: 1 } }],
		['roles', { data: [{ role_id: 'a', pretty_name: 'A' }], metadata: { total_count: 1 } }],
		['users', { reply: [{ user_email: 'a@b.c', role_name: 'A' }] }],
		['true', true],
		['a text', 'err_msg'],
		['a list of errors', [{ err_msg: 'not ours' }]],
		['null', null],
		['nothing', undefined],
		['nothing but nulls', { reply: { err_code: null, err_msg: null, err_extra: null } }],
		['empty texts', { err_code: '', err_msg: ' ' }],
		['an empty error', { error: '' }],
		['an empty list of errors', { description: 'All is well', errors: [] }],
		['an empty object of errors', { errors: {} }],
		['an empty code', { errorCode: null, message: 'All is well' }],
	])('are not found in %s', (_, body) => {
		expect(findError(body)).toBeUndefined();
	});

	it.each([
		['{"message":"Forbidden"}', 'Forbidden'],
		['{"description":"Broker failed","errors":[]}', 'Broker failed'],
		['{"reply":{"id":1,"key":"new-secret"}}', ''],
		['{"message":{"key":"new-secret"}}', ''],
		['{"reply":{"id":1,"key":"new-sec', ''],
		['[{"key":"new-secret"}]', ''],
		['"new-secret"', ''],
		['upstream: {"key":"new-secret"}', ''],
		['Too many\nrequests.', 'Too many requests'],
		['', ''],
		['<html><body>Sign in</body></html>', ''],
		['\n <?xml version="1.0"?>', ''],
	])('may be in none of these shapes: %s', (body, message) => {
		expect(otherWords(body)).toEqual({ code: '', message, extra: '', isForeign: true });
	});

	it('hold no secret, nor a part of one where they are cut', () => {
		const secret = 's3cr3t'.repeat(20);
		for (const length of [0, 150, 200, 298]) {
			const text = `${'x'.repeat(length)}${secret}`;
			expect(otherWords(text, [secret]).message).not.toContain('s3cr3t');
			expect(findError(main(500, text, [text]), [secret])).not.toMatchObject({
				extra: expect.stringContaining('s3cr3t') as string,
			});
		}
	});

	it('are kept to one line of bounded length', () => {
		const found = findError(main(500, 'one\n  two\t three.', 'x'.repeat(5_000)));
		expect(found?.message).toBe('one two three');
		expect(found?.extra).toMatch(/^x{300}…$/);
	});
});

describe('what an answer means', () => {
	it.each([
		[400, 'Cortex XSIAM refused the request: wrong', 'refused'],
		[401, 'Cortex XSIAM does not accept the API key', 'refused'],
		[402, 'The Cortex XSIAM license does not include this call', 'refused'],
		[403, "The role of the credential's API key does not permit this call", 'refused'],
		[404, 'Cortex XSIAM does not know this address', 'refused'],
		[413, 'The request is too large for Cortex XSIAM', 'refused'],
		[415, 'Cortex XSIAM refused the request: wrong', 'refused'],
		[422, 'Cortex XSIAM refused the request: wrong', 'refused'],
		[429, 'Cortex XSIAM accepts no more requests at the moment', 'refused'],
		[500, 'Cortex XSIAM answered the request with HTTP 500: wrong', 'lost'],
		[502, 'Cortex XSIAM answered the request with HTTP 502: wrong', 'lost'],
		[503, 'Cortex XSIAM answered the request with HTTP 503: wrong', 'lost'],
		[504, 'Cortex XSIAM answered the request with HTTP 504: wrong', 'lost'],
		[599, 'Cortex XSIAM answered the request with HTTP 599: wrong', 'lost'],
		[200, 'Cortex XSIAM answered the request with HTTP 200: wrong', 'lost'],
	])('HTTP %i', (status, message, kind) => {
		const { kind: found, code, description, ...error } = failure(status, main(7, 'Bad', 'wrong'));
		expect({
			message: failure(status, main(7, 'Bad', 'wrong')).message,
			kind: found,
			code,
		}).toEqual({ message, kind, code: String(status) });
		expect(error.name).toBe('Failure');
		expect(description).toContain('Cortex XSIAM said: [7] Bad wrong.');
	});

	it.each([
		[400, 'lost'],
		[401, 'refused'],
		[402, 'lost'],
		[403, 'lost'],
		[404, 'refused'],
		[413, 'refused'],
		[415, 'refused'],
		[429, 'refused'],
	])('HTTP %i without a text', (status, outcome) => {
		const { description, kind } = failure(status);
		expect(kind).toBe(outcome);
		expect(description).toContain(`HTTP ${status}`);
		expect(description).not.toContain('undefined');
	});

	it.each([
		'Unknown custom roles',
		'role_names param is missing',
		'Role does not exist',
		'Can not update users to Account Admin role.',
		'Value must be integer in epoch milliseconds',
		'Expiration can not be more than six months from now',
		'Invalid parameter names: creation_time',
		"Unsupported operator 'contains' for field platform",
		'Search size must fulfill the requirement: 0 < search_size <= 100',
		'Got an invalid input while processing XDR public API',
		'invalid field or operator',
	])('a 500 did nothing where it says: %s', (extra) => {
		expect(failure(500, main(500, 'An unexpected error occurred', extra)).kind).toBe('refused');
		expect(failure(500, main(500, extra, null)).kind).toBe('refused');
		expect(failure(200, main(500, 'An unexpected error occurred', extra)).kind).toBe('refused');
	});

	it.each([
		'wrong',
		'comment: too long',
		'deadline exceeded',
		'could not write the audit log of the new key',
		'timeout while the roles were assigned',
	])('a 500 may have come after the work where it says: %s', (extra) => {
		expect(failure(500, main(500, 'An unexpected error occurred', extra)).kind).toBe('lost');
		expect(failure(200, main(500, 'An unexpected error occurred', extra)).kind).toBe('lost');
		expect(failure(200, main('503', 'An unexpected error occurred', extra)).kind).toBe('lost');
		expect(failure(200, main(400, 'Got something', extra)).kind).toBe('refused');
		expect(failure(400, main(500, 'Got something', extra)).kind).toBe('refused');
	});

	it('a 500 that does not say why may have come after the work', () => {
		expect(failure(500, main(500, 'An unexpected error occurred', null)).kind).toBe('lost');
		expect(failure(500).kind).toBe('lost');
		expect(failure(503).kind).toBe('lost');
		expect(failure(599).kind).toBe('lost');
	});

	it.each([
		{ reply: { err_msg: 'An unexpected error occurred' } },
		{ error: 'Something broke' },
		{ errorCode: 'INTERNAL', message: 'Something broke' },
	])('a 200 with an error and no status may have come after the work: %j', (body) => {
		expect(failure(200, body).kind).toBe('lost');
		expect(failure(400, body).kind).toBe('refused');
	});

	it('says that the answer was not quoted where it is JSON of another form', () => {
		const { description } = refusal(
			reply({ status: 400, text: '{"reply":{"id":1}}' }),
			otherWords('{"reply":{"id":1}}'),
		);
		expect(description).toContain('The answer was HTTP 400 with JSON that names no cause.');
	});

	it('says which status it was where the vendor says nothing', () => {
		expect(failure(418).message).toBe('Cortex XSIAM answered the request with HTTP 418');
		expect(failure(415).message).toBe('Cortex XSIAM refused the request: HTTP 415');
		expect(failure(418, { error: 'Teapot' }).message).toBe(
			'Cortex XSIAM refused the request: Teapot',
		);
	});

	it.each([
		['Unknown custom roles', /^'Role Names or IDs' holds a role that the tenant does not know$/],
		['roles param is missing', /'Role Names or IDs'/],
		['Role does not exist', /'Role Names or IDs'/],
		['Value must be integer in epoch milliseconds', /the date in 'Expiration'$/],
		['Expiration can not be more than six months from now', /the date in 'Expiration'$/],
	])('%s names the parameter of the operation that issues a key', (extra, message) => {
		const body = main(500, 'An unexpected error occurred by XDR public API', extra);
		const meanings = refusalsOfNewKey({ roles: "'Role Names or IDs'", expiration: "'Expiration'" });
		const found = failure(500, body, {}, meanings);
		expect(found.message).toMatch(message);
		expect(found.description).toContain(extra);
		expect(found.kind).toBe('refused');
		const elsewhere = failure(500, body);
		expect(elsewhere.message).toBe(`Cortex XSIAM refused the request: ${extra.replace(/\.$/, '')}`);
		expect(elsewhere.kind).toBe('refused');
	});

	const iam = (err_extra: string) => ({
		data: {
			err_msg: 'The request contains invalid or missing parameters.',
			metadata: { err_extra, err_code: 400 },
		},
	});

	it.each<[string, Meaning[], string]>([
		[
			'Api Key fetch failed: api_key_id does not exist, id=1.',
			[NO_SUCH_KEY],
			'The tenant has no API key with this ID',
		],
		['Invalid api_key_id', [NO_SUCH_KEY, INVALID_ROLES], 'The tenant has no API key with this ID'],
		[
			'Invalid role ids',
			[NO_SUCH_KEY, INVALID_ROLES],
			"Cortex XSIAM does not accept the roles in 'Role Names or IDs'",
		],
		[
			'The scope name test_scope_01 does not exist.',
			SCOPE_REFUSALS,
			"'Scope' names something that the tenant does not know",
		],
		[
			'Dataset scoping is not enabled',
			SCOPE_REFUSALS,
			"Cortex XSIAM does not accept the dataset rows in 'Scope'",
		],
	])('of the IAM calls is told by its words: %s', (extra, meanings, message) => {
		const found = failure(400, iam(extra), {}, meanings);
		expect(found.message).toBe(message);
		expect(found.kind).toBe('refused');
		expect(found.description).toContain(extra.replace(/\.$/, ''));
	});

	it.each([
		[401, 'Cortex XSIAM does not accept the API key'],
		['402', 'The Cortex XSIAM license does not include this call'],
		['429', 'Cortex XSIAM accepts no more requests at the moment'],
	])('an error of %j that comes with HTTP 200 means the same', (code, message) => {
		const found = failure(200, main(code, 'Bad', 'wrong'));
		expect(found).toMatchObject({ message, kind: 'refused', code: String(code) });
		expect(failure(200, { reply: 'available' }).code).toBe('200');
	});

	it.each([
		[500, main(500, 'Rate limit exceeded', null)],
		[500, main(429, 'Too many requests', null)],
		[500, main(500, 'An error occurred', 'too many requests in the audit queue')],
		[200, main(500, 'Too Many Requests', null)],
		[200, main(17, 'Rate limit exceeded', null)],
		[200, { error: 'Too many requests' }],
	])('a text alone is no rate limit: HTTP %i, %j', (status, body) => {
		const found = failure(status, body);
		expect(found.message).toMatch(/^Cortex XSIAM answered the request with HTTP/);
		expect(found.kind).toBe('lost');
		expect(found.declared).toBeUndefined();
		expect(isTooMany(reply({ status, text: JSON.stringify(body) }))).toBe(false);
	});

	it.each([
		[429, main(429, 'Too many requests', null)],
		[429, 'slow down'],
		[200, main(429, 'Too many requests', null)],
		[200, main('429', 'Slow down', null)],
	])('a rate limit is told by its code: HTTP %i, %j', (status, body) => {
		const found = failure(status, body);
		expect(found.message).toBe('Cortex XSIAM accepts no more requests at the moment');
		expect(found).toMatchObject({ kind: 'refused', declared: { cause: 'rate-limited' } });
		expect(isTooMany(reply({ status, text: JSON.stringify(body) }))).toBe(true);
	});

	it.each<[number, unknown]>([
		[
			500,
			main(500, UNIFIED, 'key was generated, but the role binding service gave an unknown error'),
		],
		[500, main(500, UNIFIED, 'Failed to write expiration: invalid response of the database')],
		[500, main(500, UNIFIED, 'role service timeout: missing reply')],
		[500, main(500, 'x', 'internal: roles cannot be attached, rollback failed')],
		[500, main(500, 'Unknown error while generating api key for role', null)],
		[503, main(503, UNIFIED, 'Unknown custom roles')],
		[200, main(503, UNIFIED, 'Unknown custom roles')],
		[599, main(599, UNIFIED, 'roles: invalid answer')],
	])('of a key that may have been made blames no parameter: HTTP %i, %j', (status, body) => {
		const meanings = refusalsOfNewKey({ roles: "'Role Names or IDs'", expiration: "'Expiration'" });
		const found = failure(status, body, {}, meanings);
		expect(found.kind).toBe('lost');
		expect(found.message).toMatch(/^Cortex XSIAM answered the request with HTTP/);
		expect(found.message).not.toMatch(/does not accept|does not know/);
	});

	it('declares what n8n may conclude', () => {
		expect(failure(401).declared).toEqual({ cause: 'credential-invalid' });
		expect(failure(429).declared).toEqual({ cause: 'rate-limited' });
		expect(failure(403).declared).toBeUndefined();
	});
});

describe('a 401', () => {
	const at = (ahead: number) => ({ date: new Date(Date.now() + ahead).toUTCString() });
	const describe401 = (headers: Reply['headers']) =>
		failure(401, main(401, 'Public API request unauthorized', null), headers).description ?? '';

	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 15, 12)));
	afterEach(() => jest.restoreAllMocks());

	it('has four causes, all of them named', () => {
		const text = describe401({});
		for (const field of [
			"'API Key ID'",
			"'API Key'",
			"'Security Level'",
			'expired or been deleted',
		]) {
			expect(text).toContain(field);
		}
		expect(text).toContain('five minutes');
		expect(text).toContain('[401] Public API request unauthorized');
		expect(text).not.toMatch(/clocks agree|ahead of|behind/);
	});

	it('says how far the clocks are apart', () => {
		expect(describe401(at(0))).toContain('The clocks agree.');
		expect(describe401(at(-1_000))).toContain('The clocks agree.');
		expect(describe401(at(420_000))).toContain("The server's clock is 420 seconds ahead of n8n's.");
		expect(describe401(at(-660_000))).toContain("The server's clock is 660 seconds behind n8n's.");
	});

	it('does without a date that is none', () => {
		expect(describe401({ date: 'yesterday' })).not.toMatch(/clocks agree|ahead of|behind|NaN/);
	});
});
