import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { decode } from './charset';
import { Failure, quoteVendor } from './failure';
import { LONGEST_TIMER_MS, Pace, backOff, pause, retryAfter } from './pace';
import type { SignableRequest } from './tls';
import { parseUrl } from './url';

/** Where calls can be made from: a node's run, a trigger's look, or the editor filling a list. */
export type Caller = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface Request {
	method: IHttpRequestMethods;
	/** The whole URL, already percent-encoded: what is here is what goes over the wire. */
	url: string;
	headers?: Record<string, string>;
	body?: string;
	/**
	 * Whether sending it twice does no more than sending it once. Only such a request is repeated
	 * when nobody knows what became of it: a call that issues a key is sent once.
	 */
	repeatable: boolean;
}

export interface Reply {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body as text, in its own charset; vendors label JSON as text and text as JSON. */
	text: string;
	/** The body's bytes, where there are any. */
	bytes?: Buffer;
	/** Whether an earlier attempt may have done the work already, its answer being lost. */
	repeated: boolean;
}

type Answer = Omit<Reply, 'repeated'>;

export interface TransportSettings {
	credentialType: string;
	/** The decrypted credential, so that n8n does not decrypt it anew for every item. */
	credentials: ICredentialDataDecryptedObject;
	/**
	 * What the credential type signs requests with. It is tried before the first call, since n8n 1 drops
	 * the reason when a credential cannot be used.
	 */
	sign?: (credentials: ICredentialDataDecryptedObject, request: SignableRequest) => unknown;
	/** Whether n8n's OAuth2 engine fetches and renews the token for this credential type. */
	oAuth2?: boolean;
	/** Milliseconds until a call counts as lost. */
	timeout: number;
	/** Calls per second, over all items; 0 for no limit. */
	perSecond: number;
	signal?: AbortSignal;
}

const RETRIES = 3;
const RETRIED_STATUS = new Set([429, 502, 503, 504]);

/** In the usual case the client's own time-out comes first, and frees the connection. */
const DEADLINE_GRACE_MS = 500;

/** A vendor that asks for a longer silence than this is not waited for. */
const LONGEST_WAIT_MS = 120_000;

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
const TLS_CODE =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|ERR_SSL_\w+_CERTIFICATE_REQUIRED$)/;

/** With these codes n8n's OAuth2 client says that it was answered, and not with a token. */
const TOKEN_REFUSED = new Set(['EAUTH', 'ESTATUS']);

/** Sends requests through n8n's helpers; one object serves all items of a run. */
export class Transport {
	private firstCall?: Promise<Answer | Failure>;

	private isSignable = false;

	constructor(
		private readonly caller: Caller,
		private readonly settings: TransportSettings,
		private readonly pace = new Pace(settings.perSecond, settings.signal),
	) {}

	/** Sends at the same pace with another credential of the same type, such as a key just issued. */
	withCredentials(credentials: ICredentialDataDecryptedObject): Transport {
		return new Transport(this.caller, { ...this.settings, credentials }, this.pace);
	}

	/**
	 * Sends at the same pace, and goes on where the execution is cancelled: for taking back what must not
	 * stay, such as a key that nobody gets now.
	 */
	evenIfCancelled(): Transport {
		const settings = { ...this.settings, signal: undefined };
		// n8n gives its own requests the execution's signal.
		const caller = Object.assign(Object.create(this.caller) as Caller, {
			getExecutionCancelSignal: () => undefined,
		});
		return new Transport(caller, settings, this.pace);
	}

	/**
	 * Sends a request and gives the answer, whatever its status.
	 *
	 * A 429 is repeated for every request, since the vendor said that it did nothing; gateway errors
	 * and lost connections only for repeatable ones.
	 *
	 * @throws Failure of kind `notSent` or `lost`, or that of a credential that cannot be used
	 */
	async send(request: Request): Promise<Reply> {
		this.trySigning(request);
		let repeated = false;
		for (let retry = 1; ; retry++) {
			const outcome = await this.attempt(request);
			const wait = this.waitBeforeRetry(request, outcome, retry);
			if (wait === undefined) {
				if (!(outcome instanceof Failure)) return { ...outcome, repeated };
				// The last attempt did nothing, but an earlier one may have.
				throw repeated && outcome.kind === 'notSent' ? outcome.with({ kind: 'lost' }) : outcome;
			}
			repeated ||= outcome instanceof Failure ? outcome.kind === 'lost' : outcome.status !== 429;
			await pause(wait, this.settings.signal);
		}
	}

	/** Waits, but no longer than until the execution is cancelled. */
	async pause(milliseconds: number): Promise<void> {
		await pause(milliseconds, this.settings.signal);
	}

