import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = dirname(dirname(dirname(__dirname)));
const REPORTER = join(ROOT, 'test', 'jest', 'hanging.js');

interface Hanging {
	onRunStart(): void;
	onTestFileStart(test: { path: string }): void;
	onTestFileResult(test: { path: string }): void;
	onRunComplete(): void;
}

describe('a file that runs for long', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});

	it('is named every minute from the third on, as long as it runs', () => {
		const said = jest.spyOn(console, 'error').mockImplementation(() => {});
		const Reporter = createRequire(__filename)(REPORTER) as new (config?: object) => Hanging;
		const reporter = new Reporter({});
		const [slow, quick] = ['slow', 'quick'].map((name) => ({ path: join(process.cwd(), name) }));
		reporter.onRunStart();
		reporter.onTestFileStart(slow!);
		reporter.onTestFileStart(quick!);
		reporter.onTestFileResult(quick!);
		jest.advanceTimersByTime(179_000);
		expect(said).not.toHaveBeenCalled();
		jest.advanceTimersByTime(62_000);
		expect(said.mock.calls).toEqual([
			['slow has been running for 180 s'],
			['slow has been running for 240 s'],
		]);
		reporter.onTestFileResult(slow!);
		jest.advanceTimersByTime(120_000);
		expect(said).toHaveBeenCalledTimes(2);
		reporter.onRunComplete();
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('a file that never lets go of the processor', () => {
	let folder: string;
	let leave = () => {};

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'hanging-'));
	});

	afterAll(() => {
		leave();
		rmSync(folder, { recursive: true, maxRetries: 10 });
	});

	it('is named, and ended with its run, which fails', async () => {
		const file = (name: string, lines: string[]) => {
			writeFileSync(join(folder, name), lines.join('\n'));
			return join(folder, name);
		};
		file('hangs.test.js', [
			"const { renameSync, writeFileSync } = require('node:fs');",
			"writeFileSync('pid.new', String(process.pid));",
			"renameSync('pid.new', 'pid');",
			"test('hangs', () => { for (;;); });",
		]);
		// However long a busy machine takes to start it, it is looked at when it runs.
		const reporter = file('reporter.js', [
			`const Hanging = require(${JSON.stringify(REPORTER)});`,
			"const { existsSync } = require('node:fs');",
			"module.exports = class extends Hanging { look() { if (existsSync('pid')) super.look(); } };",
		]);
		const config = {
			rootDir: folder,
			transform: {},
			watchman: false,
			cacheDirectory: join(folder, 'cache'),
			// As here: with such a limit every file has a worker, however few there are.
			workerIdleMemoryLimit: '2GB',
			reporters: [[reporter, { lookEveryMs: 20, namedAfterMs: 20, endedAfterMs: 100 }]],
		};
		const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
		const run = spawn(process.execPath, [program, '--config', JSON.stringify(config)], {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const [said] = await Promise.all([text(run.stderr), once(run, 'close')]);

		expect(said).toMatch(/^hangs\.test\.js has been running for \d+ s$/m);
		expect(said).toMatch(/^FAIL hangs\.test\.js: it does not end, so the run is ended$/m);
		expect(run.exitCode).toBe(1);
		// It is gone, or will be when somebody asks what has become of it.
		const worker = readFileSync(join(folder, 'pid'), 'utf8');
		const isGone = () =>
			/^(?:Z.*)?\s*$/.test(spawnSync('ps', ['-o', 'stat=', '-p', worker]).stdout.toString());
		for (let tries = 0; tries < 200 && !isGone(); tries++) await delay(50);
		if (!isGone()) leave = () => void spawnSync('kill', ['-KILL', worker]);
		expect(isGone()).toBe(true);
	});
});
