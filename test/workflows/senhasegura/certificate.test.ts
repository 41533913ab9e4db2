import { answeredByNock, answerInTurn } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { runVendor } from '../vendors';
import { HOST, kit, success } from './kit';

const CERTIFICATE =
	'-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2FuYXJ5\n-----END CERTIFICATE-----';
const PRIVATE_KEY =
	'-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49canary\n-----END PRIVATE KEY-----';
const PASSWORDS = { password: 'canary-file-password', revokePassword: 'canary-revoke-password' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

const { senhaseguraOAuth1Api } = kit.credentials;

/** A credential for the paths that the vendor's pages up to 4.0 have. */
const former: typeof kit = {
	...kit,
	credentials: { senhaseguraOAuth1Api: { ...senhaseguraOAuth1Api, certificateApi: 'upTo40' } },
};

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

const KEY_PASSWORD = 'canary of a password in a record';

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

/** A record of the list, with the fields of the vendor's tables and the secrets that it can hold. */
const listed = {
	code_certificate: 456,
	status_certificate: '1 - Valid',
	active: '1',
	start_validity: '2024-01-15',
	end_validity: '2025-01-15',
	origin_certificate: 'REQU',
	type_certificate: 'DV SSL - Domain SSL',
	type_domain: 'Single domain',
	organization: '42 - Acme',
	common_name: 'api-test.com',
	san: 'api-test.com,www.api-test.com',
	tags: '',
	encryption: 'RSA',
	encryption_key_size: '4096',
	algorithm_certified: 'sha256',
	validity: '366',
	environments: 'production',
	systems: '',
	project: 'Shop',
	ip_external: '',
	ip_hostname: 'web-01',
	self_signed: 0,
	ca: '5 - GlobalSign',
	responsible: '7 - Ana',
	password_key: 'canary-password-of-key',
	password_revocation: 'canary-password-of-revocation',
};
const listedItem = {
	vendor: 'senhasegura',
	type: 'certificate',
	id: '456',
	requestId: null,
	commonName: 'api-test.com',
	san: ['api-test.com', 'www.api-test.com'],
	certificateType: 'DV SSL - Domain SSL',
	certificateTypeId: null,
	domainType: 'Single domain',
	organization: 'Acme',
	organizationId: '42',
	encryption: 'RSA',
	keySize: 4096,
	signatureAlgorithm: 'sha256',
	validityDays: 366,
	responsible: 'Ana',
	responsibleId: '7',
	project: 'Shop',
	environments: ['production'],
	systems: [],
	tags: [],
	hostname: 'web-01',
	externalIp: null,
	description: null,
	status: 'Valid',
	statusCode: '1',
	active: true,
	validFrom: null,
	validFromServerTime: '2024-01-15T00:00:00',
	expiresAt: null,
	expiresAtServerTime: '2025-01-15T00:00:00',
	origin: 'REQU',
	selfSigned: false,
	ca: 'GlobalSign',
	caId: '5',
	serialNumber: null,
};
const LISTED_SECRETS = [listed.password_key, listed.password_revocation];
const masked = { ...listed, password_key: null, password_revocation: null };
const bare = (more: object) => ({ status: 200, message: 'OK', error: false, ...more });
const LIST = { method: 'GET' as const, path: '/api/certificate/list?offset=0&limit=50' };
const page = (records: unknown[]) => bare({ total: records.length, certificates: records });
const later = { ...listed, code_certificate: 457, end_validity: '2999-01-15' };
const expired = { ...listed, code_certificate: 459, end_validity: '2020-01-15' };
const undated = { ...listed, code_certificate: 458, end_validity: '' };

describeOperation(kit, 'certificate', 'getAll', {
	secrets: LISTED_SECRETS,
	cases: [
		{
			name: 'lists certificates without their passwords',
			parameters: { returnAll: false, limit: 50 },
			exchanges: [{ ...LIST, reply: page([listed]) }],
			items: [listedItem],
			raw: [masked],
		},
		{
			name: 'reads page by page, each beginning with the last one of the former',
			parameters: { returnAll: true },
			exchanges: [
				{
					...LIST,
					path: '/api/certificate/list?offset=0&limit=100',
					reply: bare({
						total: 101,
						certificates: Array.from({ length: 100 }, (_, index) => ({
							...listed,
							code_certificate: index + 1,
						})),
					}),
				},
				{
					...LIST,
					path: '/api/certificate/list?offset=99&limit=100',
					reply: bare({
						total: 101,
						certificates: [100, 101].map((id) => ({ ...listed, code_certificate: id })),
					}),
				},
			],
			items: Array.from({ length: 101 }, (_, index) => ({ ...listedItem, id: String(index + 1) })),
		},
		{
			name: 'says so where more are counted than come',
			parameters: { returnAll: true },
			exchanges: ['0', '1'].map((offset) => ({
				...LIST,
				path: `/api/certificate/list?offset=${offset}&limit=100`,
				reply: bare({
					total: 730,
					certificates: [undated, listed].slice(Number(offset)),
				}),
			})),
			items: [{ ...listedItem, id: '458', expiresAt: null, expiresAtServerTime: null }, listedItem],
			hints: ['The list of certificates may not be whole: 730 are counted, and 2 were returned.'],
		},
		{
			name: 'lets the vault filter, and finds by expiry itself',
			parameters: {
				returnAll: false,
				limit: 2,
				filters: {
					active: true,
					ca: 5,
					certificateType: '1',
					commonName: 'api-test.com',
					domainType: 'SING',
					environments: 'production, test',
					expiresWithinDays: 30,
					organization: '42',
					origin: 'REQU',
					project: 'Shop',
					responsible: '7',
					san: ['a', 'b'],
					selfSigned: false,
					status: '1',
					systems: 'shop',
					tags: 'web',
				},
			},
			exchanges: [
				{
					...LIST,
					path: `/api/certificate/list?${[
						'status_certificate=1&active=1&origin_certificate=REQU&type_certificate=1',
						'type_domain=SING&organization=42&common_name=api-test.com&san=a%2Cb&tags=web',
						'environments=production%2Ctest&systems=shop&project=Shop&self_signed=0&ca=5',
						'responsible=7&offset=0&limit=100',
					].join('&')}`,
					reply: page([later, expired, undated]),
				},
			],
			items: [{ ...listedItem, id: '458', expiresAt: null, expiresAtServerTime: null }],
		},
		{
			name: 'finds one by its number, which stands alone in its answer',
			parameters: { returnAll: true, filters: { certificateId: '456' } },
			exchanges: [
				{
					...LIST,
					path: '/api/certificate/list/456',
					reply: success('1001: OK', { data: listed }),
				},
			],
			items: [listedItem],
		},
		{
			name: 'keeps what it does not understand',
			parameters: {},
			exchanges: [{ ...LIST, reply: page([{ ...listed, active: 'perhaps' }]) }],
			items: [{ ...listedItem, active: null, activeText: 'perhaps' }],
			hints: ["'active' came in a form that the node does not understand"],
		},
	],
	refused: [
		[
			'a number that is none',
			{ filters: { certificateId: '1/2' } },
			"'Certificate ID' must be a number",
		],
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ ...LIST, reply: bare({}) }],
			says: ['senhasegura answered without the certificates'],
		},
	],
});

