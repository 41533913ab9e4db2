import { describeOperation } from '../kit/operation';
import { inputData, kit } from './kit';
import { PKI, result } from './pki';
import { item, record, unknown } from './certificateSamples';

const PASSWORD = ' Store Pa$$+1 ';

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
			mayHave: 'The certificate may have been created',
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
			mayHave: 'The certificate request may have been created',
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
			mayHave: 'The request may have been signed',
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
