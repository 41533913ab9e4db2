import type { IDataObject } from 'n8n-workflow';
import { readItem } from './key';
import type { Key } from './key';
import { RISKS, byGravity, groupBy, judge } from './risks';
import type { JudgedKey, Limits, Risk } from './risks';

export interface Settings extends Limits {
	title: string;
	/** What people call vendors and servers; by the name in the items, as it is or in small letters. */
	vendorNames: Map<string, string>;
	/** Of the table in the page; the others are counted below it. */
	maxRows: number;
	/** IANA name; for dates that people read. */
	zone: string;
}

/** All that page, picture and items are made of. */
export interface Report {
	settings: Settings;
	/** Epoch milliseconds. */
	now: number;
	/** The gravest first. */
	keys: JudgedKey[];
	atRisk: number;
	/** Vendors, those with the most keys first. */
	vendors: Vendor[];
	risks: Array<{ risk: Risk; keys: number }>;
	/** What earlier steps could not read: without it the inventory is not complete. */
	notRead: string[];
	/** Items that are no keys, by type. */
	others: Map<string, number>;
	/** Keys with one ID that may be one, or keys of several servers: each is counted. */
	unclear: Key[];
}

export interface Vendor {
	/** As in the items. */
	value: string;
	name: string;
	keys: number;
	atRisk: number;
	/** As in the items; null for keys that do not say it. */
	servers: Array<string | null>;
}

/**
 * @param items What lists of keys gave.
 * @param now Epoch milliseconds.
 */
export function reportOf(items: IDataObject[], settings: Settings, now: number): Report {
	const found: Key[] = [];
	const notRead: string[] = [];
	const others = new Map<string, number>();
	items.forEach((json, index) => {
		const read = readItem(json, index, now);
		if (read.kind === 'keys') found.push(...read.keys);
		if (read.kind === 'failure') notRead.push(read.message);
		if (read.kind === 'other') others.set(read.type, (others.get(read.type) ?? 0) + 1);
	});
	const { keys: each, unclear } = once(found);
	const keys = byGravity(judge(each, settings));
	const isAtRisk = ({ risks }: JudgedKey) => risks.length > 0;
	const values = [...new Set(keys.map(({ vendor }) => vendor))];
	const vendors = values.map((value) => {
		const own = keys.filter(({ vendor }) => vendor === value);
		const name = calledAs(settings, value);
		return {
			value,
			name,
			keys: own.length,
			atRisk: own.filter(isAtRisk).length,
			servers: [...new Set(own.map(({ server }) => server))],
		};
	});
	return {
		settings,
		now,
		keys,
		atRisk: keys.filter(isAtRisk).length,
		vendors: vendors.sort((a, b) => b.keys - a.keys || a.name.localeCompare(b.name)),
		risks: RISKS.map((risk) => ({
			risk,
			keys: keys.filter(({ risks }) => risks.includes(risk)).length,
		})),
		notRead: [...new Set(notRead)],
		others,
		unclear,
	};
}

/** What people call a vendor or a server. */
export function calledAs({ vendorNames }: Settings, value: string): string {
	return vendorNames.get(value) ?? vendorNames.get(value.toLowerCase()) ?? value;
}

/** Each key once: two lists may have it, and each may know what the other does not. */
function once(rows: Key[]): { keys: Key[]; unclear: Key[] } {
	const groups = [...groupBy(rows, sameId).values()].map(apart);
	const isUnclear = (keys: Key[]) => keys.length > 1 && keys.some(({ server }) => server === null);
	return {
		keys: [...rows.filter((row) => sameId(row) === undefined), ...groups.flat()],
		unclear: groups.filter(isUnclear).flat(),
	};
}

/** The same for items that may be one key; undefined where nothing tells that two are one. */
function sameId({ vendor, type, id, resource, fingerprint, name, place }: Key): string | undefined {
	if (id === null && fingerprint === null) return undefined;
	const own = id === null ? [fingerprint, name] : [id];
	// Accounts of two resources may have one ID.
	return JSON.stringify([vendor, type, ...own, type === 'account' && (resource ?? place)]);
}

/** What two items of one key agree in where they do not name its server. */
const FACTS = ['name', 'place', 'owner', 'created'] as const;

/** The keys that bear one ID: an item that fits none of them, or several, is a key of its own. */
function apart(rows: Key[]): Key[] {
	const known: Key[][] = [];
	const told = (key: Key) => FACTS.filter((fact) => key[fact] !== null).length;
	const bySaying = [...rows].sort(
		(a, b) => Number(a.server === null) - Number(b.server === null) || told(b) - told(a),
	);
	for (const row of bySaying) {
		const [one, ...others] = known.filter((same) => same.every((other) => mayBeOne(row, other)));
		if (one && others.length === 0) one.push(row);
		else known.push([row]);
	}
	return known.map((same) => same.sort((a, b) => a.item - b.item).reduce(merged));
}

function mayBeOne(one: Key, other: Key): boolean {
	if (one.server !== null && other.server !== null) return one.server === other.server;
	return FACTS.every(
		(fact) => one[fact] === null || other[fact] === null || one[fact] === other[fact],
	);
}

function merged(first: Key, second: Key): Key {
	const told = Object.entries(second).filter(([, value]) => value !== null);
	const both = { ...first, ...Object.fromEntries(told), item: first.item } as Key;
	if (both.expiresAt !== null) both.neverExpires = false;
	const isUnfinished = [first, second].some(({ rotation }) => rotation === 'unfinished');
	return isUnfinished ? { ...both, rotation: 'unfinished' } : both;
}
