import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	authenticationHeaders,
	readSigningKey,
	signXsiamRequest,
} from '../../../nodes/CortexXsiam/api/signing';

const KEY = 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb';
const NONCE = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01';
const URL = 'https://api-acme.xdr.us.paloaltonetworks.com';

/** What `openssl dgst -sha256` prints for the key, the nonce and 1725802080123 in a row. */
const PRINTED = 'f9770366def7d082de87e8cac11a67fdadbdc4f1db9e2d9b666612a3f594185e';

async function digest(text: string): Promise<string> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return Buffer.from(bytes).toString('hex');
}

const sign = (credential: Record<string, string>, request: Partial<IHttpRequestOptions> = {}) =>
	signXsiamRequest(
		{ url: URL, apiKeyId: '21', apiKey: KEY, securityLevel: 'advanced', ...credential },
		{ url: `${URL}/public_api/v1/healthcheck`, ...request },
	);

describe('a standard key', () => {
	it('is sent as it is, with its id and nothing else', () => {
		expect(authenticationHeaders({ id: '21', key: KEY, securityLevel: 'standard' })).toEqual({
			Authorization: KEY,
			'x-xdr-auth-id': '21',
		});
	});
});

describe('an advanced key', () => {
	it('gives the digest of key, nonce and timestamp', () => {
		expect(
			authenticationHeaders(
				{ id: '4267', key: KEY, securityLevel: 'advanced' },
				1725802080123,
				NONCE,
			),
		).toEqual({
			Authorization: PRINTED,
			'x-xdr-auth-id': '4267',
			'x-xdr-timestamp': '1725802080123',
			'x-xdr-nonce': NONCE,
		});
	});

	it('is never sent itself', () => {
		expect(JSON.stringify(sign({}))).not.toContain(KEY);
	});

	it('takes the time in milliseconds and 64 letters and digits', () => {
		const before = Date.now();
		const headers = sign({}).headers as Record<string, string>;
		expect(headers['x-xdr-timestamp']).toMatch(/^\d{13}$/);
		expect(Number(headers['x-xdr-timestamp'])).toBeGreaterThanOrEqual(before);
		expect(Number(headers['x-xdr-timestamp'])).toBeLessThanOrEqual(Date.now());
		expect(headers['x-xdr-nonce']).toMatch(/^[A-Za-z0-9]{64}$/);
		expect(headers.Authorization).toMatch(/^[0-9a-f]{64}$/);
	});

	it('takes a fresh nonce and the present time for each attempt', () => {
		const now = jest.spyOn(Date, 'now');
		try {
			const nonces = new Set<string>();
			for (let time = 1_725_802_080_000; time < 1_725_802_080_200; time++) {
				now.mockReturnValue(time);
				const headers = sign({}).headers as Record<string, string>;
				expect(headers['x-xdr-timestamp']).toBe(String(time));
				nonces.add(headers['x-xdr-nonce']!);
			}
			expect(nonces.size).toBe(200);
		} finally {
			now.mockRestore();
		}
	});

	it('signs whatever the key, the time and the nonce are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ minLength: 1, unit: 'binary' }),
				fc.integer({ min: 0, max: 4_102_444_800_000 }),
				fc.stringMatching(/^[A-Za-z0-9]{64}$/),
				async (key, time, nonce) => {
					const headers = authenticationHeaders(
						{ id: '1', key, securityLevel: 'advanced' },
						time,
						nonce,
					);
					expect(headers.Authorization).toBe(await digest(`${key}${nonce}${time}`));
					expect(headers['x-xdr-timestamp']).toBe(String(time));
				},
			),
		);
	});
});