	private waitBeforeRetry(request: Request, outcome: Answer | Failure, retry: number) {
		if (retry > RETRIES || this.settings.signal?.aborted) return undefined;
		if (outcome instanceof Failure) {
			const { kind, code = '' } = outcome;
			// What has no code and was not sent did not fail at the connection.
			const canPass = kind === 'lost' || (kind === 'notSent' && code !== '');
			return request.repeatable && canPass && !TLS_CODE.test(code) ? backOff(retry) : undefined;
		}
		const { status, headers } = outcome;
		if (!RETRIED_STATUS.has(status) || (status !== 429 && !request.repeatable)) return undefined;
		const asked = retryAfter(headers['retry-after']);
		const wait = asked ?? backOff(retry);
		if (wait > LONGEST_WAIT_MS) return undefined;
		if (status === 429) this.pace.hold(wait);
		return wait;
	}

	private trySigning({ method, url }: Request): void {
		if (this.isSignable) return;
		this.settings.sign?.(this.settings.credentials, { method, url, headers: {} });
		this.isSignable = true;
	}

	private async attempt(request: Request): Promise<Answer | Failure> {
		await this.pace.turn();
		if (this.settings.signal?.aborted) {
			return new Failure('The execution was cancelled before the request was sent', {
				kind: 'notSent',
			});
		}
		return this.settings.oAuth2 ? await this.afterFirst(request) : await this.exchange(request);
	}

	/**
	 * n8n's OAuth2 engine fetches the first token once for each call that finds none. The first call of
	 * a run goes alone, so that the others find its token.
	 */
	private async afterFirst(request: Request): Promise<Answer | Failure> {
		if (this.firstCall) {
			const first = await this.firstCall;
			// A client that was refused once is refused a thousand times, and may get locked.
			if (first instanceof Failure && first.declared?.cause === 'credential-invalid') return first;
			return await this.exchange(request);
		}
		this.firstCall = this.exchange(request);
		return await this.firstCall;
	}

	private async exchange(request: Request): Promise<Answer | Failure> {
		const { credentialType, oAuth2, timeout } = this.settings;
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: { Accept: 'application/json', ...request.headers },
			body: request.body,
			// As text, n8n's client reads every charset as UTF-8.
			encoding: 'arraybuffer',
			timeout,
			returnFullResponse: true,
			// A redirect would take the secret to another host, and turn a POST into a GET.
			disableFollowRedirect: true,
			// The OAuth2 engine renews an expired token when the helper throws at the 401.
			ignoreHttpStatusErrors: !oAuth2,
			// Other types carry this in `authenticate`, which n8n does not call for OAuth2.
			...(oAuth2 && {
				skipSslCertificateValidation: this.settings.credentials.ignoreSSLIssues === true,
			}),
		};
		const { caller, watch } = this.watchedCaller();
		const exchange = this.caller.helpers.httpRequestWithAuthentication
			.call(caller, credentialType, options, oAuth2 ? undefined : this.decrypted())
			.then(toAnswer)
			.catch((error: unknown) => this.toAnswerOrFailure(error, watch, request.url));
		return await this.withinDeadline(exchange, watch, request.url);
	}

	/**
	 * n8n's OAuth2 engine sends by the helpers of its caller. Only there does n8n 1 show what became of a
	 * request: it drops the cause of what it throws itself.
	 */
	private watchedCaller(): { caller: Caller; watch: Watch } {
		const { caller } = this;
		const watch: Watch = { calls: 0, isOver: false };
		if (!this.settings.oAuth2) return { caller, watch };
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			// Nobody waits any more, and what may not have been done must not be done later.
			if (watch.isOver) throw new Error('The time was up before the request was sent');
			watch.calls += 1;
			return await caller.helpers.httpRequest(options).catch((error: unknown) => {
				watch.thrown = error;
				// At one more 401, n8n 1 would send the request again without being watched.
				const isRenewed = watch.calls > 1 && statusOf(error) === 401;
				throw isRenewed ? new Error('The renewed token was refused, too') : error;
			});
		};
		const helpers: unknown = Object.create(caller.helpers, { httpRequest: { value: httpRequest } });
		return { caller: Object.create(caller, { helpers: { value: helpers } }) as Caller, watch };
	}

	/** The HTTP client starts its clock anew with each byte: a server that drips would hold it forever. */
	private async withinDeadline(
		exchange: Promise<Answer | Failure>,
		watch: Watch,
		url: string,
	): Promise<Answer | Failure> {
		const { timeout, oAuth2 } = this.settings;
		const clock = AbortSignal.timeout(Math.min(timeout + DEADLINE_GRACE_MS, LONGEST_TIMER_MS));
		let ring: () => void = () => {};
		const late = new Promise<Failure>((resolve) => {
			ring = () => {
				watch.isOver = true;
				// Without a call, n8n's engine still waits for a token.
				resolve(lateAnswer(url, timeout, !oAuth2 || watch.calls > 0));
			};
			clock.addEventListener('abort', ring, { once: true });
		});
		const outcome = await Promise.race([exchange, late]);
		// With no listener the signal, and its timer with it, can be garbage-collected before it fires.
		clock.removeEventListener('abort', ring);
		return outcome;
	}

	private decrypted(): { credentialsDecrypted: ICredentialsDecrypted } {
		const { credentialType, credentials } = this.settings;
		return {
			credentialsDecrypted: {
				id: '',
				name: credentialType,
				type: credentialType,
				data: credentials,
			},
		};
	}

	private toAnswerOrFailure(error: unknown, { thrown }: Watch, url: string): Answer | Failure {
		const chain = causes(error);
		if (thrown !== undefined && !chain.some(isHttpError)) chain.push(...causes(thrown));
		const failure = chain.find((cause) => cause instanceof Failure);
		if (failure) return failure;
		const http = chain.find(isHttpError);
		// The token call fails with the same kind of error; then the request itself was never sent.
		const ownUrl = http?.config?.url === undefined || http.config.url === url;
		// An answer that breaks off has a status, too, but no body.
		if (http?.response?.data !== undefined && ownUrl) {
			return toAnswer({
				...http.response,
				statusCode: http.response.status,
				body: http.response.data,
			});
		}
		const { oAuth2, timeout, signal } = this.settings;
		// Without an exchange of its own, the request did not get past the engine's token call.
		if (oAuth2 && (!http || !ownUrl)) return tokenFailure(chain, http, url);
		const code = codeOf(chain);
		// Of what n8n 1 throws, nothing but the code says whether the request was sent.
		const isUnknown = !http && chain.length === 1 && chain[0]?.name === 'NodeApiError';
		return connectionFailure({
			code,
			text: textOf(chain) || String(error),
			host: new URL(url).host,
			timeout,
			cancelled: signal?.aborted === true,
			sent: (isUnknown || (http !== undefined && ownUrl)) && !neverSent(code, chain, http),
		});
	}
}

