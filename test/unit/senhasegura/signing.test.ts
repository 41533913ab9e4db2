import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import OAuth from 'oauth-1.0a';
import {
	oAuth1Header,
	readOAuth1Keys,
	refererHeader,
	signSenhaseguraRequest,
	signatureBaseString,
} from '../../../nodes/Senhasegura/api/signing';
import { hmacsign } from './oauthSign';
import { failureOf } from './support';

type Pair = [name: string, value: string];

const FORM = 'application/x-www-form-urlencoded';

const keys = {
	consumerKey: 'dpf43f3p2l4k3l03',
	consumerSecret: 'kd94hf93k423kf44',
	token: 'nnch734d00sl2jdk',
	tokenSecret: 'pfkkdhi9sl3r4s00',
};
const credential = { url: 'https://vault.example.com', ...keys };

function parse(header: unknown): Map<string, string> {
	const text = String(header);
	expect(text).toMatch(/^OAuth ([a-z_]+="[^"]*"(, |$))+$/);
	return new Map(
		[...text.slice('OAuth '.length).matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [
			name as string,
			decodeURIComponent(value as string),
		]),
	);
}

/** The signature that another implementation makes of a request, with the header's own protocol part. */
function signatureByOthers(
	header: Map<string, string>,
	request: { method: string; base: string; parameters: Pair[] },
	secrets: { consumerSecret: string; tokenSecret: string } = keys,
): string {
	// Without a prototype, since a parameter can be named like anything.
	const all = Object.create(null) as Record<string, string | string[]>;
	const protocol = [...header].filter(([name]) => name !== 'oauth_signature');
	for (const [name, value] of [...request.parameters, ...protocol]) {
		const known = all[name];
		all[name] = known === undefined ? value : [known, value].flat();
	}
	return hmacsign(request.method, request.base, all, secrets.consumerSecret, secrets.tokenSecret);
}

type Signable = Parameters<typeof signSenhaseguraRequest>[1];

function sign(request: object, changes: ICredentialDataDecryptedObject = {}) {
	const { baseURL, uri, url } = request as { baseURL?: string; uri?: string; url?: string };
	// A request goes to the credential's own server only.
	const server = baseURL === undefined ? new URL(uri ?? url ?? '').origin : credential.url;
	const signed = signSenhaseguraRequest(
		{ ...credential, url: server, allowPlainHttp: true, ...changes },
		request as Signable,
	);
	const headers = signed.headers as Record<string, string>;
	return { signed, url: signed.url, header: parse(headers.Authorization) };
}

describe('the base string', () => {
	it('is that of RFC 5849, 3.4.1.1', () => {
		const url = new URL('HTTP://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b');
		const base = signatureBaseString('post', url, [
			['c2', ''],
			['a3', '2 q'],
			['oauth_consumer_key', '9djdj82h48djs9d2'],
			['oauth_token', 'kkk9d7dh3k39sjv7'],
			['oauth_signature_method', 'HMAC-SHA1'],
			['oauth_timestamp', '137131201'],
			['oauth_nonce', '7d8f3e4a'],
		]);
		expect(base).toBe(
			'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D' +
				'%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26' +
				'oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
				'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
		);
	});

	it.each([
		{
			method: 'POST',
			url: 'https://photos.example.net/initiate',
			parameters: [
				['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
				['oauth_signature_method', 'HMAC-SHA1'],
				['oauth_timestamp', '137131200'],
				['oauth_nonce', 'wIjqoS'],
				['oauth_callback', 'http://printer.example.com/ready'],
			],
			key: 'kd94hf93k423kf44&',
			signature: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
		},
		{
			method: 'POST',
			url: 'https://photos.example.net/token',
			parameters: [
				['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
				['oauth_token', 'hh5s93j4hdidpola'],
				['oauth_signature_method', 'HMAC-SHA1'],
				['oauth_timestamp', '137131201'],
				['oauth_nonce', 'walatlh'],
				['oauth_verifier', 'hfdp7dh39dks9884'],
			],
			key: 'kd94hf93k423kf44&hdhd0244k9j7ao03',
			signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
		},
		{
			method: 'GET',
			url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
			parameters: [
				['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
				['oauth_token', 'nnch734d00sl2jdk'],
				['oauth_signature_method', 'HMAC-SHA1'],
				['oauth_timestamp', '137131202'],
				['oauth_nonce', 'chapoH'],
			],
			key: 'kd94hf93k423kf44&pfkkdhi9sl3r4s00',
			signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
		},
	])(
		'gives the signature of RFC 5849, 1.2, for $url',
		({ method, url, parameters, ...expected }) => {
			const base = signatureBaseString(method, new URL(url), parameters as Pair[]);
			expect(createHmac('sha1', expected.key).update(base).digest('base64')).toBe(
				expected.signature,
			);
		},
	);

	it.each([
		['https://VAULT.example.com:443/api', 'https%3A%2F%2Fvault.example.com%2Fapi'],
		['http://vault.example.com:80/api', 'http%3A%2F%2Fvault.example.com%2Fapi'],
		['https://vault.example.com:8443/api', 'https%3A%2F%2Fvault.example.com%3A8443%2Fapi'],
		['https://vault.example.com', 'https%3A%2F%2Fvault.example.com%2F'],
		['https://10.0.0.1/api/u%40h', 'https%3A%2F%2F10.0.0.1%2Fapi%2Fu%2540h'],
		['https://10.0.0.1/api/u@h', 'https%3A%2F%2F10.0.0.1%2Fapi%2Fu%40h'],
		['https://vault.example.com/a#part', 'https%3A%2F%2Fvault.example.com%2Fa'],
	])('has the address %s as %s', (url, expected) => {
		expect(signatureBaseString('GET', new URL(url), [])).toBe(`GET&${expected}&`);
	});
});

describe('the header', () => {
	const request = { method: 'GET', url: new URL('https://vault.example.com/api/pam/device') };

	it('has the parameters of the protocol and nothing else', () => {
		const header = parse(oAuth1Header(keys, request, 137131202_999, 'chapoH'));
		expect(Object.fromEntries(header)).toEqual({
			oauth_consumer_key: keys.consumerKey,
			oauth_nonce: 'chapoH',
			oauth_signature_method: 'HMAC-SHA1',
			oauth_timestamp: '137131202',
			oauth_token: keys.token,
			oauth_version: '1.0',
			oauth_signature: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/) as string,
		});
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, {
				method: 'GET',
				base: 'https://vault.example.com/api/pam/device',
				parameters: [],
			}),
		);
	});

	it('encodes its values and hides the secrets', () => {
		const odd = {
			consumerKey: 'a b"c,=&é',
			consumerSecret: 'consumer&secret%é',
			token: 't+/=!*',
			tokenSecret: "token(secret)'",
		};
		const text = oAuth1Header(odd, request);
		expect(text).toContain('oauth_consumer_key="a%20b%22c%2C%3D%26%C3%A9"');
		expect(text).toContain('oauth_token="t%2B%2F%3D%21%2A"');
		expect(text).not.toContain('secret');
		const header = parse(text);
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(
				header,
				{ method: 'GET', base: 'https://vault.example.com/api/pam/device', parameters: [] },
				odd,
			),
		);
	});

	it('has a fresh nonce and the present time for each attempt', () => {
		const now = jest.spyOn(Date, 'now');
		try {
			const nonces = new Set<string>();
			for (let second = 1_700_000_000; second < 1_700_000_100; second++) {
				now.mockReturnValue(second * 1000 + 999);
				const { header } = sign({ url: 'https://vault.example.com/api/pam/device' });
				expect(header.get('oauth_timestamp')).toBe(String(second));
				nonces.add(header.get('oauth_nonce') as string);
			}
			expect(nonces.size).toBe(100);
			for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
		} finally {
			now.mockRestore();
		}
	});
});

