import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { issuedKeys, vendors } from '../../scripts/host/workflows';
import { setStage, type Stage } from './support/server';

void describe('the main workflow, run by the command line', () => {
	let stage: Stage;

	before(async () => {
		stage = await setStage();
	});

	after(async () => {
		await stage?.end();
	});

	void test('issues one key from each vendor', async () => {
		const run = await stage.n8n.execute(stage.mainWorkflow.id);

		assert.equal(run.resultData.error, undefined);
		const keys = issuedKeys(run);
		assert.deepEqual(keys.map((key) => key.vendor).sort(), [...vendors].sort());
	});

	void test('issues other keys when it runs again', async () => {
		const { pam360, cortexXsiam } = stage.simulators;
		const before = { pam360: pam360.state.keys.length, xsiam: cortexXsiam.state.keys.size };

		await stage.n8n.execute(stage.mainWorkflow.id);

		assert.equal(pam360.state.keys.length, before.pam360 + 1);
		assert.equal(cortexXsiam.state.keys.size, before.xsiam + 1);
	});
});