/** What is seen of an exchange that n8n's OAuth2 engine makes. */
interface Watch {
	/** How often the request was sent: more than once, where the token was renewed in between. */
	calls: number;
	thrown?: unknown;
	isOver: boolean;
}

interface Cause extends Error {
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
function causes(error: unknown): Cause[] {
	const chain: Cause[] = [];
	let current: unknown = error;
	while (current instanceof Error && !chain.includes(current as Cause)) {
		chain.push(current as Cause);
		current = current.cause;
	}
	return chain;
}

function isHttpError(cause: Cause): boolean {
	return cause.isAxiosError === true || cause.response !== undefined;
}

/** The code of the connection, also where an n8n error holds it in the place of a status. */
function codeOf(chain: Cause[]): string | undefined {
	return chain
		.flatMap(({ code, httpCode }) => [code, httpCode])
		.find((found): found is string => typeof found === 'string' && /^[A-Z]/.test(found));
}

/** What the innermost error said, as it was said. */
function textOf(chain: Cause[]): string {
	const innermost = chain.at(-1);
	return innermost?.messages?.[0] ?? innermost?.message ?? '';
}

function statusOf(error: unknown): number | undefined {
	return causes(error).find(isHttpError)?.response?.status;
}

function neverSent(code = '', chain: Cause[], http: Cause | undefined): boolean {
	const texts = chain.flatMap(({ message, messages = [] }) => [message, ...messages]);
	// A connection that breaks while it is being secured has not carried a request yet.
	const isSecuring = http?.request?.socket?.secureConnecting;
	if (isSecuring || texts.some((text) => text.includes('before secure TLS connection')))
		return true;
	if (TLS_CODE.test(code)) return true;
	if (code === 'EPROTO') return isSecuring !== false;
	// The network can also fail under a connection that carried the request.
	return NEVER_SENT.has(code) && !texts.some((text) => /^(read|write) /.test(text));
}

function toAnswer(response: { statusCode?: number; headers?: unknown; body?: unknown }): Answer {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries((response.headers ?? {}) as Record<string, unknown>)) {
		headers[name.toLowerCase()] = String(value);
	}
	const { body } = response;
	const status = response.statusCode ?? 0;
	if (Buffer.isBuffer(body)) {
		return { status, headers, text: decode(body, headers['content-type']), bytes: body };
	}
	const text =
		typeof body === 'string'
			? body
			: body === undefined || body === null
				? ''
				: JSON.stringify(body);
	return { status, headers, text };
}

function tokenFailure(chain: Cause[], http: Cause | undefined, url: string): Failure {
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

function lateAnswer(url: string, timeout: number, sent: boolean): Failure {
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

interface BrokenConnection {
	code?: string;
	text: string;
	host: string;
	timeout: number;
	cancelled: boolean;
	sent: boolean;
}

function connectionFailure(broken: BrokenConnection): Failure {
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
				"If the server is slow, raise 'Timeout' in the node's options; if not, check the network between n8n and the server.",
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
		return [untrusted, "It has expired. Renew it on the server, and check the clock of n8n's machine."];
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
			`${host} wants a client certificate`,
			"Enter 'Client Certificate' and 'Client Key' in the credential, where it offers them.",
		];
	}
	return [
		untrusted,
		"If the server has a certificate of its own, give n8n its authority ('CA Certificate' in the credential, or the environment variable NODE_EXTRA_CA_CERTS), or turn on 'Ignore SSL Issues' in the credential.",
	];
}
