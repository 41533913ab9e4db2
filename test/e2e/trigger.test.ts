import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import type { N8nProcess } from '../../scripts/host/n8n';
import { readManifest } from '../../scripts/host/package';
import { waitUntil } from '../../scripts/host/ports';
import { Rest } from '../../scripts/host/rest';
import { freshId } from '../../scripts/host/workflows';
import { startCollector, type Collector } from './support/collector';
import { setStage, type Stage } from './support/server';

interface Reported {
	id: string;
	comment: string | null;
}

void describe('a trigger in a published workflow', () => {
	let stage: Stage;
	let server: N8nProcess;
	let collector: Collector<Reported>;

	before(async () => {
		collector = await startCollector();
		stage = await setStage();
		stage.onEnd(collector.close);
		server = await stage.n8n.startServer(undefined, { editor: false });
		stage.onEnd(() => server.stop());
	});

	after(async () => {
		await stage?.end();
	});

	/** A key that somebody makes in the tenant. */
	function addKey(id: number, comment: string) {
		const { keys } = stage.simulators.cortexXsiam.state;
		const [like] = keys.values();
		assert(like);
		keys.set(id, { ...like, id, comment, creationTime: Date.now() });
	}

	async function publish() {
		const { name: packageName } = await readManifest();
		const credential = stage.credentials.find(({ type }) => type === 'cortexXsiamApi');
		assert(credential);
		const rest = new Rest(server.url);
		await rest.setUpOwner();
		const { id } = await rest.createWorkflow({
			name: 'Report new API keys',
			active: false,
			nodes: [
				{
					id: freshId(),
					name: 'New key',
					type: `${packageName}.cortexXsiamTrigger`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						event: 'apiKeyCreated',
						pollTimes: { item: [{ mode: 'everyMinute' }] },
					},
					credentials: { cortexXsiamApi: { id: credential.id, name: credential.name } },
				},
				{
					id: freshId(),
					name: 'Report it',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					position: [220, 0],
					parameters: {
						method: 'POST',
						url: collector.url,
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '={{ JSON.stringify($json) }}',
					},
				},
			],
			connections: { 'New key': { main: [[{ node: 'Report it', type: 'main', index: 0 }]] } },
			settings: {},
		});
		await rest.publishWorkflow(id);
	}

	/** Those that are over: what comes to be now was not seen by them. */
	const looks = () =>
		stage.simulators.cortexXsiam.log.filter(
			({ path, outcome }) => path.endsWith('/get_api_keys') && outcome === 'answered',
		).length;

	void test('reports each new key once, across a restart of n8n', async () => {
		await publish();
		await waitUntil('the trigger looks', async () => looks() > 0);
		addKey(9001, 'while n8n runs');
		await waitUntil('the key is reported', async () => collector.reports.length > 0);

		await server.stop();
		addKey(9002, 'while n8n is down');
		server = await stage.n8n.startServer(undefined, { editor: false });
		await waitUntil('the other key is reported', async () => collector.reports.length > 1);
		const seen = looks();
		await waitUntil('the trigger looks again', async () => looks() > seen);

		assert.deepEqual(
			collector.reports.map(({ id, comment }) => ({ id, comment })),
			[
				{ id: '9001', comment: 'while n8n runs' },
				{ id: '9002', comment: 'while n8n is down' },
			],
		);
	});
});
