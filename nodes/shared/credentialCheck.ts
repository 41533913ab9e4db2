import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
	INodeParameters,
} from 'n8n-workflow';
import { inPlace } from './advice';
import { Failure, scrub } from './failure';
import type { Vendor } from './operation';
import { inOneText } from './runReport';
import type { SignableRequest } from './tls';
import type { Caller } from './request';

/** What a test of a credential needs to know of a vendor. */
interface CredentialCheck<Api> {
	vendor: Vendor<Api>;
	/** What the credential type signs requests with. */
	sign(credentials: ICredentialDataDecryptedObject, request: SignableRequest): IHttpRequestOptions;
	/** The node's parameters by which the credential type is chosen. */
	parameters?: INodeParameters;
	/** A call that changes nothing, and that every credential may make that is of use. */
	call(api: Api): Promise<unknown>;
}

/** How long a person waits for it. */
const TIMEOUT_MS = 30_000;

/** The same, of a server that gets too many requests. */
const RATE_LIMIT_WAIT_MS = 10_000;

/**
 * n8n's test of a credential, by the node's own calls and in its own words: n8n itself would show no more
 * than the code of a connection's failure, or the status of an answer.
 */
export function credentialCheck<Api>(check: CredentialCheck<Api>): ICredentialTestFunction {
	return async function (this: ICredentialTestFunctions, { data = {} }) {
		return await tested(this, data, check);
	};
}

async function tested<Api>(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	{ vendor, sign, parameters = {}, call }: CredentialCheck<Api>,
): Promise<INodeCredentialTestResult> {
	const caller = callerOf(context, parameters, (request) => sign(credentials, request));
	let secrets: string[] = [];
	try {
		const api = vendor.connect(caller, credentials, {
			timeout: TIMEOUT_MS,
			perSecond: 0,
			rateLimitWait: RATE_LIMIT_WAIT_MS,
		});
		secrets = api.secrets;
		await call(api);
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { message, description } = inPlace(error) as Failure;
		return { status: 'Error', message: scrub(inOneText({ message, description }), secrets) };
	}
}

/** What a node's run is to the calls of a vendor, made of the one helper that n8n gives to a test. */
function callerOf(
	{ helpers, logger }: ICredentialTestFunctions,
	parameters: INodeParameters,
	sign: (request: SignableRequest) => IHttpRequestOptions,
): Caller {
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) =>
		whole(await helpers.request(inOlderForm(sign(options as SignableRequest))), options);
	const caller = {
		logger,
		getNode: () => ({ parameters }),
		helpers: { httpRequestWithAuthentication },
	};
	return caller as unknown as Caller;
}

/** An empty answer is one of no bytes. One that breaks off is returned by n8n's older helper without any. */
function whole(answer: { body?: unknown }, { url }: IHttpRequestOptions): unknown {
	if (answer.body !== undefined) return answer;
	throw new Failure(`The answer of ${new URL(url).host} broke off`, {
		kind: 'lost',
		description:
			'The connection ended too early, or compressed data is damaged. Check the server, and proxies between n8n and it.',
	});
}

/** A request as n8n's older helper takes it, which is the only one that a test has. */
function inOlderForm(request: IHttpRequestOptions): object {
	const { method, url, headers, body, timeout, agentOptions } = request;
	return {
		method,
		uri: url,
		headers,
		body,
		timeout,
		agentOptions,
		encoding: null,
		followRedirect: false,
		followAllRedirects: false,
		resolveWithFullResponse: true,
		simple: false,
		...(request.skipSslCertificateValidation && { rejectUnauthorized: false }),
	};
}