describeOperation(former, 'certificate', 'getAll', {
	cases: [
		{
			name: 'reads the block of the pages up to 4.0',
			parameters: {},
			exchanges: [
				{
					...LIST,
					path: '/iso/certificate/list?offset=0&limit=50',
					reply: success('Created', {
						certified: [{ ...masked, status_certified: '2 - Revoked', code_request: 9 }],
					}),
				},
			],
			items: [{ ...listedItem, requestId: '9', status: 'Revoked', statusCode: '2' }],
			raw: [{ ...masked, status_certified: '2 - Revoked', code_request: 9 }],
		},
		{
			name: 'takes the number that their table calls code_request for that of the certificate',
			parameters: {},
			exchanges: [
				{
					...LIST,
					path: '/iso/certificate/list?offset=0&limit=50',
					reply: success('OK', {
						certified: [{ ...masked, code_certificate: undefined, code_request: '456' }],
					}),
				},
			],
			items: [listedItem],
			raw: [{ ...masked, code_certificate: undefined, code_request: '456' }],
		},
		{
			name: 'takes a refusal for an empty list that says there are none',
			parameters: {},
			exchanges: [
				{
					...LIST,
					path: '/iso/certificate/list?offset=0&limit=50',
					status: 400,
					reply: refusal(400, 'There are no certificates with the entered status.'),
				},
			],
			items: [],
			raw: [],
		},
	],
	failures: [
		{
			name: 'a status that is none',
			exchanges: [
				{
					...LIST,
					path: '/iso/certificate/list?offset=0&limit=50',
					status: 400,
					reply: refusal(400, 'The status code you entered is invalid.'),
				},
			],
			says: ['senhasegura refused the request: The status code you entered is invalid'],
		},
	],
});

