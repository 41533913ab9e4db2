import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { inputData, kit } from './kit';
import { ADDED, ADDED_PEM, PKI, read, result } from './pki';

const PASSPHRASE = 'Pa$$phrase:+1&=';
const PASSWORD = ' Store Pa$$+1 ';

const refused = { name: 'x', result: { status: 'Failed', message: 'No such certificate found' } };

/** No source shows the fields: some of the spellings that the family has elsewhere. */
const record = {
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
const item = {
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
	// By the clock; see 'the days that are left' below.
	daysLeft: expect.any(Number) as number,
};
const unknown = (changes: IDataObject) => ({
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

/**
 * As a client for Go and one for Node.js read them (docs/api/pam360.md, "Listing and reading
 * certificates").
 */
const seen = {
	'Common Name': 'web.example.com',
	'DNS Name/FQDN': 'web.example.com',
	Issuer: 'Example CA',
	serialNumber: '1879376424c',
	ExpiryDate: 'Dec 27, 2026',
	Description: '',
};
const seenItem = {
	commonName: 'web.example.com',
	dnsName: 'web.example.com',
	issuer: 'Example CA',
	serialNumber: '1879376424c',
	expiresAtServerTime: '2026-12-27T00:00:00',
	daysLeft: expect.any(Number) as number,
};

describeOperation(kit, 'certificate', 'getAll', {
	cases: [
		{
			name: 'gives the certificates',
			parameters: { limit: 2 },
			exchanges: [
				read('getAllSSLCertificates', undefined, {
					result,
					SSLCertificates: [record, { id: 3, common_name: 'a' }, record],
				}),
			],
			items: [item, unknown({ id: '3', commonName: 'a' })],
			raw: [record, { id: 3, common_name: 'a' }],
		},
		{
			name: 'gives them as clients of the family see them',
			parameters: { returnAll: true },
			exchanges: [
				read('getAllSSLCertificates', undefined, {
					name: 'getAllSSLCertificates',
					result,
					totalRows: 2,
					details: [seen, { ...seen, ExpiryDate: 'next year' }],
				}),
			],
			items: [
				unknown(seenItem),
				unknown({
					...seenItem,
					expiresAtServerTime: null,
					expiresAtText: 'next year',
					daysLeft: null,
				}),
			],
			hints: ["what came is in 'expiresAtText'"],
			raw: [seen, { ...seen, ExpiryDate: 'next year' }],
		},
		{
			name: 'takes a single one in place of a list',
			parameters: { returnAll: true },
			exchanges: [
				read('getAllSSLCertificates', undefined, { result, totalRows: 1, details: seen }),
			],
			items: [unknown(seenItem)],
		},
		{
			name: 'asks for those that expire soon in a text, and leaves out what plainly expires later',
			parameters: { returnAll: true, filters: { expiresWithinDays: '={{ "45" }}' } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					{ withExpiryDaysLessThan: '45' },
					{
						result,
						totalRows: 3,
						details: [
							{ serialNumber: '1', ExpiryDate: 'Dec 27, 2199' },
							{ serialNumber: '2', ExpiryDate: 'soon' },
							{ serialNumber: '3', ExpiryDate: 'Dec 27, 2021' },
						],
					},
				),
			],
			items: [
				unknown({ commonName: null, serialNumber: '2', expiresAtText: 'soon' }),
				unknown({
					commonName: null,
					serialNumber: '3',
					expiresAtServerTime: '2021-12-27T00:00:00',
					daysLeft: expect.any(Number) as number,
				}),
			],
			hints: ["what came is in 'expiresAtText'"],
		},
	],
	refused: [
		[
			'a filter of no days',
			{ filters: { expiresWithinDays: '={{ 0 }}' } },
			"'Expires Within Days' must be at least 1",
		],
	],
	failures: [
		{
			name: 'certificates that are counted and not there',
			exchanges: [read('getAllSSLCertificates', undefined, { result, totalRows: '1' })],
			says: ['PAM360 answered without the certificates, although it counted 1'],
		},
	],
});

describeOperation(kit, 'certificate', 'get', {
	cases: [
		{
			name: 'gives every certificate of the name, each under its number',
			parameters: { commonName: ' *.example.com ' },
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: '*.example.com' },
					{ name: 'getCertificateDetails', result, 12: record, 13: { SerialNumber: '2' } },
				),
			],
			items: [
				{ ...item, id: '12' },
				unknown({ id: '13', commonName: '*.example.com', serialNumber: '2' }),
			],
			raw: [record, { SerialNumber: '2' }],
		},
		{
			name: 'takes a list as well',
			parameters: { commonName: 'host.example.com' },
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: 'host.example.com' },
					{ result, details: [record] },
				),
			],
			items: [item],
		},
		{
			name: 'asks for one of them',
			parameters: {
				commonName: 'host.example.com',
				additionalFields: { serialNumber: ' 18e4a0b0d5f ' },
			},
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: 'host.example.com', serial_number: '18e4a0b0d5f' },
					{ result, details: [record] },
				),
			],
			items: [item],
		},
	],
	refused: [['no name', { commonName: '={{ " " }}' }, "'Common Name' is required"]],
});

