import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import type { Resource } from '../../nodes/shared/operation';
import {
	API_PAGES,
	ROOT,
	anchor,
	apiPage,
	builtBy,
	callRows,
	headings,
	inOneLine,
	pointers,
} from './apiDocs';

const RESOURCES: Record<(typeof API_PAGES)[number], Array<Resource<never>>> = {
	pam360: pam360.resources,
	'cortex-xsiam': cortexXsiam.resources,
	senhasegura: senhasegura.resources,
};

/** Sources and tests, but not these two files, which speak of what they look for. */
const files = execFileSync(
	'git',
	[
		'ls-files',
		'--cached',
		'--others',
		'--exclude-standard',
		'nodes',
		'credentials',
		'test',
		'scripts',
	],
	{ cwd: ROOT, encoding: 'utf8' },
)
	.split('\n')
	.filter((file) => /\.(ts|mjs|cjs|json|md)$/.test(file) && !file.endsWith('package-lock.json'))
	.filter((file) => !file.startsWith('test/package/apiDocs') && existsSync(join(ROOT, file)));

const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the sources of facts', () => {
	it('are pages of this repository, and no sheet that nobody can read', () => {
		const wrong = new RegExp(['fact', 'sheet'].join('[ -]?') + '|\\baddend(um|a)\\b', 'i');
		expect(files.length).toBeGreaterThan(500);
		expect(files.filter((file) => wrong.test(inOneLine(text(file))))).toEqual([]);
	});

	it('are named by a section that exists', () => {
		const known = new Map<string, string[]>(
			API_PAGES.map((page) => [page, ['', ...headings(apiPage(page))]]),
		);
		const all = files.flatMap((file) =>
			pointers(text(file)).map((pointer) => ({ file, ...pointer })),
		);
		expect(all.length).toBeGreaterThan(500);
		expect(
			all
				.filter(({ page, section }) => !known.get(page)?.includes(section))
				.map(({ file, page, section }) => `${file}: docs/api/${page}.md, "${section}"`),
		).toEqual([]);
	});

	it('are found wherever a comment breaks its lines', () => {
		const sample = [
			'/**',
			' * What it means (docs/api/pam360.md, "The envelope" and "Remote',
			' * resets"; RFC 7643). See',
			' * docs/api/senhasegura.md.',
			' */',
		].join('\n');
		expect(pointers(sample)).toEqual([
			{ page: 'pam360', section: 'The envelope' },
			{ page: 'pam360', section: 'Remote resets' },
			{ page: 'senhasegura', section: '' },
		]);
		expect(pointers('"source": "docs/api/pam360.md, \\"Dates\\": a sample"')).toEqual([
			{ page: 'pam360', section: 'Dates' },
		]);
	});
});

describe.each(API_PAGES)('docs/api/%s.md', (name) => {
	const page = apiPage(name);
	const rows = callRows(page);

	it('has each heading once, so that a pointer means one place', () => {
		const anchors = headings(page).map(anchor);
		expect(anchors).toEqual([...new Set(anchors)]);
	});

	it('links to its own sections and to sources that it lists', () => {
		const anchors = headings(page).map((heading) => `#${anchor(heading)}`);
		const links = [...page.matchAll(/\]\((#[^)]+)\)/g)].map(([, target]) => target);
		expect(links.filter((target) => !anchors.includes(target ?? ''))).toEqual([]);
		const listed = [...page.matchAll(/^\[([^\]]+)\]: /gm)].map(([, source]) => source);
		const used = [...page.replace(/`[^`]*`/g, '').matchAll(/\[([^\]]+)\]\[([^\]]*)\]/g)].map(
			([, words, source]) => source || words,
		);
		expect(used.filter((source) => !listed.includes(source))).toEqual([]);
		expect(listed.filter((source) => !used.includes(source))).toEqual([]);
	});

	it('says of every operation by which call it is made, and of no other', () => {
		const operations = RESOURCES[name].flatMap((resource) =>
			resource.operations.map((operation) => `${resource.name}: ${operation.name}`),
		);
		expect([...new Set(rows.flatMap(builtBy))].sort()).toEqual(operations.sort());
	});

	it('says of every other call why it is not built, or where it was looked for', () => {
		const silent = rows.filter(
			(row) => builtBy(row).length === 0 && !/^(inside|not built|not found): [*\w]/.test(row.built),
		);
		expect(silent).toEqual([]);
		expect(rows.filter(({ call, section }) => call === '' || section === '')).toEqual([]);
		expect(new Set(rows.map(({ built }) => built.split(':')[0]))).toContain('not found');
	});
});
