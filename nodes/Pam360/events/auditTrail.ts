import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { PAGE } from '../api/calls';
import type { Pam360Api } from '../api/client';
import { DURATIONS, auditRecords, auditResult } from '../resources/audit/auditLog';
import type { Duration } from '../resources/audit/auditLog';
import { HOUR_MS, MINUTE_MS, readDate } from '../../shared/dates';
import { Failure } from '../../shared/failure';
import { asText } from '../../shared/read';
import type { Result } from '../../shared/operation';

/** A record of the audit trail with what the cursor of a trigger needs. */
export interface TimedRecord {
	id: string;
	/** Epoch milliseconds. */
	time: number;
	/** Whether the record itself tells it, whatever the zone of the server. */
	isTold: boolean;
	result: Result;
}

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

/** What was read of the trails. */
export interface Trail {
	/** In any order. */
	records: TimedRecord[];
	/** Of the credential's zone against the records; undefined where there was none to compare with. */
	zoneCheck: ZoneCheck | undefined;
}

/**
 * Every record of some trails since a time, and some that are older.
 *
 * What the server's day is, is told by the credential's zone. As long as no record bears that zone out, as
 * much is read as without one: by a wrong zone, the records around midnight would be lost each night.
 */
export async function recordsSince(api: Pam360Api, types: string[], since: number): Promise<Trail> {
	const now = Date.now();
	const zone = api.serverTimeZone;
	const records: TimedRecord[] = [];
	let zoneCheck: ZoneCheck | undefined;
	let read = 0;
	const readAll = async (durations: Duration[]) => {
		for (const duration of durations.slice(read)) {
			const found = await recordsOf(api, types, duration, since);
			zoneCheck ??= checkOfZone(found, zone);
			records.push(...found);
			read += 1;
		}
	};
	await readAll(durationsSince(since, now, zone));
	if (zoneCheck?.isRight !== true) await readAll(durationsSince(since, now, undefined));
	return { records, zoneCheck };
}

/** The zone in the credential, held against a record, which carries both kinds of time. */
export interface ZoneCheck {
	isRight: boolean;
	/** The offset that the server writes its times with, in minutes; east is positive. */
	offset: number;
}

/** How long the two times of one record may be apart beside the offset: they are of one moment. */
const SAME_MOMENT_MS = 60_000;

/** @returns undefined without a zone, or where no record has both times */
export function checkOfZone(
	records: TimedRecord[],
	zone: string | undefined,
): ZoneCheck | undefined {
	if (zone === undefined) return undefined;
	for (const { result, time, isTold } of records) {
		const { occurredAtServerTime: local } = result.item;
		const written = typeof local === 'string' ? Date.parse(`${local}Z`) : NaN;
		// By the zone itself nothing can be checked.
		if (!isTold || Number.isNaN(written)) continue;
		const offset = Math.round((written - time) / MINUTE_MS);
		const expected = DateTime.fromMillis(time, { zone }).offset;
		return { isRight: Math.abs(offset - expected) * MINUTE_MS <= SAME_MOMENT_MS, offset };
	}
	return undefined;
}

/** What the user should know of a zone that is wrong. */
export function wrongZone(zone: string | undefined, { offset }: ZoneCheck): string {
	const sign = offset < 0 ? '-' : '+';
	const [hours, minutes] = [Math.abs(offset) / 60, Math.abs(offset) % 60].map((part) =>
		String(Math.floor(part)).padStart(2, '0'),
	);
	return `'Server Time Zone' in the credential is ${zone}, but PAM360 writes its times with UTC${sign}${hours}:${minutes}, as its audit records show. The trigger misses no record, but other dates that the node gives with a time zone are wrong by the difference. Set the zone of PAM360's server in the credential.`;
}

/**
 * The records of one duration.
 *
 * The order of records is not documented. Where a whole page goes from new to old, those behind it
 * are taken to be older still, and reading ends at what is older than `since`. A record whose time cannot be
 * read counts as old as the newest one.
 */
export async function recordsOf(
	api: Pam360Api,
	types: string[],
	duration: Duration,
	since: number,
): Promise<TimedRecord[]> {
	const records: TimedRecord[] = [];
	for (const type of types) {
		const untimed: Untimed[] = [];
		let timedCount = 0;
		let newest = -Infinity;
		let previous = Infinity;
		let isNewestFirst = true;
		for await (const record of auditRecords(api, { type, duration, most: Infinity })) {
			const timed = timedRecord(record, type, api.serverTimeZone);
			if (timed.time === undefined) {
				untimed.push(timed);
				continue;
			}
			const { time } = timed;
			timedCount += 1;
			records.push({ ...timed, time });
			newest = Math.max(newest, time);
			isNewestFirst &&= time <= previous;
			previous = time;
			if (isNewestFirst && timedCount + untimed.length >= PAGE && time < since) break;
		}
		if (untimed.length > 0 && timedCount === 0) throw timeless();
		records.push(...untimed.map((record) => ({ ...record, time: newest })));
	}
	return records;
}

type Untimed = Omit<TimedRecord, 'time'> & { time: number | undefined };

function timedRecord(record: IDataObject, type: string, zone: string | undefined): Untimed {
	const result = auditResult(record, type, zone);
	const { id, occurredAt } = result.item;
	const told = readDate(record.TIME, ['epoch'])?.instant ?? undefined;
	const written = Date.parse(asText(occurredAt) ?? '');
	return {
		id: `${type} ${asText(id) ?? JSON.stringify(record)}`,
		time: told ?? (Number.isFinite(written) ? written : undefined),
		isTold: told !== undefined,
		result,
	};
}

function timeless(): Failure {
	return new Failure('The audit records of PAM360 have no time that can be read', {
		kind: 'unusable',
		description:
			"The trigger needs the field TIME, or 'Server Time Zone' in the credential and the field 'Time Stamp'.",
	});
}
