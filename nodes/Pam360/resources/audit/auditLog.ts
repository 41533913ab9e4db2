import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { serverTime } from '../../api/dates';
import { orElse, recordId, recordText, said } from '../shared/recordValues';
import { epochTime, readDate } from '../../../shared/dates';
import { asId, recordsIn } from '../../../shared/read';
import { readWith, unread } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';

/** What the trail is read back by, the shortest first. */
export const DURATIONS = ['TODAY', 'YESTERDAY', 'LAST_7_DAYS'] as const;

export type Duration = (typeof DURATIONS)[number];

interface Wanted {
	/** `Resource`, `User` or another trail that the server has. */
	type: string;
	/** One of `DURATIONS`, or another that the server takes. */
	duration: string;
	most: number;
}

/**
 * `GET /audit`, with plain parameters in the query (docs/api/pam360.md, "Audit"). The order of records
 * is not known.
 */
export function auditRecords(
	api: Pam360Api,
	{ type, duration, most }: Wanted,
): AsyncGenerator<IDataObject> {
	return api.list({
		path: 'audit',
		query: { AUDITTYPE: type, DURATION: duration },
		rowsOf: recordsIn,
		idOf: (record) => asId(record['Audit ID']),
		noun: 'audit records',
		most,
	});
}

/** One record of the audit trail; keys here are written in mixed case (docs/api/pam360.md, "Audit"). */
export function auditResult(record: IDataObject, type: string, zone: string | undefined): Result {
	const stamp = said(record['Time Stamp']);
	const written = serverTime(stamp, zone);
	return {
		item: item('auditRecord', {
			id: recordId(record['Audit ID']),
			auditType: type,
			operationType: recordText(record['Operation Type']),
			occurredAt: orElse(readWith(instantOf, said(record.TIME)), written?.time),
			occurredAtServerTime: written ? written.serverTime : unread(stamp),
			operatedBy: recordText(record['Operated by']),
			ipAddress: recordText(record['IP Address']),
			clientType: recordText(record['Client Type']),
			resourceId: idOf(record['Resource ID']),
			resourceName: recordText(record['Resource Name']),
			accountId: idOf(record['User Account ID']),
			accountName: recordText(record['User Account']),
			userName: recordText(record['User Name']),
			userFullName: recordText(record["User's Full Name"]),
			reason: recordText(record.Reason),
			ticketId: recordText(record['Ticket ID']),
		}),
		raw: record,
	};
}

function instantOf(value: unknown): string | null {
	return epochTime(readDate(value, ['epoch'])?.instant);
}

/** Where a record is about no resource or account, its ID is 0. */
function idOf(value: unknown) {
	return asId(value) === '0' ? null : recordId(value);
}
