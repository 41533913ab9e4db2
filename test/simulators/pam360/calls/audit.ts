import type { Call, Success } from '../call';
import { serverTime, written } from '../dates';
import { listing } from '../envelope';
import { Input } from '../input';
import type { Pam360AuditRecord } from '../state';

const durations = ['TODAY', 'YESTERDAY', 'LAST_7_DAYS', ''] as const;

/** Days of the server's zone; `LAST_7_DAYS` is today and the six days before. */
function isWithin({ settings, now }: Call, duration: (typeof durations)[number]) {
	const today = serverTime(settings, now()).startOf('day');
	const from = { TODAY: 0, YESTERDAY: 1, LAST_7_DAYS: 6, '': Infinity }[duration];
	const start = from === Infinity ? -Infinity : today.minus({ days: from }).toMillis();
	const end = duration === 'YESTERDAY' ? today.toMillis() : Infinity;
	return ({ time }: Pam360AuditRecord) => start <= time && time < end;
}

function row({ settings }: Call, record: Pam360AuditRecord): Record<string, string> {
	const { resource, account, user } = record;
	return {
		'Resource Name': resource?.name ?? 'N/A',
		'Operation Type': record.operation,
		'User Account': account?.name ?? 'N/A',
		'User Name': user?.userName ?? 'N/A',
		'Audit ID': record.id,
		'Client Type': 'REST API',
		TIME: String(record.time),
		'User Account ID': account?.id ?? '0',
		Reason: record.reason || 'N/A',
		'Operated by': record.operatedBy,
		'IP Address': record.ipAddress,
		'Resource ID': resource?.id ?? '0',
		'Time Stamp': written(settings, record.time, 'audit'),
		"User's Full Name": user?.fullName ?? 'N/A',
		'Ticket ID': record.ticketId,
	};
}

/** GET /audit, docs/api/pam360.md, "Audit": plain parameters of the query. */
export function getAudit(call: Call): Success {
	const { query, settings, state } = call;
	const input = new Input(Object.fromEntries(query));
	const type = input.word('AUDITTYPE', ['Resource', 'User'], 'Resource');
	const within = isWithin(call, input.word('DURATION', durations, ''));
	const found = state.audit.filter((record) => record.type === type && within(record));
	if (settings.auditOrder === 'newestFirst') found.reverse();
	const first = settings.firstAuditIndex;
	const start = Math.max(0, input.integer('STARTINDEX', first) - first);
	const wanted = input.integer('LIMIT', found.length);
	const page = found.slice(start, start + Math.min(wanted, settings.longestPage ?? wanted));
	const rows = page.map((record) => row(call, record));
	return listing(settings, 'Audits fetched successfully.', rows, found.length);
}
