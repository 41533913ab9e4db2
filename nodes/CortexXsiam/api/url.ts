import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readBaseUrl, withoutTrailingSlash } from '../../shared/url';

const VENDOR_HOST = /\.paloaltonetworks\.com$/i;

/**
 * Where the paths of the API start; users paste addresses with these in them (docs/api/cortex-xsiam.md,
 * "Addresses").
 */
const API_PATH = /\/(public_api|platform\/(iam|notifications)|api_keys)(\/.*)?$/;

/**
 * The address of the API without slash at its end: `https://api-tenant.xdr.us.paloaltonetworks.com`.
 *
 * Users paste the browser's address, which lacks `api-`, or the copied one with a path
 * (docs/api/cortex-xsiam.md, "Addresses"). Of hosts that are not the vendor's, such as gateways, a path
 * in front of the API is kept.
 */
export function xsiamBaseUrl({ url, allowPlainHttp }: ICredentialDataDecryptedObject): string {
	const base = readBaseUrl(url, allowPlainHttp === true);
	if (!VENDOR_HOST.test(base.hostname)) {
		base.pathname = base.pathname.replace(API_PATH, '');
		return withoutTrailingSlash(base);
	}
	if (!base.hostname.startsWith('api-')) base.hostname = `api-${base.hostname}`;
	return base.origin;
}
