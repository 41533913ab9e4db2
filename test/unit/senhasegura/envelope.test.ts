import { looseBoolean, readReply } from '../../../nodes/Senhasegura/api/envelope';
import type { Family } from '../../../nodes/Senhasegura/api/refusals';
import type { Reply } from '../../../nodes/shared/transport';
import { response } from '../../workflows/senhasegura/kit';
import { failureOf, reply } from './support';

/** The vendor's envelope (its page "POST | Create SSH key"). */
function envelope(changes: object = {}, rest: object = {}): object {
	return {
		code: 201,
		response: {
			...response(201, 'Key successfully registered!'),
			...changes,
		},
		tenant: 'senhasegura',
		...rest,
	};
}

function refusal(message: string, status = 400, code?: number): object {
	return {
		code: status,
		response: response(status, message, true),
		...(code !== undefined && { exception: { code, message, detail: null } }),
	};
}

function answer(body: unknown, changes: Partial<Reply> = {}): Reply {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return reply({ status: 200, text, ...changes });
}

const refused = (body: unknown, changes: Partial<Reply> = {}) =>
	failureOf(() => readReply(answer(body, changes)));

afterEach(() => jest.restoreAllMocks());

describe('a success', () => {
	it('is read whole', () => {
		const body = envelope({}, { key: { id: '92' }, more: [1] });
		expect(readReply(answer(body, { status: 201 }))).toEqual({
			body,
			message: 'Key successfully registered!',
		});
	});

	it.each<[string, object, string]>([
		['message', { message: 'one', mensagem: 'two', Message: 'three' }, 'one'],
		['mensagem', { message: undefined, mensagem: 'dois' }, 'dois'],
		['Message', { message: undefined, mensagem: undefined, Message: 'three' }, 'three'],
		['mensagem beside an empty message', { message: '', mensagem: 'dois' }, 'dois'],
		['Message beside null', { message: null, mensagem: null, Message: 'three' }, 'three'],
		['no text', { message: undefined, mensagem: undefined }, ''],
		['a number for a text', { message: 5, mensagem: undefined }, ''],
	])('has its text in %s', (_name, changes, expected) => {
		expect(readReply(answer(envelope(changes))).message).toBe(expected);
	});

	it.each<[string, object]>([
		['no code', { code: undefined }],
		['no tenant', { tenant: undefined }],
		['an exception of null', { exception: null }],
		['an odd exception', { exception: 'none' }],
		['an empty list for an exception', { exception: [] }],
	])('may have %s', (_name, rest) => {
		expect(() => readReply(answer(envelope({}, rest)))).not.toThrow();
	});

	it.each<[string, object]>([
		['200', { status: 200 }],
		['a status as text', { status: '201' }],
		['no status', { status: undefined }],
		['null for a status', { status: null }],
		['an odd status', { status: 'Created' }],
		['no flags', { error: undefined, erro: undefined }],
		['flags as 0', { error: 0, erro: '0' }],
		['flags as text', { error: 'false', erro: 'false' }],
		['flags of null', { error: null, erro: null }],
		['empty flags', { error: '', erro: '' }],
	])('may say %s', (_name, changes) => {
		expect(() => readReply(answer(envelope(changes)))).not.toThrow();
	});

	it.each(['text/html', 'text/plain', ''])('may come as %j', (type) => {
		const headers = { 'content-type': type };
		expect(() => readReply(answer(envelope(), { headers }))).not.toThrow();
		expect(() => readReply(answer(`\ufeff${JSON.stringify(envelope())}\n`))).not.toThrow();
	});
});

