import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Point, PointResult } from './kinds';
import type { Scenario } from './scenarios/scenario';
import type { Tested } from './world/n8n';

interface Line {
	/** Of what was tested. */
	subject: string;
	result: PointResult;
}

const name = ({ kind, number }: Point) => `${kind} ${number}`;

/**
 * What was seen of a scenario, written down as it is seen, a line of JSON for each point: a run that
 * was stopped is taken up where it was.
 */
export class Results {
	private readonly known = new Map<string, PointResult>();

	private constructor(
		private readonly file: string,
		private readonly subject: string,
	) {}

	/**
	 * `from` is a folder with a file for each scenario. What is there counts where the package and the
	 * workflow are the same, and is dropped where the run begins anew.
	 */
	static async open(
		from: string,
		scenario: Scenario,
		{ tarball, release }: Tested,
		resume: boolean,
	): Promise<Results> {
		await mkdir(from, { recursive: true });
		const file = path.join(from, `${scenario.name}-${release}.jsonl`);
		if (!resume) await rm(file, { force: true });
		const hash = createHash('sha256')
			.update(await readFile(tarball))
			.update(JSON.stringify(scenario.workflow()));
		const results = new Results(file, hash.digest('hex'));
		const text = await readFile(file, 'utf8').catch(() => '');
		for (const line of text.split('\n').filter(Boolean)) results.read(line);
		return results;
	}

	get(point: Point): PointResult | undefined {
		return this.known.get(name(point));
	}

	get all(): PointResult[] {
		return [...this.known.values()];
	}

	async add(result: PointResult) {
		this.known.set(name(result), result);
		const line: Line = { subject: this.subject, result };
		await appendFile(this.file, `${JSON.stringify(line)}\n`);
	}

	private read(text: string) {
		let line: Line;
		try {
			line = JSON.parse(text) as Line;
		} catch {
			// The one that was being written when the run was stopped.
			return;
		}
		const { subject, result } = line;
		// A point that could not be tried is tried again.
		if (subject === this.subject && result.error === undefined)
			this.known.set(name(result), result);
	}
}
