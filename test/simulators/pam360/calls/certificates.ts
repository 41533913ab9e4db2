import { X509Certificate } from 'node:crypto';
import { generate, type GenerateResult } from 'selfsigned';
import { demandRole } from '../access';
import { record } from '../audit';
import { type Call, FileAnswer, type PkiSuccess } from '../call';
import { written } from '../dates';
import { Failure } from '../failures';
import { Input } from '../input';
import { freshId, type Pam360Certificate } from '../state';

/** The fields of a subject, by the names in the request (docs/api/pam360.md, "Certificates"). */
const subject = {
	CNAME: 'commonName',
	ORGUNIT: 'organizationalUnitName',
	ORG: 'organizationName',
	LOCATION: 'localityName',
	STATE: 'stateOrProvinceName',
	COUNTRY: 'countryName',
} as const;

/** `type` number of a DNS name in a subjectAltName, RFC 5280 section 4.2.1.6. */
const dnsName = 2;

async function selfSign(input: Input, days: number, keySize: number): Promise<GenerateResult> {
	const attributes = Object.entries(subject)
		.filter(([field]) => input.has(field))
		.map(([field, name]) => ({ name, value: input.text(field) }));
	const altNames = input
		.text('ALT_NAMES')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.map((value) => ({ type: dnsName, value }));
	const extensions = altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : [];
	const options = { days, keySize, algorithm: 'sha256', extensions };
	return await new Promise((resolve, reject) => {
		generate(attributes, options, (error, result) => {
			if (error) reject(error);
			else resolve(result);
		});
	});
}

/** The fields of a request but its password, after a look at the words among them. */
function sentRequest({ input }: Call): { request: Record<string, string>; length: number } {
	input.word('ALG', ['RSA'], 'RSA');
	input.word('SIGALG', ['SHA256', 'SHA384', 'SHA512'], 'SHA256');
	input.word('StoreType', ['PKCS12', 'JKS'], 'PKCS12');
	const length = input.integer('LEN', 2_048, 1_024, 4_096);
	const words = [...Object.keys(subject), 'ALT_NAMES', 'ALG', 'LEN', 'SIGALG', 'StoreType'];
	return { request: Object.fromEntries(words.map((name) => [name, input.text(name)])), length };
}

/**
 * POST createCertificate, docs/api/pam360.md, "Creating certificates": a real self-signed RSA
 * certificate, always signed with SHA-256. Of the answer a client says that it holds an
 * `SSL_RESOURCEID`, below `details`; the other key, for `pkiPayload` *own*, is inferred.
 */
export async function createCertificate(call: Call): Promise<PkiSuccess> {
	const { input, state } = call;
	demandRole(call, 'manageResources');
	const commonName = input.required('CNAME');
	const passphrase = input.required('PASSWORD');
	input.required('VALIDITY');
	const days = input.integer('VALIDITY', 0, 1, 36_500);
	input.word('VALIDITY_TYPE', ['days'], 'days');
	const { request, length } = sentRequest(call);

	const made = await selfSign(input, days, length);
	const certificate: Pam360Certificate = {
		id: freshId(state),
		commonName,
		passphrase,
		request,
		material: () => ({ certificate: made.cert, key: made.private }),
	};
	state.certificates.push(certificate);
	record(call, 'Resource', 'Certificate Created');
	return {
		message: 'Certificate created successfully',
		payload: ['CertificateDetails', { SSL_RESOURCEID: certificate.id }],
	};
}

/**
 * POST createCSR, docs/api/pam360.md, "Requests for certificates": `CNAME` is enough, and an ID is not
 * promised.
 */
export function createCsr(call: Call): PkiSuccess {
	const { input, settings, state } = call;
	demandRole(call, 'manageResources');
	const commonName = input.required('CNAME');
	const passphrase = input.text('PASSWORD');
	const { request } = sentRequest(call);
	const csr = { id: freshId(state), commonName, passphrase, request };
	state.csrs.push(csr);
	record(call, 'Resource', 'CSR Created');
	const { createdCsrIdKey: key } = settings;
	return {
		message: `CSR ${commonName} created successfully.`,
		...(key !== null && { payload: ['details', { [key]: csr.id }] as [string, unknown] }),
	};
}

