import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Answer, Call, Method, PlainAnswer, Route } from './call';
import { databaseTime } from './dates';
import type { SenhaseguraCertificate, SenhaseguraCertificateRequest } from './entities';
import { Refusal } from './envelope';
import { type Fields, isOn, text } from './input';
import { shownId } from './present';
import type { Context } from './state';

const decoded = (value: unknown) => Buffer.from(text(value), 'base64');

function parsedCertificate(bytes: Buffer): X509Certificate {
	try {
		return new X509Certificate(bytes);
	} catch {
		throw new Refusal(500, 'Invalid certificate');
	}
}

function checkPrivateKey(sent: Fields): boolean {
	if (sent.private_key === undefined || sent.private_key === null) return false;
	if (text(sent.private_key) === '') throw new Refusal(500, 'Empty private key');
	const bytes = decoded(sent.private_key);
	try {
		const pem = bytes.includes('-----BEGIN');
		createPrivateKey(pem ? bytes : { key: bytes, format: 'der', type: 'pkcs8' });
		return true;
	} catch {
		throw new Refusal(500, 'Invalid private key');
	}
}

/** What the appliance reads out of a file; a PFX stays closed here. */
function read({ settings }: Context, bytes: Buffer, extension: string) {
	if (/^\.?(pfx|p12)$/iu.test(extension)) {
		const serialNumber = bytes.toString('hex').slice(0, 40);
		return { commonName: '', serialNumber, startValidity: '', endValidity: '' };
	}
	const { serialNumber, subject, validFrom, validTo } = parsedCertificate(bytes);
	const time = (value: string) => databaseTime(Date.parse(value), settings.utcOffsetMinutes);
	return {
		commonName: /^CN=(.*)$/mu.exec(subject)?.[1] ?? '',
		serialNumber,
		startValidity: time(validFrom),
		endValidity: time(validTo),
	};
}

/** Takes a file in, or refuses it with the texts of the page (docs/api/senhasegura.md, "Certificates"). */
function imported({ context, sent }: Call): SenhaseguraCertificate {
	const { certificates } = context.state;
	const extension = text(sent.extension);
	if (extension === '') throw new Refusal(400, "Parameter 'extension' was not informed!");
	const bytes = decoded(sent.certificate);
	if (bytes.length === 0) throw new Refusal(500, 'Empty certificate');
	const certificate = read(context, bytes, extension);
	const known = certificates.some((one) => one.serialNumber === certificate.serialNumber);
	if (known) throw new Refusal(500, 'Certificate already exists');
	const hasPrivateKey = checkPrivateKey(sent);
	const taken: SenhaseguraCertificate = {
		id: String(certificates.length + 1),
		active: true,
		...certificate,
		origin: 'IMPO',
		extension,
		hasPrivateKey,
		content: text(sent.certificate),
		privateKey: text(sent.private_key),
	};
	certificates.push(taken);
	return taken;
}

/** PUT certificate/upload, docs/api/senhasegura.md, "Certificates"; `1001: OK` is a success here. */
function upload(call: Call): Answer {
	imported(call);
	return { status: 200, message: '1001: OK', also: { status_certificate: 1 } };
}

/**
 * Paging exists in this family only (docs/api/senhasegura.md, "Certificates" and "Paging and filters").
 */
function paged<T>(items: T[], sent: Fields): T[] {
	const offset = Number(text(sent.offset)) || 0;
	const limit = Number(text(sent.limit)) || items.length;
	return items.slice(offset, offset + limit);
}

function block({ settings }: Context, message: string, items: object[]): Answer {
	return { status: 200, message, entity: { [settings.certificateKey]: items } };
}

/** By the table of the pages up to 4.0, which calls the certificate's number `code_request`. */
function shownCertificate(context: Context, one: SenhaseguraCertificate): object {
	return {
		code_request: shownId(context, one.id),
		status_certified: '1 - Valid',
		active: one.active ? '1' : '0',
		common_name: one.commonName,
		serial_number: one.serialNumber,
		start_validity: one.startValidity,
		end_validity: one.endValidity,
		origin_certificate: one.origin,
	};
}

/**
 * An unknown code is refused with `error` false, as the page prints it (docs/api/senhasegura.md,
 * "Errors by number").
 */
const unknownCode: Answer = {
	status: 400,
	message: '1049: There is no certificate with the given code',
	entity: {
		exception: {
			code: 1049,
			message: '1049: There is no certificate with the given code',
			detail: null,
		},
	},
};

/**
 * GET certificate/list/{code}: docs/api/senhasegura.md, "Certificates"; paths of generation A; the
 * block around the records was not seen.
 */
