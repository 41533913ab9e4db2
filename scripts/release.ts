import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';

import { notesOf, problemsOfRelease, withRelease } from './host/changelog';
import { packageRoot } from './host/install';
import { readManifest } from './host/package';
import { PlainError, printFailure } from './host/progress';

const usage = `Usage: npm run release -- 1.2.3
       npm run release -- --check [v1.2.3]
       npm run release -- --notes 1.2.3

Makes a release: gives what stands under "Unreleased" in CHANGELOG.md the version and today's date,
writes the version into package.json, package-lock.json and the commands of README.md, commits and
tags. Nothing is pushed or published: the tag, once pushed, does that in continuous integration.

  --check  says whether a tag, or that of the present commit, can be published: version and changelog
           agree with it
  --notes  prints what the changelog says of a release
  --help   this text`;

const changelogFile = path.join(packageRoot, 'CHANGELOG.md');
const readmeFile = path.join(packageRoot, 'README.md');

async function git(...args: string[]): Promise<string> {
	const { stdout } = await execa('git', args, { cwd: packageRoot });
	return stdout;
}

/** @throws PlainError where the present commit has not exactly one tag */
async function presentTag(): Promise<string> {
	const tags = (await git('tag', '--points-at', 'HEAD')).split('\n').filter((tag) => tag !== '');
	const [tag] = tags;
	if (tag !== undefined && tags.length === 1) return tag;
	throw new PlainError(
		'A release is published from its tag, in continuous integration; the present commit has ' +
			(tags.length === 0 ? 'no tag.' : `several: ${tags.join(', ')}.`),
	);
}

async function check(tag: string) {
	const { version } = await readManifest();
	const problems = problemsOfRelease(tag, version, await readFile(changelogFile, 'utf8'));
	if (problems.length > 0) throw new PlainError(problems.join('\n'));
	console.log(`${tag} can be published.`);
}

async function printNotes(version: string) {
	const notes = notesOf(await readFile(changelogFile, 'utf8'), version);
	if (notes === undefined) throw new PlainError(`CHANGELOG.md has no release ${version}.`);
	console.log(notes);
}

async function release(version: string) {
	if ((await git('status', '--porcelain')) !== '') {
		throw new PlainError('There are changes that are not committed. Commit or undo them first.');
	}
	const branch = await git('rev-parse', '--abbrev-ref', 'HEAD');
	if (branch !== 'main') throw new PlainError(`Releases are made of main; this is ${branch}.`);
	const day = new Date().toISOString().slice(0, 10);
	await writeFile(changelogFile, released(await readFile(changelogFile, 'utf8'), version, day));
	const { name, version: before } = await readManifest();
	await writeTarball(tarballOf(name, before), tarballOf(name, version));
	for (const file of ['package.json', 'package-lock.json']) await writeVersion(file, version);
	await git('commit', '--all', '--message', `Release ${version}`);
	await git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
	console.log(`Tagged v${version}. To publish it: git push --follow-tags`);
}

function released(changelog: string, version: string, day: string): string {
	try {
		return withRelease(changelog, version, day);
	} catch (error) {
		throw new PlainError((error as Error).message);
	}
}

/** As `npm pack` calls what it makes. */
const tarballOf = (name: string, version: string) => `${name}-${version}.tgz`;

/** The README installs the package by the name of its file. */
async function writeTarball(before: string, after: string) {
	const content = await readFile(readmeFile, 'utf8');
	await writeFile(readmeFile, content.replaceAll(before, after));
}

/** Changes the version alone, where npm would also write what it thinks of the rest. */
async function writeVersion(name: string, version: string) {
	const file = path.join(packageRoot, name);
	const content = JSON.parse(await readFile(file, 'utf8')) as {
		version: string;
		packages?: Record<string, { version: string }>;
	};
	content.version = version;
	const own = content.packages?.[''];
	if (own) own.version = version;
	await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

async function main() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			check: { type: 'boolean' },
			notes: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	const [version] = positionals;
	if (values.help) console.log(usage);
	else if (values.check) await check(version ?? (await presentTag()));
	else if (values.notes !== undefined) await printNotes(values.notes);
	else if (version !== undefined && positionals.length === 1) await release(version);
	else throw new PlainError(usage);
}

main().catch((error: unknown) => {
	printFailure(error);
	process.exitCode = 1;
});
