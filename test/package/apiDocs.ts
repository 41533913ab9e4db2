import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The pages that say what is known of a vendor's API. */
export const API_PAGES = ['pam360', 'cortex-xsiam', 'senhasegura'] as const;
export type ApiPage = (typeof API_PAGES)[number];

export function apiPage(name: ApiPage): string {
	return readFileSync(join(ROOT, 'docs/api', `${name}.md`), 'utf8');
}

/** The headings of a page below its title, in their order. */
export function headings(page: string): string[] {
	return [...page.matchAll(/^#{2,4} (.+)$/gm)].map(([, heading]) => heading ?? '');
}

/** What GitHub makes of a heading: the part of an address behind `#`. */
export function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
}

/** A text with its comments' lines put together, so that a sentence can be looked for. */
export function inOneLine(text: string): string {
	return text
		.replace(/\\"/g, '"')
		.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ')
		.replace(/ +/g, ' ');
}

export interface Pointer {
	page: string;
	section: string;
}

const POINTER = /docs\/api\/([\w-]+)\.md((?:,| and)? ?(?:"[^"]+"(?:, | and )?)+)?/g;

/** Every `docs/api/<page>.md, "Section"` of a text; a page that is named alone has the section ''. */
export function pointers(text: string): Pointer[] {
	return [...inOneLine(text).matchAll(POINTER)].flatMap(([, page = '', named = '']) => {
		const sections = [...named.matchAll(/"([^"]+)"/g)].map(([, section = '']) => section);
		return (sections.length > 0 ? sections : ['']).map((section) => ({ page, section }));
	});
}

export interface CallRow {
	call: string;
	section: string;
	built: string;
}

/** The rows of the last table of a page: every call that is known. */
export function callRows(page: string): CallRow[] {
	const [, table = ''] = /^## Every call$([\s\S]*?)^## /m.exec(page) ?? [];
	return table
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) => line.slice(1, -1).split(' | '))
		.map(([call = '', section = '', built = '']) => ({
			call: call.trim(),
			section: section.trim(),
			built: built.trim(),
		}))
		.filter(({ call }) => call !== 'Call');
}

/** The operations that a row names, as `Resource: Operation`. */
export function builtBy({ built }: CallRow): string[] {
	return [...built.matchAll(/\*\*([^*]+)\*\*/g)].map(([, operation]) => operation ?? '');
}