const least = { commonName: 'host.example.com', password: PASSWORD, validity: 888 };
const create = (details: object, reply: object) => ({
	method: 'POST' as const,
	path: `${PKI}/createCertificate`,
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: inputData(details),
	reply,
});
const leastDetails = {
	CNAME: 'host.example.com',
	PASSWORD,
	VALIDITY: '888',
	VALIDITY_TYPE: 'days',
};

describeOperation(kit, 'certificate', 'create', {
	secrets: [PASSWORD.trim()],
	cases: [
		{
			name: 'sends what is required, as text',
			parameters: least,
			exchanges: [create(leastDetails, { name: 'createCertificate', result })],
			items: unknown({}),
		},
		{
			name: 'sends every field of the vendor’s sample',
			parameters: {
				...least,
				additionalFields: {
					alternativeNames: '={{ ["host.example.com", "www.example.com"] }}',
					country: 'IN',
					keyAlgorithm: 'RSA',
					keyLength: '={{ 4096 }}',
					location: 'Chennai',
					organization: 'Example',
					organizationalUnit: 'IT',
					signatureAlgorithm: 'SHA256',
					state: 'TN',
					storeType: 'PKCS12',
				},
			},
			exchanges: [
				create(
					{
						CNAME: 'host.example.com',
						ALT_NAMES: 'host.example.com,www.example.com',
						COUNTRY: 'IN',
						ALG: 'RSA',
						LEN: '4096',
						LOCATION: 'Chennai',
						ORG: 'Example',
						ORGUNIT: 'IT',
						SIGALG: 'SHA256',
						STATE: 'TN',
						StoreType: 'PKCS12',
						PASSWORD,
						VALIDITY: '888',
						VALIDITY_TYPE: 'days',
					},
					{ result, Certificate: record },
				),
			],
			items: item,
		},
	],
	refused: [
		['no password', { password: '={{ "" }}' }, "'Key Store Password' is required"],
		[
			'a validity of no days',
			{ validity: '={{ 0.5 }}' },
			"'Validity' must be a whole number of days",
		],
		[
			'a country that is no code',
			{ additionalFields: { country: 'India' } },
			"'Country' must be a code of two letters",
		],
	],
	failures: [
		{
			name: 'an answer nobody can read',
			exchanges: [{ ...create(leastDetails, {}), status: 502, reply: '' }],
			says: [
				'The certificate may have been created anyway',
				"The node did not send the request again. Look for it with 'Certificate: Get'.",
			],
		},
		{
			name: 'success with a gateway’s status',
			exchanges: [{ ...create(leastDetails, { result }), status: 500 }],
			says: ['PAM360 reported success with HTTP 500', 'may have been created anyway'],
		},
	],
});

