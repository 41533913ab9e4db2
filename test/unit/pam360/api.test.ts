import fc from 'fast-check';
import { DateTime } from 'luxon';
import { serverTime } from '../../../nodes/Pam360/api/dates';
import { readReply } from '../../../nodes/Pam360/api/envelope';
import { inputData } from '../../../nodes/Pam360/api/inputData';
import { pam360BaseUrl } from '../../../nodes/Pam360/api/url';
import type { Failure } from '../../../nodes/shared/failure';
import { thrownBy } from '../shared/support';
import { OTHER_HOST, UNKNOWN_TOKEN, agentKeyAnswer, failedAnswer, reply } from './support';

describe('the base address', () => {
	it.each([
		'https://pam360.example.com:8282',
		'https://pam360.example.com:8282/',
		'pam360.example.com:8282',
		'https://pam360.example.com:8282/restapi',
		'https://pam360.example.com:8282/restapi/json/v1',
		'https://pam360.example.com:8282/restapi/json/v1/',
		'https://pam360.example.com:8282/restapi/json/v1/agents/agentkey?INPUT_DATA=x',
		'https://pam360.example.com:8282/api/pki/restapi/getAllSSHKeys',
		'https://pam360.example.com:8282/scim/v2/',
		' https://pam360.example.com:8282//#login',
	])('is the same for %j', (url) => {
		expect(pam360BaseUrl({ url })).toBe('https://pam360.example.com:8282');
	});

	it.each([
		['https://gate.example.com/pam', 'https://gate.example.com/pam'],
		['https://gate.example.com/pam/restapi/json/v1', 'https://gate.example.com/pam'],
		['https://gate.example.com/restapi-gate/', 'https://gate.example.com/restapi-gate'],
		['https://gate.example.com/api/pkix', 'https://gate.example.com/api/pkix'],
	])('keeps the path of a reverse proxy: %j', (url, expected) => {
		expect(pam360BaseUrl({ url })).toBe(expected);
	});

	it('is plain http only for those who insist', () => {
		const url = 'http://pam360.example.com:8282';
		expect(thrownBy(() => pam360BaseUrl({ url })).message).toContain('plain http');
		expect(thrownBy(() => pam360BaseUrl({ url, allowPlainHttp: 'true' }))).toBeDefined();
		expect(pam360BaseUrl({ url, allowPlainHttp: true })).toBe(url);
	});

	it('is idempotent', () => {
		const segment = fc.constantFrom('restapi', 'json', 'v1', 'api', 'pki', 'scim', 'pam', '');
		fc.assert(
			fc.property(fc.array(segment), (segments) => {
				const once = pam360BaseUrl({ url: `https://host/${segments.join('/')}` });
				expect(pam360BaseUrl({ url: once })).toBe(once);
				expect(once).not.toMatch(/\/(restapi|scim)(\/|$)|\/$/);
			}),
		);
	});
});

describe('INPUT_DATA', () => {
	it('is one form field with the key in the case that the call wants', () => {
		expect(inputData({ generateAgentKey: 'true', validityPeriod: 3 }, 'details')).toBe(
			'INPUT_DATA=%7B%22operation%22%3A%7B%22details%22%3A%7B%22generateAgentKey%22%3A%22true%22%2C' +
				'%22validityPeriod%22%3A3%7D%7D%7D',
		);
		expect(inputData({}, 'Details')).toBe(
			`INPUT_DATA=${encodeURIComponent('{"operation":{"Details":{}}}')}`,
		);
	});

	it.each(['A1@8ZnQx)mh&=', 'a+b%20&c=#', ' leading and trailing ', 'Pa$$ Word@124 ', 'ünï→😀'])(
		'carries %j unchanged',
		(value) => {
			const fields = new URLSearchParams(inputData({ value }, 'Details'));
			expect(JSON.parse(fields.get('INPUT_DATA')!)).toEqual({ operation: { Details: { value } } });
		},
	);

	it('carries anything unchanged', () => {
		const details = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
		fc.assert(
			fc.property(details, fc.constantFrom('Details' as const, 'details' as const), (sent, key) => {
				const fields = [...new URLSearchParams(inputData(sent, key))];
				expect(fields.map(([name]) => name)).toEqual(['INPUT_DATA']);
				expect(JSON.parse(fields[0]![1])).toEqual(
					JSON.parse(JSON.stringify({ operation: { [key]: sent } })),
				);
			}),
		);
	});
});

