import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

const KEY_PASSWORD = 'canary-key-password';
const REVOCATION_PASSWORD = 'canary-revocation-password';
const JSON_BODY = { 'content-type': 'application/json' };
const secrets = [KEY_PASSWORD, REVOCATION_PASSWORD];

/** A credential for the paths that the vendor's pages up to 4.0 have. */
const former: typeof kit = {
	...kit,
	credentials: {
		senhaseguraOAuth1Api: { ...kit.credentials.senhaseguraOAuth1Api, certificateApi: 'upTo40' },
	},
};

/** What a request calls its passwords: since 4.0, and before. */
const REQUESTED = {
	key_password: KEY_PASSWORD,
	senha_revogacao: REVOCATION_PASSWORD,
	password_revogation: REVOCATION_PASSWORD,
};
const REQUESTED_MASKED = { key_password: null, senha_revogacao: null, password_revogation: null };

/** As the vendor's page "GET | List requests" shows it, with values of its own, and every password that there is. */
const record = {
	code_request: '1',
	status_request: '7 - Signed',
	type_certificate: 'DV SSL - Domain SSL',
	type_domain: 'Single domain',
	organization: 'organization',
	common_name: 'api-test.com',
	san: 'api-test',
	tags: '',
	validity: '100',
	encryption: 'RSA',
	encryption_key_size: '4096',
	algorithm_certified: 'sha256',
	password_key: KEY_PASSWORD,
	password_revocation: REVOCATION_PASSWORD,
	...REQUESTED,
};
const masked = { ...record, password_key: null, password_revocation: null, ...REQUESTED_MASKED };
const recordItem = {
	vendor: 'senhasegura',
	type: 'certificateRequest',
	id: '1',
	commonName: 'api-test.com',
	san: ['api-test'],
	certificateType: 'DV SSL - Domain SSL',
	certificateTypeId: null,
	domainType: 'Single domain',
	organization: 'organization',
	organizationId: null,
	encryption: 'RSA',
	keySize: 4096,
	signatureAlgorithm: 'sha256',
	validityDays: 100,
	responsible: null,
	responsibleId: null,
	project: null,
	environments: [],
	systems: [],
	tags: [],
	hostname: null,
	externalIp: null,
	description: null,
	status: 'Signed',
	statusCode: '7',
	justification: null,
};
const nothing = Object.fromEntries(
	Object.entries(recordItem).map(([name, value]) => [name, Array.isArray(value) ? [] : null]),
);

const LIST = { method: 'GET' as const, path: '/api/certificate/request/list?offset=0&limit=50' };

describeOperation(kit, 'certificateRequest', 'getAll', {
	secrets,
	cases: [
		{
			name: 'reads the one request of an answer, and no password',
			parameters: {},
			exchanges: [{ ...LIST, reply: success('1001: OK', { data: record }) }],
			items: [recordItem],
			raw: [masked],
		},
		{
			name: 'lets the vault filter',
			parameters: {
				returnAll: true,
				filters: {
					certificateType: '1',
					commonName: 'api-test.com',
					domainType: 'SING',
					environments: 'a,b',
					organization: 42,
					responsible: 7,
					san: 'c',
					statusCode: 7,
					systems: 'd',
					tags: 'e',
				},
			},
			exchanges: [
				{
					...LIST,
					path: `/api/certificate/request/list?${[
						'status_request=7&type_certificate=1&type_domain=SING&organization=42',
						'common_name=api-test.com&san=c&tags=e&environments=a%2Cb&systems=d&responsible=7',
						'offset=0&limit=100',
					].join('&')}`,
					reply: success('1001: OK', { data: [record, { ...record, code_request: '2' }] }),
				},
			],
			items: [recordItem, { ...recordItem, id: '2' }],
		},
		{
			name: 'finds one by its number',
			parameters: { filters: { requestId: 1 } },
			exchanges: [
				{
					...LIST,
					path: '/api/certificate/request/list/1',
					reply: success('1001: OK', { data: record }),
				},
			],
			items: [recordItem],
		},
	],
});

const CREATE = { method: 'POST' as const, path: '/api/certificate/request', headers: JSON_BODY };
const wanted = {
	commonName: 'api-test.com',
	certificateType: '2',
	domainType: 'MULT',
	organization: '42',
	encryption: 'RSA',
	keySize: 4096,
	signatureAlgorithm: 'SHA512',
	validityDays: 100,
	additionalFields: {
		description: 'Front end',
		environments: 'production',
		externalIp: '203.0.113.7',
		hostname: 'web-01',
		justification: 'New shop',
		keyPassword: KEY_PASSWORD,
		project: 'Shop',
		responsible: 7,
		revocationPassword: REVOCATION_PASSWORD,
		san: 'a.example.com, b.example.com',
		systems: 'shop',
		tags: 'web',
	},
};
const bodyWith = (revocation: string) =>
	JSON.stringify({
		certificate_type: 2,
		domain_type: 'MULT',
		organization: 42,
		common_name: 'api-test.com',
		san: ['a.example.com', 'b.example.com'],
		tags: ['web'],
		encryption: 'RSA',
		encryption_key_size: 4096,
		certificate_algorithm: 'SHA512',
		validity: 100,
		key_password: KEY_PASSWORD,
		[revocation]: REVOCATION_PASSWORD,
		environments: ['production'],
		systems: ['shop'],
		project: 'Shop',
		external_ip: '203.0.113.7',
		hostname_ip: 'web-01',
		justification: 'New shop',
		responsible: 7,
		description: 'Front end',
	});
