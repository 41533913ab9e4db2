import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { signPam360Request } from '../../../nodes/Pam360/api/signing';
import type { SignableRequest } from '../../../nodes/shared/tls';
import { createClientIdentity } from '../../simulators';
import { thrownBy } from '../shared/support';

const { certificate, key } = createClientIdentity();
const credential: ICredentialDataDecryptedObject = {
	url: 'https://pam360.example.com:8282/restapi/json/v1/',
	authToken: ' B698EF92-B151-4E5C-969D-CA7B50DF4E9D\n',
};
const sign = (
	changes: ICredentialDataDecryptedObject = {},
	request: Partial<SignableRequest> = {},
) =>
	signPam360Request(
		{ ...credential, ...changes },
		{ url: 'https://pam360.example.com:8282/call', ...request },
	);

describe('a signed request', () => {
	it('carries the token beside its own headers, and nothing else is new', () => {
		expect(sign({}, { headers: { Accept: 'x' }, body: 'y' })).toEqual({
			url: 'https://pam360.example.com:8282/call',
			headers: { Accept: 'x', AUTHTOKEN: 'B698EF92-B151-4E5C-969D-CA7B50DF4E9D' },
			body: 'y',
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it('carries the organization where there is one', () => {
		expect(sign({ orgName: ' Example MSP ' }).headers).toMatchObject({ orgName: 'Example MSP' });
		const none: ICredentialDataDecryptedObject[] = [{}, { orgName: '' }, { orgName: ' ' }];
		for (const changes of none) {
			expect(sign(changes).headers).not.toHaveProperty('orgName');
		}
	});

	it('cannot be given another token by its own headers', () => {
		expect(sign({}, { headers: { AUTHTOKEN: 'other' } }).headers).toEqual({
			AUTHTOKEN: 'B698EF92-B151-4E5C-969D-CA7B50DF4E9D',
		});
	});

	it('carries the token of an application, and no other one', () => {
		const changes = { tokenType: 'application', appAuthToken: ' 00DE-APP\n' };
		const headers = { Accept: 'x', AuthToken: 'other', app_type: '1' };
		expect(sign(changes, { headers }).headers).toEqual({
			Accept: 'x',
			APP_AUTHTOKEN: '00DE-APP',
			APP_TYPE: '17',
		});
		expect(sign({ ...changes, appType: ' 21 ' }).headers).toMatchObject({ APP_TYPE: '21' });
		expect(sign({ ...changes, tokenType: 'apiUser' }).headers).toEqual({
			AUTHTOKEN: 'B698EF92-B151-4E5C-969D-CA7B50DF4E9D',
		});
	});

	it.each([
		[{ appAuthToken: '' }, /^'Application Token' is empty in the credential/],
		[{ appAuthToken: 'a\nb' }, /^'Application Token' in the credential holds a line break/],
		[{ appType: '' }, /^'Application Type' in the credential is not a number/],
		[{ appType: 'XSOAR' }, /^'Application Type' in the credential is not a number/],
	])('needs what an application is known by: %j', (changes, message) => {
		const application = { tokenType: 'application', appAuthToken: 'a', ...changes };
		expect(thrownBy(() => sign(application)).message).toMatch(message);
	});

	it.each<[string, ICredentialDataDecryptedObject, ICredentialDataDecryptedObject]>([
		['user and application', {}, { tokenType: 'application', appAuthToken: 't', authToken: 't' }],
		[
			'two applications',
			{ tokenType: 'application', appAuthToken: 'a', appType: '17' },
			{ tokenType: 'application', appAuthToken: 'b', appType: '17' },
		],
		[
			'two types of application',
			{ tokenType: 'application', appAuthToken: 'a', appType: '17' },
			{ tokenType: 'application', appAuthToken: 'a', appType: '18' },
		],
	])('is paced by who sends it: %s', (_, one, other) => {
		const keyOf = (changes: ICredentialDataDecryptedObject) =>
			Pam360Api.rateKey({ ...credential, ...changes }).key;
		expect(keyOf(one)).not.toBe(keyOf(other));
		expect(keyOf(one)).toBe(keyOf({ ...one, serverTimeZone: 'UTC' }));
	});

	it('has the credential’s certificates in the options of its agent', () => {
		const signed = sign({
			caCertificate: certificate,
			clientCertificate: certificate,
			clientKey: key,
		});
		const lines = (pem: string) => `${pem.replaceAll('\r\n', '\n').trim()}\n`;
		expect(signed.agentOptions).toEqual({
			ca: lines(certificate),
			cert: lines(certificate),
			key: lines(key),
		});
	});

	it.each<Partial<SignableRequest>>([
		{},
		{ uri: 'https://pam360.example.com:8282/call', url: undefined },
	])('switches certificate checks off where the credential says so (%j)', (request) => {
		expect(sign({ ignoreSslIssues: true }, request)).toMatchObject({
			...request,
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		});
	});

	it('has the credential’s address only where the credential is tested', () => {
		expect(sign({}, { baseURL: 'whatever', url: '/restapi/json/v1/resources' })).toMatchObject({
			baseURL: 'https://pam360.example.com:8282',
			url: '/restapi/json/v1/resources',
			disableFollowRedirect: true,
		});
		expect(sign()).not.toHaveProperty('baseURL');
		expect(thrownBy(() => sign({ url: '' }, { baseURL: '' })).message).toContain("'URL' is empty");
	});

	it.each([
		'https://pam360.example.com/call',
		'http://pam360.example.com:8282/call',
		'https://pam360.example.com.attacker.test:8282/call',
		'https://attacker.test/https://pam360.example.com:8282',
		'/call',
	])('goes to no other server: %s', (url) => {
		for (const request of [{ url }, { uri: url, url: undefined as never }]) {
			const { message } = thrownBy(() => sign({}, request));
			expect(message).toMatch(
				/^The credential is for https:\/\/pam360\.example\.com:8282, but the request goes to/,
			);
		}
	});
});