/**
 * POST signCSR, docs/api/pam360.md, "Requests for certificates": `MSCA` where no `signType` is sent, which
 * this server has none of. The file of the certificate is self-signed all the same; its row names the
 * issuer.
 */
export async function signCsr(call: Call): Promise<PkiSuccess> {
	const { input, state } = call;
	demandRole(call, 'manageResources');
	const type = input.word('signType', ['MSCA', 'signWithRoot'], 'MSCA');
	const [rootName = '', rootSerial = '', csrId = ''] = [
		'rootCertificateCommonName',
		'rootCertificateSerialNumber',
		'CSR_ID',
	].map((name) => input.required(name));
	input.required('Validity');
	const days = input.integer('Validity', 0, 1, 36_500);
	if (input.boolean('isIntermediate') === undefined)
		throw new Failure('isIntermediate is missing.');
	if (type === 'MSCA') throw new Failure('Microsoft CA is not configured.');
	const root = state.certificates.find(
		(one) => one.commonName === rootName && serialNumber(one) === rootSerial.toLowerCase(),
	);
	if (!root) throw new Failure(`No such certificate found: ${rootName}`);
	const csr = state.csrs.find(({ id }) => id === csrId);
	if (!csr) throw new Failure('No such CSR found');

	const { commonName, passphrase, request } = csr;
	const made = await selfSign(new Input(request), days, 2_048);
	const certificate: Pam360Certificate = {
		id: freshId(state),
		commonName,
		passphrase,
		request,
		issuer: root.commonName,
		material: () => ({ certificate: made.cert, key: made.private }),
	};
	state.certificates.push(certificate);
	record(call, 'Resource', 'CSR Signed');
	const signed = { commonName, Certificate_ID: certificate.id };
	return {
		message: 'CSR signed successfully',
		payload: ['details', { ...signed, serialNumber: serialNumber(certificate) }],
	};
}

/**
 * Hexadecimal without colons and zeros before it, in small letters (docs/api/pam360.md, "Listing and reading
 * certificates").
 */
function serialNumber({ material }: Pam360Certificate): string {
	const { serialNumber: digits } = new X509Certificate(material().certificate);
	return digits.toLowerCase().replace(/^0+/u, '');
}

/**
 * The keys that clients of the family read (docs/api/pam360.md, "Listing and reading certificates");
 * the date is one without a time.
 */
function certificateRow(
	{ settings }: Call,
	certificate: Pam360Certificate,
): Record<string, string> {
	const x509 = new X509Certificate(certificate.material().certificate);
	return {
		'Common Name': certificate.commonName,
		'DNS Name/FQDN': certificate.commonName,
		Issuer: certificate.issuer ?? certificate.commonName,
		serialNumber: serialNumber(certificate),
		ExpiryDate: written(settings, Date.parse(x509.validTo), 'certificate'),
		Description: '',
	};
}

const day = 24 * 3_600_000;

/** `withExpiryDaysLessThan`, which clients send as a text. */
function isWithin({ input, settings, now }: Call, { material }: Pam360Certificate): boolean {
	const days = input.raw('withExpiryDaysLessThan');
	if (days === undefined) return true;
	if (typeof days !== 'string' || !/^\d{1,5}$/u.test(days)) {
		throw new Failure('Invalid value for withExpiryDaysLessThan.');
	}
	const expiry = Date.parse(new X509Certificate(material().certificate).validTo);
	return !settings.expiryFilter || expiry - now() < Number(days) * day;
}

/** GET getAllSSLCertificates, docs/api/pam360.md, "Listing and reading certificates". */
export function getAllCertificates(call: Call): PkiSuccess {
	const found = call.state.certificates.filter((one) => isWithin(call, one));
	return {
		message: 'Fetched successfully',
		payload: ['SSLCertificates', found.map((one) => certificateRow(call, one))],
		totalRows: found.length,
	};
}

