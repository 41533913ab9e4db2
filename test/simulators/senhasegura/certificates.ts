import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Answer, Call, Method, PlainAnswer, Route } from './call';
import { databaseTime } from './dates';
import type { SenhaseguraCertificate, SenhaseguraCertificateRequest } from './entities';
import { Refusal } from './envelope';
import { type Fields, text } from './input';
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

/** PUT certificate/upload, docs/api/senhasegura.md, "Certificates"; `1001: OK` is a success here. */
function upload({ context, sent }: Call): Answer {
	const { certificates } = context.state;
	const extension = text(sent.extension);
	if (extension === '') throw new Refusal(400, "Parameter 'extension' was not informed!");
	const bytes = decoded(sent.certificate);
	if (bytes.length === 0) throw new Refusal(500, 'Empty certificate');
	const certificate = read(context, bytes, extension);
	const known = certificates.some((one) => one.serialNumber === certificate.serialNumber);
	if (known) throw new Refusal(500, 'Certificate already exists');
	const hasPrivateKey = checkPrivateKey(sent);
	const id = String(certificates.length + 1);
	const origin = 'IMPO' as const;
	certificates.push({ id, active: true, ...certificate, origin, extension, hasPrivateKey });
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

function shownCertificate(context: Context, one: SenhaseguraCertificate): object {
	return {
		code_certificate: shownId(context, one.id),
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

/**
 * POST certificate/request/{code}: creates, or with a code changes; `Created`, and the fields echoed
 * (docs/api/senhasegura.md, "Certificates").
 */
function postRequest(call: Call): Answer {
	const { context, id, sent } = call;
	const { certificateRequests: requests } = context.state;
	const known = id === '' ? undefined : namedRequest(call);
	const all = { ...known?.fields, ...sent };
	for (const [name, message] of requiredOfRequest) {
		if (text(all[name]) === '') throw new Refusal(400, message);
	}
	const kept = without(all, ['key_password', 'password_revogation']);
	const request = known ?? { id: String(requests.length + 1), signed: false, fields: kept };
	request.fields = kept;
	if (!known) requests.push(request);
	return block(context, 'Created', [shownRequest(context, request)]);
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

/**
 * GET certificate/request/sign/{code}: a GET that changes something, with a flat answer
 * (docs/api/senhasegura.md, "Certificates").
 */
function signRequest(call: Call): PlainAnswer {
	const { sent } = call;
	const request = namedRequest(call);
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

/** POST cert/profile/{apache|iis|bigip|was}. */
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

export const certificateRoutes: Route[] = [
	route('PUT', '/certificate/upload', upload),
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