function listCertificates({ context, id, sent }: Call): Answer {
	const { certificates } = context.state;
	const commonName = text(sent.common_name);
	const found = certificates.filter(
		(one) => (id === '' || one.id === id) && (commonName === '' || one.commonName === commonName),
	);
	if (id !== '' && found.length === 0) return unknownCode;
	return block(
		context,
		'OK',
		paged(found, sent).map((one) => shownCertificate(context, one)),
	);
}

const shownRequest = (context: Context, one: SenhaseguraCertificateRequest) => ({
	code_request: shownId(context, one.id),
	status_request: one.signed ? 'Signed' : 'Requested',
	...one.fields,
});

function namedRequest({ context, id }: Call): SenhaseguraCertificateRequest {
	const request = context.state.certificateRequests.find((one) => one.id === id);
	if (!request) throw new Refusal(400, 'The request code entered is invalid');
	return request;
}

/** Passwords are not told back. */
const without = (sent: Fields, secrets: string[]) =>
	Object.fromEntries(Object.entries(sent).filter(([name]) => !secrets.includes(name)));

const requiredOfRequest: Array<[string, string]> = [
	['certificate_type', 'The certificate type you entered is invalid.'],
	['domain_type', 'The certificate domain type you entered is invalid.'],
	['organization', 'The organization code you entered is invalid'],
	['common_name', 'Certificate common name not entered'],
	['encryption', 'Encryption algorithm entered is invalid'],
	['encryption_key_size', 'The encryption key length entered is invalid.'],
	['certificate_algorithm', 'The signature algorithm entered is invalid.'],
	['validity', 'Invalid certificate expiration time.'],
];

/** Creates a request, or with a code changes one (docs/api/senhasegura.md, "Certificates"). */
function requested(call: Call): SenhaseguraCertificateRequest {
	const { context, id, sent } = call;
	const { certificateRequests: requests } = context.state;
	const known = id === '' ? undefined : namedRequest(call);
	const all = { ...known?.fields, ...sent };
	for (const [name, message] of requiredOfRequest) {
		if (text(all[name]) === '') throw new Refusal(400, message);
	}
	const request = known ?? {
		id: String(requests.length + 1),
		signed: false,
		fields: {},
		passwords: { password_key: '', password_revocation: '' },
	};
	const { key_password: key, password_revogation: former, senha_revogacao: current } = sent;
	request.fields = without(all, ['key_password', 'password_revogation', 'senha_revogacao']);
	request.passwords = {
		password_key: text(key) || request.passwords.password_key,
		password_revocation: text(former ?? current) || request.passwords.password_revocation,
	};
	if (!known) requests.push(request);
	return request;
}

/** POST certificate/request/{code}: `Created`, and the fields echoed. */
function postRequest(call: Call): Answer {
	return block(call.context, 'Created', [shownRequest(call.context, requested(call))]);
}

/** GET certificate/request/list/{code}: docs/api/senhasegura.md, "Certificates". */
function listRequests(call: Call): Answer {
	const { context, id, sent } = call;
	const found = id === '' ? context.state.certificateRequests : [namedRequest(call)];
	return block(
		context,
		'OK',
		paged(found, sent).map((one) => shownRequest(context, one)),
	);
}

/** What stands bare, without the envelope (docs/api/senhasegura.md, "Certificates"). */
const flat = (message: string, more: Fields): PlainAnswer => ({
	status: 200,
	plain: { status: 200, message, error: false, ...more },
});

const DAY_MS = 86_400_000;

/** A signed request is a certificate of the vault; its file is not made here. */
function certificateOf({ now, settings, state }: Context, one: SenhaseguraCertificateRequest) {
	const start = now();
	const time = (at: number) => databaseTime(at, settings.utcOffsetMinutes);
	state.certificates.push({
		id: String(state.certificates.length + 1),
		active: true,
		commonName: text(one.fields.common_name),
		serialNumber: one.id,
		startValidity: time(start),
		endValidity: time(start + Number(text(one.fields.validity)) * DAY_MS),
		origin: 'REQU',
		extension: '',
		hasPrivateKey: true,
		content: '',
		privateKey: '',
	});
}

/**
 * certificate/request/sign/{code}: up to 4.0 a GET that changes something, then a POST; the answer is flat
 * (docs/api/senhasegura.md, "Certificates").
 */
function signRequest(call: Call): PlainAnswer {
	const { context, sent } = call;
	const request = namedRequest(call);
	if (!request.signed) certificateOf(context, request);
	request.signed = true;
	return flat('Request signed successfully', {
		code_request: Number(request.id),
		self_signed: Number(text(sent.self_signed)) || 0,
		ca: text(sent.ca),
		reason: text(sent.reason),
		itsm_code: text(sent.itsm_code),
	});
}

