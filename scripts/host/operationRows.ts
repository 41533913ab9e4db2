/** What follows from an operation's own file, and stands in other places as well. */
export interface Declared {
	/** Of the resource, as users see it: `Secret`. */
	resource: string;
	/** Of the operation: `Deprovision`. */
	name: string;
	description: string;
	/** `POST /iso/coe/dapp/deprovision`, out of the comment above it. */
	call: string;
	/** Of the page on the vendor's API, out of the same comment. */
	section: string;
}

/** The call and the section that the comment above an operation names; undefined where it names none. */
export function sourceOf(
	text: string,
	exported: string,
): Pick<Declared, 'call' | 'section'> | undefined {
	const end = text.indexOf(`export const ${exported} =`);
	const comment = text
		.slice(text.lastIndexOf('/**', end), end)
		.replace(/\s*\n\s*\*(?!\/)\s*/g, ' ');
	const [, call] = /`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/.exec(comment) ?? [];
	const [, section] = /docs\/api\/[\w-]+\.md, "([^"]+)"/.exec(comment) ?? [];
	return call === undefined || section === undefined ? undefined : { call, section };
}

/** The list of a resource with one more operation. */
export function withListed(index: string, exported: string, file: string): string {
	const line = `import { ${exported} } from './${file}';`;
	if (index.includes(line)) return index;
	const fileOf = (text: string) => /from '\.\/(.+)'/.exec(text)?.[1] ?? '';
	const lines = index.split('\n');
	const before = lines.findLastIndex(
		(other) => /^import .* from '\.\.?\//.test(other) && fileOf(other) < file,
	);
	lines.splice(before + 1, 0, line);
	return lines
		.join('\n')
		.replace(/(operations: \[)([^\]]*?),?\s*\]/, (_, start: string, others: string) =>
			others.trim() === '' ? `${start}${exported}]` : `${start}${others}, ${exported}]`,
		);
}

/** Without what vendors' pages leave out at the beginning of a path, and whatever its parameters are called. */
function comparable(call: string): string {
	return call
		.replace(/ \/?(public_api\/v1|restapi\/json\/v1|api\/pki\/restapi|iso|api)\//, ' /')
		.replace(/ (?!\/)/, ' /')
		.replace(/\{[^}]*\}/g, '{}');
}

/** What GitHub makes of a heading: the part of an address behind `#`. */
export function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
}

const cells = (line: string) => line.slice(1, -1).split(' | ');

/**
 * The page on a vendor's API with the operation in its last table: in the row of its call, or in one of its
 * own below the others of the section.
 *
 * @param test The file that describes it, from the root of the repository.
 */
export function withApiRow(page: string, operation: Declared, test: string): string {
	const { resource, name, call, section } = operation;
	const built = `**${resource}: ${name}**`;
	if (page.includes(built)) return page;
	const link = `[${/([^/]+)\.test\.ts$/.exec(test)?.[1]}](../../${test})`;
	const lines = page.split('\n');
	const start = lines.indexOf('## Every call');
	const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
	const isRow = (line: string, index: number) =>
		index > start && index < end && line.startsWith('| ');
	const isOfCall = (line: string) =>
		[...(cells(line)[0] ?? '').matchAll(/`([^`]+)`/g)].some(
			([, known = '']) => comparable(known) === comparable(call),
		);
	const isUnbuilt = (line: string) => /^not (built|found):/.test((cells(line)[2] ?? '').trim());
	// What is not built of several calls is still not built of the others.
	const isShared = (line: string) => isUnbuilt(line) && (cells(line)[0] ?? '').includes('`, `');
	const own = lines.findIndex(
		(line, index) => isRow(line, index) && isOfCall(line) && !isShared(line),
	);
	if (own >= 0) {
		const [calls, place, by = '', tests = ''] = cells(lines[own] ?? '');
		const isNew = isUnbuilt(lines[own] ?? '');
		const allTests = tests.includes(link) ? tests.trim() : `${tests.trim()}, ${link}`;
		const isInside = by.trim().startsWith('inside: ');
		const others = isInside ? `${built}, and ${by.trim()}` : `${by}, ${built}`;
		lines[own] = `|${calls} | ${place} | ${isNew ? built : others} | ${isNew ? link : allTests} |`;
		return lines.join('\n');
	}
	const where = `[${section}](#${anchor(section)})`;
	const last = lines.findLastIndex((line, index) => isRow(line, index) && line.includes(where));
	const others = lines.findLastIndex(isRow);
	lines.splice(
		(last < 0 ? others : last) + 1,
		0,
		`| \`${call}\` | ${where} | ${built} | ${link} |`,
	);
	return lines.join('\n');
}

/**
 * The page for users with a row for the operation, below the others of its resource.
 *
 * @returns undefined where no table has the resource
 */
export function withUserRow(page: string, operation: Declared): string | undefined {
	const { resource, name, call, description } = operation;
	if (page.includes(`\n| ${resource} | ${name} | `)) return page;
	const lines = page.split('\n');
	const last = lines.findLastIndex((line) => line.startsWith(`| ${resource} | `));
	if (last < 0) return undefined;
	lines.splice(last + 1, 0, `| ${resource} | ${name} | \`${call}\` | ${description}. |`);
	return lines.join('\n');
}

/**
 * What a person has to write before the page on the vendor's API can have the operation.
 *
 * @param operation `Secret: Deprovision`.
 * @returns empty where the page has it
 */
export function unwritten(
	page: string,
	operation: string,
	{ hasSource, hasSuite }: { hasSource: boolean; hasSuite: boolean },
): string {
	if (page.includes(`**${operation}**`)) return '';
	const first = [
		...(hasSource
			? []
			: ['the comment above it names no call and section (`GET /x`. Source: docs/api/…, "…")']),
		...(hasSuite ? [] : ['no suite describes it: write its cases']),
	];
	return `${operation} has no row in docs/api yet: ${first.join('; ')}. Then run this again.`;
}
