import { resourceByName, visibleAccounts } from '../access';
import { type Call, queryParam, type Success } from '../call';
import { listing } from '../envelope';
import { Failure } from '../failures';

/** GET /resources/resourcename/{name}, docs/api/pam360.md, "Looking up a resource". */
export function getResourceId(call: Call): Success {
	const resource = resourceByName(call, call.params.name ?? '');
	if (!resource) throw new Failure('No such resource found');
	return {
		message: 'Resource ID fetched successfully for the given resource name.',
		details: { RESOURCEID: resource.id },
	};
}

function idsByNames(call: Call, resourceName: string, accountName: string): Success {
	const resource = resourceByName(call, resourceName);
	if (!resource) throw new Failure('No such resource found');
	const account = visibleAccounts(call, resource).find(({ name }) => name === accountName);
	if (!account) throw new Failure('No such account found');
	return {
		message:
			'Resource ID and account ID fetched successfully for the given resource name and account name.',
		details: { ACCOUNTID: account.id, RESOURCEID: resource.id },
	};
}

/**
 * GET /resources/getResourceIdAccountId, docs/api/pam360.md, "Looking up a resource and an account".
 */
export function getResourceIdAccountId(call: Call): Success {
	return idsByNames(call, queryParam(call, 'RESOURCENAME'), queryParam(call, 'ACCOUNTNAME'));
}

/**
 * GET /resources/resourcename/{name}/accounts/accountname/{account}, docs/api/pam360.md, "Looking up a
 * resource and an account".
 */
export function getResourceIdAccountIdByPath(call: Call): Success {
	return idsByNames(call, call.params.name ?? '', call.params.account ?? '');
}

/**
 * GET /resources/resourcetypes, docs/api/pam360.md, "Types of resources"; the shape of an item is
 * inferred.
 */
export function getResourceTypes({ application, input, settings, state }: Call): Success {
	const who = settings.resourceTypesNeedInput;
	const needed = who === 'always' || (who === 'fromUsers' && !application);
	if (needed && !input.has('RESOURCETYPE_CONTAINING')) {
		throw new Failure('RESOURCETYPE_CONTAINING is missing.');
	}
	const wanted = [input.raw('RESOURCETYPE_CONTAINING') ?? ''].flat().map((part) => {
		if (typeof part !== 'string') throw new Failure('Invalid value for RESOURCETYPE_CONTAINING.');
		return part.toLowerCase();
	});
	const found = state.resourceTypes.filter((type) =>
		wanted.some((part) => (type['RESOURCE TYPE'] ?? '').toLowerCase().includes(part)),
	);
	return listing(settings, 'Resource types fetched successfully', found);
}
