import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

const CERTIFICATE =
	'-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2FuYXJ5\n-----END CERTIFICATE-----';
const PRIVATE_KEY =
	'-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49canary\n-----END PRIVATE KEY-----';
const PASSWORDS = { password: 'canary-file-password', revokePassword: 'canary-revoke-password' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A success that looks like a refusal: the vendor's page has it so. */
const imported = success('1001: OK');
const PUT = {
	method: 'PUT' as const,
	path: '/api/certificate/upload',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ certificate: base64(CERTIFICATE), extension: 'pem' }),
};
const item = { vendor: 'senhasegura', type: 'certificate', imported: true, extension: 'pem' };
const refusal = (status: number, message: string) => ({
	code: status,
	response: { status, message, error: true },
});

describeOperation(kit, 'certificate', 'import', {
	secrets: [PRIVATE_KEY, base64(PRIVATE_KEY), ...Object.values(PASSWORDS)],
	cases: [
		{
			name: 'sends a PEM text as base64',
			parameters: { certificate: `${CERTIFICATE}\n`, extension: '.pem' },
			exchanges: [{ ...PUT, reply: imported }],
			items: item,
		},
		{
			name: 'sends base64 as it is, with key and passwords',
			parameters: {
				certificate: 'MIIK\nAgEDMIIJ\r\n1g==',
				extension: 'pfx',
				additionalFields: { privateKey: PRIVATE_KEY, ...PASSWORDS },
			},
			exchanges: [
				{
					...PUT,
					body: JSON.stringify({
						certificate: 'MIIKAgEDMIIJ1g==',
						extension: 'pfx',
						private_key: base64(PRIVATE_KEY),
						password: PASSWORDS.password,
						revoke_password: PASSWORDS.revokePassword,
					}),
					reply: imported,
				},
			],
			items: { ...item, extension: 'pfx' },
		},
	],
	refused: [
		{
			name: 'a private key of white space',
			parameters: { additionalFields: { privateKey: '={{ " " }}' } },
			says: "'Private Key' is empty",
		},
		{ name: 'no certificate', parameters: { certificate: ' ' }, says: "'Certificate' is required" },
		{
			name: 'an extension that is none',
			parameters: { extension: 'a/b' },
			says: "'File Extension' must be a file extension such as pem",
		},
	],
	failures: [
		{
			name: 'a refusal that repeats what it got',
			parameters: { additionalFields: { privateKey: PRIVATE_KEY } },
			exchanges: [
				{
					...PUT,
					body: JSON.stringify({
						certificate: base64(CERTIFICATE),
						extension: 'pem',
						private_key: base64(PRIVATE_KEY),
					}),
					status: 500,
					reply: refusal(500, `Invalid private key ${base64(PRIVATE_KEY)}`),
				},
			],
			says: ['Invalid private key [redacted]'],
		},
		{
			name: 'a certificate that is there already',
			exchanges: [{ ...PUT, status: 500, reply: refusal(500, 'Certificate already exists') }],
			says: [
				'senhasegura refused the request: Certificate already exists',
				'trying again does no harm',
			],
		},
		{
			name: 'a certificate that the vault cannot read',
			exchanges: [{ ...PUT, status: 500, reply: refusal(500, 'Invalid certificate') }],
			says: ['senhasegura refused the request: Invalid certificate'],
		},
	],
});
