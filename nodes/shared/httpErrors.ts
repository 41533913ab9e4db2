/** The codes after which it is certain that no byte of the request was read. */
const NEVER_SENT = new Set([
	'EADDRNOTAVAIL',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'ERR_INVALID_URL',
]);

/** A certificate that was refused, by either side, ends the connection before the request. */
export const TLS_CODE =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|ERR_SSL_\w+_CERTIFICATE_REQUIRED$)/;

/** What n8n and its HTTP client throw for a call. */
export interface Cause extends Error {
	code?: string;
	/** Of an n8n error: the status, or the connection's code. */
	httpCode?: string | null;
	/** Of an n8n error: the texts that it was made of, before they were put into other words. */
	messages?: string[];
	isAxiosError?: boolean;
	config?: { url?: string };
	request?: { socket?: { secureConnecting?: unknown } | null };
	response?: { status: number; headers?: unknown; data?: unknown };
}

/** The error, what it was made of, and so on; n8n wraps what its HTTP client throws. */
export function causes(error: unknown): Cause[] {
	const chain: Cause[] = [];
	let current: unknown = error;
	while (current instanceof Error && !chain.includes(current as Cause)) {
		chain.push(current as Cause);
		current = current.cause;
	}
	return chain;
}

export function isHttpError(cause: Cause): boolean {
	return cause.isAxiosError === true || cause.response !== undefined;
}

/** The code of the connection, also where an n8n error holds it in the place of a status. */
export function codeOf(chain: Cause[]): string | undefined {
	return chain
		.flatMap(({ code, httpCode }) => [code, httpCode])
		.find((found): found is string => typeof found === 'string' && /^[A-Z]/.test(found));
}

/** What the innermost error said, as it was said. */
export function textOf(chain: Cause[]): string {
	const innermost = chain.at(-1);
	return innermost?.messages?.[0] ?? innermost?.message ?? '';
}

export function statusOf(error: unknown): number | undefined {
	return causes(error).find(isHttpError)?.response?.status;
}

export function neverSent(code = '', chain: Cause[], http: Cause | undefined): boolean {
	const texts = chain.flatMap(({ message, messages = [] }) => [message, ...messages]);
	// A connection that breaks while it is being secured has not carried a request yet.
	const isSecuring = http?.request?.socket?.secureConnecting;
	if (isSecuring || texts.some((text) => text.includes('before secure TLS connection')))
		return true;
	if (TLS_CODE.test(code)) return true;
	if (code === 'EPROTO') return isSecuring !== false;
	// Reset before there was a connection, by a server that has no room for one more.
	if (code === 'ECONNRESET' && texts.some((text) => text.startsWith('connect '))) return true;
	// The network can also fail under a connection that carried the request.
	return NEVER_SENT.has(code) && !texts.some((text) => /^(read|write) /.test(text));
}
