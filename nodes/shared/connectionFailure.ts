import { advice } from './advice';
import { Failure, quoteVendor } from './failure';
import { TLS_CODE, codeOf, textOf } from './httpErrors';
import type { Cause } from './httpErrors';
import { parseUrl } from './url';

/** With these codes n8n's OAuth2 client says that it was answered, and not with a token. */
const TOKEN_REFUSED = new Set(['EAUTH', 'ESTATUS']);

/** What n8n's OAuth2 engine met when it asked for a token; the request itself was not sent. */
export function tokenFailure(chain: Cause[], http: Cause | undefined, url: string): Failure {
	const text = textOf(chain);
	const code = codeOf(chain);
	const host = hostOf(http?.config?.url ?? url);
	if (http ? !http.response : code && !TOKEN_REFUSED.has(code)) {
		return connectionFailure({ code, text, host, timeout: 0, cancelled: false, sent: false });
	}
	const status = http?.response?.status ?? Number(/\bstatus\D{0,6}(\d{3})\b/i.exec(text)?.[1] ?? 0);
	if (status === 429 || status >= 500) {
		return new Failure(`${host} could not give an access token (HTTP ${status})`, {
			kind: 'notSent',
			code: String(status),
			description: 'The request was not sent. Try again later.',
			declared: { cause: 'temporarily-unavailable' },
		});
	}
	return new Failure('The server gave no access token for this credential', {
		kind: 'notSent',
		description: `${saidOf(text, code, status)} Check the address and the client in the credential, and that the client is enabled and has not expired.`,
		declared: { cause: 'credential-invalid' },
	});
}

/** A refusal is the vendor's own text. An answer that n8n could not read is quoted by it, and may hold the token. */
function saidOf(text: string, code: string | undefined, status: number): string {
	if (code !== 'EAUTH' && /JSON|received/i.test(text)) {
		return `What it answered${status ? ` (HTTP ${status})` : ''} could not be read.`;
	}
	return `It said: ${quoteVendor(text)}.`;
}

export function lateAnswer(url: string, timeout: number, sent: boolean): Failure {
	return connectionFailure({
		code: 'ETIMEDOUT',
		text: '',
		host: hostOf(url),
		timeout,
		cancelled: false,
		sent,
	});
}

function hostOf(url: string | undefined): string {
	return (url !== undefined && parseUrl(url)?.host) || 'the server';
}

const SLOW = advice(
	'options',
	"If the server is slow, raise 'Timeout' in the node's options; if not, check the network between n8n and the server.",
	'Check whether the server is slow, and the network between n8n and the server.',
);

interface BrokenConnection {
	code?: string;
	text: string;
	host: string;
	timeout: number;
	cancelled: boolean;
	sent: boolean;
}

export function connectionFailure(broken: BrokenConnection): Failure {
	const { code, text, host, timeout, cancelled, sent } = broken;
	const kind = sent ? 'lost' : 'notSent';
	const declared = { cause: 'temporarily-unavailable' } as const;
	const fail = (message: string, description: string) =>
		new Failure(message, { kind, description, code, declared });

	if (cancelled) return fail(`The execution was cancelled while ${host} was answering`, '');
	if (code && TLS_CODE.test(code)) {
		const [message, description] = certificateTrouble(code, host);
		return new Failure(`${message} (${code})`, {
			kind,
			code,
			description,
			declared: { cause: 'configuration-invalid' },
		});
	}
	// Of Node.js's parser of HTTP, and of its decompression.
	if (/^(HPE|Z)_/.test(code ?? '')) {
		return fail(
			`The answer of ${host} cannot be read (${code})`,
			"It is not HTTP, or its compressed data is damaged. Check the port in the credential's 'URL', and proxies between n8n and the server.",
		);
	}
	switch (code) {
		case 'ECONNREFUSED':
			return fail(
				`${host} refused the connection`,
				"Check the host and port in the credential's 'URL', and that the server is running.",
			);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return fail(
				`The host name ${host} was not found`,
				"Check the credential's 'URL', and that n8n's machine can resolve the name.",
			);
		case 'ECONNABORTED':
		case 'ETIMEDOUT':
			return fail(
				timeout > 0
					? `${host} did not answer within ${timeout / 1000} seconds`
					: `${host} did not answer in time`,
				// n8n's engine waits for a token as long as it likes.
				timeout > 0 ? SLOW : 'Check the server and the network between n8n and it.',
			);
		case 'EPROTO':
			return fail(
				`${host} does not speak TLS on this port`,
				"Check the port in the credential's 'URL'.",
			);
		default:
			return fail(
				sent
					? `${host} closed the connection before it answered`
					: `The request to ${host} could not be sent`,
				`The connection ended with ${code ?? text}. Check the server and the network between n8n and it.`,
			);
	}
}

/** What is wrong with a certificate, and what to do. */
function certificateTrouble(code: string, host: string): [message: string, description: string] {
	const untrusted = `The certificate of ${host} is not trusted`;
	if (code === 'CERT_HAS_EXPIRED') {
		return [
			untrusted,
			"It has expired. Renew it on the server, and check the clock of n8n's machine.",
		];
	}
	if (code === 'CERT_NOT_YET_VALID') {
		return [untrusted, "It is not valid yet. Check the clock of n8n's machine."];
	}
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
		return [
			untrusted,
			"It is for another host name. Enter the name that stands in the certificate in the credential's 'URL'.",
		];
	}
	if (code.endsWith('_CERTIFICATE_REQUIRED')) {
		return [
			`${host} requires a client certificate`,
			"Enter 'Client Certificate' and 'Client Key' in the credential, if it has these fields.",
		];
	}
	return [
		untrusted,
		"If the server's certificate comes from a private authority, give n8n that authority ('CA Certificate' in the credential, or the environment variable NODE_EXTRA_CA_CERTS), or turn on 'Ignore SSL Issues' in the credential.",
	];
}
