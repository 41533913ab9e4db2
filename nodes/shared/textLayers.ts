/**
 * A text as it is read behind its escapes, layer by layer, with the places where each unit stood in the text
 * as it came.
 */

/** JSON in JSON in a web page, percent-encoded twice: nobody wraps a text more often. */
const MOST_LAYERS = 6;

/** A text, and from where to where each of its units stands in the text as it came. */
export interface View {
	text: string;
	/** Undefined where they are the same. */
	places?: Array<[number, number]>;
}

/**
 * An escape: JSON and the languages around it, web pages, URLs, forms, SQL. Each is bounded, so that a text
 * is gone through once.
 */
const ESCAPE =
	/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\([^\p{L}\p{N}]|[nrtbf])|&#0{0,7}(\d{1,7});?|&#x0{0,7}([0-9a-f]{1,6});?|&([a-z]{2,8}\d{0,2});|((?:%[0-9a-f]{2}){1,64})|''|\+/giu;

/** A text, and what each undoing of its escapes makes of it. */
export function layersOf(text: string): View[] {
	const layers: View[] = [{ text }];
	while (layers.length < MOST_LAYERS) {
		const next = unescaped(layers.at(-1) as View);
		if (!next) break;
		layers.push(next);
	}
	return layers;
}

/** @returns undefined where nothing is escaped */
function unescaped(view: View): View | undefined {
	const { text } = view;
	if (!/[\\&%+]|''/.test(text)) return undefined;
	const made = new Made(view);
	let isChanged = false;
	for (const match of text.matchAll(ESCAPE)) {
		const parts = meaningOf(match);
		if (!parts) continue;
		made.copyTo(match.index);
		for (const [part, length] of parts) made.put(part, length);
		isChanged = true;
	}
	made.copyTo(text.length);
	return isChanged ? made.view : undefined;
}

/** Builds a text out of another one, and keeps in mind where its units came from. */
class Made {
	private readonly texts: string[] = [];

	private readonly places: Array<[number, number]> = [];

	private at = 0;

	constructor(private readonly from: View) {}

	get view(): View {
		return { text: this.texts.join(''), places: this.places };
	}

	copyTo(end: number): void {
		this.texts.push(this.from.text.slice(this.at, end));
		for (let unit = this.at; unit < end; unit++) this.places.push(this.placeOf(unit, unit + 1));
		this.at = end;
	}

	/** @param length How many units of the other text it stands for. */
	put(part: string, length: number): void {
		const place = this.placeOf(this.at, this.at + length);
		this.texts.push(part);
		for (let unit = 0; unit < part.length; unit++) this.places.push(place);
		this.at += length;
	}

	private placeOf(start: number, end: number): [number, number] {
		const { places } = this.from;
		if (!places) return [start, end];
		return [places[start]?.[0] ?? 0, places[end - 1]?.[1] ?? 0];
	}
}

const CONTROLS: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** @returns what an escape stands for, in parts with the length of each; undefined where it is none */
function meaningOf(match: RegExpMatchArray): Array<[string, number]> | undefined {
	const [whole, unicode, hex, single, decimal, hexadecimal, name, percents] = match;
	const as = (text: string): Array<[string, number]> => [[text, whole.length]];
	const code = unicode ?? hex;
	if (code !== undefined) return as(String.fromCharCode(parseInt(code, 16)));
	if (single !== undefined) return as(CONTROLS[single.toLowerCase()] ?? single);
	if (decimal ?? hexadecimal) {
		const point = decimal ? Number(decimal) : parseInt(hexadecimal as string, 16);
		return point <= 0x10ffff ? as(String.fromCodePoint(point)) : undefined;
	}
	if (name !== undefined) {
		const meant = ENTITIES.get(name) ?? ENTITIES.get(name.toLowerCase());
		return meant === undefined ? undefined : as(meant);
	}
	if (percents !== undefined) return percentDecoded(percents);
	return as(whole === '+' ? ' ' : "'");
}

/** Bytes as UTF-8 where they are that, else each as a letter of Latin-1. */
function percentDecoded(percents: string): Array<[string, number]> {
	try {
		return [...decodeURIComponent(percents)].map((letter) => [
			letter,
			3 * Buffer.byteLength(letter, 'utf8'),
		]);
	} catch {
		return percents
			.slice(1)
			.split('%')
			.map((byte) => [String.fromCharCode(parseInt(byte, 16)), 3]);
	}
}

/** The names of Latin-1's upper half (HTML 4, section 24.2), in the order of their codes from 160 on. */
const LATIN_1 =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
		' ',
	);

const ENTITIES = new Map([
	...LATIN_1.map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['euro', '€'],
	['ndash', '–'],
	['mdash', '—'],
	['lsquo', '‘'],
	['rsquo', '’'],
	['ldquo', '“'],
	['rdquo', '”'],
	['bull', '•'],
	['hellip', '…'],
	['trade', '™'],
]);

/** A text with each white space as one space, as sentences have it. */
export function collapsedView(view: View): View {
	const made = new Made(view);
	for (const match of view.text.matchAll(/\s{2,}|[^\S ]/g)) {
		made.copyTo(match.index);
		made.put(' ', match[0].length);
	}
	made.copyTo(view.text.length);
	return made.view;
}
