import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { dateFields, recordText } from '../shared/values';
import { epochTime } from '../../../shared/dates';
import { asId } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';

export const AUDIT_TYPES = ['Resource', 'User'] as const;

export type AuditType = (typeof AUDIT_TYPES)[number];

export const DURATIONS = ['TODAY', 'YESTERDAY', 'LAST_7_DAYS'] as const;

export type Duration = (typeof DURATIONS)[number];

interface Wanted {
	type: AuditType;
	duration: Duration;
	most: number;
}

/** `GET /audit`, with plain parameters in the query (fact sheet 8). The order of records is not known. */
export function auditRecords(
	api: Pam360Api,
	{ type, duration, most }: Wanted,
): AsyncGenerator<IDataObject> {
	return api.list({
		path: 'audit',
		query: { AUDITTYPE: type, DURATION: duration },
		rowsOf: (details) => [details ?? []].flat(),
		idOf: (record) => asId(record['Audit ID']),
		noun: 'audit records',
		most,
	});
}

/** One record of the audit trail; keys here are written in mixed case (fact sheet 8). */
export function auditResult(
	record: IDataObject,
	type: AuditType,
	zone: string | undefined,
): Result {
	const { occurredAt, occurredAtServerTime } = dateFields('occurredAt', record['Time Stamp'], zone);
	return {
		item: {
			vendor: 'pam360',
			type: 'auditRecord',
			id: asId(record['Audit ID']),
			auditType: type,
			operationType: recordText(record['Operation Type']),
			occurredAt: epochTime(record.TIME) ?? occurredAt,
			occurredAtServerTime,
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
		},
		raw: record,
	};
}

/** Where a record is about no resource or account, its ID is 0. */
function idOf(value: unknown): string | null {
	const id = asId(recordText(value));
	return id === '0' ? null : id;
}
