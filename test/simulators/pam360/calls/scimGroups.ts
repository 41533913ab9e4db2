import type { Call, ScimSuccess } from '../call';
import { ScimFailure } from '../failures';
import { scimFilter, scimList, scimSchemas } from '../scim';
import type { Pam360UserGroup } from '../state';

function scimGroup({ state }: Call, group: Pam360UserGroup): object {
	const members = state.users.filter(({ id }) => group.userIds.has(id));
	return {
		schemas: [scimSchemas.group],
		id: group.id,
		displayName: group.name,
		members: members.map(({ id, userName }) => ({ value: id, display: userName })),
		meta: { resourceType: 'Group', location: `/scim/v2/Groups/${group.id}` },
	};
}

/** GET /scim/v2/Groups, docs/api/pam360.md, "SCIM"; the path is inferred. */
export function getScimGroups(call: Call): ScimSuccess {
	const matches = scimFilter<Pam360UserGroup>(call, { displayname: ({ name }) => name });
	const groups = call.state.userGroups.filter(matches);
	return { status: 200, body: scimList(call, groups, (group) => scimGroup(call, group)) };
}

/** GET /scim/v2/Groups/{groupId}, docs/api/pam360.md, "SCIM"; the path is inferred. */
export function getScimGroup(call: Call): ScimSuccess {
	const group = call.state.userGroups.find(({ id }) => id === call.params.groupId);
	if (!group) throw new ScimFailure(404, `Group ${call.params.groupId ?? ''} not found.`);
	return { status: 200, body: scimGroup(call, group) };
}

/** GET /scim/v2/ServiceProviderConfig, docs/api/pam360.md, "SCIM"; RFC 7643 section 5. */
export function getServiceProviderConfig(): ScimSuccess {
	const [yes, no] = [{ supported: true }, { supported: false }];
	return {
		status: 200,
		body: {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
			patch: yes,
			bulk: { ...no, maxOperations: 0, maxPayloadSize: 0 },
			filter: { ...yes, maxResults: 200 },
			changePassword: no,
			sort: no,
			etag: no,
			authenticationSchemes: [
				{ type: 'oauthbearertoken', name: 'AUTHTOKEN', description: 'Token of a REST API user' },
			],
		},
	};
}

const resourceType = (name: string, schema: string, extensions: string[] = []) => ({
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
	id: name,
	name,
	endpoint: `/${name}s`,
	schema,
	schemaExtensions: extensions.map((extension) => ({ schema: extension, required: false })),
});

/** GET /scim/v2/ResourceTypes, docs/api/pam360.md, "SCIM"; RFC 7643 section 6. */
export function getResourceTypeList(call: Call): ScimSuccess {
	const types = [
		resourceType('User', scimSchemas.user, [scimSchemas.domain]),
		resourceType('Group', scimSchemas.group),
	];
	return { status: 200, body: scimList(call, types, (type) => type) };
}

const schema = (id: string, name: string, attributes: string[]) => ({
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
	id,
	name,
	attributes: attributes.map((attribute) => ({ name: attribute })),
});

/** GET /scim/v2/Schemas, docs/api/pam360.md, "SCIM": the attributes by name only. */
export function getSchemaList(call: Call): ScimSuccess {
	const user = ['userName', 'name', 'emails', 'password', 'roles', 'active'];
	const schemas = [
		schema(scimSchemas.user, 'User', user),
		schema(scimSchemas.domain, 'PAM360 domain', ['userType', 'domain']),
		schema(scimSchemas.group, 'Group', ['displayName', 'members']),
	];
	return { status: 200, body: scimList(call, schemas, (one) => one) };
}
