import type { IDataObject } from 'n8n-workflow';
import { countedRows } from '../../api/rows';
import type { Pam360Reply } from '../../api/envelope';
import { NO_RECORD, asRecord, isSaid, recordsIn } from '../../../shared/read';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import { dateFields, recordId, recordText } from '../shared/recordValues';

/**
 * A request for access to a password, with its requester (docs/api/pam360.md, "Requests for access").
 */
export function accessRequestResult(row: IDataObject, zone: string | undefined): Result {
	return {
		item: item('accessRequest', {
			// PAM360 gives none: a request is known by its password and its requester.
			id: null,
			passwordId: recordId(row['PASSWD ID'] ?? row.PASSWDID),
			resourceName: recordText(row['RESOURCE NAME']),
			accountName: recordText(row['ACCOUNT NAME']),
			requestedBy: recordText(row['REQUESTED BY']),
			requestedByFullName: recordText(row['REQUESTED BY FULLNAME']),
			reason: recordText(row.REASON),
			status: recordText(row.STATUS),
			...dateFields('requestedAt', row['REQUESTED TIME'], zone),
			...dateFields('startsAt', row.START_TIME, zone),
			...dateFields('endsAt', row.END_TIME, zone),
		}),
		raw: row,
	};
}

const WHAT = 'the access requests';

/**
 * PAM360 answers by requester: each request takes over who asked (docs/api/pam360.md, "Requests for
 * access").
 *
 * @throws Failure where requests are counted but not there
 */
export function accessRequestsIn(reply: Pam360Reply): IDataObject[] {
	const requesters = countedRows(recordsIn(reply.details), reply, WHAT);
	const requests = requesters.flatMap((entry) => {
		const record = asRecord(entry);
		const { PASSWORDREQUESTLIST: list, ...requester } = record;
		if (NO_RECORD in requester) return [requester];
		const told = recordsIn(list)?.filter(isSaid);
		if (!told) return isSaid(entry) ? [inOtherForm(record)] : [];
		return told.map((request) => ({ ...requester, ...asRecord(request) }));
	});
	return countedRows(requests, reply, WHAT);
}

/** A requester without a list of requests: a request by itself, or something of which all is kept. */
function inOtherForm(record: IDataObject): IDataObject {
	return record['PASSWD ID'] || record.PASSWDID ? record : { ...record, [NO_RECORD]: record };
}
