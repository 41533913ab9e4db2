import fc from 'fast-check';
import { Failure } from '../../../nodes/shared/failure';
import {
	formEncode,
	headerValue,
	isLocalHost,
	parseUrl,
	pathSegment,
	percentEncode,
	readBaseUrl,
	serverName,
	withoutTrailingSlash,
} from '../../../nodes/shared/url';
import { thrownBy } from './support';

const anyText = fc.string({ unit: 'binary' });
/** Also halves of surrogate pairs, which are no characters but can stand in a JavaScript string. */
const anyUnits = fc
	.array(fc.integer({ min: 0, max: 0xffff }))
	.map((units) => String.fromCharCode(...units));

describe('readBaseUrl', () => {
	it.each([
		['https://pam360.example.com:8282', 'https://pam360.example.com:8282'],
		['  https://pam360.example.com:8282/  ', 'https://pam360.example.com:8282'],
		['https://pam360.example.com///', 'https://pam360.example.com'],
		['pam360.example.com', 'https://pam360.example.com'],
		['pam360.example.com:8282', 'https://pam360.example.com:8282'],
		['//pam360.example.com', 'https://pam360.example.com'],
		['localhost:8282/', 'https://localhost:8282'],
		['HTTPS://PAM360.Example.COM', 'https://pam360.example.com'],
		['https://pam360.example.com:443', 'https://pam360.example.com'],
		['https://pam360.example.com/vault/', 'https://pam360.example.com/vault'],
		['https://pam360.example.com/a b', 'https://pam360.example.com/a%20b'],
		['https://pam360.example.com/?token=1#top', 'https://pam360.example.com'],
		// What looks like a scheme further on is none.
		['pam360.example.com/to/http://other', 'https://pam360.example.com/to/http://other'],
		['https://[2001:db8::1]:8282/', 'https://[2001:db8::1]:8282'],
		['[2001:db8::1]:8282', 'https://[2001:db8::1]:8282'],
		['192.0.2.7', 'https://192.0.2.7'],
		['https://bücher.example', 'https://xn--bcher-kva.example'],
		['http://localhost:8080', 'http://localhost:8080'],
		['http://pam.localhost', 'http://pam.localhost'],
		['http://a.b.localhost', 'http://a.b.localhost'],
		['http://127.0.0.1', 'http://127.0.0.1'],
		['http://127.1:80/', 'http://127.0.0.1'],
		['http://[::1]:8080', 'http://[::1]:8080'],
	])('reads %j', (typed, expected) => {
		expect(withoutTrailingSlash(readBaseUrl(typed))).toBe(expected);
	});

	it.each([
		['', "'URL' is empty in the credential"],
		['   ', "'URL' is empty in the credential"],
		[undefined, "'URL' is empty in the credential"],
		[null, "'URL' is empty in the credential"],
		[42, "'URL' is empty in the credential"],
		['https://', "'URL' in the credential is not an http or https address"],
		['https://a b', "'URL' in the credential is not an http or https address"],
		['https://host:99999', "'URL' in the credential is not an http or https address"],
		['ftp://host', "'URL' in the credential is not an http or https address"],
		['file:///etc/passwd', "'URL' in the credential is not an http or https address"],
		['javascript:alert(1)', "'URL' in the credential is not an http or https address"],
		['2001:db8::1', "'URL' in the credential is not an http or https address"],
		['https://user@host', "'URL' in the credential holds a username or password"],
		['https://user:canary@host', "'URL' in the credential holds a username or password"],
		['https://:canary@host', "'URL' in the credential holds a username or password"],
		['git+ssh2.x-y://host', "'URL' in the credential is not an http or https address"],
		['user:canary@host', "'URL' in the credential holds a username or password"],
	])('refuses %j', (typed, message) => {
		const failure = thrownBy<Failure>(() => readBaseUrl(typed));
		expect(failure).toBeInstanceOf(Failure);
		expect(failure).toMatchObject({ kind: 'input', message });
		expect(`${failure.message} ${failure.description}`).not.toContain('canary');
	});

	it.each([
		'http://pam360.example.com',
		'http://192.0.2.1',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://notlocalhost',
		'http://0.0.0.0',
		'http://[2001:db8::1]',
		'HTTP://PAM360.EXAMPLE.COM',
	])('refuses %j unless the user insists', (typed) => {
		expect(thrownBy(() => readBaseUrl(typed)).message).toBe(
			"'URL' in the credential is plain http, which would send the secret unencrypted",
		);
		expect(readBaseUrl(typed, true).protocol).toBe('http:');
	});

	it.each([
		['', 'Enter the address of the server.'],
		[
			'ftp://host',
			'Enter it in the form https://server.example.com, with the port if there is one.',
		],
		[
			'https://user@host',
			'Enter the address only; the credential has fields of its own for secrets.',
		],
		[
			'http://pam360.example.com',
			"Use https, or turn on 'Allow Plain HTTP' in the credential if the connection is protected by other means.",
		],
	])('says what to do about %j', (typed, advice) => {
		expect(thrownBy<Failure>(() => readBaseUrl(typed)).description).toBe(advice);
	});

	it('is idempotent', () => {
		fc.assert(
			fc.property(
				fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https'] }),
				fc.stringMatching(/^[ \t]*$/),
				(url, space) => {
					const once = withoutTrailingSlash(readBaseUrl(space + url + space));
					expect(withoutTrailingSlash(readBaseUrl(once))).toBe(once);
					expect(new URL(once).host).toBe(new URL(url).host);
					expect(once).not.toMatch(/[?#]|\/$/);
				},
			),
		);
	});
});

describe('parseUrl', () => {
	it('reads every host however often it was called before', () => {
		for (let call = 0; call < 20_000; call++) parseUrl(`https://example.com/${call}`);
		expect(parseUrl('https://bücher.example')?.host).toBe('xn--bcher-kva.example');
		expect(parseUrl('bücher')).toBeUndefined();
	});
});

describe('isLocalHost', () => {
	it.each(['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '127.255.255.254', '[::1]'])(
		'%s is this machine',
		(host) => expect(isLocalHost(host)).toBe(true),
	);

	it.each([
		'',
		'.localhost',
		'evil.localhost.evil',
		'127.0.0.1000',
		'127.0.0.a',
		'x[::1]',
		'localhost.evil',
		'128.0.0.1',
		'[::2]',
		'127.0.0.1.evil',
	])('%j need not be', (host) => expect(isLocalHost(host)).toBe(false));
});

describe('serverName', () => {
	it.each<[string, string | undefined, string]>([
		['https://pam360.example.com:8282', undefined, 'pam360.example.com:8282'],
		['http://localhost:8080', '', 'localhost:8080'],
		['https://pam360.example.com', 'Example Org', 'pam360.example.com Example Org'],
		['gateway.example.com/to/http://a', undefined, 'gateway.example.com/to/http://a'],
	])('of %j, part %j, is %j', (address, part, name) => {
		expect(serverName(address, part)).toBe(name);
	});
});

describe('percent-encoding', () => {
	it('encodes everything but unreserved characters, in upper case', () => {
		expect(percentEncode('aZ09-._~ !\'()*/?#[]@&=+$,;%:"é€😀')).toBe(
			'aZ09-._~%20%21%27%28%29%2A%2F%3F%23%5B%5D%40%26%3D%2B%24%2C%3B%25%3A%22' +
				'%C3%A9%E2%82%AC%F0%9F%98%80',
		);
	});

	it('round-trips any text', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const encoded = percentEncode(text);
				expect(encoded).toMatch(/^([A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
				expect(decodeURIComponent(encoded)).toBe(text);
			}),
		);
	});

	it('replaces halves of surrogate pairs, as every UTF-8 encoder does', () => {
		fc.assert(
			fc.property(anyUnits, (text) => {
				expect(decodeURIComponent(percentEncode(text))).toBe(
					new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
				);
			}),
		);
	});

	it('makes one segment of any text that is none of the special ones', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				fc.pre(!['', '.', '..'].includes(text));
				const url = new URL(`https://host/a/${pathSegment(text)}/b`);
				expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', text, 'b']);
				expect(url.search + url.hash).toBe('');
			}),
		);
	});

	it.each(['', '.', '..'])('refuses %j as a segment', (text) => {
		expect(thrownBy(() => pathSegment(text))).toMatchObject({
			kind: 'input',
			message: `'${text}' cannot be part of a URL`,
			description: 'Enter an id or a name.',
		});
	});

	it('writes forms that URLSearchParams reads', () => {
		fc.assert(
			fc.property(fc.dictionary(anyText, anyUnits), (fields) => {
				const read = [...new URLSearchParams(formEncode(fields))];
				const wellFormed = (text: string) => Buffer.from(text).toString();
				expect(read).toEqual(
					Object.entries(fields).map(([name, value]) => [name, wellFormed(value)]),
				);
			}),
		);
	});
});

