import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const FILES = ['a', 'b', 'c'];

/** A test file that writes down what the files before it have left for each test and each promise. */
const content = `
const { writeFileSync } = require('node:fs');
test('leaves nothing', async () => {
	const handlers = globalThis[Symbol.for('EVENT_HANDLERS')].length;
	const stores = Object.getOwnPropertySymbols(Promise.resolve()).length;
	writeFileSync(__filename + '.left', JSON.stringify({ handlers, stores }));
});
`;

it('each test file finds the worker as the first one found it', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'jest-files-'));
	try {
		for (const name of FILES) writeFileSync(path.join(folder, `${name}.test.js`), content);
		const config = {
			rootDir: folder,
			runtime: path.join(root, 'test/jest/runtime.js'),
			testEnvironment: path.join(root, 'test/jest/environment.js'),
			transform: {},
		};
		execFileSync(
			process.execPath,
			[
				path.join(root, 'node_modules/jest/bin/jest.js'),
				'--runInBand',
				`--config=${JSON.stringify(config)}`,
			],
			{ cwd: folder, stdio: 'pipe' },
		);
		const [first, ...others] = FILES.map((name) => {
			const text = readFileSync(path.join(folder, `${name}.test.js.left`), 'utf8');
			return JSON.parse(text) as { handlers: number; stores: number };
		});
		expect(first?.handlers).toBeGreaterThan(0);
		for (const other of others) expect(other).toEqual(first);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