describe('dates', () => {
	it.each([
		['28/08/2025 18:14:49', '2025-08-28T18:14:49', '2025-08-28T18:14:49+05:30'],
		['09/01/2026 17:50', '2026-01-09T17:50:00', '2026-01-09T17:50:00+05:30'],
		['Dec 1, 2021 09:00 PM', '2021-12-01T21:00:00', '2021-12-01T21:00:00+05:30'],
		// Java's own format has no zero before the hour.
		['Dec 1, 2021 9:00 PM', '2021-12-01T21:00:00', '2021-12-01T21:00:00+05:30'],
		['Dec 30, 2025 04:45 PM', '2025-12-30T16:45:00', '2025-12-30T16:45:00+05:30'],
		['Jan 1, 2026 12:00 AM', '2026-01-01T00:00:00', '2026-01-01T00:00:00+05:30'],
		['2024-03-12 13:45:44.835', '2024-03-12T13:45:44', '2024-03-12T13:45:44.835+05:30'],
		['2024-03-12 13:45:44', '2024-03-12T13:45:44', '2024-03-12T13:45:44+05:30'],
		['2024-10-30', '2024-10-30T00:00:00', '2024-10-30T00:00:00+05:30'],
		// docs/api/pam360.md, "Listing and reading certificates" and "The envelope of the key and certificate
		// calls": certificates and custom fields have no time.
		['Dec 27, 2026', '2026-12-27T00:00:00', '2026-12-27T00:00:00+05:30'],
		['19/02/2022', '2022-02-19T00:00:00', '2022-02-19T00:00:00+05:30'],
	])('%j is the server’s local time', (text, local, zoned) => {
		expect(serverTime(text, undefined)).toEqual({ serverTime: local, time: null });
		expect(serverTime(text, 'Asia/Kolkata')).toEqual({ serverTime: local, time: zoned });
	});

	it('may name its own zone, or none, as the time of an audit record does', () => {
		expect(serverTime('2024-03-12T13:45:44+05:30', undefined)).toEqual({
			serverTime: '2024-03-12T13:45:44',
			time: '2024-03-12T08:15:44Z',
		});
		// docs/api/pam360.md, "Audit": TIME and Time Stamp of one record.
		expect(serverTime('1710222344835', 'America/New_York')).toEqual({
			serverTime: null,
			time: '2024-03-12T01:45:44.835-04:00',
		});
	});

	it.each(['N/A', 'NeverExpires', '', '28.08.2025', '08/28/2025', null, undefined, {}, 1710222344])(
		'%j is none',
		(text) => expect(serverTime(text, 'UTC')).toBeNull(),
	);

	it('are read as written, in every format', () => {
		const formats = [
			['dd/MM/yyyy HH:mm:ss', 'second'],
			['dd/MM/yyyy HH:mm', 'minute'],
			['MMM d, yyyy hh:mm a', 'minute'],
			['MMM d, yyyy', 'day'],
			['yyyy-MM-dd HH:mm:ss.SSS', 'second'],
			['yyyy-MM-dd', 'day'],
		] as const;
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 4_000_000_000 }),
				fc.constantFrom(...formats),
				(second, [format, unit]) => {
					const date = DateTime.fromSeconds(second, { zone: 'utc', locale: 'en' });
					const expected = date.startOf(unit);
					const read = serverTime(date.toFormat(format), 'UTC');
					expect(read?.serverTime).toBe(expected.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
					expect(DateTime.fromISO(read?.time ?? '').toMillis()).toBe(expected.toMillis());
				},
			),
		);
	});
});

