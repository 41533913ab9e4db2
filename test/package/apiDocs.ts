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

/** What stands below each heading of a page, up to the next one; headings without text are left out. */
export function sections(page: string): Array<{ heading: string; body: string }> {
	return page
		.split(/^#{2,4} /m)
		.slice(1)
		.map((section) => {
			const [heading = '', ...lines] = section.split('\n');
			return { heading, body: lines.join('\n').trim() };
		})
		.filter(({ body }) => body !== '');
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

const POINTER = /docs\/api\/([\w-]+)\.md((?:,| and)? ?(?:"\w[^"]*"(?:, | and )?)+)?/g;

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
	test: string;
}

/** The rows of the last table of a page: every call that is known. */
export function callRows(page: string): CallRow[] {
	const [, table = ''] = /^## Every call$([\s\S]*?)^## /m.exec(page) ?? [];
	return table
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) => line.slice(1, -1).split(' | '))
		.map(([call = '', section = '', built = '', test = '']) => ({
			call: call.trim(),
			section: section.trim(),
			built: built.trim(),
			test: test.trim(),
		}))
		.filter(({ call }) => call !== 'Call');
}

/** The operations that a row names, as `Resource: Operation`. */
export function builtBy({ built }: CallRow): string[] {
	return [...built.matchAll(/\*\*([^*]+)\*\*/g)].map(([, operation]) => operation ?? '');
}

/** The section that a row links to; '' for none. */
export function sectionOf({ section }: CallRow): string {
	return /^\[([^\]]+)\]/.exec(section)?.[1] ?? '';
}

/** The files of tests that a row links to, from the root of the repository. */
export function testsOf({ test }: CallRow): string[] {
	return [...test.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/g)].map(([, file]) => file ?? '');
}

/**
 * The calls of a row, as `POST /public_api/v1/scripts/run_script`, with `{}` for what a path leaves open; a
 * list in braces stands for several calls.
 *
 * @param base Of paths without a beginning.
 */
export function callsOf({ call }: CallRow, base: string): string[] {
	return [...call.matchAll(/`([A-Z]+) ([^`]+)`/g)].flatMap(([, method = '', path = '']) =>
		expanded(path).map((one) => `${method} ${absolute(one, base)}`),
	);
}

/** `a/{b,c}` as `a/b` and `a/c`. */
function expanded(path: string): string[] {
	const [whole, list] = /\{([^{}]*,[^{}]*)\}/.exec(path) ?? [];
	if (whole === undefined || list === undefined) return [path];
	return list.split(',').flatMap((one) => expanded(path.replace(whole, one)));
}

/**
 * The paths that a source of a vendor has as literals, below the base of its calls, with `{}` for what is
 * filled in; comments are no calls.
 */
export function pathsIn(source: string): string[] {
	const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
	const whole = [...code.matchAll(/(['`])(\w(?:[\w.-]*\/)(?:[\w./-]|\$\{[^}`]*\})+)\1/g)];
	const short = [...code.matchAll(/(?:path|call): (')([\w-]+)'/g)];
	return [...whole, ...short].map(([, , path = '']) => path.replace(/\$\{[^}]*\}/g, '{}'));
}

/** Whether two paths can be one; `{}` is any part. */
export function canBe(one: string, other: string): boolean {
	const [a, b] = [one, other].map((path) => path.replace(/^\/|\/$/g, '').split('/'));
	return (
		a?.length === b?.length &&
		a?.every((part, index) => part === b?.[index] || part === '{}' || b?.[index] === '{}') === true
	);
}

/** A path from the host on, whatever its parameters are called. */
export function absolute(path: string, base: string): string {
	return (path.startsWith('/') ? path : `${base}/${path}`).replace(/\{[^}]+\}/g, '{}');
}
