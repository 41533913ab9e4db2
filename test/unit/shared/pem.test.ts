import fc from 'fast-check';
import { X509Certificate, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { foldBase64, foldPem } from '../../../nodes/shared/pem';
import { createClientIdentity } from '../../simulators';

const { certificate } = createClientIdentity();
const normal = certificate.replaceAll('\r\n', '\n').trim();

describe('foldPem', () => {
	it.each<[string, (pem: string) => string]>([
		['as it is', (pem) => pem],
		['with spaces for line breaks', (pem) => pem.replaceAll('\n', ' ')],
		['without any line breaks', (pem) => pem.replaceAll('\n', '')],
		['with \\n', (pem) => pem.replaceAll('\n', '\\n')],
		['with \\r\\n', (pem) => pem.replaceAll('\n', '\\r\\n')],
		['with Windows line breaks', (pem) => pem.replaceAll('\n', '\r\n')],
		['indented', (pem) => pem.replaceAll('\n', '\n    ')],
		['with text around it', (pem) => `subject=/CN=x\n${pem}\nthe end`],
	])('reads a certificate %s', (_, change) => {
		const folded = foldPem(change(normal));
		expect(folded).toBe(`${normal}\n`);
		expect(new X509Certificate(folded!).raw).toEqual(new X509Certificate(normal).raw);
	});

	it('reads a chain', () => {
		const other = createClientIdentity('another').certificate.replaceAll('\r\n', '\n').trim();
		expect(foldPem(`${normal} ${other}`)).toBe(`${normal}\n${other}\n`);
	});

	it.each(['rsa', 'ec', 'ed25519'] as const)('reads a private key (%s)', (kind) => {
		const { privateKey } =
			kind === 'rsa'
				? generateKeyPairSync('rsa', { modulusLength: 2048 })
				: kind === 'ec'
					? generateKeyPairSync('ec', { namedCurve: 'P-256' })
					: generateKeyPairSync('ed25519');
		const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const folded = foldPem(pem.replaceAll('\n', ' '))!;
		expect(folded).toBe(pem);
		expect(createPrivateKey(folded).equals(privateKey)).toBe(true);
	});

	it('folds at any width', () => {
		const base64 = fc.base64String({ minLength: 4, maxLength: 400 });
		fc.assert(
			fc.property(base64, fc.integer({ min: 1, max: 100 }), (body, width) => {
				const folded = foldPem(`-----BEGIN X-----${body}-----END X-----`, width)!;
				const lines = folded.trimEnd().split('\n');
				expect(lines.slice(1, -1).join('')).toBe(body);
				expect(lines.slice(1, -2).every((line) => line.length === width)).toBe(true);
			}),
		);
	});

	it.each([
		'',
		'a token',
		'-----BEGIN CERTIFICATE-----',
		'-----BEGIN CERTIFICATE-----MIIB',
		'-----BEGIN CERTIFICATE-----MIIB-----END PRIVATE KEY-----',
		'-----BEGIN CERTIFICATE-----{}-----END CERTIFICATE-----',
	])('finds no block in %j', (text) => {
		expect(foldPem(text)).toBeUndefined();
	});
});

describe('foldBase64', () => {
	it.each([
		['SGVsbG8=', 'SGVsbG8='],
		[' SGVs\r\nbG8= \n', 'SGVsbG8='],
		['SGVsbG8', 'SGVsbG8'],
	])('takes white space out of %j', (text, folded) => {
		expect(foldBase64(text)).toBe(folded);
	});

	it.each(['', ' ', 'SGVs-bG8', 'SGV=bG8=', 'SGVsbG8===', normal])(
		'knows that %j is none',
		(text) => {
			expect(foldBase64(text)).toBeUndefined();
		},
	);
});
