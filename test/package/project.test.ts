import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

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

describe('the house', () => {
	const VENDORS = ['Pam360', 'CortexXsiam', 'Senhasegura'];

	it('imports one way only: node, resources, api, shared', () => {
		const layer = (path: string) => {
			if (path.startsWith('nodes/shared')) return 0;
			if (/^nodes\/[^/]+\/(api|sshKeys)\//.test(path)) return 1;
			if (/^nodes\/[^/]+\/resources/.test(path)) return 2;
			if (/^nodes\/[^/]+\/methods/.test(path)) return 3;
			return 4;
		};
		const wrong = sources('nodes').flatMap((file) =>
			imports(file)
				.filter((path) => layer(path) > layer(file))
				.map((path) => `${file} imports ${path}`),
		);
		expect(wrong).toEqual([]);
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
					!/\/api\/(signing|url|credentialFields)$|shared\/(tls|credentialTest|recipientKey)$/.test(path),
			),
		).toEqual([]);
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

	it('links to files that exist', () => {
		const files = new Set(projectFiles());
		const broken = projectFiles()
			.filter((file) => file.endsWith('.md'))
			.flatMap((file) =>
				[...text(file).matchAll(/\]\(([^)#:\s]+)(#[^)]*)?\)/g)]
					.map(([, target]) => join(file, '..', target ?? ''))
					.filter(
						(target) =>
							![...files].some((known) => known === target || known.startsWith(`${target}/`)),
					)
					.map((target) => `${file}: ${target}`),
			);
		expect(broken).toEqual([]);
	});
});
