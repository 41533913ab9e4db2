import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { applyTls, bindToServer } from '../../shared/tls';
import type { SignableRequest } from '../../shared/tls';
import { HEADER_ENCODINGS, headerValue } from '../../shared/url';
import { tokenHeaders, withoutToken } from './token';
import { pam360BaseUrl } from './url';

/**
 * Puts the credential on a request: its token, and `orgName` only where one is set
 * (docs/api/pam360.md, "Authentication").
 *
 * @throws Failure when a field cannot be sent
 */
export function signPam360Request(
	credentials: ICredentialDataDecryptedObject,
	request: SignableRequest,
): IHttpRequestOptions {
	bindToServer(pam360BaseUrl(credentials), request);
	const token = tokenHeaders(credentials);
	const orgName = organizationOf(credentials);
	request.headers = {
		...withoutToken(request.headers),
		...token,
		...(orgName !== '' && { orgName }),
	};
	applyTls(credentials, request);
	return request;
}

/** A display name may have any letters, and a header has those of ISO-8859-1 (RFC 9110, 5.5). */
function organizationOf({ orgName, orgNameEncoding }: ICredentialDataDecryptedObject): string {
	return headerValue('Organization Name', orgName, {
		encoding: HEADER_ENCODINGS.find((encoding) => encoding === orgNameEncoding),
		advice:
			"PAM360 takes the name in a header, and headers hold ISO-8859-1 only. Choose in 'Organization Name Encoding' to send it as UTF-8 or percent-encoded, which HTTP allows. Which of them PAM360 reads is not documented: try each with the credential's test, or give the organization a display name in plain letters.",
	});
}