function certificatesNamed({ state, input }: Call): Pam360Certificate[] {
	const commonName = input.required('common_name');
	const found = state.certificates.filter((one) => one.commonName === commonName);
	if (found.length === 0) throw new Failure(`No such certificate found: ${commonName}`);
	return found;
}

/** The newest certificate of that name, or the one with `serial_number`. */
function oneCertificate(call: Call): Pam360Certificate {
	const serial = call.input.text('serial_number');
	const found = certificatesNamed(call).findLast(
		(one) => serial === '' || serialNumber(one) === serial.toLowerCase(),
	);
	if (!found) throw new Failure('Invalid value for serial_number.');
	return found;
}

/** GET getCertificate, docs/api/pam360.md, "Listing and reading certificates": the file as text. */
export function getCertificate(call: Call): FileAnswer {
	const type = call.input.word('fileType', ['CER', 'KEY'], 'CER');
	const { certificate, key } = oneCertificate(call).material();
	const name = `certificate.${type.toLowerCase()}`;
	return new FileAnswer(type === 'KEY' ? key : certificate, name);
}

/**
 * GET getCertificateKeyStore, docs/api/pam360.md, "Listing and reading certificates": bytes that are no
 * text, and no real key store.
 */
export function getCertificateKeyStore(call: Call): FileAnswer {
	const { certificate, key } = oneCertificate(call).material();
	const bytes = Buffer.concat([
		Buffer.from([0x30, 0x82, 0xff, 0xfe]),
		Buffer.from(certificate + key),
	]);
	return new FileAnswer(bytes, 'certificate.keystore');
}

/**
 * GET getCertificatePassphrase, docs/api/pam360.md, "Listing and reading certificates": the last word
 * of the message.
 */
export function getCertificatePassphrase(call: Call): PkiSuccess {
	call.input.required('serial_number');
	const { commonName, passphrase } = oneCertificate(call);
	return { message: `Private key passphrase of certificate ${commonName} is ${passphrase}` };
}

/**
 * GET getCertificateDetails: below `details` (docs/api/pam360.md, "Listing and reading certificates"),
 * or each under its id beside `name` and `result`, as an old client of Password Manager Pro has it
 * (docs/api/pam360.md, "Listing and reading certificates").
 */
export function getCertificateDetails(call: Call): PkiSuccess {
	const message = 'Fetched successfully';
	const found = certificatesNamed(call);
	if (call.settings.pkiPayload === 'details') {
		return { message, payload: ['details', found.map((one) => certificateRow(call, one))] };
	}
	return {
		message,
		beside: Object.fromEntries(found.map((one) => [one.id, certificateRow(call, one)])),
	};
}

/** What stands in the part `File` of a form of several parts (RFC 7578). */
function filePart({ request }: Call): string {
	const type = request.headers['content-type'] ?? '';
	const boundary = /^multipart\/form-data;\s*boundary=(\S+)$/iu.exec(type)?.[1];
	const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
	const parts = boundary === undefined ? [] : text.split(`--${boundary}`);
	const part = parts.find((one) => /name="File"; filename="[^"]+"/u.test(one));
	if (part === undefined) throw new Failure('File is missing.');
	return part.slice(part.indexOf('\r\n\r\n') + 4).trim();
}

/**
 * POST addCertificate, docs/api/pam360.md, "Requests for certificates": `fileType` in the query, the file
 * as a part; the answer has a result only. The words of its messages are inferred.
 */
export function addCertificate(call: Call): PkiSuccess {
	const { state } = call;
	demandRole(call, 'manageResources');
	call.input.word('fileType', ['CERTFILE'], '');
	const certificate = filePart(call);
	let commonName: string;
	try {
		const { subject: name } = new X509Certificate(certificate);
		commonName = /^CN=(.+)$/mu.exec(name)?.[1] ?? '';
	} catch {
		throw new Failure('Invalid certificate file.');
	}
	state.certificates.push({
		id: freshId(state),
		commonName,
		passphrase: '',
		request: {},
		material: () => ({ certificate, key: '' }),
	});
	record(call, 'Resource', 'Certificate Added');
	return { message: 'Certificate added successfully' };
}
