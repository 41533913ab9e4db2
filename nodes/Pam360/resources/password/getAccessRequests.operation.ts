import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { isText, textFilter } from '../../../shared/textFilter';
import { accessRequestResult, accessRequestsIn } from './accessRequestItem';

/**
 * `GET /accounts/passwordaccessrequests`. Source: docs/api/pam360.md, "Requests for access".
 */
export const getAccessRequests = operation({
	name: 'Get Access Requests',
	value: 'getAccessRequests',
	action: 'Get password access requests',
	description: 'List requests for access to passwords, one item for each',
	fields: [
		...listFields,
		filters(
			textFilter(
				{ displayName: 'Requested By', name: 'requestedBy', placeholder: 'e.g. jdoe' },
				'The user name of who asks',
			),
			textFilter(
				{ displayName: 'Status', name: 'status', placeholder: 'e.g. PENDING' },
				'The status of the request, as PAM360 writes it',
			),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({ requestedBy: optionalText, status: optionalText }).default({}),
		})
		.transform(mostOf),
	async run(api: Pam360Api, { most, filters: { requestedBy, status } }) {
		const reply = await api.read({ path: 'accounts/passwordaccessrequests' });
		const results = accessRequestsIn(reply).map((row) =>
			accessRequestResult(row, api.serverTimeZone),
		);
		const fits = ({ item }: { item: IDataObject }) =>
			isText(requestedBy, item.requestedBy) && isText(status, item.status);
		return first(results.filter(fits), most);
	},
});
