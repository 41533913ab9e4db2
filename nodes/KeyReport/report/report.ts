import type { IDataObject } from 'n8n-workflow';
import { readItem } from './key';
import type { Key } from './key';
import { RISKS, byGravity, judge } from './risks';
import type { JudgedKey, Limits, Risk } from './risks';

export interface Settings extends Limits {
	title: string;
	/** What people call the vendors; by the name in the items. */
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
}

export interface Vendor {
	/** As in the items. */
	value: string;
	name: string;
	keys: number;
	atRisk: number;
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
	const keys = byGravity(judge(once(found), settings));
	const isAtRisk = ({ risks }: JudgedKey) => risks.length > 0;
	const values = [...new Set(keys.map(({ vendor }) => vendor))];
	const vendors = values.map((value) => {
		const own = keys.filter(({ vendor }) => vendor === value);
		const name = settings.vendorNames.get(value) ?? value;
		return { value, name, keys: own.length, atRisk: own.filter(isAtRisk).length };
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
	};
}

/** A key that two lists have is one; each may know what the other does not. */
function once(keys: Key[]): Key[] {
	const known = new Map<string, Key>();
	keys.forEach((key, index) => {
		// Without an ID nothing tells that two are one.
		const name =
			key.id === null ? String(index) : JSON.stringify([key.vendor, key.type, place(key)]);
		const before = known.get(name);
		known.set(name, before ? merged(before, key) : key);
	});
	return [...known.values()];
}

/** Accounts of two resources may have one ID. */
function place({ type, id, place: where }: Key): unknown {
	return type === 'account' ? [id, where] : id;
}

function merged(first: Key, second: Key): Key {
	const told = Object.entries(second).filter(([, value]) => value !== null);
	const both = { ...first, ...Object.fromEntries(told), item: first.item } as Key;
	const isUnfinished = [first, second].some(({ rotation }) => rotation === 'unfinished');
	return isUnfinished ? { ...both, rotation: 'unfinished' } : both;
}
