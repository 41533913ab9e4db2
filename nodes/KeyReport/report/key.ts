import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { DAY_MS } from '../../shared/dates';
import { asBoolean, asId, asList, asNumber, asObject, asText } from '../../shared/read';
import { KEY_TYPES } from '../../shared/keyTypes';

export type RotationState = 'automatic' | 'due' | 'none' | 'unfinished';

/** A key as the report knows it: read from the fields that items of all vendors share. */
export interface Key {
	vendor: string;
	/** Whose ID it is: another server may have the same one. Null where the item does not say it. */
	server: string | null;
	type: string;
	id: string | null;
	/** What people call it. */
	name: string | null;
	/** Where it opens something: `root@web-01`, or the resource that has the account. */
	place: string | null;
	owner: string | null;
	/** Whole days since it was made, or changed last; null where the vendor does not tell. */
	ageDays: number | null;
	/** ISO 8601, in UTC. */
	expiresAt: string | null;
	/** Whole days, negative when it has expired. */
	daysLeft: number | null;
	/** Whether the vendor says that it has no expiry; null where it says nothing. */
	neverExpires: boolean | null;
	rotation: RotationState | null;
	/** Since when that has been so; ISO 8601. */
	rotationSince: string | null;
	/** Keys of one lineage replaced each other; the ID of the first one. */
	lineage: string | null;
	/** What a person has written on it, and what may stand on another key too. */
	comment: string | null;
	/** The ID of the resource that has an account. */
	resource: string | null;
	/** Of SSH keys and certificates, some lists of which give no ID. */
	fingerprint: string | null;
	/** Epoch milliseconds. */
	created: number | null;
	/** Index of the item that it comes from. */
	item: number;
}

/** What is in an item: keys, what an earlier step could not read, or something else. */
export type Read =
	| { kind: 'keys'; keys: Key[] }
	| { kind: 'failure'; message: string }
	| { kind: 'other'; type: string }
	| { kind: 'nothing' };

/** @param now Epoch milliseconds. */
export function readItem(json: IDataObject, item: number, now: number): Read {
	const [vendor, type] = [asText(json.vendor), asText(json.type)];
	if (vendor !== null && type !== null) {
		if (!KEY_TYPES.has(type)) return { kind: 'other', type };
		const keys = Array.isArray(json.liveKeys)
			? membersOf(json).map((member) => readKey(member, item, now))
			: [readKey(json, item, now)];
		return { kind: 'keys', keys };
	}
	if (json.error) return { kind: 'failure', message: failureOf(json) };
	// What 'Always Output Data' makes of an empty list.
	if (Object.keys(json).length === 0) return { kind: 'nothing' };
	return { kind: 'other', type: 'unknown' };
}

/** One for each live key of a lineage. */
function membersOf(lineage: IDataObject): IDataObject[] {
	const type = String(lineage.type).replace(/Lineage$/, '');
	// The lineage's own expiry is that of one of them.
	const common = { ...lineage, type, expired: false, expiresAt: null };
	return asList(lineage.liveKeys).flatMap((entry) => {
		const member = asObject(entry);
		return member ? [{ ...common, ...member }] : [];
	});
}

function readKey(json: IDataObject, item: number, now: number): Key {
	const text = (...names: string[]) => firstOf(names, (name) => asText(json[name])?.trim() ?? null);
	const time = (...names: string[]) => firstOf(names, (name) => instantOf(json, name));
	const [username, hostname] = [text('username'), text('hostname', 'deviceName')];
	const expires = time('expiresAt');
	const isExpired = asBoolean(json.expired);
	return {
		vendor: String(json.vendor),
		server: text('server'),
		type: String(json.type),
		id: asId(json.id),
		name: text('comment', 'identifier', 'commonName', 'keyName', 'name', 'accountName'),
		place:
			hostname === null
				? text('resourceName')
				: [username, hostname].filter((part) => part !== null).join('@'),
		owner: text('createdByName', 'owner', 'createdBy'),
		ageDays: ageOf(json, time('changedAt', 'createdAt', 'validFrom', 'lastModifiedAt'), now),
		expiresAt: expires === null ? null : new Date(expires).toISOString(),
		daysLeft: expires === null ? null : Math.floor((expires + ofItsDay(json) - now) / DAY_MS),
		neverExpires: expires !== null ? false : isExpired === false ? true : null,
		rotation: rotationOf(json),
		rotationSince: isoOf(time('unfinishedSince', 'rotationSince')),
		lineage: asId(json.lineage),
		comment: text('comment'),
		resource: asId(json.resourceId),
		fingerprint: text('fingerprint'),
		created: time('createdAt', 'validFrom'),
		item,
	};
}

/** What expires on a day without a time lasts until the day ends, as in lists and triggers. */
function ofItsDay({ expiresAtServerTime: told }: IDataObject): number {
	return asText(told)?.endsWith('T00:00:00') ? DAY_MS : 0;
}

/** The vendor's own number where it gives one: it knows its clock and what a change was. */
function ageOf(json: IDataObject, since: number | null, now: number): number | null {
	const own = since === null ? null : Math.floor((now - since) / DAY_MS);
	const told = 'ageDays' in json ? asNumber(json.ageDays) : own;
	return told === null ? null : Math.max(0, told);
}

function rotationOf(json: IDataObject): RotationState | null {
	if (json.rotation === 'unfinished' || json.unfinished === true) return 'unfinished';
	if (asBoolean(json.automaticChange) === true) return 'automatic';
	if (json.rotation === 'due' || json.due === true) return 'due';
	return json.rotation === 'none' ? 'none' : null;
}

/**
 * A time of an item: with its offset, or the server's local time, which is off by less than a day.
 *
 * @returns epoch milliseconds
 */
function instantOf(json: IDataObject, name: string): number | null {
	const text = asText(json[name]) ?? asText(json[`${name}ServerTime`]);
	const time = text === null ? NaN : DateTime.fromISO(text, { zone: 'utc' }).toMillis();
	return Number.isFinite(time) ? time : null;
}

function isoOf(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}

function firstOf<Value>(names: string[], read: (name: string) => Value | null): Value | null {
	for (const name of names) {
		const value = read(name);
		if (value !== null) return value;
	}
	return null;
}

function failureOf({ error, message }: IDataObject): string {
	return (
		asText(message) ??
		asText(error) ??
		asText(asObject(error)?.message) ??
		'Its error has no message'
	);
}
