import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { inputFailure } from '../../shared/failure';
import { headerValue } from '../../shared/url';

/** Whose token a credential holds (docs/api/pam360.md, "Authentication"). */
export type TokenType = 'apiUser' | 'application';

/** Of an API user in credentials that were made before there was a choice. */
export function tokenTypeOf({ tokenType }: ICredentialDataDecryptedObject): TokenType {
	return tokenType === 'application' ? 'application' : 'apiUser';
}

/**
 * The headers by which PAM360 knows the caller: `AUTHTOKEN`, or `APP_AUTHTOKEN` and `APP_TYPE`
 * (docs/api/pam360.md, "Authentication"). What the other choice's fields hold does not matter.
 *
 * @throws Failure when a field is empty or cannot be sent
 */
export function tokenHeaders(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	if (tokenTypeOf(credentials) === 'apiUser') {
		const token = headerValue('Auth Token', credentials.authToken);
		if (token !== '') return { AUTHTOKEN: token };
		throw inputFailure(
			"'Auth Token' is empty in the credential",
			'Paste the token of the API user.',
		);
	}
	const token = headerValue('Application Token', credentials.appAuthToken);
	const type = headerValue('Application Type', credentials.appType ?? DEFAULT_APP_TYPE);
	if (token === '') {
		throw inputFailure(
			"'Application Token' is empty in the credential",
			"Paste the token of the application, or choose 'API User' in 'Token Of'.",
		);
	}
	if (!/^\d{1,9}$/.test(type)) {
		throw inputFailure(
			"'Application Type' in the credential is not a number",
			`Enter the number of the kind of application, such as ${DEFAULT_APP_TYPE}.`,
		);
	}
	return { APP_AUTHTOKEN: token, APP_TYPE: type };
}

/** Of the vendor's own integration, the only one that is known (docs/api/pam360.md, "Authentication"). */
export const DEFAULT_APP_TYPE = '17';

/** All headers that tell who calls. */
const TOKEN_HEADERS = ['authtoken', 'app_authtoken', 'app_type'];

/** Headers without those that tell who calls, whatever their case. */
export function withoutToken<Value>(headers: Record<string, Value> = {}): Record<string, Value> {
	const rest = Object.entries(headers).filter(
		([name]) => !TOKEN_HEADERS.includes(name.toLowerCase()),
	);
	return Object.fromEntries(rest);
}

/** What PAM360 knows the caller by, to tell callers apart. */
export function callerOf(credentials: ICredentialDataDecryptedObject): string {
	const { authToken, appAuthToken, appType } = credentials;
	const type = tokenTypeOf(credentials);
	return type === 'apiUser' ? String(authToken) : JSON.stringify([type, appType, appAuthToken]);
}

/** The credential's fields of tokens, for advice. */
export const TOKEN_FIELDS = "'Auth Token', or 'Application Token' and 'Application Type',";