const createCsr = (details: object, reply: object) => ({
	...create(details, reply),
	path: `${PKI}/createCSR`,
});
const csrItem = {
	vendor: 'pam360',
	type: 'certificateRequest',
	id: null,
	commonName: 'app.example.com',
	created: true,
};

describeOperation(kit, 'certificate', 'createCsr', {
	secrets: [PASSWORD.trim()],
	cases: [
		{
			name: 'sends the fields of a certificate, and says that no ID came',
			parameters: {
				commonName: 'app.example.com',
				additionalFields: { organization: 'Example', country: 'IN', password: PASSWORD },
			},
			exchanges: [
				createCsr(
					{ CNAME: 'app.example.com', COUNTRY: 'IN', ORG: 'Example', PASSWORD },
					{
						name: 'createCSR',
						result: { status: 'Success', message: 'CSR app.example.com created successfully.' },
					},
				),
			],
			items: csrItem,
			hints: ["PAM360 did not return its ID, which 'Certificate: Sign CSR' needs"],
		},
		...[
			{ details: { CSR_ID: 303 } },
			{ CSR_ID: '303' },
			{ result: { ...result, csrId: '303' } },
			{ CertificateRequest: [{ id: '303' }] },
		].map((where) => ({
			name: `finds the ID in ${JSON.stringify(where)}, and needs no more than a name`,
			parameters: { commonName: 'app.example.com' },
			exchanges: [createCsr({ CNAME: 'app.example.com' }, { name: 'createCSR', result, ...where })],
			items: { ...csrItem, id: '303' },
		})),
	],
	refused: [
		['no name', { commonName: '={{ "" }}' }, "'Common Name' is required"],
		[
			'a password whose expression came to nothing',
			{ additionalFields: { password: '={{ null }}' } },
			"'Key Store Password' is empty",
		],
	],
	failures: [
		{
			name: 'an answer nobody can read',
			parameters: { additionalFields: {} },
			exchanges: [{ ...createCsr({ CNAME: 'app.example.com' }, {}), status: 502, reply: '' }],
			says: [
				'The certificate request may have been created anyway',
				"No call is known that lists requests: look in PAM360's console.",
			],
		},
	],
});

const toSign = {
	csrId: '303',
	rootCommonName: 'testroot',
	rootSerialNumber: '1879376424c',
	validity: 100,
	isIntermediate: true,
};
/** The vendor's sample, types included (docs/api/pam360.md, "Requests for certificates"). */
const toSignDetails = {
	signType: 'signWithRoot',
	rootCertificateCommonName: 'testroot',
	rootCertificateSerialNumber: '1879376424c',
	Validity: 100,
	isIntermediate: 'true',
	CSR_ID: '303',
};
const signCsr = (reply: object, details: object = toSignDetails) => ({
	...create(details, reply),
	path: `${PKI}/signCSR`,
});
const signed = { commonName: 'app.example.com', Certificate_ID: '601', serialNumber: '4242' };
const signedItem = {
	...unknown({ id: '601', commonName: 'app.example.com', serialNumber: '4242' }),
	csrId: '303',
};

describeOperation(kit, 'certificate', 'signCsr', {
	cases: [
		{
			name: 'sends the vendor’s sample',
			parameters: toSign,
			exchanges: [signCsr({ name: 'signCSR', result, details: signed })],
			items: signedItem,
		},
		{
			name: 'finds what was signed beside the result',
			parameters: { ...toSign, csrId: '={{ 303 }}', isIntermediate: false },
			exchanges: [
				signCsr(
					{ name: 'signCSR', ...signed, result },
					{ ...toSignDetails, isIntermediate: 'false' },
				),
			],
			items: signedItem,
		},
		{
			name: 'says where the certificate is found that PAM360 does not name',
			parameters: toSign,
			exchanges: [signCsr({ name: 'signCSR', result })],
			items: { ...unknown({ commonName: null }), csrId: '303' },
			hints: ["'Certificate: Get' finds it by its common name"],
		},
	],
	refused: [
		[
			'an ID that is none',
			{ csrId: 'app.example.com' },
			"'CSR ID' must be an ID, which consists of digits",
		],
		['no root', { rootCommonName: '={{ "" }}' }, "'Root Certificate Common Name' is required"],
		[
			'no serial number of the root',
			{ rootSerialNumber: '={{ "" }}' },
			"'Root Certificate Serial Number' is required",
		],
		['a validity of no days', { validity: '={{ 0 }}' }, "'Validity' must be at least 1"],
		[
			'a flag that is none',
			{ isIntermediate: '={{ "maybe" }}' },
			"'Intermediate Certificate' must be true or false",
		],
	],
	failures: [
		{
			name: 'an answer nobody can read',
			exchanges: [{ ...signCsr({}), status: 502, reply: '' }],
			says: [
				'The request may have been signed anyway',
				"The node did not send the request again. Look for a new serial number of its common name with 'Certificate: Get'.",
			],
		},
	],
});

