import type { Pam360Api } from '../api/client';
import { accessRequestResult, accessRequestsIn } from '../resources/password/accessRequestItem';
import { triggerEvent } from '../resources/shared/operation';
import { NO_RECORD } from '../../shared/read';
import { newcomers, newestFirst } from '../../shared/watch';

/**
 * `GET /accounts/passwordaccessrequests`. Source: docs/api/pam360.md, "Requests for access".
 */
export const accessRequest = triggerEvent({
	name: 'New Password Access Request',
	value: 'accessRequest',
	action: 'On new password access request',
	description: 'When a user has asked for access to a password',
	params: [],
	async look(api, _, memory) {
		return newcomers(memory, await requests(api));
	},
	async latest(api, _, count) {
		return newestFirst(await requests(api), count);
	},
});

async function requests(api: Pam360Api) {
	const reply = await api.read({ path: 'accounts/passwordaccessrequests' });
	return accessRequestsIn(reply).map((row) => {
		const result = accessRequestResult(row, api.serverTimeZone);
		const { passwordId, requestedBy, resourceName, accountName } = result.item;
		// A request has no ID of its own. Its status, its period and the names of what it is for may
		// change while it is the same one.
		const password = passwordId ?? [resourceName, accountName];
		const parts = NO_RECORD in row ? row : [requestedBy, password, row['REQUESTED TIME']];
		return { id: JSON.stringify(parts), time: orderOf(result.item.requestedAtServerTime), result };
	});
}

/** Good for comparing requests, whatever the server's zone. */
function orderOf(serverTime: unknown): number {
	const time = Date.parse(`${String(serverTime)}Z`);
	return Number.isFinite(time) ? time : 0;
}