const least = { commonName: 'api-test.com', organization: 42, validityDays: 100 };
const leastBody = JSON.stringify({
	certificate_type: 1,
	domain_type: 'SING',
	organization: 42,
	common_name: 'api-test.com',
	encryption: 'RSA',
	encryption_key_size: 4096,
	certificate_algorithm: 'SHA256',
	validity: 100,
});

describeOperation(kit, 'certificateRequest', 'create', {
	secrets,
	cases: [
		{
			name: 'asks for a certificate, and does not give its passwords back',
			mayHave: "The certificate request for 'api-test.com' may have been made",
			parameters: wanted,
			exchanges: [
				{
					...CREATE,
					body: bodyWith('senha_revogacao'),
					status: 201,
					reply: success('Created', { data: record }, 201),
				},
			],
			items: recordItem,
			raw: success('Created', { data: masked }, 201) as never,
		},
		{
			name: 'sends no more than is given, and says where no number comes back',
			parameters: least,
			exchanges: [
				{ ...CREATE, body: leastBody, reply: { status: 200, message: 'Created', error: false } },
			],
			items: {
				...nothing,
				vendor: 'senhasegura',
				type: 'certificateRequest',
				commonName: 'api-test.com',
			},
			hints: ['did not return the number of the request'],
		},
		{
			name: 'takes an answer without an envelope, as siblings have it',
			parameters: least,
			exchanges: [{ ...CREATE, body: leastBody, reply: { status: 200, error: false, ...record } }],
			items: recordItem,
			raw: { status: 200, error: false, ...masked },
		},
	],
	refused: [
		[
			'DSA with another signature than SHA-256',
			{ encryption: 'DSA' },
			"'Signature Algorithm' must be SHA256 where the encryption is DSA",
		],
		[
			'a description that is too long',
			{ additionalFields: { description: 'x'.repeat(513) } },
			"'Description' must be at most 512 characters long",
		],
		[
			'an organization that is no number',
			{ organization: 'Acme' },
			"'Organization ID' must be a number",
		],
	],
	failures: [
		{
			name: 'a refusal that repeats what it got',
			exchanges: [
				{
					...CREATE,
					body: bodyWith('senha_revogacao'),
					status: 400,
					reply: { status: 400, message: `Invalid: ${KEY_PASSWORD}`, error: true },
				},
			],
			says: ['senhasegura refused the request: Invalid: [redacted]'],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...CREATE, body: bodyWith('senha_revogacao'), status: 504, reply: '' }],
			says: [
				"The certificate request for 'api-test.com' may have been made anyway.",
				"Look for it with 'Certificate Request: Get Many'.",
			],
		},
	],
});

/** The fields of a request, which its answer repeats up to 4.0. */
const echoed = {
	code_request: 77,
	certificate_type: 2,
	domain_type: 'MULT',
	organization: 42,
	common_name: 'api-test.com',
	san: ['a.example.com', 'b.example.com'],
	encryption: 'RSA',
	encryption_key_size: 4096,
	certificate_algorithm: 'SHA512',
	validity: 100,
	key_password: KEY_PASSWORD,
	password_revogation: REVOCATION_PASSWORD,
	external_ip: '203.0.113.7',
	hostname_ip: 'web-01',
};

describeOperation(former, 'certificateRequest', 'create', {
	secrets,
	cases: [
		{
			name: 'has another name for the revocation password up to 4.0',
			mayHave: "The certificate request for 'api-test.com' may have been made",
			parameters: wanted,
			exchanges: [
				{
					...CREATE,
					path: '/iso/certificate/request',
					body: bodyWith('password_revogation'),
					reply: success('Created', { certified: record }),
				},
			],
			items: recordItem,
			raw: success('Created', { certified: masked }) as never,
		},
		{
			name: 'reads the fields of the request in the answer, as they are called there',
			parameters: least,
			exchanges: [
				{
					...CREATE,
					path: '/iso/certificate/request',
					body: leastBody,
					status: 201,
					reply: success('Created', echoed, 201),
				},
			],
			items: {
				...recordItem,
				id: '77',
				certificateType: null,
				certificateTypeId: '2',
				domainType: 'MULT',
				organization: null,
				organizationId: '42',
				san: ['a.example.com', 'b.example.com'],
				signatureAlgorithm: 'SHA512',
				hostname: 'web-01',
				externalIp: '203.0.113.7',
				status: null,
				statusCode: null,
			},
			raw: success(
				'Created',
				{ ...echoed, key_password: null, password_revogation: null },
				201,
			) as never,
		},
	],
});