describe('a failure', () => {
	it.each<[string, object, number, string]>([
		['by its HTTP status', envelope(), 400, 'refused'],
		['by error', envelope({ error: true }), 200, 'lost'],
		['by error as 1', envelope({ error: 1 }), 200, 'lost'],
		["by error as '1'", envelope({ error: '1' }), 200, 'lost'],
		["by error as 'true'", envelope({ error: 'true' }), 200, 'lost'],
		['by erro alone', envelope({ error: undefined, erro: true }), 201, 'lost'],
		['by response.status', envelope({ status: 400 }), 200, 'refused'],
		['by response.status as text', envelope({ status: '400' }), 200, 'refused'],
		[
			'by code alone',
			{ ...envelope({ status: undefined, error: undefined }), code: 400 },
			200,
			'refused',
		],
	])('is told %s', (_name, body, status, kind) => {
		const failure = refused(body, { status });
		expect(failure).toMatchObject({ name: 'Failure', kind });
		expect(failure.description).toContain('Key successfully registered!');
	});

	it.each<[number, string, RegExp]>([
		[1004, "The device's hostname was not informed", /^'Hostname' is missing$/],
		[1005, "The device's IP was not informed", /^'IP' is missing$/],
		[1009, 'No access to credential', /no access to this item/],
		[1011, 'Device not found', /'Hostname' and 'IP'/],
		[1013, 'The public key was not informed', /^'Public Key' is missing$/],
		[1014, 'The private key was not informed', /^'Private Key' is missing$/],
		[1016, 'The item is not a ssh key', /'Identifier'/],
		[1039, 'Without PAM Configuration Access permission', /may only read/],
	])('%d: %s', (code, text, expected) => {
		const forms: Array<[string, object]> = [
			['with a space', refusal(`${code}: ${text}`, 400, code)],
			['without one', refusal(`${code}:${text}`, 400, code)],
			['with more', refusal(` ${code} :  ${text} `, 400, code)],
			['without exception', refusal(`${code}: ${text}`)],
			['in exception alone', refusal(text, 400, code)],
			[
				'in its message alone',
				{ ...refusal('', 400, code), exception: { message: `${code}:${text}` } },
			],
			[
				'in Portuguese alone',
				{ response: { status: 400, mensagem: `${code}: ${text}`, erro: true }, code: 400 },
			],
			[
				'beside an empty message',
				{ response: { status: 400, message: '', mensagem: `${code}: ${text}`, error: true } },
			],
			['in capitals', { response: { status: 400, Message: `${code}: ${text}`, error: true } }],
			['with a code as text', { ...refusal(text), exception: { code: String(code) } }],
		];
		for (const [name, body] of forms) {
			for (const status of [400, 200]) {
				const failure = refused(body, { status });
				expect([name, failure.message]).toEqual([name, expect.stringMatching(expected)]);
				expect(failure).toMatchObject({ kind: 'refused', code: '400' });
				expect(failure.description).toContain(text);
			}
		}
	});

	it.each<[string, number, string, RegExp]>([
		['pam', 1009, 'No access to credential', /no access to this item/],
		['mysafe', 1009, 'Inactive password', /^The entry is disabled$/],
		['pam', 1010, 'The item is not a credential', /is an SSH key/],
		['mysafe', 1010, 'Unexpected identifier type', /number of a MySafe entry/],
		['session', 1003, 'Unexpected identifier type', /number of a session/],
		['pam', 1005, "The device's IP was not informed", /^'IP' is missing$/],
		['mysafe', 1005, 'Password not found', /^MySafe does not know this entry$/],
		['user', 1005, 'User does not exist', /does not know this related user/],
		['mysafe', 1006, 'User does not have access', /has no access to this entry/],
		['mysafe', 1005, 'Note not found', /^MySafe does not know this entry$/],
		['mysafe', 1005, 'Api secret not found', /^MySafe does not know this entry$/],
		['mysafe', 1001, 'Identifier already found in another API key', /has this 'Identifier Code'$/],
		// Numbers that the family does not document mean nothing there.
		['dapp', 1009, 'Something else', /refused the request: 1009: Something else/],
		['certificate', 1017, 'Something else', /refused the request: 1017: Something else/],
	])('of %s with %d says what it means there: %s', (module, code, text, expected) => {
		for (const message of [`${code}: ${text}`, `${code} ${text}`]) {
			const failure = failureOf(() =>
				readReply(answer(refusal(message), { status: 400 }), { module }),
			);
			expect(failure.message).toMatch(
				new RegExp(expected.source.replace(`${code}: `, `${code}:? `)),
			);
			expect(failure).toMatchObject({ kind: 'refused', businessCode: code });
		}
	});

	it.each<[string, object, RegExp]>([
		[
			'beside a success, by its own text',
			{ response: { status: 200, message: 'Key 39', error: false }, error: 'x', message: 'No' },
			/could not answer the request: No$/,
		],
		[
			'without a reason, by its exception',
			{
				response: { status: 500, message: 'Unexpected error', error: true },
				exception: { code: 400, message: 'Something of its own' },
			},
			/the request: Something of its own$/,
		],
		[
			'of the vault itself, as a fault',
			{
				response: { status: 500, message: 'Unexpected error', error: true },
				exception: { code: 500, message: 'Check the index log system error for more details' },
			},
			/^Something went wrong inside senhasegura$/,
		],
		[
			'without a reason or an exception, as a fault',
			{ response: { status: 500, message: 'Unexpected error.', error: true } },
			/^Something went wrong inside senhasegura$/,
		],
	])('is told %s', (_name, body, expected) => {
		expect(refused(body).message).toMatch(expected);
	});

	it('of a text that is known needs no number', () => {
		expect(refused(refusal('SSH key not found'), { status: 400 }).message).toBe(
			'The vault does not know this SSH key',
		);
	});

	it.each([
		[502, 'An invalid response was received from the upstream server'],
		[503, 'The upstream server is currently unavailable'],
		[504, 'The upstream server is timing out'],
	])('of the gateway with HTTP %d does not blame the parameters', (status, message) => {
		const failure = refused({ message, request_id: 'a1' }, { status });
		expect(failure).toMatchObject({ kind: 'lost', code: String(status) });
		expect(failure.message).toBe("senhasegura's gateway got no answer from the vault");
		expect(failure.description).toContain(message);
		expect(failure.description).toMatch(/^A gateway or proxy in front of senhasegura answered/);
		expect(failure.description).not.toContain('Check the parameters');
	});

	it.each(
		[
			'An invalid response was received from the upstream server',
			'The upstream server is currently unavailable',
			'The upstream server is timing out',
		].flatMap((message) => [400, 401, 403, 404].map((status) => [message, status] as const)),
	)('that %s leaves open what has been done with HTTP %d, too', (message, status) => {
		for (const body of [{ message, request_id: 'a1' }, refusal(`${message}.`, status, 1)]) {
			const failure = refused(body, { status });
			expect(failure).toMatchObject({ kind: 'lost', code: String(status) });
			expect(failure.message).toBe("senhasegura's gateway got no answer from the vault");
		}
	});

	it('of a referer that is not allowed is a refusal, although it is HTTP 500', () => {
		const failure = refused(refusal('The http referer is not allowed', 500), { status: 500 });
		expect(failure).toMatchObject({ kind: 'refused', code: '500' });
		expect(failure.message).toBe('The authorization does not allow this referer');
	});

	it('of an unknown code shows the vendor’s own text', () => {
		const failure = refused(refusal('1099: Something new.', 400, 1099), { status: 400 });
		expect(failure.message).toBe('senhasegura refused the request: 1099: Something new');
		expect(failure.description).toContain('senhasegura said: 1099: Something new.');
		expect(failure).toMatchObject({ kind: 'refused', code: '400' });
	});

	it('of a number in the text takes it for no code', () => {
		const failure = refused(refusal('Port 1004: busy'), { status: 400 });
		expect(failure.message).toContain('Port 1004: busy');
		expect(refused(refusal('123456: x')).message).toContain('123456: x');
	});

	it.each([
		'Invalid timestamp',
		'Expired timestamp',
		'oauth_timestamp is out of range',
		'Invalid nonce',
		'Nonce already used',
	])('%j says how the clocks differ, and ends the other items', (text) => {
		jest.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
		const date = new Date(Date.now() + 600_000).toUTCString();
		for (const body of [refusal(text, 401), { message: text }]) {
			const failure = refused(body, { status: 401, headers: { date } });
			expect(failure.message).toBe('senhasegura does not accept the time of the request');
			expect(failure.description).toMatch(
				/clocks of n8n and the vault must agree.*The server's clock is 600 seconds ahead of n8n's\./,
			);
			expect(failure.description).toContain(`senhasegura said: ${text}.`);
			expect(failure.declared).toEqual({ cause: 'credential-invalid' });
		}
	});

	it('tells of clocks beside a signature only where they differ', () => {
		const at = (time: number) =>
			refused(refusal('Invalid signature', 401), {
				status: 401,
				headers: { date: new Date(time).toUTCString() },
			}).description;
		expect(at(Date.now() - 300_000)).toMatch(/The server's clock is 30\d seconds behind n8n's\./);
		expect(at(Date.now())).not.toContain('clock');
	});

	it.each<[string, number, object, RegExp, RegExp]>([
		[
			'Resource sub not found',
			404,
			refusal('Resource sub not found', 404),
			/does not know this address/,
			/'API Prefix'.*\/api.*\/iso/,
		],
		[
			'Resource/sub-resource not found',
			404,
			refusal('Resource/sub-resource not found', 404),
			/does not know this address/,
			/'API Prefix'/,
		],
		[
			'You are not authorized to access this resource.',
			500,
			refusal('You are not authorized to access this resource.', 500),
			/does not include the resource/,
			/PAM Core.*IP addresses and referers/,
		],
		[
			'Client authentication failed.',
			401,
			{ error: 'invalid_client', message: 'Client authentication failed.' },
			/does not accept the client/,
			/'Client ID', 'Client Secret', 'API Prefix' and 'Tenant'/,
		],
		[
			'Client authentication failed (OAuth error description)',
			401,
			{ error: 'invalid_client', error_description: 'Client authentication failed' },
			/does not accept the client/,
			/'Client Secret'/,
		],
		[
			'invalid_client',
			401,
			{ error: 'invalid_client' },
			/does not accept the client/,
			/'Client ID'/,
		],
		[
			'Invalid signature',
			401,
			refusal('Invalid signature', 401),
			/OAuth 1\.0 signature/,
			/scheme, host and port/,
		],
		[
			'Invalid signature (plain)',
			401,
			{ message: 'Invalid signature' },
			/OAuth 1\.0 signature/,
			/four keys/,
		],
		[
			'no Route matched with those values',
			404,
			{ message: 'no Route matched with those values' },
			/did not receive the authorization/,
			/'URL' and 'API Prefix'.*proxy/,
		],
		[
			'No route matched with those values.',
			404,
			refusal('No route matched with those values.', 404),
			/did not receive the authorization/,
			/Authorization header/,
		],
	])('%s is explained', (_name, status, body, message, description) => {
		const failure = refused(body, { status });
		expect(failure.kind).toBe('refused');
		expect(failure.message).toMatch(message);
		expect(failure.description).toMatch(description);
		expect(failure.description).toMatch(/senhasegura said: \S.*\.$/);
		expect(failure.code).toBe(String(status));
	});

	it.each([
		['Unexpected error.', refusal('Unexpected error.', 500)],
		[
			'Unexpected error',
			{
				...refusal('Unexpected error', 500),
				exception: {
					code: 500,
					message: 'Check the index log system error for more details',
					detail: null,
				},
			},
		],
	])('%s leaves open what has been done', (_name, body) => {
		for (const status of [500, 200]) {
			const failure = refused(body, { status });
			expect(failure).toMatchObject({ kind: 'lost', code: '500' });
			expect(failure.message).toContain('Something went wrong inside');
			expect(failure.description).toContain('index log');
		}
	});

	it.each([500, 502, 503, 504])('of HTTP %d without more leaves that open, too', (status) => {
		for (const body of [
			'{}',
			'{"message":"upstream"}',
			'[]',
			'"text"',
			'null',
			'',
			'<html></html>',
		]) {
			expect(refused(body, { status })).toMatchObject({ kind: 'lost', code: String(status) });
		}
	});

	it('with a business code is a refusal, whatever the HTTP status', () => {
		const body = refusal('1011: Device not found', 500, 1011);
		expect(refused(body, { status: 500 })).toMatchObject({ kind: 'refused' });
		const unsaid = refusal('Nothing of that kind', 500, 1011);
		expect(refused(unsaid, { status: 500 })).toMatchObject({ kind: 'refused' });
	});

	it.each<[number, object]>([
		[500, refusal('500: Internal server error', 500)],
		[500, refusal('503: Service unavailable', 500)],
		[500, refusal('2001: database is locked', 500)],
		[500, refusal('1099: Timeout while saving', 500, 1099)],
		[500, refusal('1001: Internal error', 500, 1001)],
		[200, refusal('x', 200, 500)],
		[
			200,
			{
				response: { status: 200, message: 'ok', error: false },
				exception: { code: 500, message: 'boom' },
			},
		],
		[
			200,
			{
				response: { status: 200, message: 'ok', error: false },
				exception: { code: 1030, message: 'boom' },
			},
		],
		[200, { response: { error: '1', message: 'PDOException: gone away' } }],
		[200, { response: { status: 200, error: true, message: 'could not sync' } }],
		[200, { response: { status: 200 }, error: 'timeout' }],
		[400, refusal('PDOException: server has gone away')],
		[400, refusal('PDOException: credential not found in the cache', 400, 1007)],
		[400, refusal('Unexpected error')],
		[400, refusal('x', 400, 500)],
		[404, refusal('Gateway time-out', 404)],
		[500, refusal('Error: not authorized by the database after the write', 500)],
		[500, refusal('Error 42: invalid private key cache; record was written', 500)],
	])('may have come after the work: HTTP %d, %j', (status, body) => {
		const failure = refused(body, { status });
		expect(failure.kind).toBe('lost');
		expect(failure.message).toMatch(
			/could not answer the request|Something went wrong inside senhasegura/,
		);
		expect(failure.declared).toBeUndefined();
	});

	it.each<[string, object]>([
		['OAuth: message', { error: 'x', message: 'the text' }],
		['OAuth: description', { error: 'x', error_description: 'the text' }],
		['OAuth: error', { error: 'the text' }],
		['SDK: reason', { reason: 'the text' }],
		['an empty message before', { message: '', error_description: 'the text' }],
	])('of another form shows its text (%s)', (_name, body) => {
		expect(refused(body, { status: 403 }).message).toContain('the text');
	});

	it.each(['Unauthorized', '', '<html>Unauthorized</html>'])(
		'of HTTP 401 with %j is about the credential',
		(text) => {
			const body = text === '' || text.startsWith('<') ? text : { message: text };
			const failure = refused(body, { status: 401 });
			expect(failure.message).toBe('senhasegura does not accept the credential');
			expect(failure).toMatchObject({ kind: 'refused', declared: { cause: 'credential-invalid' } });
		},
	);

	it.each(['', '<html><h1>404 Not Found</h1></html>', 'nginx'])(
		'of HTTP 404 with %j is about the address',
		(text) => {
			const failure = refused(text, { status: 404 });
			expect(failure.message).toContain('does not know this address');
			expect(failure.description).toContain("'URL'");
			expect(failure.description).toContain('HTTP 404');
		},
	);

	it('of a client error without a text names the status', () => {
		const failure = refused('', { status: 418 });
		expect(failure.message).toBe('senhasegura gave no answer of its own: HTTP 418');
		expect(failure.description).toContain('The answer was HTTP 418 without a text.');
	});

	it('shows a long text in part, and on one line', () => {
		const failure = refused(refusal(`line\nbreak ${'x'.repeat(5_000)}`), { status: 400 });
		expect(failure.message).toContain('line break xxx');
		expect(failure.message.length).toBeLessThan(400);
		expect(failure.message).toMatch(/…$/);
	});

	it.each([
		['a bearer token', 'Token Bearer opaque0token0value is wrong', 'opaque0token0value'],
		['basic authentication', 'Header Basic Y2xpZW50OnNlY3JldA== refused', 'Y2xpZW50OnNlY3JldA'],
		[
			'a JSON Web Token',
			'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2lnbmF0dXJl has expired',
			'eyJhdWQiOiJ4In0',
		],
	])('does not show %s that it is told', (_name, text, secret) => {
		const bodies = [refusal(text), { message: text }];
		for (const body of bodies) {
			const failure = refused(body, { status: 400 });
			expect(`${failure.message} ${failure.description}`).not.toContain(secret);
			expect(failure.message).toContain('[redacted]');
		}
	});
});

