import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

import { packageRoot } from './host/install';
import { sourceOf, unwritten, withApiRow, withListed, withUserRow } from './host/operationRows';
import { PlainError, printFailure } from './host/progress';

const usage = `Usage: npm run operations

Writes what follows from the file of a new operation, where it is missing: its line in the list of its
resource, its row in the last table of the page on the vendor's API, and its row in the page for users.
The call and the section are those of the comment above the operation, the text of the last row is its
description. The suite that describes the operation comes first.

  --help  this text`;

const vendors = [
	{ folder: 'Pam360', tests: 'pam360', page: 'pam360.md' },
	{ folder: 'CortexXsiam', tests: 'cortexXsiam', page: 'cortex-xsiam.md' },
	{ folder: 'Senhasegura', tests: 'senhasegura', page: 'senhasegura.md' },
];

type Vendor = (typeof vendors)[number];

interface Entry {
	name: string;
	value: string;
	description: string;
}

/** Writes a file where its text is another one, and says so. */
async function change(file: string, edit: (text: string) => string | undefined): Promise<void> {
	const whole = path.join(packageRoot, file);
	const text = await readFile(whole, 'utf8');
	const changed = edit(text);
	if (changed === undefined) throw new PlainError(`${file} has no table for this resource.`);
	if (changed === text) return;
	const config = { ...(await resolveConfig(whole)), filepath: whole };
	await writeFile(whole, file.endsWith('.ts') ? await format(changed, config) : changed);
	console.log(`  ${file}`);
}

/** What a module of the nodes exports. */
async function exportsOf(file: string): Promise<Record<string, Entry>> {
	const url = pathToFileURL(path.join(packageRoot, file)).href;
	const { default: all, ...named } = (await import(url)) as Record<string, unknown>;
	return { ...(all as object), ...named } as Record<string, Entry>;
}

/** The suites of a vendor: file by file, which operations they describe. */
async function suitesOf({ tests }: Vendor): Promise<Map<string, string>> {
	const folder = `test/workflows/${tests}`;
	const files = await readdir(path.join(packageRoot, folder));
	const suites = new Map<string, string>();
	for (const file of files.filter((name) => name.endsWith('.test.ts')).sort()) {
		const text = await readFile(path.join(packageRoot, folder, file), 'utf8');
		for (const [, resource, operation] of text.matchAll(
			/describeOperation\(\s*\w+,\s*'(\w+)',\s*'(\w+)'/g,
		)) {
			const name = `${resource}.${operation}`;
			if (!suites.has(name)) suites.set(name, `${folder}/${file}`);
		}
	}
	return suites;
}

/** @returns what has to be written first, a sentence for each operation */
async function complete(vendor: Vendor): Promise<string[]> {
	const left: string[] = [];
	const root = `nodes/${vendor.folder}/resources`;
	const files = await readdir(path.join(packageRoot, root), { recursive: true });
	const suites = await suitesOf(vendor);
	for (const file of files.filter((name) => name.endsWith('.operation.ts')).sort()) {
		const folder = path.dirname(file);
		const [exported, operation] = Object.entries(await exportsOf(`${root}/${file}`)).find(
			([, value]) => typeof value === 'object' && 'action' in value,
		) ?? ['', undefined];
		const index = `${root}/${folder}/index.ts`;
		const [resource] = Object.values(await exportsOf(index));
		if (!operation || !resource) throw new PlainError(`${root}/${file} declares no operation.`);
		await change(index, (text) => withListed(text, exported, path.basename(file, '.ts')));
		const source = sourceOf(await readFile(path.join(packageRoot, root, file), 'utf8'), exported);
		const suite = suites.get(`${resource.value}.${operation.value}`);
		const api = `docs/api/${vendor.page}`;
		if (source) {
			const declared = { ...source, ...operation, resource: resource.name };
			await change(`docs/${vendor.page}`, (text) => withUserRow(text, declared));
			if (suite !== undefined) await change(api, (text) => withApiRow(text, declared, suite));
		}
		const page = await readFile(path.join(packageRoot, api), 'utf8');
		const has = { hasSource: source !== undefined, hasSuite: suite !== undefined };
		left.push(unwritten(page, `${resource.name}: ${operation.name}`, has));
	}
	return left.filter((what) => what !== '');
}

async function main() {
	const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
	if (values.help) return console.log(usage);
	const left: string[] = [];
	for (const vendor of vendors) left.push(...(await complete(vendor)));
	console.log(left.join('\n') || 'The files of operations have all that follows from them.');
	if (left.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	printFailure(error);
	process.exitCode = 1;
});