describe('reading the key in a credential', () => {
	it.each([
		['Bearer', `Bearer ${KEY}`],
		['bearer and blanks', `  bearer   ${KEY}\t`],
		['white space', `\n ${KEY} \r\n`],
	])('drops %s', (_, apiKey) => {
		expect(readSigningKey({ apiKey, apiKeyId: ' 21\n', securityLevel: 'standard' })).toEqual({
			id: '21',
			key: KEY,
			securityLevel: 'standard',
		});
	});

	it('keeps a key that begins with these letters', () => {
		expect(readSigningKey({ apiKey: 'Bearerish', apiKeyId: 21 }).key).toBe('Bearerish');
	});

	it('takes an id that is a number', () => {
		expect(readSigningKey({ apiKey: KEY, apiKeyId: 4267 }).id).toBe('4267');
	});

	it('writes the id as the vendor does, so that keys made with it are found again', () => {
		expect(readSigningKey({ apiKey: KEY, apiKeyId: '0021' }).id).toBe('21');
		expect(readSigningKey({ apiKey: KEY, apiKeyId: '0' }).id).toBe('0');
	});

	it.each([undefined, 'advanced', 'other'])('takes the level %p as advanced', (securityLevel) => {
		expect(
			readSigningKey({ apiKey: KEY, apiKeyId: '21', securityLevel: securityLevel as string })
				.securityLevel,
		).toBe('advanced');
	});

	it.each([
		['no key', { apiKey: '' }, "'API Key' is empty in the credential"],
		['a blank key', { apiKey: '  ' }, "'API Key' is empty in the credential"],
		['no more than the scheme', { apiKey: 'Bearer ' }, "'API Key' is empty in the credential"],
		['no key at all', { apiKey: undefined }, "'API Key' is empty in the credential"],
		['no id', { apiKeyId: '' }, "'API Key ID' in the credential is not a number"],
		['a name as id', { apiKeyId: 'my key' }, "'API Key ID' in the credential is not a number"],
		['a negative id', { apiKeyId: '-1' }, "'API Key ID' in the credential is not a number"],
		['a fraction', { apiKeyId: '1.5' }, "'API Key ID' in the credential is not a number"],
		['a line break in the key', { apiKey: 'abc\ndef' }, "'API Key' in the credential holds"],
		['a header in the key', { apiKey: 'abc\r\nx: y' }, "'API Key' in the credential holds"],
		['a line break in the id', { apiKeyId: '2\n1' }, "'API Key ID' in the credential holds"],
		['a zero byte', { apiKey: 'abc\u0000def' }, "'API Key' in the credential holds"],
		['typographic signs', { apiKey: 'abc…def' }, "'API Key' in the credential holds"],
	])('refuses %s', (_, changes, message) => {
		expect(() =>
			readSigningKey({ apiKey: KEY, apiKeyId: '21', ...(changes as Record<string, string>) }),
		).toThrow(message);
	});

	it('does not repeat the key in a refusal', () => {
		expect(() => readSigningKey({ apiKey: `${KEY}\nrest`, apiKeyId: '21' })).toThrow(
			/^'API Key' in the credential holds a line break$/,
		);
	});
});

describe('a signed request', () => {
	it('keeps its own headers', () => {
		const { headers } = sign({ securityLevel: 'standard' }, { headers: { Accept: 'text/plain' } });
		expect(headers).toEqual({
			Accept: 'text/plain',
			Authorization: KEY,
			'x-xdr-auth-id': '21',
		});
	});

	it('names a child tenant only where one is set', () => {
		for (const childTenantId of ['', '  ']) {
			expect(sign({ childTenantId }).headers).not.toHaveProperty('x-child-tenant-id');
		}
		expect(sign({}).headers).not.toHaveProperty('x-child-tenant-id');
		expect(sign({ childTenantId: ' 9100000000001 ' }).headers).toHaveProperty(
			'x-child-tenant-id',
			'9100000000001',
		);
	});

	it('refuses a line break in the child tenant', () => {
		expect(() => sign({ childTenantId: '1\r\nx-evil: 1' })).toThrow(
			"'Child Tenant ID' in the credential holds a line break",
		);
	});

	it('keeps its address, unless n8n takes it from the credential', () => {
		const own = sign({ url: 'acme.xdr.us.paloaltonetworks.com' });
		expect(own.url).toBe(`${URL}/public_api/v1/healthcheck`);
		expect(own).not.toHaveProperty('baseURL');

		const tested = sign(
			{ url: 'acme.xdr.us.paloaltonetworks.com/incidents' },
			{ baseURL: 'acme.xdr.us.paloaltonetworks.com/incidents', url: '/public_api/v1/healthcheck' },
		);
		expect(tested).toMatchObject({ baseURL: URL, disableFollowRedirect: true });
	});

	it('goes to the tenant of the credential only, and follows no redirect', () => {
		expect(sign({})).toMatchObject({ disableFollowRedirect: true, followRedirect: false });
		for (const url of [
			'https://attacker.test/',
			URL.replace('https', 'http'),
			`${URL}.attacker.test`,
		]) {
			expect(() => sign({}, { url })).toThrow(
				`The credential is for ${URL}, but the request goes to`,
			);
		}
	});

	it('is sent to servers with any certificate only where the credential says so', () => {
		expect(sign({})).not.toHaveProperty('skipSslCertificateValidation');
		const trusting = signXsiamRequest(
			{ url: URL, apiKeyId: '21', apiKey: KEY, ignoreSslIssues: true },
			{ url: URL },
		);
		expect(trusting).toMatchObject({
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		});
	});

	it('has header values that can be sent, whatever the key is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.nat(), (apiKey, apiKeyId) => {
				let headers: IHttpRequestOptions['headers'];
				try {
					headers = sign({ apiKey, apiKeyId: String(apiKeyId), securityLevel: 'standard' }).headers;
				} catch (error) {
					expect((error as Error).message).toContain("'API Key'");
					return;
				}
				expect(() => new Headers(headers as Record<string, string>)).not.toThrow();
				expect(headers).toMatchObject({ 'x-xdr-auth-id': String(apiKeyId) });
			}),
		);
	});
});
