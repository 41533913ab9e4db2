import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { inputData, kit } from './kit';
import { ADDED, ADDED_PEM, PKI, read, result } from './pki';

const PASSPHRASE = 'Pa$$phrase:+1&=';

const refused = { name: 'x', result: { status: 'Failed', message: 'No such certificate found' } };

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
			mayHave: 'The certificate may have been added',
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