describe('an answer', () => {
	const details = { agentKey: '3361ddf199e75933', agentKeyEndTime: '28/08/2025 18:14:49' };

	it.each([
		['as documented', agentKeyAnswer()],
		['with status "true"', agentKeyAnswer({ result: { status: 'true' } })],
		['with status true', agentKeyAnswer({ result: { status: true } })],
		['with status in capitals', agentKeyAnswer({ result: { status: ' SUCCESS ' } })],
		['with statusCode as text', agentKeyAnswer({ result: { statusCode: '20000' } })],
		['without statusCode', agentKeyAnswer({ result: { statusCode: undefined } })],
		['with an odd statusCode', agentKeyAnswer({ result: { statusCode: { a: 1 } } })],
		['without message', agentKeyAnswer({ result: { message: undefined } })],
		['with an odd message', agentKeyAnswer({ result: { message: 7 } })],
		['without name', agentKeyAnswer({ more: { name: undefined } })],
		['with an odd name', agentKeyAnswer({ more: { name: 5 } })],
		['with odd totals', agentKeyAnswer({ more: { totalRows: 'many' } })],
		['with details', agentKeyAnswer({ Details: undefined, more: { details } })],
		['with more in it', agentKeyAnswer({ more: { build: 6700 } })],
	])('is a success %s', (_, answer) => {
		const read = readReply(reply(answer));
		expect(read.details).toEqual(details);
		expect(read.body).toEqual(JSON.parse(JSON.stringify(answer)));
	});

	it('may lack details', () => {
		const { operation } = agentKeyAnswer({ more: { totalRows: 0 } });
		delete operation.Details;
		expect(readReply(reply({ operation })).details).toBeUndefined();
	});

	const failure = (answer: unknown, status?: number) =>
		thrownBy<Failure>(() => readReply(reply(answer, status)));

	it('tells of a token that is not accepted', () => {
		const refused = failure(failedAnswer(UNKNOWN_TOKEN));
		expect(refused).toMatchObject({
			kind: 'refused',
			message: 'PAM360 does not accept the auth token',
			declared: { cause: 'credential-invalid' },
		});
		expect(refused.description).toContain("'Auth Token', or 'Application Token'");
		expect(refused.description).toContain('regenerated');
		expect(refused.description).toContain(
			'PAM360 said: API key received is not associated to any user. Authentication failed.',
		);
	});

	it('tells of the host lock', () => {
		const refused = failure(failedAnswer(OTHER_HOST));
		expect(refused).toMatchObject({
			kind: 'refused',
			message: 'PAM360 does not allow the API user to call from this host',
			declared: { cause: 'credential-invalid' },
		});
		expect(refused.description).toContain('host check');
		expect(refused.description).toContain(`PAM360 said: ${OTHER_HOST}.`);
	});

	it.each([
		[failedAnswer('No  permission.'), 'PAM360 refused the request: No permission'],
		[failedAnswer('No.', { statusCode: 40001 }), 'PAM360 refused the request: No [40001]'],
		[failedAnswer('No.', { status: 'failed' }), 'PAM360 refused the request: No'],
		[failedAnswer('No.', { status: false }), 'PAM360 refused the request: No'],
		[failedAnswer(''), 'PAM360 refused the request: no reason'],
	])('tells why PAM360 refused a reading', (answer, message) => {
		for (const status of [200, 400, 403, 404]) {
			const refused = thrownBy<Failure>(() => readReply(reply(answer, status), { isRead: true }));
			expect(refused).toMatchObject({ kind: 'refused', message, code: String(status) });
			expect(refused.description).toMatch(
				/^Check the parameters, and the role and shares of the API user/,
			);
		}
	});

	it.each([
		{},
		{ operation: {} },
		{ operation: null },
		{ operation: { result: {} } },
		{ operation: { result: { status: 7 } } },
		{ operation: { result: 'Success' } },
		{ result: { status: 'Success' } },
		[],
		'null',
		'"Success"',
		'20000',
	])('without a result is none: %j', (answer) => {
		expect(failure(answer)).toMatchObject({
			kind: 'lost',
			message: 'PAM360 answered without the result of the operation (HTTP 200)',
		});
		expect(failure(answer, 404)).toMatchObject({
			kind: 'refused',
			message: 'PAM360 answered without the result of the operation (HTTP 404)',
		});
	});

	it('is nothing when the host name of the API user cannot be resolved', () => {
		const lost = failure('');
		expect(lost.message).toBe('PAM360 answered with an empty body (HTTP 200)');
		expect(lost.description).toMatch(/host name .* API user/);
	});

	it.each([400, 401, 404, 500, 502, 503])(
		'is nothing with HTTP %d, which has another reason',
		(status) => {
			const failed = failure('', status);
			expect(failed.message).toBe(`PAM360 answered with an empty body (HTTP ${status})`);
			expect(failed.description).not.toMatch(/resolve/);
			expect(failed.description).toMatch(/\.$/);
		},
	);

	it('is refused by the security filter', () => {
		for (const body of ['', '<html>', 'OK']) {
			expect(failure(body, 599)).toMatchObject({
				kind: 'refused',
				code: '599',
				message: "PAM360's security filter took the input for an attack (HTTP 599)",
			});
		}
	});

	it('says when PAM360 gets too many requests', () => {
		for (const body of ['', '<html>', 'slow down']) {
			expect(failure(body, 429)).toMatchObject({
				kind: 'refused',
				code: '429',
				message: 'PAM360 accepts no more requests at the moment',
				declared: { cause: 'rate-limited' },
			});
		}
	});
});
