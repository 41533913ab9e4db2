import { demandRole, resourceOf, visibleAccounts, visibleResources } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { listing } from '../envelope';
import { Failure } from '../failures';
import { generatePassword } from '../generate';
import { pageOf, searchOf, viewOf } from '../lists';
import {
	mergedCustomFields,
	resourceFlags,
	sentCustomFields,
	sentOptions,
	sentOwner,
	sentPolicy,
} from '../options';
import { addPam360Account, addPam360Resource, noShares } from '../seed';
import { applyShare } from '../shares';
import { freshId, type Pam360Resource } from '../state';

/** GET /resources, docs/api/pam360.md, "Listing resources". */
export function getResources(call: Call): Success {
	const { settings, input } = call;
	const inView = viewOf(input);
	const search = searchOf(call, input);
	const found = visibleResources(call).filter((resource) => {
		if (inView && !visibleAccounts(call, resource).some((one) => inView(resource, one)))
			return false;
		if (!search || search.resource(resource)) return true;
		return visibleAccounts(call, resource).some((one) => search.account(one));
	});
	const rows = pageOf(call, found, input).map((resource) => ({
		'RESOURCE DESCRIPTION': resource.description,
		'RESOURCE TYPE': resource.type,
		'RESOURCE ID': resource.id,
		'RESOURCE NAME': resource.name,
		NOOFACCOUNTS: String(visibleAccounts(call, resource).length),
	}));
	return listing(settings, 'Resources fetched successfully', rows, found.length);
}

/** RESOURCETYPE by name, in an edit RESOURCETYPEID, too; `fallback` where neither was sent. */
function sentType({ input, state }: Call, fallback: string): string {
	const id = input.text('RESOURCETYPEID');
	const name = input.text('RESOURCETYPE') || fallback;
	const found = state.resourceTypes.find((type) =>
		id === '' ? type['RESOURCE TYPE'] === name : type['RESOURCE TYPE ID'] === id,
	);
	if (!found) throw new Failure('No such resource type found');
	return found['RESOURCE TYPE'] ?? name;
}

function demandFreeName({ state }: Call, name: string): void {
	if (state.resources.some((resource) => resource.name === name)) {
		throw new Failure(`Resource ${name} already exists.`);
	}
}

/** Fields that an edit empties where it sends them empty. */
const descriptive = {
	LOCATION: 'location',
	DNSNAME: 'dnsName',
	DEPARTMENT: 'department',
	RESOURCEURL: 'url',
	RESOURCEDESCRIPTION: 'description',
	DOMAINNAME: 'domainName',
} as const;

function sentTexts({ input }: Call): Partial<Pam360Resource> {
	const texts: Partial<Pam360Resource> = {};
	for (const [name, key] of Object.entries(descriptive)) {
		if (input.sent(name)) texts[key] = input.text(name);
	}
	return texts;
}

/** `"https://localhost"` when a resource is created, `true` when it is edited. */
function recordedUrl({ input }: Call): Record<string, unknown> {
	const value = input.raw('RECORD_CONFIGURED_RESOURCE_URL');
	return value === undefined ? {} : { RECORD_CONFIGURED_RESOURCE_URL: value };
}

function addToGroup({ state, user }: Call, name: string, resourceId: string): void {
	const found = state.resourceGroups.find((group) => group.name === name);
	if (found) found.resourceIds.add(resourceId);
	else {
		state.resourceGroups.push({
			id: freshId(state),
			name,
			description: '',
			ownerId: user.id,
			type: 'static',
			resourceIds: new Set([resourceId]),
			...noShares(),
		});
	}
}

/**
 * POST /resources, docs/api/pam360.md, "Creating a resource": a resource, and its first account where
 * one is named.
 */
export function createResource(call: Call): Success {
	const { input, settings, state, user } = call;
	demandRole(call, 'manageResources');
	const name = input.required('RESOURCENAME');
	demandFreeName(call, name);
	const fields = {
		name,
		type: sentType(call, state.defaultResourceType),
		...sentTexts(call),
		policy: sentPolicy(input, 'RESOURCEPASSWORDPOLICY', 'Strong'),
		owner: sentOwner(call, input, user.userName),
		organization: call.orgName ?? state.ownOrganization,
		options: {
			...sentOptions(input, resourceFlags, ['SAP_USER_TYPE']),
			...recordedUrl(call),
		},
	};
	const accountName = input.text('ACCOUNTNAME');
	const policy = sentPolicy(input, 'ACCOUNTPASSWORDPOLICY', 'Strong');
	const first = {
		name: accountName,
		password: input.text('PASSWORD') || generatePassword(policy),
		description: input.text('NOTES'),
		policy,
	};
	const { customColumns } = state;
	const customFields = sentCustomFields(input, 'RESOURCECUSTOMFIELD', customColumns.resource);
	const ofAccount = sentCustomFields(input, 'ACCOUNTCUSTOMFIELD', customColumns.account);
	const group = input.text('RESOURCEGROUPNAME');

	const resource = addPam360Resource(state, { ...fields, customFields });
	record(call, 'Resource', 'Resource Added', { resource });
	if (accountName !== '') {
		const account = addPam360Account(state, resource, { ...first, customFields: ofAccount });
		record(call, 'Resource', 'Account Added', { resource, account });
	}
	if (group !== '') addToGroup(call, group, resource.id);
	return {
		message: `Resource ${name} has been added successfully`,
		...(settings.createdResourceIdKey !== null && {
			details: { [settings.createdResourceIdKey]: resource.id },
		}),
	};
}

/**
 * PUT /resources/{RESOURCEID}, docs/api/pam360.md, "Changing a resource"; the two spaces of the answer
 * are real.
 */
export function editResource(call: Call): Success {
	const { input, state } = call;
	const resource = resourceOf(call, 'modify');
	const name = input.text('RESOURCENAME') || resource.name;
	if (name !== resource.name) demandFreeName(call, name);
	const changes = {
		name,
		type: sentType(call, resource.type),
		...sentTexts(call),
		policy: sentPolicy(input, 'RESOURCEPASSWORDPOLICY', resource.policy),
		owner: sentOwner(call, input, resource.owner),
		options: {
			...resource.options,
			...sentOptions(input, resourceFlags),
			...recordedUrl(call),
		},
		customFields: mergedCustomFields(
			resource.customFields,
			sentCustomFields(input, 'RESOURCECUSTOMFIELD', state.customColumns.resource),
		),
	};
	Object.assign(resource, changes);
	record(call, 'Resource', 'Resource Modified', { resource });
	return { message: 'Resource  modified successfully.' };
}

/** DELETE /resources/{RESOURCEID}, docs/api/pam360.md, "Deleting a resource". */
export function deleteResource(call: Call): Success {
	const { settings, state } = call;
	const resource = resourceOf(call, 'fullaccess');
	state.resources.splice(state.resources.indexOf(resource), 1);
	if (settings.deleteToTrash) state.trash.push({ type: 'resource', resource });
	record(call, 'Resource', 'Resource Deleted', { resource });
	return { message: 'Resource deleted successfully' };
}

/** PUT /resources/{RESOURCEID}/share, docs/api/pam360.md, "Sharing a resource". */
export function shareResource(call: Call): Success {
	const resource = resourceOf(call, 'fullaccess');
	const { with: user, accessType } = applyShare(call, resource);
	const what = accessType === 'revoke' ? 'Resource Share Revoked' : 'Resource Shared';
	record(call, 'Resource', what, { resource, ...(user && { user }) });
	return { message: 'Resource share updated successfully' };
}
