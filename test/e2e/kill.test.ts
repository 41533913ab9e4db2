import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { count, textReport } from '../kill/report';
import { Lanes } from '../kill/run';
import { scenarios } from '../kill/scenarios';
import { apiKeysInPam360 } from '../kill/scenarios/apiKeys';
import { broken } from '../kill/scenarios/broken';
import type { PointResult } from '../kill/kinds';

const release = process.env.E2E_RELEASE === 'oldest' ? 'oldest' : 'newest';

/** Of each rotation, so many points; all of them are in `npm run test:kill`. */
const [killed, size] =
	release === 'oldest' ? ([[apiKeysInPam360], 5] as const) : ([scenarios, 10] as const);

/** What the oldest n8n kills shows no more of the test itself. */
const controls = release === 'oldest' ? [] : broken;

const brokenBy = ({ findings }: PointResult) =>
	[...new Set(findings.map(({ invariant }) => invariant))].sort();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started in process groups of its own is ended on the way out.
	process.on(signal, () => process.exit(130));
}

void describe('a rotation that is killed', () => {
	let lanes: Lanes;

	before(() => {
		const tarball = process.env.E2E_TARBALL;
		if (tarball === undefined) throw new Error('Run this through npm run test:e2e.');
		const all = [...killed, ...controls.map(({ scenario }) => scenario)];
		lanes = new Lanes(all, { tarball, release });
	});

	after(async () => await lanes?.close());

	for (const [index, scenario] of killed.entries()) {
		void test(`ends as it should: ${scenario.title}`, async () => {
			const result = await lanes.run(scenario, { sample: { size, from: index * size } });

			assert.equal(result.points.length, size);
			assert.equal(count([result]).failed, 0, textReport([result]));
		});
	}

	// A test that finds nothing wrong anywhere proves nothing.
	for (const { scenario, kind, at, breaks, breaksUndisturbed } of controls) {
		void test(`is seen to break ${breaks.join(', ')} where ${scenario.title}`, async () => {
			const result = await lanes.run(scenario, { kinds: [kind], at });

			const [point, ...others] = result.points;
			assert(point !== undefined && others.length === 0, 'The request is there once.');
			assert.equal(point.error, undefined);
			const report = textReport([result]);
			assert.deepEqual(brokenBy(result.undisturbed), breaksUndisturbed, report);
			const found = brokenBy(point);
			assert.deepEqual(
				breaks.filter((name) => !found.includes(name)),
				[],
				report,
			);
		});
	}
});
