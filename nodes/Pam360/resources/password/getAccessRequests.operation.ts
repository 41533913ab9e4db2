import type { IDataObject } from 'n8n-workflow';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { filters } from '../../../shared/param';
import { isText, textFilterParam } from '../../../shared/textFilter';
import { operation } from '../shared/operation';
import { accessRequestResult, accessRequestsIn } from './accessRequestItem';

/**
 * `GET /accounts/passwordaccessrequests`. Source: docs/api/pam360.md, "Requests for access".
 */
export const getAccessRequests = operation({
	name: 'Get Access Requests',
	value: 'getAccessRequests',
	action: 'Get password access requests',
	description: 'List requests for access to passwords, one item for each',
	params: [
		returnAllOrLimit,
		filters(
			textFilterParam(
				{ displayName: 'Requested By', name: 'requestedBy', placeholder: 'e.g. jdoe' },
				'The username of the person who asks',
			),
			textFilterParam(
				{ displayName: 'Status', name: 'status', placeholder: 'e.g. PENDING' },
				'The status of the request, as PAM360 writes it',
			),
		),
	],
	async run(api, { most, filters: { requestedBy, status } }) {
		const reply = await api.read({ path: 'accounts/passwordaccessrequests' });
		const results = accessRequestsIn(reply).map((row) =>
			accessRequestResult(row, api.serverTimeZone),
		);
		const fits = ({ item }: { item: IDataObject }) =>
			isText(requestedBy, item.requestedBy) && isText(status, item.status);
		return first(results.filter(fits), most);
	},
});
