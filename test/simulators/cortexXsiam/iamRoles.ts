import { audit } from './audit';
import { type Call, inPath } from './call';
import { iamInvalid } from './errors';
import { fields, refuseUnknownProperties, strings } from './fields';
import {
	datasetGroups,
	isPermission,
	missingParent,
	type Permission,
	permissionTree,
	withImplied,
} from './permissions';
import type { CortexXsiamRole } from './state';

/** GET /platform/iam/v1/role, docs/api/cortex-xsiam.md, "Roles". */
export function listRoles({ context }: Call): object {
	// JSON leaves out what is undefined: permissions are the simulator's own affair.
	const data = context.state.roles.map((one) => ({ ...one, permissions: undefined }));
	return { data, metadata: { total_count: data.length } };
}

/** GET /platform/iam/v1/role/permission-config, docs/api/cortex-xsiam.md, "Roles". */
export const permissionConfig = (): object => ({
	data: { rbac_permissions: permissionTree, datasetGroups },
});

function componentPermissions(value: unknown): Permission[] {
	if (!strings(value) || value.length === 0) throw iamInvalid('component_permissions is missing');
	const unknown = value.find((name) => !isPermission(name));
	if (unknown !== undefined) throw iamInvalid(`Invalid component permission ${unknown}`);
	const parent = missingParent(new Set(value));
	if (parent) throw iamInvalid(`A sub-permission needs its parent permission ${parent}`);
	return [...withImplied(value.filter(isPermission))];
}

function checkDatasets(value: unknown): void {
	if (value === undefined || value === null) return;
	if (!Array.isArray(value)) throw iamInvalid('Invalid dataset_permissions');
	for (const entry of value as unknown[]) {
		const { category, access_all: all, permissions } = fields(entry) ?? {};
		const group = datasetGroups.find((one) => one.dataset_category === category);
		const names = permissions ?? [];
		if (!group || typeof (all ?? false) !== 'boolean' || !strings(names)) {
			throw iamInvalid('Invalid dataset_permissions');
		}
		const unknown = names.find((name) => !group.datasets.includes(name));
		if (unknown !== undefined) throw iamInvalid(`Invalid dataset ${unknown}`);
	}
}

/**
 * POST /platform/iam/v1/role, docs/api/cortex-xsiam.md, "Roles": the new id is in the message alone.
 */
export function createRole(call: Call): object {
	const { context, data, key } = call;
	const { state } = context;
	refuseUnknownProperties(data, [
		'component_permissions',
		'dataset_permissions',
		'pretty_name',
		'description',
	]);
	const { pretty_name: name } = data;
	const description = data.description ?? '';
	if (typeof name !== 'string' || name === '') throw iamInvalid('pretty_name is missing');
	if (typeof description !== 'string') throw iamInvalid('Invalid description');
	const permissions = componentPermissions(data.component_permissions);
	checkDatasets(data.dataset_permissions);
	if (state.roles.some((one) => one.pretty_name === name)) {
		throw iamInvalid(`The role name ${name} is already utilized by another role.`);
	}
	const now = context.now();
	const word = name.toLowerCase().replace(/[^a-z0-9]+/gu, '_');
	const role: CortexXsiamRole = {
		role_id: `${word}_${state.nextNumber}`,
		pretty_name: name,
		description,
		is_custom: true,
		created_by: `Public API - ${key.id}`,
		created_ts: now,
		updated_ts: now,
		permissions,
	};
	state.nextNumber += 1;
	state.roles.push(role);
	auditRole(call, role, 'Create role');
	return { data: { message: `role_id ${role.role_id} created successfully.` } };
}

/** DELETE /platform/iam/v1/role/{role_id}, docs/api/cortex-xsiam.md, "Roles". */
export function deleteRole(call: Call): object {
	const { state } = call.context;
	const id = inPath(call, 'role_id');
	const role = state.roles.find((one) => one.role_id === id);
	if (!role) throw iamInvalid(`role_id ${id} is not valid.`);
	if (!role.is_custom) throw iamInvalid(`role_id ${id} is not a custom role.`);
	const assigned =
		state.users.some((one) => one.role_name === role.pretty_name) ||
		state.userGroups.some((one) => one.role_id === id);
	if (assigned) throw iamInvalid(`role_id ${id} is assigned to a user or a user group.`);
	state.roles.splice(state.roles.indexOf(role), 1);
	auditRole(call, role, 'Delete role');
	return { data: { message: `role_id ${id} deleted successfully.` } };
}

function auditRole(call: Call, role: CortexXsiamRole, subtype: string): void {
	const description = `${subtype} ${role.pretty_name}`;
	audit(call, { entity: 'PERMISSIONS', subtype, description, objectId: role.role_id });
}