const one = { commonName: '*.example.com', serialNumber: '18e4a0b0d5f' };
const named = { common_name: '*.example.com', serial_number: '18e4a0b0d5f' };
const fileItem = (fileName: string, fileSize: number, mimeType: string) => ({
	vendor: 'pam360',
	type: 'certificateFile',
	id: null,
	...one,
	fileName,
	mimeType,
	fileSize,
});
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----\n';
const BYTES = Buffer.from([0x30, 0x82, 0xff, 0xfe, 0x00, 0x7b]);

const noFile = (call: string, details: object = named) => [
	{
		name: 'a refusal in place of the file, called a file',
		exchanges: [
			{
				...read(call, details, refused),
				replyHeaders: {
					'Content-Type': 'application/octet-stream',
					'Content-Disposition': 'attachment; filename="x.cer"',
				},
			},
		],
		says: ['PAM360 refused the request: No such certificate found'],
	},
	{
		name: 'a success without a file',
		exchanges: [read(call, details, { result: { ...result, message: 'Done' } })],
		says: ['PAM360 reported success but sent no file', 'It said: Done'],
	},
	{
		name: 'nothing at all',
		exchanges: [read(call, details, '')],
		says: ['PAM360 answered with an empty body'],
	},
	{
		name: 'a login page',
		exchanges: [
			{
				...read(call, details, '<!DOCTYPE html><html></html>'),
				replyHeaders: { 'Content-Type': 'text/html' },
			},
		],
		says: ['PAM360 answered with a web page instead of JSON'],
	},
];

const noCertificate: Refused[] = [
	['no common name', { commonName: '={{ "" }}' }, "'Common Name' is required"],
	['no serial number', { serialNumber: '={{ "" }}' }, "'Serial Number' is required"],
];

describeOperation(kit, 'certificate', 'export', {
	cases: [
		{
			name: 'puts the file in a binary field',
			parameters: one,
			exchanges: [
				{ ...read('getCertificate', named, PEM), replyHeaders: { 'Content-Type': 'text/plain' } },
			],
			items: fileItem('_.example.com.cer', PEM.length, 'text/plain'),
			raw: { fileName: '_.example.com.cer', contentType: 'text/plain' },
			binary: { data: { content: PEM, fileName: '_.example.com.cer' } },
		},
		{
			name: 'takes the server’s name for it, and the field that is asked for',
			parameters: { ...one, binaryPropertyName: 'file' },
			exchanges: [
				{
					...read('getCertificate', named, PEM),
					replyHeaders: { 'Content-Disposition': 'attachment; filename="../host.cer"' },
				},
			],
			items: fileItem('host.cer', PEM.length, 'application/json'),
			binary: { file: { content: PEM, fileName: 'host.cer' } },
		},
		{
			name: 'takes one in DER out of an answer in JSON',
			parameters: one,
			exchanges: [
				read('getCertificate', named, {
					result,
					details: { content: ADDED.slice(1, -1).join('') },
				}),
			],
			items: fileItem('_.example.com.cer', 424, 'text/plain'),
			binary: { data: { content: Buffer.from(ADDED.slice(1, -1).join(''), 'base64') } },
		},
		...[PEM, Buffer.from(PEM).toString('base64')].map((content) => ({
			name: `takes it out of an answer in JSON: ${content.slice(0, 5)}`,
			parameters: one,
			exchanges: [read('getCertificate', named, { result, details: { content } })],
			items: fileItem('_.example.com.cer', PEM.length, 'text/plain'),
			binary: { data: { content: PEM, fileName: '_.example.com.cer' } },
		})),
		{
			name: 'finds a name where neither the server nor the certificate has one that does',
			parameters: { ...one, commonName: '...' },
			exchanges: [
				{
					...read('getCertificate', { ...named, common_name: '...' }, PEM),
					replyHeaders: { 'Content-Type': ';' },
				},
			],
			items: { ...fileItem('certificate.cer', PEM.length, 'text/plain'), commonName: '...' },
			binary: { data: { content: PEM, fileName: 'certificate.cer' } },
		},
	],
	refused: noCertificate,
	failures: [
		...noFile('getCertificate'),
		{
			name: 'another value in base64 in its place',
			exchanges: [read('getCertificate', named, { result, details: { digest: 'M'.repeat(88) } })],
			says: ['PAM360 reported success but sent no file'],
		},
	],
});

