import type { INodeProperties } from 'n8n-workflow';

/** Which of the two credential types is used; of node and trigger. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'OAuth2 (Recommended)', value: 'oAuth2' },
		{ name: 'OAuth1', value: 'oAuth1' },
	],
	default: 'oAuth2',
};