const PUBLISH = {
	method: 'POST' as const,
	path: '/api/certificate/publish',
	headers: { 'content-type': 'application/json' },
};
/** As the vendor's page "POST | Publish certificate" shows it. */
const scheduled = {
	status: 200,
	message: 'Publication scheduled successfully',
	error: false,
	code_publishing: 567,
	reason: '3 - Scheduled Renewal',
	itsm_code: 'CHG0012345',
	devices: [101, 102, 103],
};
const publication = {
	certificateId: '456',
	profileId: 22,
	devices: '101, 102, 103',
	reason: '3',
	additionalFields: { itsmCode: 'CHG0012345', justification: 'Renewal' },
};
const publicationItem = {
	vendor: 'senhasegura',
	type: 'certificatePublication',
	id: '567',
	certificateId: '456',
	profileId: '22',
	devices: ['101', '102', '103'],
	scheduled: true,
	reason: 'Scheduled Renewal',
	reasonId: '3',
	itsmCode: 'CHG0012345',
};
const publishBody = JSON.stringify({
	certificate_code: 456,
	code_profile_publication: 22,
	justification: 'Renewal',
	reason: 3,
	itsm_code: 'CHG0012345',
	devices: [101, 102, 103],
});

/** What a record of a certificate may hold, whatever the operation. */
const RECORD_PASSWORDS = { password_key: KEY_PASSWORD, password_revocation: KEY_PASSWORD };
const NO_PASSWORDS = { password_key: null, password_revocation: null };

describeOperation(kit, 'certificate', 'publish', {
	secrets: [KEY_PASSWORD],
	cases: [
		{
			name: 'gives no password of the record out',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: { ...scheduled, ...RECORD_PASSWORDS } }],
			items: publicationItem,
			raw: { raw: { ...scheduled, ...NO_PASSWORDS } },
		},
		{
			name: 'schedules a publication',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: scheduled }],
			items: publicationItem,
			raw: { raw: scheduled },
		},
		{
			name: 'is not said to be scheduled where the vault says something else',
			parameters: publication,
			exchanges: [
				{
					...PUBLISH,
					body: publishBody,
					reply: { ...scheduled, message: 'Not scheduled successfully: waits for approval' },
				},
			],
			items: {
				...publicationItem,
				scheduled: null,
				scheduledText: 'Not scheduled successfully: waits for approval',
			},
			hints: ["what came is in 'scheduledText'"],
		},
		{
			name: 'says where the vault does not tell its number',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: bare({}) }],
			items: { ...publicationItem, id: null, reason: null },
			hints: ['did not return the number of the publication'],
		},
	],
	refused: [
		['devices that are no numbers', { devices: 'web-01' }, "'Device IDs' must hold numbers"],
		['no device', { devices: '={{ "" }}' }, "'Device IDs' is required"],
		[
			'a justification that is too long',
			{ additionalFields: { justification: 'x'.repeat(1025) } },
			"'Justification' must be at most 1024 characters long",
		],
	],
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...PUBLISH, body: publishBody, status: 504, reply: '' }],
			says: [
				'The publication of certificate 456 may have been scheduled anyway.',
				"Look for the certificate with 'Certificate Publication: Get Many'.",
			],
		},
	],
});

describeOperation(former, 'certificate', 'publish', {
	cases: [
		{
			name: 'has other names up to 4.0',
			parameters: publication,
			exchanges: [
				{
					...PUBLISH,
					path: '/iso/cert/publish',
					body: JSON.stringify({
						code_certificate: 456,
						code_profile_publication: 22,
						justification: 'Renewal',
						reason: 3,
						itms_code: 'CHG0012345',
						devices: [101, 102, 103],
					}),
					reply: success('Created', { certified: { code_publishing: '567', reason: '3 - Other' } }),
				},
			],
			items: { ...publicationItem, reason: 'Other' },
		},
	],
});

