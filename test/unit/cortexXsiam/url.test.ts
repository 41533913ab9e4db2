import fc from 'fast-check';
import { xsiamBaseUrl } from '../../../nodes/CortexXsiam/api/url';

const TENANT = 'https://api-acme.xdr.us.paloaltonetworks.com';

describe('the address of the API', () => {
	it.each([
		['the API URL', TENANT, TENANT],
		['the URL of the browser', 'https://acme.xdr.us.paloaltonetworks.com', TENANT],
		['another product line', 'https://acme.crtx.eu.paloaltonetworks.com/', 'api-acme.crtx.eu'],
		['a government region', 'https://acme.xdr.gov.paloaltonetworks.com', 'api-acme.xdr.gov'],
		['a region that came later', 'https://acme.xdr.xx.paloaltonetworks.com', 'api-acme.xdr.xx'],
		['a copied URL with a path', `${TENANT}/api_keys/validate/`, TENANT],
		['a browser URL with path, query and fragment', `${TENANT}/incidents?a=b#/c`, TENANT],
		['no scheme', 'api-acme.xdr.us.paloaltonetworks.com', TENANT],
		['no scheme and no prefix', 'acme.xdr.us.paloaltonetworks.com/', TENANT],
		['white space', `  ${TENANT}\n`, TENANT],
		['trailing slashes', `${TENANT}///`, TENANT],
		['capitals', 'HTTPS://API-ACME.xdr.us.PaloAltoNetworks.com', TENANT],
		['the default port', `${TENANT}:443/`, TENANT],
	])('reads %s', (_, typed, expected) => {
		const whole = expected.startsWith('https') ? expected : `https://${expected}`;
		expect(xsiamBaseUrl({ url: typed })).toBe(
			whole.endsWith('.com') ? whole : `${whole}.paloaltonetworks.com`,
		);
	});

	it.each([
		['a proxy', 'https://cortex-proxy.example.com:8443', 'https://cortex-proxy.example.com:8443'],
		['an address', 'https://10.1.2.3/xsiam', 'https://10.1.2.3/xsiam'],
		['the path of a gateway', 'https://gw.example.com/a/xsiam/', 'https://gw.example.com/a/xsiam'],
		[
			'the path of a gateway, and not that of the API',
			'https://gw.example.com/xsiam/public_api/v1/healthcheck',
			'https://gw.example.com/xsiam',
		],
		[
			'the path of a gateway, and not that of a copied URL',
			'https://gw.example.com/xsiam/api_keys/validate/',
			'https://gw.example.com/xsiam',
		],
		[
			'a gateway called platform',
			'https://gw.example.com/platform',
			'https://gw.example.com/platform',
		],
		[
			'a copied URL of the other API',
			'https://gw.example.com/platform/iam/v1/role',
			'https://gw.example.com',
		],
		['the local host', 'http://localhost:5678/', 'http://localhost:5678'],
		['the local address', 'http://127.0.0.1:5678', 'http://127.0.0.1:5678'],
		[
			'a host that only looks like the vendor',
			'https://acme.paloaltonetworks.com.evil.example',
			'https://acme.paloaltonetworks.com.evil.example',
		],
		[
			'a name that ends like the vendor',
			'https://notpaloaltonetworks.com',
			'https://notpaloaltonetworks.com',
		],
	])('leaves %s as it is', (_, typed, expected) => {
		expect(xsiamBaseUrl({ url: typed })).toBe(expected);
	});

	it('never doubles the prefix', () => {
		expect(xsiamBaseUrl({ url: xsiamBaseUrl({ url: 'acme.xdr.us.paloaltonetworks.com' }) })).toBe(
			TENANT,
		);
	});

	it.each([
		['nothing', ''],
		['blanks', '   '],
		['undefined', undefined],
		['another protocol', 'ftp://api-acme.xdr.us.paloaltonetworks.com'],
		['a script', 'javascript://api-acme.xdr.us.paloaltonetworks.com'],
		['user and password', 'https://me:secret@api-acme.xdr.us.paloaltonetworks.com'],
		['words', 'https://my tenant'],
	])('refuses %s and names the field', (_, url) => {
		expect(() => xsiamBaseUrl({ url: url as string })).toThrow(/^'URL' .*credential/);
	});

	it('refuses http to a tenant unless the user insists', () => {
		const url = 'http://acme.xdr.us.paloaltonetworks.com';
		expect(() => xsiamBaseUrl({ url })).toThrow(/plain http/);
		expect(xsiamBaseUrl({ url, allowPlainHttp: true })).toBe(
			'http://api-acme.xdr.us.paloaltonetworks.com',
		);
	});

	it('does not repeat a password in the refusal', () => {
		expect(() => xsiamBaseUrl({ url: 'https://me:hunter2hunter2@host.example' })).toThrow(
			/^'URL' in the credential holds a username or password$/,
		);
	});

	const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);

	it('gives the same for what it gave', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('', 'https://', ' https://', 'HTTPS://'),
				fc.constantFrom('', 'api-'),
				label,
				fc.constantFrom('xdr.us', 'crtx.eu', 'xdr.in'),
				fc.constantFrom('paloaltonetworks.com', 'proxy.example'),
				fc.constantFrom('', '/', '/api_keys/validate/', '/a?b=c#d', ' '),
				(scheme, prefix, tenant, region, domain, tail) => {
					const typed = `${scheme}${prefix}${tenant}.${region}.${domain}${tail}`;
					const once = xsiamBaseUrl({ url: typed });
					expect(xsiamBaseUrl({ url: once })).toBe(once);
					// The path of a gateway is kept, and nothing beside it.
					expect(once).toBe(new URL(once).origin + new URL(once).pathname.replace(/\/$/, ''));
					if (domain.startsWith('palo')) expect(once).toMatch(/^https:\/\/api-/);
					if (!tenant.startsWith('api-')) expect(once).not.toContain('api-api-');
				},
			),
		);
	});
});
