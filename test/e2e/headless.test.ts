import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { freshId, issuedKeys, vendors } from '../../scripts/host/workflows';
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

void describe('a node that goes on after an error', () => {
	let stage: Stage;

	before(async () => {
		stage = await setStage();
	});

	after(async () => {
		await stage?.end();
	});

	void test('gives failed items to the error output, with what they came with', async () => {
		const key = stage.mainWorkflow.nodes.find(({ type }) => type.endsWith('.cortexXsiam'));
		assert(key);
		const workflow = {
			...stage.mainWorkflow,
			id: freshId(),
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
				{
					name: 'Keys',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: {
						jsCode: "return ['Investigator', 'Nobody'].map((role) => ({ json: { role } }));",
					},
				},
				{
					...key,
					name: 'Get key',
					onError: 'continueErrorOutput',
					parameters: {
						resource: 'apiKey',
						operation: 'generate',
						roles: '={{ [$json.role] }}',
					},
				},
			].map((node, index) => ({ ...node, id: freshId(), position: [index * 200, 0] })),
			connections: {
				Start: { main: [[{ node: 'Keys', type: 'main', index: 0 }]] },
				Keys: { main: [[{ node: 'Get key', type: 'main', index: 0 }]] },
			},
		};
		await stage.n8n.importWorkflows([workflow]);

		const { resultData } = await stage.n8n.execute(workflow.id);

		assert.equal(resultData.error, undefined);
		const [done, failed] = resultData.runData['Get key']?.[0]?.data?.main ?? [];
		assert.deepEqual(
			done?.map(({ json }) => json.vendor),
			['cortexXsiam'],
		);
		assert.equal(failed?.length, 1);
		const { error, message, ...rest } = failed?.[0]?.json ?? {};
		assert.deepEqual(rest, { role: 'Nobody' });
		assert.match(String(error), /a role that the tenant does not know/);
		assert.equal(String(message).startsWith(String(error)), true);
	});
});
