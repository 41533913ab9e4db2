import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import {
	apiPrefix,
	certificateApi,
	connectionTest,
	decryptionKey,
	referer,
	serverTimeZone,
	url,
} from '../nodes/Senhasegura/api/credentialFields';
import { recipientPrivateKey } from '../nodes/shared/recipientKey';
import { allowPlainHttp } from '../nodes/shared/tls';

/**
 * The vault's address as an expression: n8n's OAuth2 engine runs no code of a credential type. Plain
 * http that is not allowed becomes a protocol that no client speaks, so that the secret stays here.
 */
const BASE = `(() => {
	const typed = $self.url.trim();
	const whole = /^[a-z]+:\\/\\//i.test(typed) ? typed : 'https://' + typed;
	const host = (/^http:\\/\\/([^/?#]*)/i.exec(whole) || [])[1];
	const local = /^(([\\w-]+\\.)*localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d*)?$/i;
	const refused = host !== undefined && !local.test(host) && $self.allowPlainHttp !== true;
	const base = whole.replace(/[?#].*$/, '').replace(/\\/+$/, '').replace(/^([a-z]+:\\/\\/[^/]+.*?)\\/(api|iso)(\\/.*)?$/i, '$1');
	return (refused ? 'plain-http-is-not-allowed' + base.slice(4) : base) + $self.apiPrefix;
})()`;

export class SenhaseguraOAuth2Api implements ICredentialType {
	name = 'senhaseguraOAuth2Api';

	displayName = 'Senhasegura OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/senhasegura.svg',
		dark: 'file:../icons/senhasegura.dark.svg',
	};

	documentationUrl =
		'https://github.com/privileged-keys/n8n-nodes-privileged-keys/blob/main/docs/credentials.md#senhasegura';

	extends = ['oAuth2Api'];

	properties: INodeProperties[] = [
		{
			...url,
			description: `${url.description}. Where the test of the connection shows a code only: ENOTFOUND is a host name that is not found, ECONNREFUSED a host or port at which nothing answers, ETIMEDOUT a network that does not let n8n through; codes with CERT or SIGNATURE are a certificate that n8n does not trust ('Ignore SSL Issues' below, or NODE_EXTRA_CA_CERTS).`,
		},
		apiPrefix,
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${BASE} }}/oauth2/token`,
		},
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: '' },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Client Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Body', value: 'body', description: 'Send client ID and secret in the body' },
				{ name: 'Header', value: 'header', description: 'Send them as Basic Auth header' },
			],
			default: 'body',
			description:
				'How the token is asked for. Version 3.25 wants the header, later ones the body.',
		},
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			default: '',
			description:
				'Needed only when a vault with several tenants is called by its IP address: the sub-domain of the tenant',
		},
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: true,
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default: '={{ $self.tenant ? JSON.stringify({ tenant: $self.tenant.trim() }) : "{}" }}',
		},
		certificateApi,
		referer,
		decryptionKey,
		serverTimeZone,
		recipientPrivateKey,
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSSLIssues',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if SSL certificate validation is not possible',
		},
		allowPlainHttp,
	];

	test: ICredentialTestRequest = connectionTest({
		baseURL: '={{ $credentials.accessTokenUrl.replace(/\\/oauth2\\/token$/, "") }}',
		headers: { Referer: '={{ $credentials.referer || undefined }}' },
		skipSslCertificateValidation: '={{ $credentials.ignoreSSLIssues }}',
		disableFollowRedirect: true,
	});
}
