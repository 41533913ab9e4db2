import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import type { N8nProcess } from '../../scripts/host/n8n';
import { waitUntil } from '../../scripts/host/ports';
import { Rest } from '../../scripts/host/rest';
import {
	freshId,
	vendors,
	type IssuedKey,
	type StoredWorkflow,
} from '../../scripts/host/workflows';
import { setStage, type Stage } from './support/server';
import { startPostgres, startRedis } from './support/services';

/** The main workflow with a webhook in place of its manual trigger; answers with its last items. */
function onWebhook(workflow: StoredWorkflow, path: string): StoredWorkflow {
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.manualTrigger'
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: {
						httpMethod: 'POST',
						path,
						responseMode: 'lastNode',
						responseData: 'allEntries',
					},
				}
			: node,
	);
	return { ...workflow, id: freshId(), name: 'One key from each vendor, on call', nodes };
}

void describe('queue mode', () => {
	let stage: Stage;
	let main: N8nProcess;
	let worker: N8nProcess;

	before(async () => {
		const redis = await startRedis();
		const postgres = await startPostgres().catch(async (error: unknown) => {
			await redis.stop();
			throw error;
		});
		const stopServices = async () => {
			await Promise.all([redis.stop(), postgres.stop()]);
		};
		stage = await setStage({
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
		}).catch(async (error: unknown) => {
			await stopServices();
			throw error;
		});
		stage.onEnd(stopServices);
		main = await stage.n8n.startServer(undefined, { editor: false });
		stage.onEnd(() => main.stop());
		worker = await stage.n8n.startWorker();
		stage.onEnd(() => worker.stop());
	});

	after(async () => {
		await stage?.end();
	});

	void test('a worker issues one key from each vendor', async () => {
		const path = freshId();
		const rest = new Rest(main.url);
		await rest.setUpOwner();
		const { id } = await rest.createWorkflow(onWebhook(stage.mainWorkflow, path));
		await rest.publishWorkflow(id);

		let response = new Response();
		// n8n registers the webhook some time after it has answered.
		await waitUntil('the webhook is there', async () => {
			response = await fetch(`${main.url}/webhook/${path}`, { method: 'POST' });
			return response.status !== 404;
		});

		const items = (await response.json()) as IssuedKey[];
		assert.equal(response.status, 200, JSON.stringify(items));
		assert.deepEqual(items.map((item) => item.vendor).sort(), [...vendors].sort());
		assert.match(await readFile(worker.log, 'utf8'), /Worker finished execution/);
	});
});
