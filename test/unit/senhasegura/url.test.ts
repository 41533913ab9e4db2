import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { senhaseguraBaseUrl } from '../../../nodes/Senhasegura/api/url';
import { failureOf } from './support';

const base = (credential: ICredentialDataDecryptedObject) => senhaseguraBaseUrl(credential);

describe('the address of the vault', () => {
	it.each([
		['https://vault.example.com', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com', '/iso', 'https://vault.example.com/iso'],
		['https://vault.example.com', '', 'https://vault.example.com/api'],
		['https://vault.example.com/', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com///', '/iso', 'https://vault.example.com/iso'],
		['  https://vault.example.com \n', '/api', 'https://vault.example.com/api'],
		['https://VAULT.Example.COM', '/api', 'https://vault.example.com/api'],
		['vault.example.com', '/api', 'https://vault.example.com/api'],
		['vault.example.com:8443', '/api', 'https://vault.example.com:8443/api'],
		['https://vault.example.com:8443', '/iso', 'https://vault.example.com:8443/iso'],
		['https://vault.example.com:443', '/api', 'https://vault.example.com/api'],
		['https://10.66.33.1', '/api', 'https://10.66.33.1/api'],
		['10.66.33.1:9443', '/api', 'https://10.66.33.1:9443/api'],
		['https://[2001:db8::1]:8443', '/api', 'https://[2001:db8::1]:8443/api'],
		[
			'https://vault.example.com/behind/proxy',
			'/api',
			'https://vault.example.com/behind/proxy/api',
		],
		['https://vault.example.com/?a=b#c', '/api', 'https://vault.example.com/api'],
		['http://localhost:9443', '/api', 'http://localhost:9443/api'],
		['http://127.0.0.1', '/iso', 'http://127.0.0.1/iso'],
	])('of %s with prefix %j is %s', (url, apiPrefix, expected) => {
		expect(base({ url, apiPrefix })).toBe(expected);
	});

	it.each([
		['https://vault.example.com/api', '/iso', 'https://vault.example.com/iso'],
		['https://vault.example.com/api/', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com/iso', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com/iso/oauth2/token', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com/api/pam/key/92', '/api', 'https://vault.example.com/api'],
		['https://vault.example.com/proxy/api/pam', '/iso', 'https://vault.example.com/proxy/iso'],
		['https://vault.example.com/apis', '/api', 'https://vault.example.com/apis/api'],
		['https://vault.example.com/isolated', '/api', 'https://vault.example.com/isolated/api'],
		['https://api.example.com', '/api', 'https://api.example.com/api'],
	])('pasted as %s gives way to the prefix %s', (url, apiPrefix, expected) => {
		expect(base({ url, apiPrefix })).toBe(expected);
	});

	it('takes /api where no prefix is set', () => {
		expect(base({ url: 'https://vault.example.com' })).toBe('https://vault.example.com/api');
	});

	it.each(['/v2', 'api', '/API', '/api/'])('refuses the prefix %s', (apiPrefix) => {
		const failure = failureOf(() => base({ url: 'https://vault.example.com', apiPrefix }));
		expect(failure).toMatchObject({ kind: 'input', name: 'Failure' });
		expect(failure.message).toContain("'API Prefix'");
	});

	it('refuses plain http unless the user insists', () => {
		const url = 'http://vault.example.com';
		expect(failureOf(() => base({ url })).message).toContain('plain http');
		expect(failureOf(() => base({ url, allowPlainHttp: 'true' })).message).toContain('plain http');
		expect(base({ url, allowPlainHttp: true })).toBe('http://vault.example.com/api');
	});

	it.each(['http://10.66.33.1', 'http://localhost.example.com', 'http://127.0.0.1.example.com'])(
		'does not take %s for this machine',
		(url) => {
			expect(failureOf(() => base({ url })).message).toContain('plain http');
		},
	);

	it.each([
		['', "'URL' is empty"],
		['   ', "'URL' is empty"],
		['ftp://vault.example.com', 'not an http or https address'],
		['https://', 'not an http or https address'],
		['https://user:secret@vault.example.com', 'username or password'],
	])('refuses %j', (url, words) => {
		const failure = failureOf(() => base({ url }));
		expect(failure.message).toContain(words);
		expect(failure.message).not.toContain('secret@');
	});
});
