import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { signXsiamRequest } from '../nodes/CortexXsiam/api/signing';
import { allowPlainHttp, ignoreSslIssues } from '../nodes/shared/tls';

export class CortexXsiamApi implements ICredentialType {
	name = 'cortexXsiamApi';

	displayName = 'Cortex XSIAM API';

	icon: Icon = {
		light: 'file:../icons/cortexXsiam.svg',
		dark: 'file:../icons/cortexXsiam.dark.svg',
	};

	documentationUrl = 'https://github.com/privileged-keys/n8n-nodes-privileged-keys#cortex-xsiam';

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
		ignoreSslIssues,
		allowPlainHttp,
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signXsiamRequest(credentials, request);

	// n8n's credential test compares values and runs no code: `0` is the first character of a text. The
	// type of `rules` knows lists of one kind only; n8n reads mixed ones.
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.url}}', url: '/public_api/v1/healthcheck' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Cortex XSIAM does not accept the API key. Check that the ID belongs to the key, that the key is complete, that the security level is the one it was made with, and that it has not expired or been deleted.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key is valid but its role does not permit the call. With a child tenant, check its ID.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The address is not that of the API. Use "Copy API URL" on the page of API keys.',
				},
			},
			...[301, 302, 307, 308].map((value) => ({
				type: 'responseCode',
				properties: {
					value,
					message:
						'The address redirects to another one. Use "Copy API URL" on the page of API keys.',
				},
			})),
			// What is left as a text is no JSON; a page may begin with white space.
			...['<', '\n', '\r', ' '].map((value) => ({
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value,
					message:
						'A web page came back instead of the API. Use "Copy API URL" on the page of API keys; the address starts with "api-".',
				},
			})),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'length',
					value: 0,
					message: 'The server answered with nothing. Check the URL, and proxies in between.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