describe('an error without the envelope', () => {
	const kindIn = (family: Family, body: object) =>
		failureOf(() => readReply(answer(body, { status: 400 }), family)).kind;
	const FOREIGN = [
		{},
		{ message: 'No' },
		{ message: 'No', request_id: '7' },
		{ status: 400, error: 'Bad Request', message: 'No', path: '/x' },
	];

	// docs/api/senhasegura.md, "DevOps Secret Manager" and "OAuth 2.0"; others have no such form.
	it('is a text at the top in DSM', () => {
		for (const body of [{ error: 'x' }, { error: 'x', message: 'No', reason: 'Why' }]) {
			for (const module of ['dapp', 'sctm', 'cicd', 'coe']) {
				expect([body, kindIn({ module }, body)]).toEqual([body, 'refused']);
			}
			expect([body, kindIn({ module: 'pam' }, body)]).toEqual([body, 'lost']);
		}
		for (const body of FOREIGN) {
			expect([body, kindIn({ module: 'dapp' }, body)]).toEqual([body, 'lost']);
		}
	});

	// docs/api/senhasegura.md, "Certificates".
	it('has a flag among certificates', () => {
		const family = { module: 'certificate', bare: true };
		for (const error of [true, false, 'true', 1]) {
			const body = { status: 400, message: 'No', error };
			expect([body, kindIn(family, body)]).toEqual([body, 'refused']);
		}
		for (const body of FOREIGN) {
			expect([body, kindIn(family, body)]).toEqual([body, 'lost']);
		}
	});
});

