import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readBaseUrl, withoutTrailingSlash } from '../../shared/url';

/**
 * Where the API families start (docs/api/pam360.md, "Addresses"); users paste addresses with these in
 * them.
 */
const FAMILIES = /\/(restapi|api\/pki|scim)(\/.*)?$/;

/**
 * The server's address without slash at its end: `https://pam360.example.com:8282`.
 *
 * A path in front of the API, as a reverse proxy may have it, is kept; the API's own is dropped
 * (docs/api/pam360.md, "Traps").
 */
export function pam360BaseUrl({ url, allowPlainHttp }: ICredentialDataDecryptedObject): string {
	const base = readBaseUrl(url, allowPlainHttp === true);
	base.pathname = base.pathname.replace(FAMILIES, '');
	return withoutTrailingSlash(base);
}

/** The path of all calls but SCIM and the PKI family (docs/api/pam360.md, "Addresses"). */
export const REST_API = '/restapi/json/v1';

/** The path of SSH keys and certificates, a family inherited from Key Manager Plus. */
export const PKI_API = '/api/pki/restapi';

export const SCIM_API = '/scim/v2';
