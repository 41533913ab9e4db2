import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOfRelease } from '../../scripts/host/changelog';

const ROOT = join(__dirname, '../..');
const FILES = ['CHANGELOG.md', 'README.md', 'package.json', 'package-lock.json'];
const VERSION = '999.0.0';

const textIn = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const git = (folder: string, ...args: string[]) =>
	execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A repository of its own, with what a release reads and writes; "Unreleased" says something in it. */
function repository(): string {
	const folder = mkdtempSync(join(tmpdir(), 'release-'));
	for (const file of FILES) cpSync(join(ROOT, file), join(folder, file));
	const changelog = textIn(folder, 'CHANGELOG.md');
	writeFileSync(
		join(folder, 'CHANGELOG.md'),
		changelog.replace('## Unreleased\n', '## Unreleased\n\n- A change.\n'),
	);
	git(folder, 'init', '--quiet', '--initial-branch=main');
	git(folder, 'config', 'user.name', 'Somebody');
	git(folder, 'config', 'user.email', 'somebody@example.com');
	git(folder, 'add', '--all');
	git(folder, 'commit', '--quiet', '--message', 'Begin');
	return folder;
}

function release(folder: string, ...args: string[]) {
	const tsx = require.resolve('tsx');
	const script = join(ROOT, 'scripts/release.ts');
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['--import', tsx, script, ...args],
		{ cwd: folder, encoding: 'utf8' },
	);
	return { status, said: `${stdout}${stderr}`.trim() };
}

describe('a release', () => {
	let folder: string;
	beforeEach(() => {
		folder = repository();
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('can be published as it is made: every file that names a version has the new one', () => {
		expect(release(folder, VERSION)).toMatchObject({ status: 0 });
		expect(release(folder, '--check')).toEqual({
			status: 0,
			said: `v${VERSION} can be published.`,
		});
		expect(release(folder, '--notes', VERSION).said).toMatch(/^- A change\./);
		const { name, version } = JSON.parse(textIn(folder, 'package.json')) as Record<string, string>;
		const lock = JSON.parse(textIn(folder, 'package-lock.json')) as {
			version: string;
			packages: Record<string, { version: string }>;
		};
		expect([version, lock.version, lock.packages['']?.version]).toEqual(Array(3).fill(VERSION));
		const tarballs = [...textIn(folder, 'README.md').matchAll(/[\w.-]+\.tgz/g)].map(
			([file]) => file,
		);
		expect(new Set(tarballs)).toEqual(new Set([`${name}-${VERSION}.tgz`]));
		expect(git(folder, 'status', '--porcelain')).toBe('');
	});

	it('is not published where the changelog has no section for the version', () => {
		const manifest = textIn(folder, 'package.json').replace(
			/"version": "[^"]+"/,
			`"version": "${VERSION}"`,
		);
		writeFileSync(join(folder, 'package.json'), manifest);
		git(folder, 'commit', '--quiet', '--all', '--message', 'By hand');
		git(folder, 'tag', `v${VERSION}`);
		expect(release(folder, '--check')).toEqual({
			status: 1,
			said: expect.stringContaining(`CHANGELOG.md has no heading "## ${VERSION} - `) as string,
		});
	});
});

describe('the changelog', () => {
	const changelog = textIn(ROOT, 'CHANGELOG.md');
	const { version } = JSON.parse(textIn(ROOT, 'package.json')) as { version: string };
	const [first, ...releases] = [...changelog.matchAll(/^## (.*)$/gm)].map(([, name = '']) => name);

	it('has what is not released first, and then releases as the publishing finds them', () => {
		expect(first).toBe('Unreleased');
		for (const name of releases) expect(name).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}$/);
	});

	it('has a section for the version of the package from its release on', () => {
		const [newest] = releases;
		if (newest !== undefined) {
			expect(problemsOfRelease(`v${version}`, version, changelog)).toEqual([]);
			expect(newest).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')} - `));
		}
		const tags = git(ROOT, 'tag', '--points-at', 'HEAD', '--list', 'v*')
			.split('\n')
			.filter(Boolean);
		for (const tag of tags) expect(problemsOfRelease(tag, version, changelog)).toEqual([]);
	});
});
