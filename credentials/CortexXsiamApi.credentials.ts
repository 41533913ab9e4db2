import type { IAuthenticate, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { signXsiamRequest } from '../nodes/CortexXsiam/api/signing';
import { recipientPrivateKey } from '../nodes/shared/recipientKey';
import { allowPlainHttp, ignoreSslIssues } from '../nodes/shared/tls';

export class CortexXsiamApi implements ICredentialType {
	name = 'cortexXsiamApi';

	displayName = 'Cortex XSIAM API';

	icon: Icon = {
		light: 'file:../icons/cortexXsiam.svg',
		dark: 'file:../icons/cortexXsiam.dark.svg',
	};

	documentationUrl =
		'https://github.com/privileged-keys/n8n-nodes-privileged-keys/blob/main/docs/credentials.md#cortex-xsiam';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api-tenant.xdr.us.paloaltonetworks.com',
			description:
				'Settings > Configurations > Integrations > API Keys > Copy API URL. It starts with "api-".',
		},
		{
			displayName: 'API Key ID',
			name: 'apiKeyId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 21',
			description: 'The ID column in the table of API keys',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key itself, as it was shown when it was made; without "Bearer"',
		},
		{
			displayName: 'Security Level',
			name: 'securityLevel',
			type: 'options',
			options: [
				{
					name: 'Advanced',
					value: 'advanced',
					description: 'Each request is signed, and the key itself is never sent',
				},
				{ name: 'Standard', value: 'standard', description: 'The key is sent with each request' },
			],
			default: 'advanced',
			description: 'The level that was chosen when the key was made',
		},
		{
			displayName: 'Child Tenant ID',
			name: 'childTenantId',
			type: 'string',
			default: '',
			description: 'Managed services only: the child tenant to work in',
		},
		recipientPrivateKey,
		ignoreSslIssues,
		allowPlainHttp,
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signXsiamRequest(credentials, request);
}
