import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { inputFailure } from '../../shared/failure';
import { readBaseUrl, withoutTrailingSlash } from '../../shared/url';

/**
 * The two prefixes (docs/api/senhasegura.md, "Addresses"): `/api` from 3.33 on, `/iso` before and still
 * alive.
 */
const PREFIXES = ['/api', '/iso'] as const;

export type ApiPrefix = (typeof PREFIXES)[number];

/** The address of the vault with the API prefix: `https://vault.example.com/api`. */
export function senhaseguraBaseUrl(credentials: ICredentialDataDecryptedObject): string {
	const base = readBaseUrl(credentials.url, credentials.allowPlainHttp === true);
	base.pathname = base.pathname.replace(/\/(api|iso)(\/.*)?$/, '');
	return withoutTrailingSlash(base) + readPrefix(credentials.apiPrefix);
}

function readPrefix(value: unknown): string {
	const prefix = typeof value === 'string' && value !== '' ? value : '/api';
	if (PREFIXES.some((known) => known === prefix)) return prefix;
	throw inputFailure(
		"'API Prefix' in the credential is neither /api nor /iso",
		'Choose /api, or /iso for versions before 3.33.',
	);
}
