import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { spreadOf } from './rounds';
import type { Spread } from './rounds';

const run = promisify(execFile);

/** The bench runs as one compiled file, which does not know where its sources are. */
const ROOT = process.cwd();

export interface Sizes {
	/** Of the packed package, in kilobytes of 1,000 bytes. */
	tarball: number;
	/** Milliseconds to load all nodes and credential types, over what n8n has loaded already. */
	load: Spread;
}

/** Sizes of the built package; each load is one in a process of its own. */
export async function measureSizes(loads: number): Promise<Sizes> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	try {
		const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
			cwd: ROOT,
		});
		const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
		const { size } = await stat(join(folder, filename));
		const times: number[] = [];
		for (let index = 0; index < loads; index++) {
			const loaded = await run(process.execPath, [join(ROOT, 'test/bench/load.cjs'), '--once']);
			times.push(Number(loaded.stdout));
		}
		return { tarball: size / 1000, load: spreadOf(times) };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
