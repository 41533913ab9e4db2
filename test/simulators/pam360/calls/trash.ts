import { demandRole } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { Failure } from '../failures';
import type { Pam360Trashed } from '../state';

function trashId(trashed: Pam360Trashed): string {
	return trashed.type === 'resource' ? trashed.resource.id : trashed.account.id;
}

/** @throws Failure where something of that name, or no place for it, is there */
function demandPlace({ state }: Call, trashed: Pam360Trashed): void {
	if (trashed.type === 'resource') {
		const { name } = trashed.resource;
		if (!state.resources.some((one) => one.name === name)) return;
		throw new Failure(`Resource ${name} already exists.`);
	}
	const { name } = trashed.account;
	const resource = state.resources.find(({ id }) => id === trashed.resourceId);
	if (!resource) throw new Failure('No such resource found');
	if ([...resource.accounts.values()].some((account) => account.name === name)) {
		throw new Failure(`Account ${name} already exists.`);
	}
}

function restore(call: Call, trashed: Pam360Trashed): void {
	const { state } = call;
	state.trash.splice(state.trash.indexOf(trashed), 1);
	if (trashed.type === 'resource') {
		state.resources.push(trashed.resource);
		record(call, 'Resource', 'Resource Restored', { resource: trashed.resource });
		return;
	}
	const { account } = trashed;
	const resource = state.resources.find(({ id }) => id === trashed.resourceId);
	resource?.accounts.set(account.id, account);
	record(call, 'Resource', 'Account Restored', { resource, account });
}

/**
 * PUT /trash/restore, docs/api/pam360.md, "Trash": all or nothing. A trash id is taken to be the id
 * that the resource or account had.
 */
export function restoreTrash(call: Call): Success {
	const { input, state } = call;
	demandRole(call, 'manageResources');
	input.required('type');
	const type = input.word('type', ['resource', 'account'], 'resource');
	const ids = input.ids('trashIds');
	if (ids.length === 0) throw new Failure('trashIds is missing.');
	const trashed = [...new Set(ids)].map((id) => {
		const found = state.trash.find((one) => one.type === type && trashId(one) === id);
		if (!found) throw new Failure(`No such ${type} found in the trash`);
		demandPlace(call, found);
		return found;
	});
	for (const one of trashed) restore(call, one);
	return { message: `${type === 'resource' ? 'Resource' : 'Account'}(s) restored successfully` };
}