/**
 * POST cert/publish: scheduled, not done; a flat answer without an envelope (docs/api/senhasegura.md,
 * "Certificates").
 */
function publish({ context, sent }: Call): PlainAnswer {
	const { certificates, publications } = context.state;
	const code = text(sent.code_certificate ?? sent.codigo_certificado);
	if (!certificates.some((one) => one.id === code)) {
		throw new Refusal(400, 'Invalid certificate code.');
	}
	const publication = { ...sent, id: String(publications.length + 1) };
	publications.push(publication);
	return flat('Publication scheduled successfully', { code_publishing: Number(publication.id) });
}

/** GET cert/publish/{code}: docs/api/senhasegura.md, "Certificates". */
function listPublications({ context, id, sent }: Call): Answer {
	const found = context.state.publications.filter((one) => id === '' || one.id === id);
	return block(
		context,
		'OK',
		paged(found, sent).map(({ id: code, ...rest }) => ({ code_publishing: code, ...rest })),
	);
}

const profileKinds = ['apache', 'iis', 'bigip', 'was'];

/** POST cert/profile/{apache|iis|bigip|was}; what it answers is inferred. */
function postProfile(kind: string, { context, sent }: Call): Answer {
	const name = text(sent.name_profile ?? sent.nome_perfil);
	if (name === '') throw new Refusal(400, 'The code of profile informed is invalid');
	const kept = without(sent, ['key_db_password']);
	const { publishProfiles } = context.state;
	const profile = { ...kept, id: String(publishProfiles.length + 1), kind };
	publishProfiles.push(profile);
	return block(context, 'Created', [{ code_profile: profile.id, name_profile: name }]);
}

const resource = 'Certificate Manager';

const route = (method: Method, path: string, answer: Route['answer']): Route => ({
	method,
	path,
	resource,
	answer,
});

/** A call with and without a code at its end. */
const optionalCode = (method: Method, path: string, answer: Route['answer']): Route[] => [
	route(method, path, answer),
	route(method, `${path}/:id`, answer),
];

const invalid = () => new Refusal(400, 'Invalid parameters provided.');

/** `7 - Signed`, as the pages show codes with a name (docs/api/senhasegura.md, "Certificates"). */
const named = (code: unknown, name: string) => `${text(code)} - ${name}`;

/**
 * GET certificate/list of the current pages: their sample is cut off, so the answer is that of the other
 * stored copy of the page (docs/api/senhasegura.md, "Certificates").
 */
function currentList({ context, id, sent }: Call): PlainAnswer {
	const commonName = text(sent.common_name);
	const found = context.state.certificates.filter(
		(one) => (id === '' || one.id === id) && (commonName === '' || one.commonName === commonName),
	);
	return flat('Certificates retrieved successfully', {
		total: found.length,
		certificates: paged(found, sent).map((one) => ({
			code_certificate: Number(one.id),
			status_certificate: '1 - Valid',
			active: one.active ? '1' : '0',
			common_name: one.commonName,
			start_validity: one.startValidity,
			end_validity: one.endValidity,
			origin_certificate: one.origin,
		})),
	});
}

/**
 * GET certificate/request/list: `data`, an object for one hit, and passwords in clear; that several are a
 * list in its place is inferred (docs/api/senhasegura.md, "Certificates").
 */
function currentRequests(call: Call): Answer {
	const { context, id, sent } = call;
	const all = id === '' ? context.state.certificateRequests : [namedRequest(call)];
	const shown = paged(all, sent).map(({ id: code, signed, fields, passwords }) => ({
		code_request: code,
		status_request: signed ? '7 - Signed' : '1 - Requested',
		common_name: fields.common_name,
		type_domain: fields.domain_type,
		organization: fields.organization,
		validity: text(fields.validity),
		encryption: fields.encryption,
		encryption_key_size: text(fields.encryption_key_size),
		algorithm_certified: fields.certificate_algorithm,
		...passwords,
	}));
	const data = shown.length === 1 ? shown[0] : shown;
	return { status: 200, message: '1001: OK', entity: { data } };
}

/** POST certificate/request: the answer's body was not seen; `data` as in the list of requests. */
function currentRequest(call: Call): Answer {
	const { id, fields } = requested(call);
	const data = { code_request: id, common_name: fields.common_name };
	return { status: 200, message: 'Created', entity: { data } };
}

function currentSign(call: Call): PlainAnswer {
	const { self_signed: selfSigned, ca, reason } = call.sent;
	const isKnown = ['0', '1'].includes(text(selfSigned)) && text(reason) !== '';
	if (!isKnown || (text(selfSigned) === '0' && text(ca) === '')) throw invalid();
	const { plain } = signRequest(call);
	return {
		status: 200,
		plain: {
			...(plain as Fields),
			...(ca !== undefined && { ca: named(ca, 'GlobalSign') }),
			reason: named(reason, 'Scheduled Renewal'),
		},
	};
}

