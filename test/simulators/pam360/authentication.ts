import type { FastifyRequest } from 'fastify';
import type { Pam360Context } from './call';
import { serverTime } from './dates';
import { Bare, Failure } from './failures';
import { queryOf } from './inputData';
import { newUser } from './seed';
import { type Pam360Token, type Pam360User, userNameOf } from './state';

const refused = (message: string) => new Failure(message, 'Authentication');

const unknownToken = () =>
	refused('API key received is not associated to any user. Authentication failed.');

const wrongHost = () => refused('User is not allowed to access from this host');

export function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

interface SentToken {
	token: string | undefined;
	/** It was sent as the token of an application. */
	application: boolean;
}

/**
 * The token, in every place where clients of this vendor put one (docs/api/pam360.md,
 * "Authentication"): header or query AUTHTOKEN, application token in the header with APP_TYPE 17, or in
 * the query with APP_NAME.
 */
function sentToken(request: FastifyRequest, { settings }: Pam360Context): SentToken {
	const query = queryOf(request);
	const inQuery = settings.headerTokenOnly ? null : query.get('AUTHTOKEN');
	const own = header(request, 'authtoken') ?? inQuery;
	if (own) return { token: own, application: false };
	const inHeader = header(request, 'app_authtoken');
	if (inHeader && header(request, 'app_type') === '17') {
		return { token: inHeader, application: true };
	}
	const token = (query.has('APP_NAME') && query.get('APP_AUTHTOKEN')) || undefined;
	return { token, application: true };
}

/** SCIM takes the same token as a bearer, too (docs/api/pam360.md, "SCIM"). */
function sentScimToken(request: FastifyRequest): SentToken {
	const bearer = /^Bearer (\S+)$/iu.exec(request.headers.authorization ?? '');
	return { token: header(request, 'authtoken') ?? bearer?.[1], application: false };
}

/** A token that a test has put in place need not belong to a user of the state: it may do all. */
function userOf(token: Pam360Token, { state }: Pam360Context): Pam360User {
	const userName = userNameOf(token);
	const found = state.users.find((user) => user.userName === userName);
	return found ?? newUser('0', userName, { superAdministrator: true, apiUser: true });
}

/** All simulators listen on this host alone. */
const ownHosts = ['localhost', '127.0.0.1'];

/**
 * The host lock of one user (docs/api/pam360.md, "API users"); names below `.invalid` can never be
 * resolved.
 */
function checkHost({ hostName }: Pam360User): void {
	if (hostName === null || ownHosts.includes(hostName.toLowerCase())) return;
	if (hostName.toLowerCase().endsWith('.invalid')) throw new Bare(200);
	throw wrongHost();
}

export interface Caller {
	token: string;
	/** Called by an application's token. */
	application: boolean;
	user: Pam360User;
}

/**
 * Who calls.
 *
 * @param regenerates The call is the one that a new token is good for (docs/api/pam360.md, "API users")
 * @throws Bare where the host cannot be resolved; Failure of operation Authentication
 */
export function authenticate(
	request: FastifyRequest,
	context: Pam360Context,
	{ scim = false, regenerates = false } = {},
): Caller {
	const { settings, state, now } = context;
	if (settings.hostNotResolvable) throw new Bare(200);
	const { token, application } = scim ? sentScimToken(request) : sentToken(request, context);
	const known = token === undefined ? undefined : state.tokens.get(token);
	if (token === undefined || !known || (known.expiresAt ?? Infinity) <= now()) {
		throw unknownToken();
	}
	if (known.mustRegenerate && !regenerates && !settings.newTokensWork) throw unknownToken();

	const user = userOf(known, context);
	const today = serverTime(settings, now()).toISODate() ?? '';
	if (user.locked || (user.expiryDate !== null && user.expiryDate < today)) throw unknownToken();
	if (settings.hostLocked) throw wrongHost();
	checkHost(user);
	return { token, application, user };
}

/** The organisation of the call; the wording of the refusal is inferred. */
export function organizationOf(request: FastifyRequest, { state }: Pam360Context): string | null {
	const name = header(request, 'orgname');
	if (name === undefined) return null;
	if (!state.organizations.has(name)) {
		throw refused('The organization name specified does not exist.');
	}
	return name;
}
