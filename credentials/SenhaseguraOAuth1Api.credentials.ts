import type { IAuthenticate, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import {
	apiPrefix,
	certificateApi,
	decryptionKey,
	referer,
	serverTimeZone,
	url,
} from '../nodes/Senhasegura/api/credentialFields';
import { signSenhaseguraRequest } from '../nodes/Senhasegura/api/signing';
import { recipientPrivateKey } from '../nodes/shared/recipientKey';
import { allowPlainHttp, certificates, ignoreSslIssues } from '../nodes/shared/tls';

export class SenhaseguraOAuth1Api implements ICredentialType {
	name = 'senhaseguraOAuth1Api';

	displayName = 'Senhasegura OAuth1 API';

	icon: Icon = {
		light: 'file:../icons/senhasegura.svg',
		dark: 'file:../icons/senhasegura.dark.svg',
	};

	documentationUrl =
		'https://github.com/privileged-keys/n8n-nodes-privileged-keys/blob/main/docs/credentials.md#senhasegura';

	properties: INodeProperties[] = [
		url,
		apiPrefix,
		{
			displayName: 'Consumer Key',
			name: 'consumerKey',
			type: 'string',
			default: '',
			required: true,
			description: 'Shown on the View screen of the authorization, with the other three',
		},
		{
			displayName: 'Consumer Secret',
			name: 'consumerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Token Secret',
			name: 'tokenSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		certificateApi,
		referer,
		decryptionKey,
		serverTimeZone,
		recipientPrivateKey,
		ignoreSslIssues,
		allowPlainHttp,
		...certificates,
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signSenhaseguraRequest(credentials, request);
}
