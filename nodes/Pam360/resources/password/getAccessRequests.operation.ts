import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
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
			{
				displayName: 'Requested By',
				name: 'requestedBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. jdoe',
				description: 'Only requests of the user with this user name. Compared in the node.',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. PENDING',
				description:
					'Only requests with this status, as PAM360 writes it in any case of letters. Compared in the node.',
			},
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
			(requestedBy === undefined || same(item.requestedBy, requestedBy)) &&
			(status === undefined || same(item.status, status));
		return first(results.filter(fits), most);
	},
});

function same(value: unknown, wanted: string): boolean {
	return String(value).toLowerCase() === wanted.toLowerCase();
}
