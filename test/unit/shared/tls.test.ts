import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { applyTls } from '../../../nodes/shared/tls';
import type { SignableRequest } from '../../../nodes/shared/tls';
import { createClientIdentity } from '../../simulators';
import { thrownBy } from './support';

const { certificate, key } = createClientIdentity();
const lines = (pem: string) => `${pem.replaceAll('\r\n', '\n').trim()}\n`;

function applied(credentials: ICredentialDataDecryptedObject, request?: Partial<SignableRequest>) {
	const full: SignableRequest = { url: 'https://host', ...request };
	applyTls(credentials, full);
	return full;
}

describe('applyTls', () => {
	it('leaves a request alone without TLS settings', () => {
		const request: SignableRequest = { url: 'https://host', headers: { a: 'b' } };
		expect(applied({}, request)).toEqual(request);
		expect(
			applied(
				{ caCertificate: '', clientCertificate: ' ', clientKey: '\n', ignoreSslIssues: false },
				request,
			),
		).toEqual(request);
	});

	it('switches certificate checks off in both forms of a request', () => {
		expect(applied({ ignoreSslIssues: true })).toMatchObject({
			skipSslCertificateValidation: true,
			rejectUnauthorized: false,
		});
	});

	it.each(['true', 1, 'false', null])('takes only true for that, not %j', (value) => {
		const request = applied({ ignoreSslIssues: value as never });
		expect(request).not.toHaveProperty('rejectUnauthorized');
		expect(request).not.toHaveProperty('skipSslCertificateValidation');
	});

	it('hands on a certificate authority', () => {
		expect(applied({ caCertificate: certificate.replaceAll(/\r?\n/g, ' ') }).agentOptions).toEqual({
			ca: lines(certificate),
		});
	});

	it('hands on a client certificate with its key, and keeps other options of the agent', () => {
		const request = applied(
			{ caCertificate: certificate, clientCertificate: certificate, clientKey: key },
			{ agentOptions: { servername: 'other.example.com' } },
		);
		expect(request.agentOptions).toEqual({
			servername: 'other.example.com',
			ca: lines(certificate),
			cert: lines(certificate),
			key: lines(key),
		});
	});

	it('wants both halves of a client certificate', () => {
		expect(thrownBy(() => applied({ clientCertificate: certificate }))).toMatchObject({
			kind: 'input',
			message: "'Client Key' is empty in the credential",
		});
		expect(thrownBy(() => applied({ clientKey: key }))).toMatchObject({
			kind: 'input',
			message: "'Client Certificate' is empty in the credential",
		});
	});

	it.each([
		['CA Certificate', { caCertificate: 'canary' }],
		['Client Certificate', { clientCertificate: 'canary', clientKey: key }],
		['Client Key', { clientCertificate: certificate, clientKey: 'canary' }],
	])('names the field that is not PEM: %s', (field, credentials) => {
		const failure = thrownBy(() => applied(credentials));
		expect(failure.message).toBe(`'${field}' in the credential is not PEM text`);
		expect(JSON.stringify(failure)).not.toContain('canary');
	});
});