describe('the keys of the credential', () => {
	const names = [
		['Consumer Key', 'consumerKey'],
		['Consumer Secret', 'consumerSecret'],
		['Token', 'token'],
		['Token Secret', 'tokenSecret'],
	] as const;

	it('lose white space around them', () => {
		const padded = Object.fromEntries(Object.entries(keys).map(([k, v]) => [k, ` ${v}\n`]));
		expect(readOAuth1Keys(padded)).toEqual(keys);
	});

	it.each(names)('%s must not be empty', (shown, name) => {
		for (const value of ['', '  ', undefined]) {
			const failure = failureOf(() => readOAuth1Keys({ ...keys, [name]: value }));
			expect(failure.message).toBe(`'${shown}' is empty in the credential`);
			expect(failure.kind).toBe('input');
		}
	});

	it.each(names)('%s must not hold line breaks or what a header cannot carry', (shown, name) => {
		for (const value of ['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'a☃b']) {
			const failure = failureOf(() => readOAuth1Keys({ ...keys, [name]: value }));
			expect(failure.message).toContain(`'${shown}'`);
			expect(failure.message).not.toContain(value);
		}
	});
});

describe('Referer', () => {
	it('is sent where it is set', () => {
		expect(refererHeader({ referer: ' https://n8n.example.com ' })).toEqual({
			Referer: 'https://n8n.example.com',
		});
		expect(refererHeader({ referer: '' })).toEqual({});
		expect(refererHeader({ referer: 'https://bücher.example' })).toEqual({
			Referer: 'https://xn--bcher-kva.example',
		});
		expect(refererHeader({ referer: 'https://n8n.example.com/ö/' })).toEqual({
			Referer: 'https://n8n.example.com/%C3%B6/',
		});
		expect(refererHeader({})).toEqual({});
		const { signed } = sign(
			{ url: 'https://vault.example.com/api/pam/device' },
			{ referer: 'https://n8n.example.com' },
		);
		expect(signed.headers).toHaveProperty('Referer', 'https://n8n.example.com');
	});

	it('must not hold line breaks', () => {
		const failure = failureOf(() => refererHeader({ referer: 'https://a\r\nX-Evil: 1' }));
		expect(failure.message).toContain("'Referer'");
	});
});

describe('a request', () => {
	const DEVICES = 'https://vault.example.com/api/pam/device';

	it('keeps what it has, and names the method GET where it names none', () => {
		const { signed, header } = sign({
			url: DEVICES,
			headers: { Accept: 'application/json' },
			timeout: 5,
		});
		expect(signed).toMatchObject({ url: DEVICES, timeout: 5 });
		expect(signed.headers).toHaveProperty('Accept', 'application/json');
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'GET', base: DEVICES, parameters: [] }),
		);
	});

	it('with JSON has no body in its signature', () => {
		const base = 'https://vault.example.com/api/pam/key';
		for (const body of [{ ip: '10.0.0.1' }, '{"ip":"10.0.0.1"}', ['a=b']]) {
			const { signed, header } = sign({
				method: 'POST',
				url: base,
				headers: { 'Content-Type': 'application/json' },
				body,
			});
			expect(signed.body).toEqual(body);
			expect(header.has('oauth_body_hash')).toBe(false);
			expect(header.get('oauth_signature')).toBe(
				signatureByOthers(header, { method: 'POST', base, parameters: [] }),
			);
		}
	});

	it.each<[string, object, Pair[]]>([
		[
			'indices',
			{ arrayFormat: 'indices' },
			[
				['a[0]', '1'],
				['a[1]', 'ü b'],
			],
		],
		[
			'none',
			{},
			[
				['a[0]', '1'],
				['a[1]', 'ü b'],
			],
		],
		[
			'brackets',
			{ arrayFormat: 'brackets' },
			[
				['a[]', '1'],
				['a[]', 'ü b'],
			],
		],
		[
			'repeat',
			{ arrayFormat: 'repeat' },
			[
				['a', '1'],
				['a', 'ü b'],
			],
		],
		['comma', { arrayFormat: 'comma' }, [['a', '1,ü b']]],
		[
			"brackets in the HTTP Request node's form",
			{ qsStringifyOptions: { arrayFormat: 'brackets' } },
			[
				['a[]', '1'],
				['a[]', 'ü b'],
			],
		],
		[
			"repeat in the HTTP Request node's form",
			{ qsStringifyOptions: { arrayFormat: 'repeat' } },
			[
				['a', '1'],
				['a', 'ü b'],
			],
		],
		[
			'useQuerystring',
			{ useQuerystring: true },
			[
				['a', '1'],
				['a', 'ü b'],
			],
		],
		[
			'no useQuerystring',
			{ useQuerystring: false },
			[
				['a[0]', '1'],
				['a[1]', 'ü b'],
			],
		],
	])('folds a list of its query into the URL, with array format %s', (_name, format, expected) => {
		const { signed, url, header } = sign({ url: DEVICES, qs: { a: [1, 'ü b'] }, ...format });
		expect(signed).not.toHaveProperty('qs');
		expect([...new URL(url).searchParams]).toEqual(expected);
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'GET', base: DEVICES, parameters: expected }),
		);
	});

	it('folds in nested, empty, missing and odd values', () => {
		const { url } = sign({
			url: `${DEVICES}?first=1`,
			qs: {
				device: { hostname: 'a b', tags: ['x'] },
				empty: '',
				nothing: null,
				missing: undefined,
				flag: false,
				since: new Date('2026-01-02T03:04:05.000Z'),
				none: [],
				"it's": "(a)!*'",
			},
		});
		expect(url).toBe(
			`${DEVICES}?first=1&device%5Bhostname%5D=a%20b&device%5Btags%5D%5B0%5D=x&empty=&nothing=` +
				'&flag=false&since=2026-01-02T03%3A04%3A05.000Z&it%27s=%28a%29%21%2A%27',
		);
	});

	it.each<[string, object]>([
		['form', { form: { a: '1 2', b: 'é&=' } }],
		['form text', { form: 'a=1+2&b=%C3%A9%26%3D' }],
		['body object', { body: { a: '1 2', b: 'é&=' }, headers: { 'content-type': FORM } }],
		['body text', { body: 'a=1%202&b=%C3%A9%26%3D', headers: { 'Content-Type': FORM } }],
		[
			'body text with a character set',
			{ body: 'a=1+2&b=%C3%A9%26%3D', headers: { 'CONTENT-TYPE': `${FORM}; charset=UTF-8` } },
		],
		[
			'body text with a type in capitals',
			{ body: 'a=1+2&b=%C3%A9%26%3D', headers: { 'Content-Type': FORM.toUpperCase() } },
		],
		[
			'body bytes',
			{ body: Buffer.from('a=1+2&b=%C3%A9%26%3D'), headers: { 'Content-Type': FORM } },
		],
		['parameters', { body: new URLSearchParams({ a: '1 2', b: 'é&=' }) }],
	])('has a form-encoded body in its signature: %s', (_name, request) => {
		const base = 'https://vault.example.com/api/pam/key';
		const { header } = sign({ method: 'POST', url: `${base}?c=3`, ...request });
		const parameters: Pair[] = [
			['a', '1 2'],
			['b', 'é&='],
			['c', '3'],
		];
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'POST', base, parameters }),
		);
	});

	it('sends the form that it has signed, nested values included', () => {
		const base = 'https://vault.example.com/api/pam/key';
		const { signed, header } = sign({
			method: 'POST',
			url: base,
			headers: { 'Content-Type': FORM },
			body: { list: ['x', 'y'], inner: { name: 'é' } },
		});
		expect(typeof signed.body).toBe('string');
		const parameters = [...new URLSearchParams(signed.body as string)];
		expect(parameters).toEqual([
			['list[0]', 'x'],
			['list[1]', 'y'],
			['inner[name]', 'é'],
		]);
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'POST', base, parameters }),
		);
	});

	it('of a form without a body is signed without one', () => {
		const { header } = sign({ method: 'POST', url: DEVICES, headers: { 'Content-Type': FORM } });
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'POST', base: DEVICES, parameters: [] }),
		);
	});

	it("in the older form of n8n's helper has its address in uri", () => {
		const { signed, header } = sign({ uri: `${DEVICES}?a=1`, method: 'GET' });
		expect(signed).not.toHaveProperty('uri');
		expect(signed.url).toBe(`${DEVICES}?a=1`);
		expect(header.get('oauth_signature')).toBe(
			signatureByOthers(header, { method: 'GET', base: DEVICES, parameters: [['a', '1']] }),
		);
	});

	it('of a credential test gets its address from the credential, and follows no redirect', () => {
		const { signed } = sign(
			{ baseURL: 'vault.example.com/iso', url: '/pam/device' },
			{
				url: 'vault.example.com/iso',
				apiPrefix: '/api',
			},
		);
		expect(signed).toMatchObject({ url: DEVICES, disableFollowRedirect: true });
		expect(signed).not.toHaveProperty('baseURL');
	});

	it('takes on the TLS settings of the credential', () => {
		expect(sign({ url: DEVICES }, { ignoreSslIssues: true }).signed).toMatchObject({
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		});
		const plain: IHttpRequestOptions = sign({ url: DEVICES }).signed;
		expect(plain).not.toHaveProperty('skipSslCertificateValidation');
		expect(plain).not.toHaveProperty('agentOptions');
	});
});

