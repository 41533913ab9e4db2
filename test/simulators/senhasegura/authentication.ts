import type { FastifyRequest } from 'fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { parseAuthorization, signatureMatches } from '../shared/oauth1';
import { rawBody } from '../shared/simulator';
import type { Call, PlainAnswer, Resource } from './call';
import { PlainRefusal, Refusal } from './envelope';
import { bodyFields, header, text } from './input';
import type { Context } from './state';

function oauthError(status: number, error: string, message: string): PlainRefusal {
	return new PlainRefusal(status, { error, error_description: message, message });
}

const clientAuthenticationFailed = () =>
	oauthError(401, 'invalid_client', 'Client authentication failed');

/**
 * GET oauth2/token, which two pages print and no client sends (docs/api/senhasegura.md, "Addresses").
 */
export function refuseTokenByGet(): never {
	throw oauthError(405, 'invalid_request', 'Method not allowed');
}

/**
 * Client id and secret of an HTTP Basic header, as the 3.25 pages want them (docs/api/senhasegura.md,
 * "OAuth 2.0").
 */
function basicClient(request: FastifyRequest): [id: string, secret: string] | undefined {
	const encoded = /^Basic\s+(\S+)$/iu.exec(header(request, 'authorization') ?? '')?.[1];
	if (!encoded) return undefined;
	const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	try {
		return [decodeURIComponent(id), decodeURIComponent(secret.join(':'))];
	} catch {
		return [id, secret.join(':')];
	}
}

/** Looks like the vendor's RS256 token; nobody has signed it. */
function newToken(clientId: string, expiresAt: number): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = { aud: clientId, jti: randomUUID(), exp: Math.floor(expiresAt / 1_000) };
	const head = part({ typ: 'JWT', alg: 'RS256' });
	return `${head}.${part(claims)}.${randomBytes(64).toString('base64url')}`;
}

/** POST oauth2/token, for A2A, DSM and MySafe alike; docs/api/senhasegura.md, "OAuth 2.0". */
export async function issueToken({ request, context }: Call): Promise<PlainAnswer> {
	const { settings, state, now } = context;
	state.tokenCalls += 1;
	const body = await bodyFields(request);
	if (body.grant_type !== 'client_credentials') {
		throw oauthError(
			400,
			'unsupported_grant_type',
			'The authorization grant type is not supported by the authorization server.',
		);
	}
	const [clientId, clientSecret] = basicClient(request) ?? [
		text(body.client_id),
		text(body.client_secret),
	];
	const secret = state.clients.get(clientId) ?? state.mySafeClients.get(clientId);
	if (secret === undefined || secret !== clientSecret) throw clientAuthenticationFailed();

	const tenant = text(body.tenant);
	const byAddress = isIP((header(request, 'host') ?? '').replace(/:\d+$/u, '')) !== 0;
	const tenantMissing = settings.multiTenant && byAddress && tenant === '';
	if (tenantMissing || (tenant !== '' && tenant !== settings.tenant)) {
		throw clientAuthenticationFailed();
	}

	const { tokenLife, tokenTtl, tokenType } = settings;
	const expiresAt = now() + (tokenLife ?? tokenTtl) * 1_000;
	const token = newToken(clientId, expiresAt);
	state.tokens.set(token, { clientId, expiresAt });
	const plain = { token_type: tokenType, expires_in: tokenTtl, access_token: token };
	return { status: 200, plain };
}

/** docs/api/senhasegura.md, "OAuth 1.0" and RFC 5849 section 3.2; gives the consumer key. */
function verifyOAuth1(
	request: FastifyRequest,
	authorization: string,
	{ settings, state, now }: Context,
): string {
	const invalid = () => new Refusal(401, 'Invalid signature');
	const protocol = parseAuthorization(authorization);
	if (!protocol) throw invalid();
	const consumerKey = protocol.get('oauth_consumer_key') ?? '';
	const token = protocol.get('oauth_token') ?? '';
	const secrets = state.consumers.get(`${consumerKey}:${token}`);
	if (!secrets) throw invalid();
	if (protocol.get('oauth_signature_method') !== 'HMAC-SHA1') throw invalid();
	if ((protocol.get('oauth_version') ?? '1.0') !== '1.0') throw invalid();

	const seen = new URL(
		settings.originSeen ?? `${request.protocol}://${header(request, 'host') ?? ''}`,
	);
	const matches = signatureMatches(
		{
			method: request.method,
			scheme: seen.protocol.replace(':', ''),
			host: seen.host,
			target: request.raw.url ?? '',
			authorization,
			contentType: header(request, 'content-type') ?? '',
			body: rawBody(request.body).toString('utf8'),
		},
		protocol,
		secrets,
	);
	if (!matches) throw invalid();

	const timestamp = protocol.get('oauth_timestamp') ?? '';
	const nonce = protocol.get('oauth_nonce') ?? '';
	if (!/^[1-9]\d{0,11}$/u.test(timestamp) || nonce === '') throw invalid();
	if (Math.abs(now() - Number(timestamp) * 1_000) > settings.timestampWindowMs) throw invalid();
	const used = [timestamp, nonce, consumerKey, token].join(':');
	if (state.nonces.has(used)) throw invalid();
	state.nonces.add(used);
	return consumerKey;
}

/**
 * The gateway's answer where no route matches, or no Authorization was sent (docs/api/senhasegura.md,
 * "Other errors").
 */
export const noRoute = (status = 404) =>
	new PlainRefusal(status, { message: 'no Route matched with those values' });

/** Checks (1) and (2) of docs/api/senhasegura.md, "What a simulator assumes"; gives who calls. */
export function authenticate(request: FastifyRequest, context: Context): string {
	const authorization = header(request, 'authorization');
	if (!authorization) throw noRoute(context.settings.missingTokenStatus);
	if (/^OAuth\s/iu.test(authorization)) return verifyOAuth1(request, authorization, context);
	const bearer = /^Bearer\s+(\S+)$/iu.exec(authorization)?.[1] ?? '';
	const token = context.state.tokens.get(bearer);
	if (!token || token.expiresAt <= context.now()) {
		throw new PlainRefusal(401, { message: 'Unauthorized' });
	}
	return token.clientId;
}

/** What a caller may use; MySafe's keys open MySafe alone, and nothing else opens it (docs/api/senhasegura.md, "MySafe"). */
function granted({ settings, state }: Context, caller: string, resource: Resource): boolean {
	const ofMySafe = state.mySafeClients.has(caller);
	if (resource === 'MySafe' || ofMySafe) return resource === 'MySafe' && ofMySafe;
	const own = state.restrictedClients.get(caller);
	return settings.authorizedResources.includes(resource) && (own?.includes(resource) ?? true);
}

/**
 * Check (3): what an authorization restricts, docs/api/senhasegura.md, "Authorizations"; the answer to a
 * wrong host is inferred.
 */
export function authorize(
	request: FastifyRequest,
	context: Context,
	caller: string,
	resource: Resource,
): void {
	const { allowedIps, allowedReferers, notAuthorizedStatus } = context.settings;
	const referer = header(request, 'referer') ?? '';
	const refererOk = allowedReferers === null || allowedReferers.includes(referer);
	const ipOk = allowedIps === null || allowedIps.includes('*') || allowedIps.includes(request.ip);
	if (!refererOk || !ipOk || !granted(context, caller, resource)) {
		throw new Refusal(notAuthorizedStatus, 'You are not authorized to access this resource.');
	}
}
