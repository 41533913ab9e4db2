import fc from 'fast-check';
import { parseJson, readJson, unexpectedAnswer } from '../../../nodes/shared/answer';
import type { Failure } from '../../../nodes/shared/failure';
import type { Reply } from '../../../nodes/shared/transport';
import { thrownBy } from './support';

const reply = (text: string, status = 200, headers: Record<string, string> = {}): Reply => ({
	text,
	status,
	headers,
	repeated: false,
});
const refusal = (text: string, status?: number, headers?: Record<string, string>) =>
	thrownBy<Failure>(() => readJson(reply(text, status, headers), 'The vendor', 'It sleeps.'));

describe('readJson', () => {
	it.each([
		['{"a":1}', { a: 1 }],
		['  [1, 2]\r\n', [1, 2]],
		['\ufeff{"a":1}', { a: 1 }],
		['null', null],
		['0', 0],
		['""', ''],
		['false', false],
	])('reads %j', (text, expected) => {
		for (const status of [200, 201, 400, 404, 500, 503]) {
			expect(readJson(reply(text, status, { 'content-type': 'text/html' }), 'V', '')).toEqual(
				expected,
			);
		}
	});

	it.each([
		[301, { location: 'https://login.example.com/sso?token=canary' }, 'https://login.example.com'],
		[302, { location: '/login' }, '/login'],
		[307, { location: '/login?ticket=canary' }, '/login'],
		[302, { location: 'https://bücher.example/?ticket=canary' }, 'https://xn--bcher-kva.example'],
		[307, {}, 'an address that it does not name'],
		[308, { location: '' }, 'an address that it does not name'],
	])('refuses a redirect (%d)', (status, headers, target) => {
		const failure = refusal('{"a":1}', status, headers);
		expect(failure).toMatchObject({
			kind: 'lost',
			code: String(status),
			message: `The vendor redirected the request to ${target}`,
		});
		expect(failure.description).toContain("'URL' in the credential");
		expect(failure.description).toMatch(
			/load balancer .* server behind it has failed: then try again/,
		);
		expect(failure.message + failure.description).not.toContain('canary');
	});

	it.each(['', ' ', '\r\n', '\ufeff'])('refuses an empty body (%j)', (text) => {
		expect(refusal(text)).toMatchObject({
			kind: 'lost',
			code: '200',
			message: 'The vendor answered with an empty body (HTTP 200)',
			description: 'It sleeps.',
		});
	});

	it.each([
		'<!DOCTYPE html><html></html>',
		'<!doctype html>',
		'\n <html lang="en">',
		'\ufeff<head>',
		'<body>x</body>',
		'<?xml version="1.0"?><html/>',
	])('refuses a web page (%j)', (text) => {
		const failure = refusal(text);
		expect(failure.message).toBe('The vendor answered with a web page instead of JSON (HTTP 200)');
		expect(failure.description).toContain("'URL'");
	});

	it.each(['OK', '{"a":1', 'undefined', '<a/>', '%PDF-1.7', '{"a":1}{"b":2}'])(
		'refuses garbage (%j) and does not repeat it',
		(text) => {
			const failure = refusal(text);
			expect(failure.message).toBe(
				'The vendor answered with something that is not JSON (HTTP 200)',
			);
			expect(failure.description).toContain("'URL'");
			expect(failure.description).not.toContain(text);
		},
	);

	it.each([
		[200, 'lost'],
		[204, 'lost'],
		// Where a balancer sends people once the server has failed, or the answer to work that was done.
		[301, 'lost'],
		[302, 'lost'],
		[303, 'lost'],
		[307, 'lost'],
		[308, 'lost'],
		// What HTTP says of a request that was not taken, whoever says it.
		[401, 'refused'],
		[404, 'refused'],
		[407, 'refused'],
		[413, 'refused'],
		[421, 'refused'],
		[429, 'refused'],
		[511, 'refused'],
		// A firewall that lets a request through may keep its answer back.
		[400, 'lost'],
		[403, 'lost'],
		[405, 'lost'],
		[409, 'lost'],
		[422, 'lost'],
		[451, 'lost'],
		// A gateway, or a client of one, that did not wait.
		[408, 'lost'],
		[460, 'lost'],
		[499, 'lost'],
		[500, 'lost'],
		[502, 'lost'],
		[504, 'lost'],
		[520, 'lost'],
		[598, 'lost'],
		[0, 'lost'],
	])('knows what HTTP %d says about the work', (status, kind) => {
		for (const text of ['', '<html>', 'garbage']) expect(refusal(text, status).kind).toBe(kind);
		expect(unexpectedAnswer(reply('{}', status), 'V', 'a key').kind).toBe(kind);
	});
});

describe('an answer of a gateway, or of a server in trouble,', () => {
	it.each([502, 503, 504, 520, 524, 598, 408, 499])(
		'is no advice on anything else: %d',
		(status) => {
			for (const text of ['', '<html>', 'Bad Gateway', '{"a":1}']) {
				const failure = text.startsWith('{')
					? unexpectedAnswer(reply(text, status), 'The vendor', 'a key')
					: refusal(text, status);
				expect(failure.description).toMatch(
					/^A gateway or proxy in front of The vendor answered instead/,
				);
				expect(failure.description).not.toMatch(/URL|parameter|characters/);
			}
		},
	);

	it.each([500, 501, 507])('is no advice on parameters: %d', (status) => {
		for (const text of ['', '<html>', 'x']) {
			expect(refusal(text, status).description).toMatch(
				/^Something went wrong on the server, or on a proxy in front of it/,
			);
		}
	});
});

it.each([400, 403, 405, 422])(
	'an answer that is in no form of the vendor’s says so: %d',
	(status) => {
		for (const text of ['<html>', '{"a":1}', 'Forbidden']) {
			const failure = text.startsWith('{')
				? unexpectedAnswer(reply(text, status), 'The vendor', 'a key')
				: refusal(text, status);
			expect(failure.description).toMatch(/proxy|proxies|between n8n and the API/);
			expect(failure.description).not.toMatch(/parameter/);
		}
	},
);

describe('what n8n may conclude from an unreadable answer', () => {
	it.each([
		[429, 'rate-limited'],
		[502, 'temporarily-unavailable'],
		[503, 'temporarily-unavailable'],
		[504, 'temporarily-unavailable'],
		[522, 'temporarily-unavailable'],
		[500, undefined],
		[404, undefined],
		[200, undefined],
	])('HTTP %d', (status, cause) => {
		for (const text of ['', '<html>', 'x']) {
			expect(refusal(text, status).declared?.cause).toBe(cause);
			const other = unexpectedAnswer(reply('{}', status), 'V', 'a key');
			expect(other.declared?.cause).toBe(cause);
		}
	});
});

/** Whole numbers that a double may not hold are texts. */
const exactly = (_: string, value: unknown) =>
	typeof value === 'number' && /^-?\d{16,}$/.test(String(value)) && !Number.isSafeInteger(value)
		? String(value)
		: value;

describe('parseJson', () => {
	it('reads back all JSON, with white space and a byte order mark around it', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(value);
				expect(parseJson(`\ufeff ${text}\n`)).toEqual(JSON.parse(text, exactly));
			}),
		);
	});
});

describe('unexpectedAnswer', () => {
	it('says what is missing', () => {
		expect(unexpectedAnswer(reply('{}', 201), 'The vendor', 'a key')).toMatchObject({
			message: 'The vendor answered without a key (HTTP 201)',
			code: '201',
		});
	});
});
