import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import {
	hmacSha1,
	parseAuthorization,
	percentEncode,
	type ProtocolParameters,
	signatureBaseString,
	signatureMatches,
	type SignedRequest,
} from '../../simulators/shared/oauth1';
import { hmacsign } from '../senhasegura/oauthSign';

const secrets = { consumerSecret: 'kd94hf93k423kf44', tokenSecret: 'pfkkdhi9sl3r4s00' };

function request(changes: Partial<SignedRequest>): SignedRequest {
	return {
		method: 'GET',
		scheme: 'https',
		host: 'vault.example.test',
		target: '/api/pam/credential',
		authorization: '',
		contentType: '',
		body: '',
		...changes,
	};
}

function header(text: string): ProtocolParameters {
	const parameters = parseAuthorization(text);
	if (!parameters) throw new Error('not an OAuth header');
	return parameters;
}

describe('OAuth 1.0 verification', () => {
	it('builds the base string of RFC 5849 section 3.4.1.1', () => {
		const authorization =
			'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", ' +
			'oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", ' +
			'oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", ' +
			'oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"';
		const signed = request({
			method: 'post',
			scheme: 'HTTP',
			host: 'EXAMPLE.COM:80',
			target: '/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
			contentType: 'application/x-www-form-urlencoded',
			body: 'c2&a3=2+q',
		});
		expect(signatureBaseString(signed, header(authorization))).toBe(
			'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D' +
				'%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26' +
				'oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
				'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
		);
	});

	it('accepts the signed request of RFC 5849 section 1.2', () => {
		const photos = request({
			scheme: 'http',
			host: 'photos.example.net',
			target: '/photos?file=vacation.jpg&size=original',
		});
		const authorization =
			'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", ' +
			'oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", ' +
			'oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
			'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"';
		expect(signatureMatches(photos, header(authorization), secrets)).toBe(true);
		expect(signatureMatches({ ...photos, method: 'PUT' }, header(authorization), secrets)).toBe(
			false,
		);
	});

	it.each([
		['its padding', (signature: string) => signature.replace('%3D', '')],
		['the alphabet of base64', (signature: string) => signature.replace('%2F', '_')],
		['an exact end', (signature: string) => `${signature}%20`],
	])('refuses a signature without %s', (_what, change) => {
		const photos = request({
			scheme: 'http',
			host: 'photos.example.net',
			target: '/photos?file=vacation.jpg&size=original',
		});
		// The signature of RFC 5849 section 1.2 has a slash and an equals sign.
		const signature = 'MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D';
		const protocol = (value: string) =>
			header(
				'OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
					'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", ' +
					`oauth_nonce="chapoH", oauth_signature="${value}"`,
			);
		expect(signatureMatches(photos, protocol(signature), secrets)).toBe(true);
		expect(signatureMatches(photos, protocol(change(signature)), secrets)).toBe(false);
	});

	it('keys the HMAC with both secrets, encoded (section 3.4.2)', () => {
		const odd = { consumerSecret: 'a&b', tokenSecret: '' };
		const expected = createHmac('sha1', 'a%26b&').update('text').digest();
		expect(hmacSha1('text', odd)).toEqual(expected);
	});

	it('encodes as section 3.6 says', () => {
		expect(percentEncode("aZ0-._~ !*'()/%é☃")).toBe(
			'aZ0-._~%20%21%2A%27%28%29%2F%25%C3%A9%E2%98%83',
		);
	});

	it.each([
		['another scheme', 'Bearer abc'],
		['no quotes', 'OAuth oauth_nonce=abc'],
		['a parameter twice', 'OAuth oauth_nonce="a", oauth_nonce="b"'],
		['broken encoding', 'OAuth oauth_nonce="%E0%A4%A"'],
	])('refuses a header with %s', (_what, text) => {
		expect(parseAuthorization(text)).toBeUndefined();
	});

	const names = fc.stringMatching(/^[a-z][a-z0-9 _@:~'-]{0,6}$/u);
	const values = fc.string({ unit: 'grapheme', maxLength: 12 });
	const parameters = fc.dictionary(names, values, { maxKeys: 4, noNullPrototype: true });

	it('agrees with oauth-sign on any query and form', () => {
		fc.assert(
			fc.property(parameters, parameters, values, (query, formFields, nonce) => {
				const protocol: ProtocolParameters = new Map([
					['oauth_consumer_key', 'demo'],
					['oauth_nonce', nonce],
				]);
				// The library signs one parameter object: a name in both places is not for it.
				const body = Object.fromEntries(
					Object.entries(formFields).filter(([name]) => !(name in query)),
				);
				const signature = hmacsign(
					'POST',
					'https://vault.example.test/api/pam/key',
					{ ...query, ...body, ...Object.fromEntries(protocol) },
					secrets.consumerSecret,
					secrets.tokenSecret,
				);
				const signed = request({
					method: 'POST',
					target: `/api/pam/key?${new URLSearchParams(query).toString()}`,
					contentType: 'application/x-www-form-urlencoded; charset=utf-8',
					body: new URLSearchParams(body).toString(),
				});
				protocol.set('oauth_signature', signature);
				return signatureMatches(signed, protocol, secrets);
			}),
			{ numRuns: 200 },
		);
	});

	// The library does not decode the names of a query.
	const plainNames = fc.stringMatching(/^[a-z]{1,6}$/u);

	it('agrees with oauth-1.0a on any query, and leaves JSON out', () => {
		const signer = new OAuth({
			consumer: { key: 'demo', secret: secrets.consumerSecret },
			signature_method: 'HMAC-SHA1',
			hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
		});
		fc.assert(
			fc.property(
				fc.dictionary(plainNames, fc.string(), { maxKeys: 4, noNullPrototype: true }),
				(query) => {
					const search = Object.entries(query)
						.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
						.join('&');
					const target = `/api/pam/key${search && `?${search}`}`;
					const authorization = signer.toHeader(
						signer.authorize(
							{ url: `https://vault.example.test${target}`, method: 'POST' },
							{ key: 'token', secret: secrets.tokenSecret },
						),
					).Authorization;
					const signed = request({
						method: 'POST',
						host: 'Vault.Example.TEST:443',
						target,
						contentType: 'application/json',
						body: '{"a":"b"}',
					});
					return signatureMatches(signed, header(authorization), secrets);
				},
			),
			{ numRuns: 100 },
		);
	});
});
