import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { inputFailure } from './failure';
import { foldPem } from './pem';
import { parseUrl } from './url';

/** Credential fields for appliances with a certificate of their own. */
export const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'ignoreSslIssues',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

export const allowPlainHttp: INodeProperties = {
	displayName: 'Allow Plain HTTP (Insecure)',
	name: 'allowPlainHttp',
	type: 'boolean',
	default: false,
	description:
		'Whether to send the secret unencrypted when the URL is http. The local host needs no permission.',
};

/** PEM texts for a private certificate authority and for client certificates. */
export const certificates: INodeProperties[] = [
	{
		displayName: 'CA Certificate',
		name: 'caCertificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description:
			'PEM of the authority that signed the server’s certificate, if it is a private one. Needs n8n 2.41 or later.',
	},
	{
		displayName: 'Client Certificate',
		name: 'clientCertificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description: 'PEM to present to a server that asks for one. Needs n8n 2.41 or later.',
	},
	{
		displayName: 'Client Key',
		name: 'clientKey',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN PRIVATE KEY-----',
		description: 'PEM of the client certificate’s private key, without a passphrase',
	},
];

/**
 * The same request in the form of n8n's current and of its older request helper: nodes and
 * credential tests use the first, the HTTP Request node the second.
 */
export type SignableRequest = IHttpRequestOptions & {
	uri?: string;
	form?: Record<string, unknown>;
	rejectUnauthorized?: boolean;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/**
 * Keeps a request, and the secret on it, at the credential's own server: the HTTP Request node lets
 * users type any address, and servers send redirects to any.
 *
 * @param base The server's address; a credential test leaves it to the credential.
 * @throws Failure when the request is for another server
 */
export function bindToServer(base: string, request: SignableRequest): void {
	request.disableFollowRedirect = true;
	request.followRedirect = false;
	request.followAllRedirects = false;
	if (request.baseURL !== undefined) {
		request.baseURL = base;
		return;
	}
	const own = parseUrl(base)?.origin;
	const target = parseUrl(request.uri ?? request.url)?.origin;
	if (target !== own) {
		throw inputFailure(
			`The credential is for ${own}, but the request goes to ${target ?? 'no address'}`,
			'A credential is sent to its own server only. Change the URL of the request, or use another credential.',
		);
	}
}

/** Puts the credential's TLS settings on a request. */
export function applyTls(
	credentials: ICredentialDataDecryptedObject,
	request: SignableRequest,
): void {
	if (credentials.ignoreSslIssues === true) {
		request.skipSslCertificateValidation = true;
		request.rejectUnauthorized = false;
	}
	const ca = credentialPem('CA Certificate', credentials.caCertificate);
	const cert = credentialPem('Client Certificate', credentials.clientCertificate);
	const key = credentialPem('Client Key', credentials.clientKey);
	if ((cert === undefined) !== (key === undefined)) {
		throw inputFailure(
			`'${cert ? 'Client Key' : 'Client Certificate'}' is empty in the credential`,
			'A client certificate needs its key: fill in both, or neither.',
		);
	}
	if (ca ?? cert) {
		request.agentOptions = {
			...request.agentOptions,
			...(ca && { ca }),
			...(cert && { cert, key }),
		};
	}
}

/**
 * A PEM text of a credential, with the line breaks that pasting may have taken away.
 *
 * @returns undefined where the field is empty
 * @throws Failure where it is something else
 */
export function credentialPem(field: string, value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return undefined;
	const folded = foldPem(text);
	if (folded !== undefined) return folded;
	throw inputFailure(
		`'${field}' in the credential is not PEM text`,
		'Paste it with its BEGIN and END lines.',
	);
}
