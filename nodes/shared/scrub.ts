/**
 * Takes secrets out of texts, in whatever form a vendor, a gateway or a library repeats them. The forms are
 * not listed: a text is unescaped, layer by layer, and what is found in one of them is taken out of the
 * text as it stands. All of it takes a time that grows with the length of the text alone.
 */

import { collapsedView, layersOf } from './textLayers';
import type { View } from './textLayers';

export const REDACTED = '[redacted]';

/** What stands where a text was cut off. */
export const CUT = '…';

/** Shorter ones occur within ordinary words: only as a word of their own they are taken for the secret. */
const SHORTEST_PART = 4;

const PEM_PRIVATE_KEY =
	/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g;

/**
 * Takes secrets out of a text that will be shown or stored.
 *
 * @param secrets Values that must not appear, in any of the forms that a text can carry them in.
 */
export function scrub(text: string, secrets: Iterable<string>): string {
	return new Scrubber(secrets).scrub(text);
}

/** The same for many texts. */
export class Scrubber {
	private readonly secrets: string[];

	/** No text that is shorter holds one of them as a whole. */
	private readonly leastLength: number;

	private made?: Forms;

	/** @param shortest Secrets of fewer letters are left alone. */
	constructor(secrets: Iterable<string>, shortest = 1) {
		this.secrets = [...new Set(secrets)].filter(({ length }) => length >= shortest);
		this.leastLength = Math.min(...this.secrets.map(leastLength));
	}

	scrub(text: string): string {
		const open = text.replace(PEM_PRIVATE_KEY, REDACTED);
		if (open.length < this.leastLength && !MAY_BE_CUT.test(open)) return open;
		this.made ??= madeOf(this.secrets);
		const { forms, collapsed } = this.made;
		const found: Range[] = [];
		for (const layer of layersOf(open)) {
			rangesIn(layer, forms, found);
			rangesIn(collapsedView(layer), collapsed, found);
		}
		return without(open, found);
	}

	/** A copy of a value in which no text has a secret; keys are left as they are. */
	scrubAll(value: unknown): unknown {
		if (typeof value === 'string') return this.scrub(value);
		if (Array.isArray(value)) return value.map((entry) => this.scrubAll(entry));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [key, this.scrubAll(entry)]),
		);
	}
}

/** What to look for. */
interface Forms {
	/** As they are or unescaped, the longest first. */
	forms: string[];
	/** The same with each white space as one space. */
	collapsed: string[];
}

function madeOf(secrets: string[]): Forms {
	const forms = longestFirst(secrets.flatMap(formsOf));
	return { forms, collapsed: longestFirst(forms.map(oneLine)) };
}

/** The sign of a cut, or what it can be escaped with. */
const MAY_BE_CUT = /[…\\&%]/;

/** Unescaped and on one line a secret is shorter; one of letters and digits alone is never. */
function leastLength(secret: string): number {
	return /^[a-z\d]+$/iu.test(secret) ? secret.length : 0;
}

/** One line, without what a sentence adds or lacks at its end. */
export function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}

function longestFirst(texts: string[]): string[] {
	const worth = texts.filter((text) => text.length >= SHORTEST_PART || /[\p{L}\p{N}]/u.test(text));
	return [...new Set(worth)].sort((a, b) => b.length - a.length);
}

/** What a secret looks like where every escape is undone, and what cannot be undone. */
function formsOf(secret: string): string[] {
	const plain = layersOf(secret).map(({ text }) => text);
	const bytes = Buffer.from(secret, 'utf8');
	return [
		...plain,
		// Read in another charset.
		...(/[^\0-\x7f]/.test(secret) ? [bytes.toString('latin1')] : []),
		...base64FormsOf(bytes),
	];
}

/** A secret that so few bytes are in is found in many texts. */
const SHORTEST_BYTES = 6;

/** In base64, also in the midst of other bytes: three places within a group of three are possible. */
function base64FormsOf(bytes: Buffer): string[] {
	if (bytes.length < SHORTEST_BYTES) return [];
	return [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const rest = (before + bytes.length) % 3;
		// Letters that other bytes have a part in are left away.
		const first = before === 0 ? 0 : before + 1;
		const end = rest === 0 ? text.length : text.length - 4 + rest;
		const whole = text.slice(first).replace(/=+$/, '');
		return [text.slice(first, end), whole].flatMap((own) => [
			own,
			own.replaceAll('+', '-').replaceAll('/', '_'),
		]);
	});
}

type Range = [number, number];

/** Adds where forms of secrets stand in the text as it came. */
function rangesIn({ text, places }: View, forms: string[], found: Range[]): void {
	const add = (start: number, end: number) => {
		found.push([places?.[start]?.[0] ?? start, places?.[end - 1]?.[1] ?? end]);
	};
	const cuts = [...text.matchAll(/…/g)].map(({ index }) => index);
	for (const form of forms) {
		for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
			const end = at + form.length;
			if (form.length >= SHORTEST_PART || isWord(text, at, end)) add(at, end);
		}
		if (cuts.length === 0) continue;
		const starts = startsOf(form, text);
		for (const cut of cuts) {
			const length = startAt(cut, text, starts);
			if (length > 0) add(cut - length, cut);
		}
	}
}

function isWord(text: string, start: number, end: number): boolean {
	const isPart = (letter: string | undefined) =>
		letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
	return !isPart(text[start - 1]) && !isPart(text[end]);
}

/** Of an escape that was cut in two. */
const LONGEST_ESCAPE = 10;
const CUT_ESCAPE = /(\\[ux]?[0-9a-f]{0,3}|&#?\w{0,8}|%[0-9a-f]?)$/i;

/** How many units before a cut are, but for an escape that was cut in two, the beginning of a form. */
function startAt(cut: number, text: string, starts: Uint32Array): number {
	const whole = starts[cut] ?? 0;
	if (whole >= SHORTEST_PART) return whole;
	const end = text.slice(Math.max(0, cut - LONGEST_ESCAPE), cut);
	const rest = CUT_ESCAPE.exec(end)?.[0].length ?? 0;
	const before = rest === 0 ? 0 : (starts[cut - rest] ?? 0);
	return before >= SHORTEST_PART ? before + rest : 0;
}

/**
 * For each place in a text, how long the longest beginning of a form is that ends there; by the prefix
 * function of Knuth, Morris and Pratt.
 */
function startsOf(form: string, text: string): Uint32Array {
	const back = new Uint32Array(form.length);
	const step = (matched: number, letter: string | undefined) => {
		let length = matched;
		while (length > 0 && (length === form.length || form[length] !== letter)) {
			length = back[length - 1] ?? 0;
		}
		return form[length] === letter ? length + 1 : length;
	};
	for (let at = 1; at < form.length; at++) back[at] = step(back[at - 1] ?? 0, form[at]);
	const starts = new Uint32Array(text.length + 1);
	for (let at = 0; at < text.length; at++) starts[at + 1] = step(starts[at] ?? 0, text[at]);
	return starts;
}

function without(text: string, ranges: Range[]): string {
	let clean = '';
	let at = 0;
	let until = -1;
	for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
		// What overlaps, or follows at once, is one.
		if (start > until) {
			clean += text.slice(at, start) + REDACTED;
			at = end;
		}
		at = Math.max(at, end);
		until = Math.max(until, end);
	}
	return clean + text.slice(at);
}