/** POST certificate/publish; one example of the page has the certificate's code at the end, too. */
function currentPublish(call: Call): PlainAnswer {
	const {
		certificate_code: code = call.id,
		code_profile_publication: profile,
		reason,
		devices,
	} = call.sent;
	const isWhole = text(profile) !== '' && text(reason) !== '' && Array.isArray(devices);
	if (!isWhole || devices.length === 0) throw invalid();
	const sent = { ...call.sent, code_certificate: code };
	const { plain } = publish({ ...call, sent });
	return {
		status: 200,
		plain: { ...(plain as Fields), reason: named(reason, 'Scheduled Renewal'), devices },
	};
}

/** GET certificate/publish/list, as its page shows it: everything is done at once here. */
function currentPublications({ context, id, sent }: Call): PlainAnswer {
	const certificate = text(sent.code_certified);
	const found = context.state.publications.filter(
		(one) =>
			(id === '' || one.id === id) &&
			(certificate === '' || text(one.code_certificate) === certificate),
	);
	return flat('Publications retrieved successfully', {
		total: found.length,
		publications: paged(found, sent).map((one) => ({
			code_publishing: Number(one.id),
			code_certified: one.code_certificate,
			code_profile_publication: one.code_profile_publication,
			creation_date: databaseTime(context.now(), context.settings.utcOffsetMinutes).slice(0, 10),
			processed: '1 - Yes',
			error: '0 - No',
			reason: named(one.reason, 'Scheduled Renewal'),
			devices: one.devices,
		})),
	});
}

/** POST certificate/import: flat, and it tells what was imported. */
function currentImport(call: Call): PlainAnswer {
	const { id, commonName, startValidity, endValidity } = imported(call);
	return flat('Certificate imported successfully', {
		code_certificate: Number(id),
		common_name: commonName,
		validity_start: startValidity.slice(0, 10),
		validity_end: endValidity.slice(0, 10),
	});
}

/**
 * POST certificate/download: neither status nor message. Files are given out as they were imported: a PFX
 * is none, and nothing is encrypted.
 */
function currentDownload({ context, sent }: Call): PlainAnswer {
	const format = text(sent.format);
	const found = context.state.certificates.find((one) => one.id === text(sent.id));
	if (!found) throw new Refusal(404, 'Resource not found.');
	const withKey = format === 'pfx' || isOn(sent.download_key);
	if (!['pfx', 'pem', 'crt'].includes(format)) throw invalid();
	if (withKey && text(sent.password) === '') throw invalid();
	const { content, privateKey } = found;
	const isApart = format === 'crt' && withKey;
	const parts = withKey && !isApart ? [content, privateKey] : [content];
	const certificate = Buffer.concat(parts.map(decoded)).toString('base64');
	return {
		status: 200,
		plain: { format, certificate, ...(isApart && { key: privateKey, key_format: 'key' }) },
	};
}

/** The calls of the current pages. */
const currentRoutes: Route[] = [
	...optionalCode('GET', '/certificate/list', currentList),
	route('POST', '/certificate/request', currentRequest),
	...optionalCode('GET', '/certificate/request/list', currentRequests),
	route('POST', '/certificate/request/sign/:id', currentSign),
	...optionalCode('POST', '/certificate/publish', currentPublish),
	...optionalCode('GET', '/certificate/publish/list', currentPublications),
	route('POST', '/certificate/import', currentImport),
	route('POST', '/certificate/download', currentDownload),
];

/** The calls of the pages up to 4.0. */
const formerRoutes: Route[] = [
	...optionalCode('POST', '/certificate/request', postRequest),
	...optionalCode('GET', '/certificate/request/list', listRequests),
	route('GET', '/certificate/request/sign/:id', signRequest),
	...optionalCode('GET', '/certificate/list', listCertificates),
	...optionalCode('GET', '/certificado/listar', listCertificates),
	route('POST', '/cert/publish', publish),
	route('POST', '/cert/publicar', publish),
	...optionalCode('GET', '/cert/publish', listPublications),
	...profileKinds.flatMap((kind) => [
		route('POST', `/cert/profile/${kind}`, (call) => postProfile(kind, call)),
		route('POST', `/cert/perfil/${kind}`, (call) => postProfile(kind, call)),
	]),
];

export const certificateRoutes: Route[] = [
	route('PUT', '/certificate/upload', upload),
	...formerRoutes.map((one): Route => ({ ...one, prefix: '/iso' })),
	...currentRoutes.map((one): Route => ({ ...one, prefix: '/api' })),
];
