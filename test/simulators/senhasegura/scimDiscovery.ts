export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

/**
 * As the vendor's page claims it, whatever it does (docs/api/senhasegura.md, "SCIM"); numbers are those of
 * the sample in RFC 7643, section 8.5, and the rest is inferred.
 */
export const serviceProviderConfig = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
	patch: { supported: true },
	bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
	filter: { supported: true, maxResults: 200 },
	changePassword: { supported: false },
	sort: { supported: true },
	etag: { supported: true },
	authenticationSchemes: [
		{ type: 'oauthbearertoken', name: 'OAuth Bearer Token', description: 'OAuth 2.0' },
	],
};

export const resourceTypes = [
	{
		schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
		id: 'User',
		name: 'User',
		endpoint: '/Users',
		schema: userSchema,
	},
];

const attribute = (name: string, type: string, required: boolean) => ({
	name,
	type,
	required,
	multiValued: ['emails', 'entitlements', 'groups'].includes(name),
});

export const schemas = [
	{
		id: userSchema,
		name: 'User',
		attributes: [
			attribute('userName', 'string', true),
			attribute('externalId', 'string', true),
			attribute('name', 'complex', true),
			attribute('emails', 'complex', true),
			attribute('entitlements', 'complex', false),
			attribute('groups', 'complex', false),
			attribute('active', 'boolean', false),
		],
	},
];