describe('headerValue', () => {
	it.each([
		['token', 'token'],
		['  token\n', 'token'],
		['Exämple GmbH', 'Exämple GmbH'],
		['a\tb', 'a\tb'],
		[undefined, ''],
		[null, ''],
		[7, '7'],
	])('reads %j', (value, expected) => {
		expect(headerValue('Auth Token', value)).toBe(expected);
	});

	it.each([
		['a\nb', 'a line break'],
		['a\r\nX-Evil: 1', 'a line break'],
		['a\u2028b', 'a line break'],
		['a\0b', 'a control character (U+0000)'],
		['a\x7fb', 'a control character (U+007F)'],
		['Компания', 'a character that an HTTP header cannot carry: U+041A'],
		['key’', 'a character that an HTTP header cannot carry: U+2019'],
		['a–b', 'a character that an HTTP header cannot carry: U+2013'],
		['a\u200b', 'a character that an HTTP header cannot carry: U+200B'],
		['😀', 'a character that an HTTP header cannot carry: U+1F600'],
	])('refuses %j, says what is wrong, and does not repeat it', (value, what) => {
		const failure = thrownBy<Failure>(() => headerValue('Auth Token', value));
		expect(failure).toMatchObject({
			kind: 'input',
			message: `'Auth Token' in the credential holds ${what}`,
		});
		expect(failure.description).toMatch(/^(Copy the value again|It may be a typographic)/);
		expect(failure.message + failure.description).not.toContain(value);
	});

	it('shows the character of what is no secret, with the ways that there are', () => {
		const advice = 'Choose another way.';
		for (const [name, character] of [
			['株式会社', '株 (U+682A)'],
			['Łódź', 'Ł (U+0141)'],
			['North – South', '– (U+2013)'],
			['O’Brien', '’ (U+2019)'],
		] as const) {
			expect(thrownBy<Failure>(() => headerValue('Name', name, { advice }))).toMatchObject({
				message: `'Name' in the credential holds a character that an HTTP header cannot carry: ${character}`,
				description: advice,
			});
		}
	});

	it.each(['株式会社', 'Łódź', 'North – South', 'O’Brien', 'Exämple', '😀'])(
		'can be any text as UTF-8 or percent-encoded: %s',
		(name) => {
			const utf8 = headerValue('Name', name, { encoding: 'utf8' });
			expect(Buffer.from(utf8, 'latin1').toString('utf8')).toBe(name);
			const percent = headerValue('Name', name, { encoding: 'percent' });
			expect(percent).toMatch(/^[\x21-\x7e]*$/);
			expect(decodeURIComponent(percent)).toBe(name);
			for (const encoding of ['utf8', 'percent'] as const) {
				expect(() => headerValue('Name', `${name}\n.`, { encoding })).toThrow('a line break');
			}
		},
	);
});
