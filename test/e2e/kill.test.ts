import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { count, textReport } from '../kill/report';
import { runScenario } from '../kill/run';
import { scenarios } from '../kill/scenarios';

/** Of each rotation; all of them are in `npm run test:kill`. */
const sample = 10;

void describe('a rotation that is killed', () => {
	for (const scenario of scenarios) {
		void test(`ends as it should: ${scenario.title}`, async () => {
			const tarball = process.env.E2E_TARBALL;
			if (tarball === undefined) throw new Error('Run this through npm run test:e2e.');

			const result = await runScenario(scenario, tarball, { sample });

			assert.equal(result.points.length, sample);
			assert.equal(count([result]).failed, 0, textReport([result]));
		});
	}
});
