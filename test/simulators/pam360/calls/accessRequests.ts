import { accountAlone, resourceById } from '../access';
import { fullName, record } from '../audit';
import type { Call, Success } from '../call';
import { readDate, written } from '../dates';
import { listing } from '../envelope';
import { Failure } from '../failures';
import type { Pam360AccessRequest } from '../state';

/** From when to when: at once and open, or between two dates of the server's zone. */
function wantedPeriod({ input, settings, now }: Call): { start: number; end: number | null } {
	if (input.word('ACCESS', ['now', 'later'], 'now') === 'now') return { start: now(), end: null };
	const [start, end] = ['STARTTIME', 'ENDTIME'].map((name) =>
		readDate(settings, name, input.required(name), 'minute'),
	) as [number, number];
	if (end <= start || end <= now()) throw new Failure('Invalid value for ENDTIME.');
	return { start, end };
}

/** The other resources of a Windows domain that the access is for. */
function selectedResources(call: Call): string[] {
	const { input } = call;
	const option = input.word('RESOURCES_TO_BE_ACCESSED_OPTION', ['1', '2', '3'], '1');
	if (option !== '3') return [];
	const ids = input.ids('SELECTED_RESOURCEIDS');
	if (ids.length === 0) throw new Failure('SELECTED_RESOURCEIDS is missing.');
	if (!ids.every((id) => resourceById(call, id))) throw new Failure('No such resource found');
	return ids;
}

/**
 * POST /accounts/{ACCOUNTID}/requestpassword, docs/api/pam360.md, "Asking for access". There is one
 * request for each account and requester; a new one takes the place of the last. The key of the status
 * is inferred.
 */
export function requestPassword(call: Call): Success {
	const { input, settings, state, user, now } = call;
	const { resource, account } = accountAlone(call);
	const period = wantedPeriod(call);
	if (input.has('REMAINDERTIME')) input.integer('REMAINDERTIME', 0, 1, 59);
	const request: Pam360AccessRequest = {
		userId: user.id,
		accountId: account.id,
		resourceName: resource.name,
		accountName: account.name,
		reason: input.text('REASON'),
		status: settings.newRequestStatus,
		requestedAt: now(),
		...period,
		selectedResourceIds: selectedResources(call),
	};
	const same = (one: Pam360AccessRequest) =>
		one.userId === request.userId && one.accountId === request.accountId;
	state.accessRequests = [...state.accessRequests.filter((one) => !same(one)), request];
	record(call, 'Resource', 'Password Access Requested', {
		resource,
		account,
		reason: request.reason,
	});
	return {
		message: 'Password access request submitted successfully',
		details: { STATUS: request.status },
	};
}

/**
 * GET /accounts/passwordaccessrequests, docs/api/pam360.md, "Requests for access": who may manage users
 * sees all.
 */
export function getAccessRequests(call: Call): Success {
	const { settings, state, user } = call;
	const all = user.superAdministrator || state.roles.get(user.role)?.manageUsers;
	const requests = state.accessRequests.filter(({ userId }) => all || userId === user.id);
	const rows = [...new Set(requests.map(({ userId }) => userId))].map((requester) => {
		const who = state.users.find(({ id }) => id === requester) ?? user;
		const own = requests.filter(({ userId }) => userId === requester);
		return {
			'REQUESTED BY': who.userName,
			'REQUESTED BY FULLNAME': fullName(who),
			PASSWORDREQUESTLIST: own.map((request) => ({
				'PASSWD ID': request.accountId,
				'RESOURCE NAME': request.resourceName,
				'ACCOUNT NAME': request.accountName,
				REASON: request.reason,
				STATUS: request.status,
				'REQUESTED TIME': written(settings, request.requestedAt, 'console'),
				START_TIME: written(settings, request.start, 'console'),
				END_TIME: written(settings, request.end, 'console'),
			})),
		};
	});
	return listing(settings, 'Password access requests fetched successfully', rows);
}
