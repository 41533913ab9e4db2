import { describeOperation } from '../kit/operation';
import { KEY_PASSWORD, base64, former } from './certificateSamples';
import { kit, success } from './kit';

const CERTIFICATE =
	'-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2FuYXJ5\n-----END CERTIFICATE-----';
const PRIVATE_KEY =
	'-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49canary\n-----END PRIVATE KEY-----';
const PASSWORDS = { password: 'canary-file-password', revokePassword: 'canary-revoke-password' };

/** A success that looks like a refusal: the vendor's page has it so. */
const imported = success('1001: OK');
const PUT = {
	method: 'PUT' as const,
	path: '/api/certificate/upload',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ certificate: base64(CERTIFICATE), extension: 'pem' }),
};
const item = {
	vendor: 'senhasegura',
	type: 'certificate',
	id: null,
	imported: true,
	extension: 'pem',
	commonName: null,
	issuer: null,
	validFrom: null,
	validFromServerTime: null,
	expiresAt: null,
	expiresAtServerTime: null,
};
const refusal = (status: number, message: string) => ({
	code: status,
	response: { status, message, error: true },
});

describeOperation(former, 'certificate', 'import', {
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
		[
			'a private key of white space',
			{ additionalFields: { privateKey: '={{ " " }}' } },
			"'Private Key' is empty",
		],
		['no certificate', { certificate: ' ' }, "'Certificate' is required"],
		[
			'an extension that is none',
			{ extension: 'a/b' },
			"'File Extension' must be a file extension such as pem",
		],
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
			says: [/^senhasegura refused the request: Certificate already exists/],
		},
		{
			name: 'a gateway that gives up',
			exchanges: [{ ...PUT, status: 504, reply: '' }],
			says: [
				'The certificate may have been imported anyway',
				'Run the node again: the vault refuses the same certificate twice.',
			],
		},
		{
			name: 'a certificate that the vault cannot read',
			exchanges: [{ ...PUT, status: 500, reply: refusal(500, 'Invalid certificate') }],
			says: ['senhasegura refused the request: Invalid certificate'],
		},
	],
});

const CURRENT_IMPORT = {
	method: 'POST' as const,
	path: '/api/certificate/import',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ certificate: base64(CERTIFICATE), extension: 'pem' }),
};

/** As the vendor's page "POST | Import SSL certificate" shows it: without an envelope. */
const importedNow = {
	status: 200,
	message: 'Certificate imported successfully',
	error: false,
	code_certificate: 789,
	common_name: 'api.example.com',
	issuer: 'GlobalSign',
	validity_start: '2024-01-15',
	validity_end: '2025-01-15',
};
const importedItem = {
	...item,
	id: '789',
	commonName: 'api.example.com',
	issuer: 'GlobalSign',
	validFromServerTime: '2024-01-15T00:00:00',
	expiresAtServerTime: '2025-01-15T00:00:00',
};

describeOperation(kit, 'certificate', 'import', {
	secrets: [KEY_PASSWORD],
	cases: [
		{
			name: 'gives no password of the record out',
			parameters: { certificate: CERTIFICATE, extension: 'pem' },
			exchanges: [{ ...CURRENT_IMPORT, reply: { ...importedNow, password_key: KEY_PASSWORD } }],
			items: importedItem,
			raw: { raw: { ...importedNow, password_key: null } },
		},
		{
			name: 'goes to the current path, and tells what was imported',
			parameters: { certificate: CERTIFICATE, extension: 'pem' },
			exchanges: [{ ...CURRENT_IMPORT, reply: importedNow }],
			items: importedItem,
			// What has a field `error` would look to n8n like an item of the error output.
			raw: { raw: importedNow },
		},
	],
	failures: [
		{
			name: 'a flat answer that says no',
			exchanges: [
				{
					...CURRENT_IMPORT,
					reply: { status: 400, message: 'Invalid parameters provided.', error: true },
				},
			],
			says: ['senhasegura refused the request: Invalid parameters provided'],
		},
		{
			name: 'an answer that says nothing',
			exchanges: [{ ...CURRENT_IMPORT, reply: { code_certificate: 789 } }],
			says: ['senhasegura answered without a confirmation that the call went well'],
		},
		{
			name: 'a vault of another generation, which nothing is sent to by itself',
			exchanges: [
				{ ...CURRENT_IMPORT, status: 404, reply: refusal(404, 'Resource sub not found') },
			],
			says: [
				'senhasegura does not know this address',
				"choose the other 'Certificate API' in the credential",
			],
		},
	],
});