describe('an answer that is none', () => {
	it.each([
		['an empty body', '', /empty body/],
		['white space', ' \r\n', /empty body/],
		['a web page', '<!DOCTYPE html><html></html>', /web page/],
		['a page after a byte order mark', '\ufeff<html></html>', /web page/],
		['half of the JSON', '{"code":201,"response":{"status":201', /not JSON/],
		['a list', '[]', /usual envelope/],
		['a text', '"ok"', /usual envelope/],
		['a number', '1', /usual envelope/],
		['null', 'null', /usual envelope/],
		['no response', '{"code":200}', /usual envelope/],
		['a list for a response', '{"response":[]}', /usual envelope/],
		['a text for a response', '{"response":"ok"}', /usual envelope/],
	])('%s with HTTP 200 leaves open what has been done', (_name, text, message) => {
		const failure = refused(text, { status: 200 });
		expect(failure).toMatchObject({ kind: 'lost', code: '200' });
		expect(failure.message).toMatch(message);
		expect(failure.description).toContain('URL');
	});

	it('a redirect is told, with its target and without its query', () => {
		const failure = refused('', {
			status: 302,
			headers: { location: 'https://login.example.com/sso?token=abc' },
		});
		expect(failure.kind).toBe('lost');
		expect(failure.message).toContain('https://login.example.com');
		expect(failure.message).not.toContain('abc');
	});
});

describe('booleans', () => {
	it.each<[unknown, boolean]>([
		[true, true],
		[1, true],
		['1', true],
		['true', true],
		[false, false],
		[0, false],
		['0', false],
		['false', false],
		['', false],
		[null, false],
		[undefined, false],
		['no', false],
	])('%j is %s', (value, expected) => {
		expect(looseBoolean.parse(value)).toBe(expected);
	});
});