describe('any request', () => {
	const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'post', 'get');
	const host = fc.oneof(
		fc.domain(),
		fc.ipV4(),
		fc.constantFrom('VAULT.Example.com', 'localhost', '[2001:db8::1]'),
	);
	const port = fc.constantFrom('', ':443', ':80', ':8443', ':9');
	const value = fc.string({ unit: 'grapheme', maxLength: 12 });
	const segment = fc.oneof(
		fc.constantFrom('user%40host', 'a@b', 'x%2Fy', 'caf%C3%A9', '~.-_', "!$'()*+,;=:", '100%25'),
		fc.stringMatching(/^[a-z0-9]{1,8}$/),
	);
	const pair = fc.tuple(fc.oneof(fc.constantFrom('a', 'b', 'a[0]', "it's", 'ü'), value), value);
	const pairs = fc.array(pair, { maxLength: 5 });
	const secret = fc.stringMatching(/^[!-~\u00a1-\u00ff]{1,20}$/);

	it('has the signature that oauth-sign makes', () => {
		fc.assert(
			fc.property(
				fc.record({ method, scheme: fc.constantFrom('https', 'http'), host, port, secret }),
				fc.array(segment, { minLength: 1, maxLength: 4 }),
				pairs,
				pairs,
				fc.tuple(secret, secret, secret),
				(address, path, query, form, [consumerKey, token, tokenSecret]) => {
					const changes = { consumerKey, consumerSecret: address.secret, token, tokenSecret };
					const { scheme, host: name } = address;
					const target = `/api/${path.join('/')}`;
					const search = new URLSearchParams(query).toString();
					const { header } = sign(
						{
							method: address.method,
							url: `${scheme}://${name}${address.port}${target}${search && `?${search}`}`,
							headers: { 'Content-Type': FORM },
							body: new URLSearchParams(form).toString(),
						},
						changes,
					);
					const standard = scheme === 'https' ? ':443' : ':80';
					const shownPort = address.port === standard ? '' : address.port;
					const expected = signatureByOthers(
						header,
						{
							method: address.method.toUpperCase(),
							base: `${scheme}://${name.toLowerCase()}${shownPort}${target}`,
							parameters: [...query, ...form],
						},
						changes,
					);
					expect(header.get('oauth_signature')).toBe(expected);
				},
			),
			{ numRuns: 400 },
		);
	});

	// The library decodes no names of a query, and knows each name once.
	const plainNames = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, {
		maxKeys: 4,
		noNullPrototype: true,
	});

	it('has the signature that oauth-1.0a makes', () => {
		const library = new OAuth({
			consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
			signature_method: 'HMAC-SHA1',
			hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
		});
		fc.assert(
			fc.property(method, plainNames, plainNames, (verb, query, form) => {
				const body = Object.fromEntries(Object.entries(form).filter(([name]) => !(name in query)));
				const { url, header } = sign({
					method: verb,
					url: 'https://vault.example.com/api/pam/credential/user%40host',
					qs: query,
					form: body,
				});
				const { consumerKey: key, tokenSecret: secret } = keys;
				const protocol = {
					oauth_consumer_key: key,
					oauth_nonce: header.get('oauth_nonce') as string,
					oauth_signature_method: 'HMAC-SHA1',
					oauth_timestamp: Number(header.get('oauth_timestamp')),
					oauth_token: keys.token,
					oauth_version: '1.0',
				};
				const expected = library.getSignature({ method: verb, url, data: body }, secret, protocol);
				expect(header.get('oauth_signature')).toBe(expected);
			}),
			{ numRuns: 200 },
		);
	});
});
