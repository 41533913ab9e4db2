import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Results } from '../../kill/results';
import type { Scenario } from '../../kill/scenarios/scenario';
import { result } from './support';

describe('what was seen of a scenario', () => {
	let folder: string;
	let tarball: string;
	let workflow: object;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'results-'));
		tarball = join(folder, 'package.tgz');
		writeFileSync(tarball, 'the package');
		workflow = { nodes: [] };
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	const open = async (resume = true, release: 'newest' | 'oldest' = 'newest') => {
		const scenario = { name: 'some', workflow: () => workflow } as unknown as Scenario;
		return await Results.open(join(folder, 'kill'), scenario, { tarball, release }, resume);
	};

	const point = { kind: 'killAfter', number: 3 } as const;

	async function seen(changes = {}) {
		const results = await open();
		await results.add(result({ ...point, days: 4, ...changes }));
	}

	it('is there in a later run', async () => {
		await seen();
		expect((await open()).get(point)).toMatchObject({ days: 4 });
		expect((await open()).get({ ...point, number: 4 })).toBeUndefined();
		expect((await open()).all).toHaveLength(1);
	});

	it('is there with what was found not to hold', async () => {
		const findings = [{ invariant: 'I1', text: 'nothing opens' }];
		await seen({ findings });
		expect((await open()).get(point)?.findings).toEqual(findings);
	});

	it.each<[string, () => Promise<Results>]>([
		['the run begins anew', async () => await open(false)],
		['another n8n is tested', async () => await open(true, 'oldest')],
		[
			'the package has changed',
			async () => {
				writeFileSync(tarball, 'another package');
				return await open();
			},
		],
		[
			'the workflow has changed',
			async () => {
				workflow = { nodes: [1] };
				return await open();
			},
		],
	])('does not count where %s', async (_, change) => {
		await seen();
		expect((await change()).get(point)).toBeUndefined();
	});

	it('does not count where a point could not be tried', async () => {
		await seen({ error: 'Nothing was asked for.' });
		expect((await open()).get(point)).toBeUndefined();
	});

	it('is read up to the line that was being written when the run was stopped', async () => {
		await seen();
		appendFileSync(join(folder, 'kill', 'some-newest.jsonl'), '{"subject":"a","resu');
		expect((await open()).all).toHaveLength(1);
	});
});
