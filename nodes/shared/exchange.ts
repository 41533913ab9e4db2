import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { decode } from './charset';
import { connectionFailure, lateAnswer, tokenFailure } from './connectionFailure';
import { Failure } from './failure';
import { causes, codeOf, isHttpError, neverSent, statusOf, textOf } from './httpErrors';
import { LONGEST_TIMER_MS } from './wait';
import type { Answer, Caller, Request } from './request';

export interface ExchangeSettings {
	credentialType: string;
	/** The decrypted credential, so that n8n does not decrypt it anew for every item. */
	credentials: ICredentialDataDecryptedObject;
	/** Whether n8n's OAuth2 engine fetches and renews the token for this credential type. */
	oAuth2?: boolean;
	/** Milliseconds until a call counts as lost. */
	timeout: number;
	signal?: AbortSignal;
}

/** In the usual case the client's own time-out comes first, and frees the connection. */
const DEADLINE_GRACE_MS = 500;

/** Sends a request through n8n's helpers, once, and tells what came of it. */
export class Exchange {
	constructor(
		private readonly caller: Caller,
		private readonly settings: ExchangeSettings,
	) {}

	/** @returns a Failure where there is no answer; nothing is thrown */
	async send(request: Request): Promise<Answer | Failure> {
		const { credentialType, oAuth2, timeout } = this.settings;
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: { Accept: 'application/json', ...request.headers },
			body: request.bodyOfEach?.() ?? request.body,
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
