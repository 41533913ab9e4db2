import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { readZone } from '../../shared/dates';
import { inputFailure } from '../../shared/failure';
import { applyTls, bindToServer } from '../../shared/tls';
import type { SignableRequest } from '../../shared/tls';
import { headerValue } from '../../shared/url';
import { pam360BaseUrl } from './url';

/**
 * Puts the credential on a request: `AUTHTOKEN`, and `orgName` only where one is set (fact sheet 1.2).
 *
 * @throws Failure when a field cannot be sent
 */
export function signPam360Request(
	credentials: ICredentialDataDecryptedObject,
	request: SignableRequest,
): IHttpRequestOptions {
	// Only the credential test leaves the address to the credential. It checks what no request needs, too.
	if (request.baseURL !== undefined) readZone(credentials.serverTimeZone);
	bindToServer(pam360BaseUrl(credentials), request);
	const authToken = headerValue('Auth Token', credentials.authToken);
	const orgName = headerValue('Organization Name', credentials.orgName);
	if (authToken === '') {
		throw inputFailure(
			"'Auth Token' is empty in the credential",
			'Paste the token of the API user.',
		);
	}
	request.headers = {
		...request.headers,
		AUTHTOKEN: authToken,
		...(orgName !== '' && { orgName }),
	};
	applyTls(credentials, request);
	return request;
}