const SIGN = {
	method: 'POST' as const,
	path: '/api/certificate/request/sign/123',
	headers: JSON_BODY,
};
const signing = {
	requestId: '123',
	selfSigned: false,
	ca: 5,
	reason: 3,
	additionalFields: { itsmCode: 'CHG0012345', justification: 'Annual certificate renewal' },
};
/** As the vendor's page "POST | Sign request" shows it: without an envelope. */
const signed = {
	status: 200,
	message: 'Request signed successfully',
	error: false,
	code_request: 123,
	self_signed: 0,
	ca: '5 - GlobalSign',
	justification: 'Annual certificate renewal',
	reason: '3 - Scheduled Renewal',
	itsm_code: 'CHG0012345',
};
const signedItem = {
	vendor: 'senhasegura',
	type: 'certificateRequest',
	id: '123',
	signed: true,
	selfSigned: false,
	ca: 'GlobalSign',
	caId: '5',
	reason: 'Scheduled Renewal',
	reasonId: '3',
	itsmCode: 'CHG0012345',
};
const signBody = JSON.stringify({
	self_signed: 0,
	ca: 5,
	justification: 'Annual certificate renewal',
	reason: 3,
	itsm_code: 'CHG0012345',
});

describeOperation(kit, 'certificateRequest', 'sign', {
	secrets,
	cases: [
		{
			name: 'gives no password of the record out, wherever it stands',
			mayHave: 'Certificate request 123 may have been signed',
			parameters: signing,
			exchanges: [
				{
					...SIGN,
					body: signBody,
					reply: { ...signed, ...REQUESTED, data: { 3: { ...record, code_request: 123 } } },
				},
			],
			items: { ...signedItem, ca: null, reason: null, caId: '5', reasonId: '3' },
			raw: {
				raw: { ...signed, ...REQUESTED_MASKED, data: { 3: { ...masked, code_request: 123 } } },
			},
		},
		{
			name: 'has a request signed by an authority',
			parameters: signing,
			exchanges: [{ ...SIGN, body: signBody, reply: signed }],
			items: signedItem,
			// What has a field `error` would look to n8n like an item of the error output.
			raw: { raw: signed },
		},
		{
			name: 'needs no authority where the key signs itself',
			parameters: { requestId: 123, selfSigned: true, ca: '', reason: 3 },
			exchanges: [
				{
					...SIGN,
					body: JSON.stringify({ self_signed: 1, reason: 3 }),
					reply: { status: 200, error: false },
				},
			],
			items: {
				...signedItem,
				selfSigned: true,
				ca: null,
				caId: null,
				reason: null,
				itsmCode: null,
			},
		},
		...[
			'Sent for approval',
			'Approval request created successfully',
			'Solicitação de aprovação criada com sucesso',
			'Created, pending signature',
			'OK, awaiting the authority',
		].map((message) => ({
			name: `is not said to be signed where the vault says something else: ${message}`,
			parameters: signing,
			exchanges: [{ ...SIGN, body: signBody, reply: { ...signed, message } }],
			items: { ...signedItem, signed: null, signedText: message },
			hints: ["what came is in 'signedText'"],
		})),
		{
			name: 'is signed in Portuguese as well',
			parameters: signing,
			exchanges: [
				{
					...SIGN,
					body: signBody,
					reply: { ...signed, message: 'Requisição assinada com sucesso' },
				},
			],
			items: signedItem,
		},
	],
	refused: [
		['no authority', { ca: '={{ "" }}' }, "'CA ID' is required"],
		['a request that is none', { requestId: 'x' }, "'Request ID' must be"],
	],
	failures: [
		{
			name: 'an answer about another request',
			exchanges: [{ ...SIGN, body: signBody, reply: { ...signed, code_request: 124 } }],
			says: [
				'another certificate request than the one asked for (124 instead of 123)',
				'Certificate request 123 may have been signed anyway',
			],
		},
	],
});

const FORMER_SIGN = {
	method: 'GET' as const,
	path: `/iso/certificate/request/sign/123?${[
		'self_signed=0&ca=5&justification=Annual%20certificate%20renewal&reason=3',
		'itsm_code=CHG0012345',
	].join('&')}`,
};

describeOperation(former, 'certificateRequest', 'sign', {
	cases: [
		{
			name: 'is a GET up to 4.0, which is not sent again either',
			parameters: signing,
			exchanges: [{ ...FORMER_SIGN, reply: signed }],
			items: signedItem,
			raw: { raw: signed },
		},
	],
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...FORMER_SIGN, status: 504, reply: '' }],
			says: ['Certificate request 123 may have been signed anyway'],
		},
	],
});
