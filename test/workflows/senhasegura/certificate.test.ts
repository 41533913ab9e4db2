import { describeOperation } from '../kit/operation';
import { bare, former } from './certificateSamples';
import { kit, success } from './kit';

const refusal = (status: number, message: string) => ({
	code: status,
	response: { status, message, error: true },
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
