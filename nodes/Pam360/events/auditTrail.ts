import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { PAGE } from '../api/client';
import type { Pam360Api } from '../api/client';
import { DURATIONS, auditRecords, auditResult } from '../resources/audit/auditLog';
import type { AuditType, Duration } from '../resources/audit/auditLog';
import { Failure } from '../../shared/failure';
import { asNumber, asText } from '../../shared/fields';
import type { Result } from '../../shared/operation';

/** A record of the audit trail with what the cursor of a trigger needs. */
export interface TimedRecord {
	id: string;
	/** Epoch milliseconds. */
	time: number;
	result: Result;
}

const HOUR_MS = 3_600_000;

/** By how much the clocks of n8n and PAM360 may differ at a change of the day. */
const CLOCK_MARGIN_MS = HOUR_MS;

/** A day with a change of the clocks can be this short. */
const SHORTEST_DAY_MS = 23 * HOUR_MS;

/**
 * The durations that together hold every record since a time, as far as PAM360 reads back: days are
 * those of the server, and whether the last seven hold today is not documented.
 *
 * @param zone The server's IANA zone; without it no more is known than how long a day is.
 */
export function durationsSince(since: number, now: number, zone: string | undefined): Duration[] {
	const later = now + CLOCK_MARGIN_MS;
	const today =
		zone === undefined ? undefined : DateTime.fromMillis(later, { zone }).startOf('day');
	if (today && since >= today.toMillis()) return ['TODAY'];
	const yesterday = today?.minus({ days: 1 }).toMillis() ?? later - SHORTEST_DAY_MS;
	return since >= yesterday ? ['TODAY', 'YESTERDAY'] : [...DURATIONS];
}

/** Every record of some trails since a time, and some that are older, in any order. */
export async function recordsSince(
	api: Pam360Api,
	types: AuditType[],
	since: number,
): Promise<TimedRecord[]> {
	const records: TimedRecord[] = [];
	for (const duration of durationsSince(since, Date.now(), api.serverTimeZone)) {
		records.push(...(await recordsOf(api, types, duration, since)));
	}
	return records;
}

/**
 * The records of one duration.
 *
 * The order of records is not documented. Where a whole page goes from new to old, those behind it
 * are taken to be older still, and reading ends at what is older than `since`.
 */
export async function recordsOf(
	api: Pam360Api,
	types: AuditType[],
	duration: Duration,
	since: number,
): Promise<TimedRecord[]> {
	const records: TimedRecord[] = [];
	for (const type of types) {
		let count = 0;
		let timedCount = 0;
		let previous = Infinity;
		let isNewestFirst = true;
		for await (const record of auditRecords(api, { type, duration, most: Infinity })) {
			count += 1;
			const timed = timedRecord(record, type, api.serverTimeZone);
			if (!timed) continue;
			timedCount += 1;
			records.push(timed);
			isNewestFirst &&= timed.time <= previous;
			previous = timed.time;
			if (isNewestFirst && count >= PAGE && timed.time < since) break;
		}
		if (count > 0 && timedCount === 0) throw timeless();
	}
	return records;
}

/** @returns undefined for a record of which the time cannot be told */
function timedRecord(
	record: IDataObject,
	type: AuditType,
	zone: string | undefined,
): TimedRecord | undefined {
	const result = auditResult(record, type, zone);
	const { id, occurredAt } = result.item;
	const time = asNumber(record.TIME) ?? Date.parse(asText(occurredAt) ?? '');
	if (!Number.isFinite(time)) return undefined;
	return { id: `${type} ${asText(id) ?? JSON.stringify(record)}`, time, result };
}

function timeless(): Failure {
	return new Failure('The audit records of PAM360 have no time that can be read', {
		kind: 'unusable',
		description:
			"The trigger needs the field TIME, or 'Server Time Zone' in the credential and the field 'Time Stamp'.",
	});
}