const keyNamed = { ...named, fileType: 'KEY' };

describeOperation(kit, 'certificate', 'exportPrivateKey', {
	secrets: [KEY.trim()],
	cases: [
		{
			name: 'gives the key as text',
			parameters: one,
			exchanges: [
				{
					...read('getCertificate', keyNamed, KEY),
					replyHeaders: { 'Content-Type': 'text/plain' },
				},
			],
			items: { vendor: 'pam360', type: 'certificatePrivateKey', id: null, secret: KEY, ...one },
			raw: { privateKey: KEY },
		},
		{
			name: 'takes it out of an answer in JSON, and leaves it out',
			parameters: { ...one, options: { secretOutput: 'none' } },
			exchanges: [read('getCertificate', keyNamed, { result, key: KEY })],
			items: {
				vendor: 'pam360',
				type: 'certificatePrivateKey',
				id: null,
				secret: null,
				...one,
			},
			raw: { privateKey: null },
		},
	],
	refused: noCertificate,
	failures: [
		...noFile('getCertificate', keyNamed),
		{
			name: 'a certificate from a server that does not know the choice',
			exchanges: [read('getCertificate', keyNamed, PEM)],
			says: [
				'PAM360 reported success but sent no private key',
				"use 'Certificate: Export Key Store'",
			],
		},
	],
});

const addedItem = {
	vendor: 'pam360',
	type: 'certificate',
	id: null,
	commonName: 'added.example.com',
	serialNumber: '1879376424c',
	expiresAt: '2036-11-25T01:19:12.000Z',
	added: true,
};
/** SHA-256 of the file by sha256sum. */
const BOUNDARY = '----n8ne00229196f262d008204c4520ab4a1ec';
const adds = (reply: object | string, status = 200) => ({
	method: 'POST' as const,
	path: `${PKI}/addCertificate?${inputData({ fileType: 'CERTFILE' })}`,
	headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
	body: [
		`--${BOUNDARY}`,
		'Content-Disposition: form-data; name="File"; filename="added.example.com.cer"',
		'Content-Type: application/x-x509-ca-cert',
		'',
		ADDED_PEM,
		`--${BOUNDARY}--`,
		'',
	].join('\r\n'),
	reply,
	status,
});

