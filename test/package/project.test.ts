import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { SenhaseguraOAuth2Api } from '../../credentials/SenhaseguraOAuth2Api.credentials';
import { anchors, targets } from './markdown';

const ROOT = join(__dirname, '../..');

/** The files of the project, as git knows them or would. */
function projectFiles(): string[] {
	const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	return list.split('\n').filter((file) => file !== '');
}

function text(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

function sources(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));
}

/** What a source file imports from this project, as paths from its root. */
function imports(file: string): string[] {
	return [...text(file).matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
		relative(ROOT, join(ROOT, file, '..', path ?? '')),
	);
}

/** What a test calls `runExample` with: a name, or a constant that holds it. */
function namesRun(test: string): string[] {
	const constants = new Map(
		[...test.matchAll(/^\s*const (\w+) = '([^']+)';$/gm)].map(([, name, value]) => [name, value]),
	);
	const calls = test.matchAll(/\brunExample\(\s*vendors,\s*(?:'([^']+)'|(\w+))/g);
	return [...calls].map(([, literal, name]) => literal ?? constants.get(name) ?? '');
}

describe('the house', () => {
	const VENDORS = ['Pam360', 'CortexXsiam', 'Senhasegura'];

	it('imports one way only: node, resources, api, shared', () => {
		const layer = (path: string) => {
			if (path.startsWith('nodes/shared')) return 0;
			if (/^nodes\/[^/]+\/(api|sshKeys)\//.test(path)) return 1;
			if (/^nodes\/[^/]+\/resources/.test(path)) return 2;
			return 3;
		};
		const wrong = sources('nodes').flatMap((file) =>
			imports(file)
				.filter((path) => layer(path) > layer(file))
				.map((path) => `${file} imports ${path}`),
		);
		expect(wrong).toEqual([]);
	});

	it('calls no file by a word that has meant several things here', () => {
		const words = ['about', 'asked', 'listed', 'place', 'values', 'wire'];
		const vague = sources('nodes').filter((file) => words.includes(basename(file, '.ts')));
		expect(vague).toEqual([]);
		// Those of resources hold parameters; what an answer has is read by the frame's `read`.
		const fields = sources('nodes').filter((file) => basename(file) === 'fields.ts');
		expect(fields.filter((file) => !file.includes('/resources/'))).toEqual([]);
	});

	it('has no circle of imports, types included', () => {
		const name = (file: string) => file.replace(/(\/index)?\.ts$/, '');
		const left = new Map(sources('nodes').map((file) => [name(file), imports(file)]));
		const outside = () => {
			const imported = new Set([...left.values()].flat());
			return [...left.keys()].filter(
				(file) => !imported.has(file) || !left.get(file)?.some((path) => left.has(path)),
			);
		};
		for (let files = outside(); files.length > 0; files = outside()) {
			for (const file of files) left.delete(file);
		}
		expect([...left.keys()]).toEqual([]);
	});

	it('keeps vendors apart, and the frame free of them', () => {
		const wrong = sources('nodes').flatMap((file) =>
			imports(file)
				.filter((path) => {
					const other = VENDORS.find((vendor) => path.startsWith(`nodes/${vendor}/`));
					return other !== undefined && !file.startsWith(`nodes/${other}/`);
				})
				.map((path) => `${file} imports ${path}`),
		);
		expect(wrong).toEqual([]);
		const named = sources('nodes/shared').filter((file) =>
			/pam360|xsiam|senhasegura|segura/i.test(text(file)),
		);
		expect(named).toEqual([]);
	});

	it('lets credentials know of signing, addresses and fields only', () => {
		const paths = sources('credentials').flatMap(imports);
		expect(
			paths.filter(
				(path) =>
					!/\/api\/(signing|url|credentialFields)$|shared\/(tls|credentialTest|recipientKey)$/.test(
						path,
					),
			),
		).toEqual([]);
	});

	it('has each file of the frame in one room of its map', () => {
		const [, map = ''] = text('docs/architecture.md').split('has these rooms:\n\n');
		const [table = ''] = map.split('\n\n');
		const [, ...rows] = table.split('\n').slice(1);
		const named = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));
		const files = readdirSync(join(ROOT, 'nodes/shared')).filter((file) => file.endsWith('.ts'));
		expect(named.sort()).toEqual(files.map((file) => basename(file, '.ts')).sort());
	});

	it('calls an operation by the name of its file', () => {
		// Words of the language itself cannot be names.
		const reserved: Record<string, RegExp> = {
			delete: /^remove$/,
			export: /^export[A-Z]\w+$/,
			import: /^import[A-Z]\w+$/,
		};
		const files = sources('nodes').filter((file) => file.endsWith('.operation.ts'));
		expect(files.length).toBeGreaterThan(100);
		const wrong = files.flatMap((file) => {
			const name = basename(file, '.operation.ts');
			const exported = [...text(file).matchAll(/^export const (\w+) = \w+\(/gm)].map(
				([, constant]) => constant ?? '',
			);
			const fits = exported.filter((constant) =>
				(reserved[name] ?? new RegExp(`^${name}$`)).test(constant),
			);
			return exported.length === 1 && fits.length === 1 ? [] : [`${file}: ${exported.join(', ')}`];
		});
		expect(wrong).toEqual([]);
	});

	it('keeps HTTP out of operations, and items and parameters out of the api', () => {
		const operations = sources('nodes').filter((file) => file.endsWith('.operation.ts'));
		expect(operations.length).toBeGreaterThanOrEqual(3);
		for (const file of operations) expect(text(file)).not.toMatch(/transport|httpRequest|headers/);
		for (const file of sources('nodes').filter((path) => path.includes('/api/'))) {
			expect(text(file)).not.toMatch(/getNodeParameter|INodeExecutionData|pairedItem/);
		}
	});
});

describe('the project', () => {
	it('has a lock file without download addresses', () => {
		const locks = projectFiles().filter((file) => file.endsWith('package-lock.json'));
		expect(locks).toContain('package-lock.json');
		for (const lock of locks) expect(text(lock)).not.toMatch(/"resolved"|https?:\/\/registry/);
	});

	it('leaves no notes to self', () => {
		const marks = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX'].join(''));
		const marked = projectFiles()
			.filter((file) => /\.(ts|mjs|js|md)$/.test(file))
			.filter((file) => marks.test(text(file)));
		expect(marked).toEqual([]);
	});

	it('links to files that exist, and to headings that they have', () => {
		const files = new Set(projectFiles());
		const isThere = (target: string) =>
			files.has(target) || [...files].some((known) => known.startsWith(`${target}/`));
		const broken = projectFiles()
			.filter((file) => file.endsWith('.md'))
			.flatMap((file) =>
				targets(text(file))
					.filter((target) => !/^[a-z]+:/.test(target))
					.filter((target) => {
						const [path = '', anchor] = target.split('#');
						const page = path === '' ? file : join(file, '..', path);
						if (!isThere(page)) return true;
						return anchor !== undefined && !anchors(text(page)).includes(anchor);
					})
					.map((target) => `${file}: ${target}`),
			);
		expect(broken).toEqual([]);
	});
});

describe('what people read', () => {
	const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
	const nodesOf = (file: string) =>
		(JSON.parse(text(join('examples', file))) as { nodes: Array<{ type: string }> }).nodes.map(
			({ type }) => type.replace(/^n8n-nodes-privileged-keys\./, ''),
		);

	it('names every example in its list, in a recipe, and on the page of each vendor that it uses', () => {
		const pages = [
			['docs/cortex-xsiam.md', /^cortexXsiam/],
			['docs/pam360.md', /^pam360/],
			['docs/senhasegura.md', /^senhasegura/],
			['docs/key-report.md', /^keyReport/],
		] as const;
		const missing = examples.flatMap((file) => {
			const wanted = pages.filter(([, node]) => nodesOf(file).some((type) => node.test(type)));
			return ['examples/README.md', 'docs/recipes.md', ...wanted.map(([page]) => page)]
				.filter((page) => !targets(text(page)).some((target) => target.endsWith(file)))
				.map((page) => `${page}: ${file}`);
		});
		expect(examples.length).toBeGreaterThanOrEqual(15);
		expect(missing).toEqual([]);
	});

	it('leads from each of those pages to the recipes, and to what to do when something is odd', () => {
		for (const page of ['pam360', 'cortex-xsiam', 'senhasegura', 'key-report']) {
			const led = targets(text(`docs/${page}.md`)).map((target) => target.split('#')[0]);
			expect({ page, led }).toEqual({
				page,
				led: expect.arrayContaining(['recipes.md', 'troubleshooting.md']) as string[],
			});
		}
	});

	it('shows a picture of every example in its recipe, and of every node and trigger on its page', () => {
		const { n8n } = JSON.parse(text('package.json')) as { n8n: { nodes: string[] } };
		const pages: Record<string, string> = {
			CortexXsiam: 'docs/cortex-xsiam.md',
			Pam360: 'docs/pam360.md',
			Senhasegura: 'docs/senhasegura.md',
			KeyReport: 'docs/key-report.md',
		};
		const wanted = [
			...examples.map((file) => ({
				page: 'docs/recipes.md',
				picture: `images/example-${basename(file, '.json')}.webp`,
			})),
			...n8n.nodes.map((file) => {
				const name = basename(file, '.node.js');
				return {
					page: pages[basename(dirname(file))] ?? '',
					picture: `images/node-${name[0]?.toLowerCase()}${name.slice(1)}.webp`,
				};
			}),
		];
		expect(wanted.length).toBeGreaterThanOrEqual(23);
		expect(wanted.filter(({ page, picture }) => !targets(text(page)).includes(picture))).toEqual(
			[],
		);
	});

	it('has no picture that no page shows, and no more of them than a clone should take', () => {
		const files = projectFiles();
		const pictures = files.filter((file) => file.startsWith('docs/images/'));
		const shown = files
			.filter((file) => file.endsWith('.md'))
			.flatMap((file) => targets(text(file)).map((target) => join(file, '..', target)));
		expect(pictures.filter((file) => !shown.includes(file))).toEqual([]);
		const bytes = pictures.map((file) => statSync(join(ROOT, file)).size);
		expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_500_000);
	});

	it('runs every example in a test', () => {
		const run = sources('test/workflows/examples').flatMap((file) => namesRun(text(file)));
		expect(examples.filter((file) => !run.includes(file))).toEqual([]);
	});

	// What the tests by the nodes' own calls say is compared where they are tested.
	it('says what to do for each sentence of n8n’s test of OAuth 2.0', () => {
		const page = text('docs/credentials.md');
		const { test } = new SenhaseguraOAuth2Api();
		const rules = (test.rules ?? []).map(({ properties }) => properties.message);
		expect(rules.length).toBeGreaterThan(10);
		const missing = rules.filter((message) => {
			const [first = ''] = message.split(/(?<=\.)\s/);
			return !page.includes(`| ${first}`);
		});
		expect([...new Set(missing)]).toEqual([]);
	});

	it('says what to do for each code of a connection that the nodes know', () => {
		const [, known = ''] = text('nodes/shared/connectionFailure.ts').split(
			'function connectionFailure',
		);
		const codes = [...known.matchAll(/'(E[A-Z]+|[A-Z]+(?:_[A-Z]+)+)'/g)].map(
			([, code = '']) => code,
		);
		expect(codes.length).toBeGreaterThan(8);
		const page = text('docs/credentials.md');
		expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
	});

	it('has every state of a rotation of API keys on the page that is said to have them', () => {
		const source = text('nodes/CortexXsiam/resources/apiKey/rotationOutcome.ts');
		const [union = ''] = /export type Status =[^;]+;/.exec(source) ?? [];
		const states = [...union.matchAll(/\| '(\w+)'/g)].map(([, state]) => state);
		expect(states).toContain('rotated');
		const page = text('docs/rotation.md');
		expect(states.filter((state) => !page.includes(`\`${state}\``))).toEqual([]);
	});

	it('quotes what the nodes say, and nothing else, where it tells what to do', () => {
		const said = sources('nodes').map(text).join('\n');
		const [, page = ''] = text('docs/troubleshooting.md').split('\n## Connecting\n');
		const seen = [...page.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => cell);
		const quoted = seen.flatMap((cell) => [...cell.matchAll(/"(.+?)"/g)].map(([, words]) => words));
		expect(quoted.length).toBeGreaterThan(10);
		const parts = quoted.flatMap((words = '') => words.split('…')).map((part) => part.trim());
		expect(parts.filter((part) => !said.includes(part))).toEqual([]);
	});

	it('can be read in a minute at its front', () => {
		// What stands in parentheses is read as well; where a link leads is not.
		const words = text('README.md')
			.replace(/^```[^]*?^```/gm, '')
			.replace(/\]\([^)]*\)|<[^>]*>|[|*_#>`-]+/g, ' ')
			.split(/\s+/);
		expect(words.length).toBeLessThanOrEqual(800);
	});

	it('installs what the package is called and which version it has', () => {
		const { name, version } = JSON.parse(text('package.json')) as { name: string; version: string };
		const tarballs = [...text('README.md').matchAll(/[\w.-]+\.tgz/g)].map(([file]) => file);
		expect(tarballs.length).toBeGreaterThan(0);
		expect(new Set(tarballs)).toEqual(new Set([`${name}-${version}.tgz`]));
	});
});
