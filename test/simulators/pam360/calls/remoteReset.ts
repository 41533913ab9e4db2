import { accountAt, demandRole, resourceById } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { Failure } from '../failures';

/** Which account resets the passwords: a local one by name, or one of another domain by ids. */
function resetAccount(call: Call): Record<string, string> {
	const { input } = call;
	input.required('ISWINDOMAINLOCAL');
	if (input.boolean('ISWINDOMAINLOCAL')) return { accountName: input.required('ACCOUNTNAME') };
	const { resource, account } = accountAt(
		call,
		input.required('WDRESOURCEID'),
		input.required('WDACCOUNTID'),
	);
	return { resourceId: resource.id, accountId: account.id };
}

/** POST /resources/configureremotepasswordreset, docs/api/pam360.md, "Configuring remote resets". */
export function configureRemotePasswordReset(call: Call): Success {
	const { input } = call;
	demandRole(call, 'manageResources');
	if (input.required('RESOURCETYPE') !== 'WindowsDomain') {
		throw new Failure('Invalid value for RESOURCETYPE.');
	}
	const remotePasswordReset = {
		connectionMode: input.word('CONNECTION_MODE', ['SSL', 'Non SSL'], 'Non SSL'),
		...resetAccount(call),
	};
	const ids = input.ids('RESOURCEIDS');
	if (ids.length === 0) throw new Failure('RESOURCEIDS is missing.');
	const resources = ids.map((id) => {
		const resource = resourceById(call, id);
		if (!resource) throw new Failure('No such resource found');
		if (resource.type !== 'WindowsDomain') throw new Failure('Invalid value for RESOURCEIDS.');
		return resource;
	});
	for (const resource of resources) {
		Object.assign(resource.options, { remotePasswordReset });
		record(call, 'Resource', 'Remote Password Reset Configured', { resource });
	}
	return { message: 'Remote password reset configured successfully' };
}
