import { DateTime } from 'luxon';
import type { Key } from './key';
import type { JudgedKey } from './risks';
import { calledAs } from './report';
import type { Report, Vendor } from './report';

/** A text as it may stand in HTML and XML, between tags and in attributes. */
export function escaped(text: string): string {
	return (
		text
			// XML has no way to write these; half a surrogate pair is no character.
			.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
			// They would turn the text around them.
			.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('>', '&gt;')
			.replaceAll('"', '&quot;')
			.replaceAll("'", '&#39;')
	);
}

/**
 * A text cut to the room of so many letters, in whole characters; one of East Asia takes the room of two.
 */
export function shortened(text: string, most: number): string {
	const characters = [...text];
	const end = (room: number) => characters.findIndex((one) => (room -= one < '\u2e80' ? 1 : 2) < 0);
	return end(most) < 0 ? text : `${characters.slice(0, end(most - 1)).join('')}…`;
}

export function dateOf(iso: string | number, zone: string): string {
	const time = typeof iso === 'number' ? DateTime.fromMillis(iso) : DateTime.fromISO(iso);
	return time.setZone(zone).toFormat('yyyy-MM-dd');
}

export function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** How many keys there are, and how many have a risk. */
export function summaryOf({ keys, atRisk }: Report): string {
	if (keys.length === 0) return 'No keys';
	return `${count(keys.length, 'key')}, ${atRisk === 0 ? 'none' : atRisk} at risk`;
}

/** In letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * A vendor, how many servers its keys are from where there are several, and how many keys they are. The
 * name is cut where all of it is too long.
 */
export function vendorText({ name, servers, keys, atRisk }: Vendor, most: number): string {
	const known = servers.filter((server) => server !== null).length;
	const several = known > 1 ? ` (${known} servers)` : '';
	const risk = atRisk === 0 ? '' : `, ${atRisk} at risk`;
	// Numbers behind such a name would stand before it.
	const end = `${RIGHT_TO_LEFT.test(name) ? '\u200e' : ''}${several}: ${count(keys, 'key')}${risk}`;
	return shortened(name, most - end.length) + end;
}

/** The server of a key where those of its vendor are from several. */
export function serverText({ vendor, server }: JudgedKey, { vendors, settings }: Report): string {
	const { servers = [] } = vendors.find(({ value }) => value === vendor) ?? {};
	if (servers.length < 2) return '';
	return server === null ? 'server not told' : calledAs(settings, server);
}

/** What keys are called by: `apiKey 5`. */
export function idsOf(keys: Key[]): string[] {
	return keys.map(({ type, id, name, fingerprint }) => `${type} ${id ?? name ?? fingerprint}`);
}

/** Lists that could not be read: a step that fails for each of its items would fill the page. */
const MOST_NAMED = 5;

/** What makes the report less than complete, or less than clear, in whole sentences. */
export function gapsOf({ notRead, others, unclear }: Report): string[] {
	const strangers = [...others.values()].reduce((sum, number) => sum + number, 0);
	const more = notRead.length - MOST_NAMED;
	return [
		...notRead
			.slice(0, MOST_NAMED)
			.map((message) => `Not complete: a list could not be read. ${message}`),
		...(more > 0 ? [`Not complete: ${count(more, 'more list')} could not be read.`] : []),
		...(strangers > 0
			? [
					`${count(strangers, 'item')} left out, since ${strangers === 1 ? 'it is no key' : 'they are no keys'} (${[...others.keys()].join(', ')}). Give lists of keys, such as the items of 'API Key: Get Many', with Simplify on.`,
				]
			: []),
		...(unclear.length > 0
			? [
					`${count(unclear.length, 'key')} have the ID of another one (${examples(idsOf(unclear))}), and not all of them say which server they are from: all are counted. If a list was read twice, its keys are counted twice. Give lists as this package reads them, with Simplify on, or add the field 'server' to your items.`,
				]
			: []),
	];
}

function examples(names: string[]): string {
	const [...each] = new Set(names);
	return each.length > 3 ? `${each.slice(0, 3).join(', ')} and more` : each.join(', ');
}

export function nameOf({ name, id, type }: JudgedKey): string {
	return name ?? (id === null ? type : `${type} ${id}`);
}

/** What stands below the name: where it is used, and its ID where that is not the name. */
export function detailOf({ name, place, id }: JudgedKey): string {
	return [place, name === null || id === null ? null : `ID ${id}`]
		.filter((part) => part !== null)
		.join(' · ');
}

export function ageText({ ageDays }: JudgedKey): string {
	return ageDays === null ? 'unknown' : count(ageDays, 'day');
}

export function expiryText({ daysLeft, neverExpires }: JudgedKey): string {
	if (daysLeft === null) return neverExpires === true ? 'never' : 'not told';
	return daysLeft < 0 ? 'expired' : count(daysLeft, 'day');
}

export const ROTATION_TEXTS = {
	automatic: 'by the vault',
	due: 'due',
	none: 'not due',
	unfinished: 'unfinished',
} as const;

export function rotationText({ rotation }: JudgedKey): string {
	return rotation === null ? 'not told' : ROTATION_TEXTS[rotation];
}
