export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** What docs/api/senhasegura.md, "SCIM" lets infer; the vendor's values were not seen. */
export const serviceProviderConfig = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
	patch: { supported: true },
	bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
	filter: { supported: false, maxResults: 25 },
	changePassword: { supported: false },
	sort: { supported: false },
	etag: { supported: false },
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
