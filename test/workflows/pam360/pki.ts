import { inputData } from './kit';

export const PKI = '/api/pki/restapi';

/** The result of a call for keys and certificates that was done. */
export const result = { status: 'Success', message: 'Fetched successfully' };

/** A call that reads keys or certificates, and its answer. */
export const read = (
	call: string,
	details: object | undefined,
	reply: object | string | Buffer,
) => ({
	method: 'GET' as const,
	path: `${PKI}/${call}${details ? `?${inputData(details)}` : ''}`,
	body: '',
	headers: { 'content-type': undefined },
	reply,
});

/**
 * Made by OpenSSL 3 with the serial number 0x01879376424c; `openssl x509 -serial -enddate -subject` says
 * what is in it.
 */
export const ADDED = [
	'-----BEGIN CERTIFICATE-----',
	'MIIBpDCCAUmgAwIBAgIGAYeTdkJMMAoGCCqGSM49BAMCMC4xEDAOBgNVBAoMB0V4',
	'YW1wbGUxGjAYBgNVBAMMEWFkZGVkLmV4YW1wbGUuY29tMB4XDTI2MTEyODAxMTkx',
	'MloXDTM2MTEyNTAxMTkxMlowLjEQMA4GA1UECgwHRXhhbXBsZTEaMBgGA1UEAwwR',
	'YWRkZWQuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQIXrLe',
	'O81yvAmoEQoVx270ZmKcQeZ6P90uzLlVlC5GgUBnBe4Y/aqYr2+mfIMO/McdNN6D',
	'XNnmxMDZEywKHFtRo1MwUTAdBgNVHQ4EFgQUfGnGxofhDSbLJERcBwObYi5qYx8w',
	'HwYDVR0jBBgwFoAUfGnGxofhDSbLJERcBwObYi5qYx8wDwYDVR0TAQH/BAUwAwEB',
	'/zAKBggqhkjOPQQDAgNJADBGAiEA3tGcP1AICGnvEbV6I6TAI0rvInb+N0virZDc',
	'iV6m/AYCIQCw+2+TlqRNLBmXoncqrYNeq0Drpo0WN9RimWz0fkQNhQ==',
	'-----END CERTIFICATE-----',
];
export const ADDED_PEM = `${ADDED.join('\n')}\n`;
