import { createHash, randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { inputFailure } from '../../shared/failure';
import { applyTls, bindToServer } from '../../shared/tls';
import type { SignableRequest } from '../../shared/tls';
import { headerValue } from '../../shared/url';
import { plainId } from './id';
import { xsiamBaseUrl } from './url';

export interface SigningKey {
	id: string;
	key: string;
	securityLevel: 'standard' | 'advanced';
}

/**
 * The authentication headers of one attempt (docs/api/cortex-xsiam.md, "Standard keys" and "Advanced
 * keys"). An advanced key is never sent: its nonce and timestamp are fresh each time, a repeated
 * request included.
 *
 * @param now Epoch milliseconds.
 * @param nonce 64 random ASCII letters and digits.
 */
export function authenticationHeaders(
	{ id, key, securityLevel }: SigningKey,
	now = Date.now(),
	nonce = randomBytes(32).toString('hex'),
): Record<string, string> {
	if (securityLevel === 'standard') return { Authorization: key, 'x-xdr-auth-id': id };
	const timestamp = String(now);
	return {
		Authorization: createHash('sha256').update(`${key}${nonce}${timestamp}`, 'utf8').digest('hex'),
		'x-xdr-auth-id': id,
		'x-xdr-timestamp': timestamp,
		'x-xdr-nonce': nonce,
	};
}

/**
 * The key in a credential.
 *
 * @throws Failure when a field is missing or cannot be sent
 */
export function readSigningKey(credentials: ICredentialDataDecryptedObject): SigningKey {
	// Copied from a generic HTTP client, the key may carry the scheme that this API does not want.
	const key = headerValue('API Key', credentials.apiKey).replace(/^Bearer(\s+|$)/i, '');
	const id = headerValue('API Key ID', credentials.apiKeyId);
	if (key === '') throw inputFailure("'API Key' is empty in the credential", 'Paste the API key.');
	if (!/^\d+$/.test(id)) {
		throw inputFailure(
			"'API Key ID' in the credential is not a number",
			'It is the value of the ID column in the table of API keys.',
		);
	}
	return {
		// The creator of a key is known by it (docs/api/cortex-xsiam.md, "Listing API keys").
		id: plainId(id),
		key,
		securityLevel: credentials.securityLevel === 'standard' ? 'standard' : 'advanced',
	};
}

/**
 * Puts the credential on a request; `x-child-tenant-id` only where one is set, and not where the
 * request names another (docs/api/cortex-xsiam.md, "Child tenants").
 */
export function signXsiamRequest(
	credentials: ICredentialDataDecryptedObject,
	request: SignableRequest,
): IHttpRequestOptions {
	bindToServer(xsiamBaseUrl(credentials), request);
	const childTenant = headerValue('Child Tenant ID', credentials.childTenantId);
	request.headers = {
		...(childTenant !== '' && { 'x-child-tenant-id': childTenant }),
		...request.headers,
		...authenticationHeaders(readSigningKey(credentials)),
	};
	applyTls(credentials, request);
	return request;
}
