import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readBaseUrl } from '../../shared/url';

const VENDOR_HOST = /\.paloaltonetworks\.com$/i;

/**
 * The API's origin: `https://api-tenant.xdr.us.paloaltonetworks.com`.
 *
 * Users paste the browser's address, which lacks `api-`, or the copied one with a path (fact sheet 1).
 * Hosts that are not the vendor's, such as proxies, stay as they are.
 */
export function xsiamBaseUrl({ url, allowPlainHttp }: ICredentialDataDecryptedObject): string {
	const base = readBaseUrl(url, allowPlainHttp === true);
	if (VENDOR_HOST.test(base.hostname) && !base.hostname.startsWith('api-')) {
		base.hostname = `api-${base.hostname}`;
	}
	return base.origin;
}
