import type { IDataObject } from 'n8n-workflow';

/** No source shows the fields: some of the spellings that the family has elsewhere. */
export const record = {
	CommonName: 'host.example.com',
	SerialNumber: '18e4a0b0d5f',
	FingerPrint: 'AA:BB',
	ValidFrom: 'Dec 1, 2021 09:00 PM',
	ValidTo: 'Dec 1, 2026 09:00 PM',
	KeyAlgorithm: 'RSA',
	KeyLength: '4096',
	SignatureAlgorithm: 'SHA256',
	Issuer: 'N/A',
};
export const item = {
	vendor: 'pam360',
	type: 'certificate',
	id: null,
	commonName: 'host.example.com',
	dnsName: null,
	serialNumber: '18e4a0b0d5f',
	fingerprint: 'AA:BB',
	issuer: null,
	description: null,
	keyAlgorithm: 'RSA',
	keyLength: 4096,
	signatureAlgorithm: 'SHA256',
	validFrom: null,
	validFromServerTime: '2021-12-01T21:00:00',
	expiresAt: null,
	expiresAtServerTime: '2026-12-01T21:00:00',
	// By the clock: certificate.behaviour.test.ts reads it.
	daysLeft: expect.any(Number) as number,
};
export const unknown = (changes: IDataObject) => ({
	...item,
	serialNumber: null,
	fingerprint: null,
	keyAlgorithm: null,
	keyLength: null,
	signatureAlgorithm: null,
	validFromServerTime: null,
	expiresAtServerTime: null,
	daysLeft: null,
	...changes,
});
