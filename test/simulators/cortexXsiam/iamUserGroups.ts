import { randomUUID } from 'node:crypto';
import { audit } from './audit';
import { type Call, type Context, inPath } from './call';
import { iamInvalid } from './errors';
import { type Fields, isText, refuseUnknownProperties, strings } from './fields';
import type { CortexXsiamUserGroup } from './state';

function shown(group: CortexXsiamUserGroup, { state }: Context): object {
	const { nested_group_ids: nested, ...rest } = group;
	const role = state.roles.find((one) => one.role_id === group.role_id);
	return {
		...rest,
		pretty_role_name: role?.pretty_name ?? null,
		nested_groups: state.userGroups
			.filter((one) => nested.includes(one.group_id))
			.map(({ group_id, group_name }) => ({ group_id, group_name })),
	};
}

/** GET /platform/iam/v1/user-group, docs/api/cortex-xsiam.md, "User groups". */
export function listUserGroups({ context }: Call): object {
	const data = context.state.userGroups.map((group) => shown(group, context));
	return { data, metadata: { total_count: data.length } };
}

const names = ['group_name', 'role_id', 'description', 'users', 'nested_group_ids', 'idp_groups'];

type Changes = Partial<
	Pick<
		CortexXsiamUserGroup,
		'group_name' | 'role_id' | 'description' | 'users' | 'nested_group_ids' | 'idp_groups'
	>
>;

function text(data: Fields, name: string): string | undefined {
	const value = data[name] ?? undefined;
	if (value !== undefined && !isText(value)) throw iamInvalid(`Invalid ${name}`);
	return value;
}

/** A list whose entries must all be known; `known` absent: any will do. */
function list(data: Fields, name: string, known?: Array<string | undefined>) {
	const value = data[name] ?? undefined;
	if (value === undefined) return undefined;
	if (!strings(value)) throw iamInvalid(`Invalid ${name}`);
	const unknown = known && value.find((one) => !known.includes(one));
	if (unknown !== undefined) throw iamInvalid(`Invalid ${name}: ${unknown}`);
	return value;
}

/**
 * What a body changes: only what is in it and not `null`; an empty text or list clears
 * (docs/api/cortex-xsiam.md, "User groups").
 */
function changesOf({ context, data }: Call, own?: CortexXsiamUserGroup): Changes {
	const { state } = context;
	refuseUnknownProperties(data, names);
	const changes: Changes = {};
	const name = text(data, 'group_name');
	if (name === '') throw iamInvalid('group_name is empty');
	if (state.userGroups.some((one) => one.group_name === name && one !== own)) {
		throw iamInvalid(`This user group name is already being used in the tenant for ${name}.`);
	}
	const role = text(data, 'role_id');
	if (role && !state.roles.some((one) => one.role_id === role)) {
		throw iamInvalid(`Invalid role_id: ${role}`);
	}
	const description = text(data, 'description');
	const users = list(
		data,
		'users',
		state.users.map((one) => one.user_email),
	);
	const nested = list(
		data,
		'nested_group_ids',
		state.userGroups.filter((one) => one !== own).map((one) => one.group_id),
	);
	const idp = list(data, 'idp_groups');
	if (name !== undefined) changes.group_name = name;
	if (role !== undefined) changes.role_id = role || null;
	if (description !== undefined) changes.description = description || null;
	if (users) changes.users = users;
	if (nested) changes.nested_group_ids = nested;
	if (idp) changes.idp_groups = idp;
	return changes;
}

/**
 * POST /platform/iam/v1/user-group, docs/api/cortex-xsiam.md, "User groups": the new id is in the
 * message alone.
 */
export function createUserGroup(call: Call): object {
	const { context, key } = call;
	const { settings, state } = context;
	const changes = changesOf(call);
	if (changes.group_name === undefined) throw iamInvalid('group_name is missing');
	const now = context.now();
	const number = state.nextNumber;
	state.nextNumber += 1;
	const group: CortexXsiamUserGroup = {
		group_id: settings.userGroupIds === 'string' ? `${randomUUID()}_${number}` : String(number),
		group_name: changes.group_name,
		description: null,
		role_id: null,
		created_by: `Public API - ${key.id}`,
		created_ts: now,
		updated_ts: now,
		users: [],
		group_type: 'custom',
		nested_group_ids: [],
		idp_groups: [],
		...changes,
	};
	state.userGroups.push(group);
	return done(call, group, 'created');
}

/** Refuses a group that is not there in the vendor's words, which name the tenant. */
function groupInPath(call: Call): CortexXsiamUserGroup {
	const id = inPath(call, 'group_id');
	const group = call.context.state.userGroups.find((one) => one.group_id === id);
	if (!group) throw iamInvalid(`Could not find group for ['${id}'] in tenant: simulated_tenant`);
	return group;
}

/** PATCH /platform/iam/v1/user-group/{group_id}, docs/api/cortex-xsiam.md, "User groups". */
export function patchUserGroup(call: Call): object {
	const group = groupInPath(call);
	Object.assign(group, changesOf(call, group), { updated_ts: call.context.now() });
	return done(call, group, 'updated');
}

/** DELETE /platform/iam/v1/user-group/{group_id}, docs/api/cortex-xsiam.md, "User groups". */
export function deleteUserGroup(call: Call): object {
	const { state } = call.context;
	const group = groupInPath(call);
	state.userGroups.splice(state.userGroups.indexOf(group), 1);
	for (const other of state.userGroups) {
		other.nested_group_ids = other.nested_group_ids.filter((id) => id !== group.group_id);
	}
	state.scopes.delete(`user-group/${group.group_id}`);
	return done(call, group, 'deleted');
}

function done(call: Call, group: CortexXsiamUserGroup, what: string): object {
	const { group_id: id, group_name: name } = group;
	const description = `User group ${name} ${what}`;
	audit(call, { entity: 'PERMISSIONS', subtype: 'User group', description, objectId: id });
	return { data: { message: `user group with group id ${id} ${what} successfully` } };
}