describeOperation(kit, 'certificate', 'add', {
	cases: [
		{
			name: 'sends the file as a part',
			parameters: { certificate: ADDED_PEM },
			exchanges: [adds({ name: 'addCertificate', result })],
			items: addedItem,
			raw: { name: 'addCertificate', result },
		},
		{
			name: 'takes one line, and base64 of DER',
			parameters: { certificate: ADDED.slice(1, -1).join('') },
			exchanges: [adds({ result })],
			items: addedItem,
		},
	],
	refused: [
		['no certificate', { certificate: '={{ "" }}' }, "'Certificate' is required"],
		[
			'a text that is none',
			{ certificate: 'added.example.com' },
			"'Certificate' holds no certificate",
		],
		['a broken one', { certificate: PEM }, "'Certificate' holds no certificate"],
		['a private key', { certificate: KEY }, 'Private keys are not taken'],
	],
	failures: [
		{
			name: 'an answer nobody can read',
			exchanges: [adds('', 502)],
			says: [
				'The certificate may have been added anyway',
				"Look for its serial number with 'Certificate: Get'",
			],
		},
		{
			name: 'a refusal',
			exchanges: [adds(refused)],
			says: ['No such certificate found'],
		},
	],
});

describeOperation(kit, 'certificate', 'exportKeyStore', {
	cases: [
		{
			name: 'keeps every byte',
			parameters: one,
			exchanges: [
				{
					...read('getCertificateKeyStore', named, BYTES),
					replyHeaders: { 'Content-Type': 'application/octet-stream' },
				},
			],
			items: fileItem('_.example.com.keystore', BYTES.length, 'application/octet-stream'),
			raw: { fileName: '_.example.com.keystore', contentType: 'application/octet-stream' },
			binary: { data: { content: BYTES, mimeType: 'application/octet-stream' } },
		},
	],
	refused: noCertificate,
	failures: noFile('getCertificateKeyStore'),
});

const said200 = (message: string) => ({
	name: 'getCertificatePassphrase',
	result: { status: 'Success', message },
});
const sentence = 'Private key passphrase of certificate *.example.com is';
const passphraseItem = {
	vendor: 'pam360',
	type: 'certificatePassphrase',
	id: null,
	passphrase: PASSPHRASE,
	...one,
};

describeOperation(kit, 'certificate', 'getPassphrase', {
	secrets: [PASSPHRASE],
	cases: [
		{
			name: 'finds it at the end of a sentence, and takes it out of the raw answer',
			parameters: one,
			exchanges: [
				read('getCertificatePassphrase', named, {
					...said200(`${sentence} ${PASSPHRASE} `),
					notes: [`It is ${PASSPHRASE}`, 7],
				}),
			],
			items: passphraseItem,
			raw: { ...said200(sentence), notes: ['It is', 7], passphrase: PASSPHRASE },
		},
		{
			name: 'takes one that begins like the name of the certificate',
			parameters: one,
			exchanges: [
				read(
					'getCertificatePassphrase',
					named,
					said200(`Private key passphrase of certificate ${one.commonName}-${PASSPHRASE}`),
				),
			],
			items: { ...passphraseItem, passphrase: `${one.commonName}-${PASSPHRASE}` },
		},
		{
			name: 'leaves it out',
			parameters: { ...one, options: { secretOutput: 'none' } },
			exchanges: [read('getCertificatePassphrase', named, said200(`${sentence}: ${PASSPHRASE}`))],
			items: { ...passphraseItem, passphrase: null },
		},
	],
	refused: noCertificate,
	failures: [
		{
			name: 'a sentence about something else',
			exchanges: [read('getCertificatePassphrase', named, said200('Nothing available'))],
			says: ['PAM360 reported success but returned no passphrase'],
		},
		...['', ' is not available', ': no passphrase'].map((end) => ({
			name: `the sentence without a passphrase:${end}`,
			exchanges: [
				read(
					'getCertificatePassphrase',
					named,
					said200(`${sentence.slice(0, -' is'.length)}${end}`),
				),
			],
			says: ['PAM360 reported success but returned no passphrase'],
		})),
		{
			name: 'another sentence about passphrases',
			exchanges: [
				read('getCertificatePassphrase', named, said200('The passphrase was never set up')),
			],
			says: ['PAM360 reported success but returned no passphrase'],
		},
		{
			name: 'no sentence',
			exchanges: [read('getCertificatePassphrase', named, said200(''))],
			says: ['PAM360 reported success but returned no passphrase'],
		},
	],
});
