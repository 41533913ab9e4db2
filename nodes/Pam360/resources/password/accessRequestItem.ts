import type { IDataObject } from 'n8n-workflow';
import { asId, asList, asObject } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';
import { dateFields, recordText } from '../shared/values';

/** A request for access to a password, with its requester (fact sheet 6.2). */
export function accessRequestResult(row: IDataObject, zone: string | undefined): Result {
	return {
		item: {
			vendor: 'pam360',
			type: 'accessRequest',
			// PAM360 gives none: a request is known by its password and its requester.
			id: null,
			passwordId: asId(row['PASSWD ID'] ?? row.PASSWDID),
			resourceName: recordText(row['RESOURCE NAME']),
			accountName: recordText(row['ACCOUNT NAME']),
			requestedBy: recordText(row['REQUESTED BY']),
			requestedByFullName: recordText(row['REQUESTED BY FULLNAME']),
			reason: recordText(row.REASON),
			status: recordText(row.STATUS),
			...dateFields('requestedAt', row['REQUESTED TIME'], zone),
			...dateFields('startsAt', row.START_TIME, zone),
			...dateFields('endsAt', row.END_TIME, zone),
		},
		raw: row,
	};
}

/** PAM360 answers by requester: each request takes over who asked (fact sheet 6.2). */
export function accessRequestsIn(details: unknown): IDataObject[] {
	return asList(details).flatMap((entry) => {
		const { PASSWORDREQUESTLIST: requests, ...requester } = asObject(entry) ?? {};
		return asList(requests).flatMap((request) => {
			const row = asObject(request);
			return row ? [{ ...requester, ...row }] : [];
		});
	});
}
