import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

import { packageRoot, type Release } from './host/install';
import { hostAndPackage } from './host/package';
import { PlainError, printFailure, runSteps } from './host/progress';

const usage = `Usage: npm run test:e2e [-- options] [-- name ...]

Runs this package in a real n8n, against simulators of the three vendors. A name runs only the
files of test/e2e whose name contains it: headless, failures, editor, report, trigger, queue,
kill, walk.

  --oldest        in the oldest n8n that the package runs in, all but editor, report and walk
  --screenshots   also write the pictures of docs/images
  --json <file>   write the numbers of passed and failed tests to this file
  --help          this text`;

const folder = path.join(packageRoot, 'test', 'e2e');

/** More than any file takes on a slow machine: only something that hangs gets there. */
const fileTimeoutMs = 2_700_000;

/** What the browser looks for are the newest editor's parts; the report needs no n8n. */
const onlyNewest = /^(?:editor|report|walk)\./u;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => stop.abort());
}

async function testFiles(release: Release, names: string[]): Promise<string[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts')).sort();
	return files
		.filter((file) => release === 'newest' || !onlyNewest.test(file))
		.filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
		.map((file) => path.join(folder, file));
}

async function runTests(files: string[]) {
	const count = { passed: 0, failed: 0 };
	// One file at a time: each starts an n8n of its own.
	const events = run({ files, concurrency: 1, timeout: fileTimeoutMs, signal: stop.signal });
	events.on('test:pass', ({ details }) => {
		if (details.type !== 'suite') count.passed += 1;
	});
	events.on('test:fail', ({ details }) => {
		if (details.type !== 'suite') count.failed += 1;
	});
	await pipeline(events, new spec(), process.stdout, { end: false });
	return count;
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			oldest: { type: 'boolean', default: false },
			screenshots: { type: 'boolean', default: false },
			json: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		console.log(usage);
		return 0;
	}
	const release: Release = values.oldest ? 'oldest' : 'newest';
	// How the test files, each a process of its own, learn what to test.
	process.env.E2E_RELEASE = release;
	if (values.screenshots) process.env.E2E_SCREENSHOTS = 'true';
	const files = await testFiles(release, positionals);
	if (files.length === 0) throw new PlainError(`No test file is called so.\n\n${usage}`);
	await runSteps([hostAndPackage((tarball) => (process.env.E2E_TARBALL = tarball), release)]);
	const count = await runTests(files);
	if (values.json !== undefined) await writeFile(values.json, JSON.stringify(count));
	return count.passed > 0 && count.failed === 0 ? 0 : 1;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		printFailure(error);
		process.exit(1);
	},
);