const DOWNLOAD = {
	method: 'POST' as const,
	path: '/api/certificate/download',
	headers: { 'content-type': 'application/json' },
};
const PFX = base64('canary of a file with its key');
const KEY = base64('canary of a key');
const PUBLIC_PART = base64('a certificate');
const opened = {
	vendor: 'senhasegura',
	type: 'certificate',
	id: '456',
	format: 'pfx',
	withPrivateKey: true,
	certificateBase64: null,
	secret: PFX,
};

const apology = {
	...DOWNLOAD,
	body: JSON.stringify({ id: 456, format: 'pfx', password: PASSWORDS.password }),
	reply: { format: 'pfx', certificate: 'An error occurred while encrypting the text' },
};
const CRT_WITH_KEY = {
	...DOWNLOAD,
	body: JSON.stringify({
		id: 456,
		format: 'crt',
		download_key: true,
		password: PASSWORDS.password,
	}),
};

describeOperation(kit, 'certificate', 'download', {
	secrets: [PFX, KEY, PASSWORDS.password],
	cases: [
		{
			name: 'reads a PFX, which is a secret',
			parameters: { certificateId: 456, format: 'pfx', password: PASSWORDS.password },
			exchanges: [
				{
					...DOWNLOAD,
					body: JSON.stringify({ id: 456, format: 'pfx', password: PASSWORDS.password }),
					reply: { format: 'pfx', certificate: PFX },
				},
			],
			items: opened,
		},
		{
			name: 'reads a CRT and its key, which is a file of its own',
			parameters: {
				certificateId: 456,
				format: 'crt',
				withPrivateKey: true,
				password: PASSWORDS.password,
			},
			exchanges: [
				{
					...CRT_WITH_KEY,
					reply: { format: 'crt', certificate: PUBLIC_PART, key: KEY, key_format: 'key' },
				},
			],
			items: { ...opened, format: 'crt', certificateBase64: PUBLIC_PART, secret: KEY },
		},
		{
			name: 'knows the format in other letters',
			parameters: {
				certificateId: 456,
				format: '={{ "CRT" }}',
				withPrivateKey: true,
				password: PASSWORDS.password,
			},
			exchanges: [
				{
					...CRT_WITH_KEY,
					reply: { format: 'crt', certificate: PUBLIC_PART, key: KEY, key_format: 'key' },
				},
			],
			items: { ...opened, format: 'crt', certificateBase64: PUBLIC_PART, secret: KEY },
		},
		{
			name: 'gives no key that was not asked for, and sends no password',
			parameters: { certificateId: 456, format: 'pem', password: PASSWORDS.password },
			exchanges: [
				{
					...DOWNLOAD,
					body: JSON.stringify({ id: 456, format: 'pem', download_key: false }),
					reply: { format: 'pem', certificate: PUBLIC_PART, key: KEY },
				},
			],
			items: {
				...opened,
				format: 'pem',
				withPrivateKey: false,
				certificateBase64: PUBLIC_PART,
				secret: null,
			},
		},
	],
	refused: [
		['a PFX without a password', { password: '' }, "'Password' is required"],
		[
			'a format in letters for which n8n drops what stands beside it',
			{ format: 'PEM' },
			"'Format' must be written as 'pem'",
		],
	],
	failures: [
		{
			name: 'a text of apology in place of the file',
			// It may be the answer of a gateway, so that it is asked for once more.
			exchanges: [apology, apology],
			says: ['senhasegura answered without the certificate'],
		},
		{
			name: 'no key in the answer',
			parameters: { format: 'crt', withPrivateKey: true },
			exchanges: [
				{
					...CRT_WITH_KEY,
					reply: { format: 'crt', certificate: PUBLIC_PART },
				},
			],
			says: ['senhasegura answered without the private key'],
		},
	],
});

describe('a download', () => {
	answeredByNock();

	it('knows no download up to 4.0, and sends nothing', async () => {
		const sent = answerInTurn(HOST, []);
		const result = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				authentication: 'oAuth1',
				resource: 'certificate',
				operation: 'download',
				certificateId: 456,
				format: 'crt',
			},
			credentials: former.credentials,
		});
		expect(said(result)).toMatch(/Up to Version 4\.0, which has no download/);
		expect(sent).toEqual([]);
	});
});
