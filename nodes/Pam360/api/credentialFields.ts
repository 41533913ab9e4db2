import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_APP_TYPE } from './token';

/** Whose token the credential has, and the token (docs/api/pam360.md, "Authentication"). */
export const tokenFields: INodeProperties[] = [
	{
		displayName: 'Token Of',
		name: 'tokenType',
		type: 'options',
		options: [
			{
				name: 'API User',
				value: 'apiUser',
				description: 'A user of the type "REST and Application User"',
			},
			{
				name: 'Application',
				value: 'application',
				description: 'A third-party application that PAM360 has been integrated with',
			},
		],
		default: 'apiUser',
		description: 'Whom the token was made for',
	},
	{
		displayName: 'Auth Token',
		name: 'authToken',
		type: 'string',
		typeOptions: { password: true },
		displayOptions: { show: { tokenType: ['apiUser'] } },
		default: '',
		required: true,
		description: 'The token of an API user of the type "REST and Application User"',
	},
	{
		displayName: 'Application Token',
		name: 'appAuthToken',
		type: 'string',
		typeOptions: { password: true },
		displayOptions: { show: { tokenType: ['application'] } },
		default: '',
		required: true,
		description: 'The token that PAM360 shows for the application',
	},
	{
		displayName: 'Application Type',
		name: 'appType',
		type: 'string',
		displayOptions: { show: { tokenType: ['application'] } },
		default: DEFAULT_APP_TYPE,
		required: true,
		description:
			"The number of the kind of application. Which numbers PAM360 takes is not documented; 17 is that of the vendor's own integration with Cortex XSOAR.",
	},
];
