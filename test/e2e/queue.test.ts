import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { installedHost } from '../../scripts/host/install';
import { N8n, type N8nProcess } from '../../scripts/host/n8n';
import { installCommunityPackage } from '../../scripts/host/package';
import { waitUntil } from '../../scripts/host/ports';
import { Rest } from '../../scripts/host/rest';
import {
	freshId,
	issuedKeys,
	vendors,
	type IssuedKey,
	type StoredWorkflow,
} from '../../scripts/host/workflows';
import { startReports, type Report, type Reports } from './support/reports';
import { release, setStage, tarball, type Stage } from './support/server';
import { startPostgres, startRedis, type PostgresService } from './support/services';

/** What is asked for, and how much of it at a time. */
const CROWD = { executions: 200, atOnce: 20, killAfter: 60 };

/** A vendor that takes a moment, so that a worker dies in the middle of calls. */
const LATENCY_MS = 60;

/** The main workflow with a webhook in place of its manual trigger; answers with its last items. */
function onWebhook(
	workflow: StoredWorkflow,
	path: string,
	responseMode: 'lastNode' | 'onReceived' = 'lastNode',
): StoredWorkflow {
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
						responseMode,
						responseData: 'allEntries',
					},
				}
			: node,
	);
	return { ...workflow, id: freshId(), name: 'One key from each vendor, on call', nodes };
}

/**
 * The same for many at once: an item that fails stops no other node, what is issued names its execution,
 * and n8n keeps what became of it.
 */
function forCrowd(workflow: StoredWorkflow, path: string): StoredWorkflow {
	const called = onWebhook(workflow, path, 'onReceived');
	for (const node of called.nodes) {
		if (!vendors.some((vendor) => node.type.endsWith(`.${vendor}`))) continue;
		Object.assign(node, { onError: 'continueRegularOutput' });
		const more = node.parameters.additionalFields as Record<string, unknown>;
		if (node.parameters.resource === 'sshKey') {
			more.keyName = '=Issued by n8n, execution {{ $execution.id }}';
		}
	}
	const settings = { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' };
	return { ...called, settings: { ...called.settings, ...settings } };
}

const executionIn = (text: string | null) =>
	/Issued by n8n, execution (\d+)/.exec(text ?? '')?.[1] ?? '';

/** How many times each is there. */
function tally(names: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

const steps = ({ data }: Report) => Object.keys(data.resultData.runData).length;

const several = (counts: Map<string, number>) =>
	[...counts].filter(([, count]) => count > 1).map(([name]) => name);

void describe('queue mode', () => {
	let stage: Stage;
	let main: N8nProcess;
	let rest: Rest;
	let postgres: PostgresService;
	let reports: Reports;
	let env: Record<string, string>;

	/** A worker on a machine of its own, as it were: with an empty user folder but for the package. */
	const startWorker = async () => {
		const own = { ...env, N8N_ENCRYPTION_KEY: stage.n8n.encryptionKey };
		const n8n = await N8n.create(installedHost(release), own);
		stage.onEnd(() => n8n.remove());
		await installCommunityPackage(tarball(), n8n.userFolder);
		const worker = await n8n.startWorker({ ownGroup: true });
		stage.onEnd(() => worker.kill());
		return worker;
	};

	before(async () => {
		const redis = await startRedis();
		postgres = await startPostgres().catch(async (error: unknown) => {
			await redis.stop();
			throw error;
		});
		reports = await startReports();
		const stopServices = async () => {
			await Promise.all([redis.stop(), postgres.stop(), reports.stop()]);
		};
		env = {
			...reports.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			// Within the time that a test has: a dead worker is missed after some seconds.
			QUEUE_WORKER_LOCK_DURATION: '15000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
			QUEUE_WORKER_STALLED_INTERVAL: '3000',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
		};
		stage = await setStage(env).catch(async (error: unknown) => {
			await stopServices();
			throw error;
		});
		stage.onEnd(stopServices);
		main = await stage.n8n.startServer(undefined, { editor: false });
		stage.onEnd(() => main.stop());
		rest = new Rest(main.url);
		await rest.setUpOwner();
	});

	after(async () => {
		await stage?.end();
	});

	/** Stores it and calls it once n8n listens; n8n registers a webhook some time after it has answered. */
	const publish = async (workflow: StoredWorkflow, path: string) => {
		const { id } = await rest.createWorkflow(workflow);
		await rest.publishWorkflow(id);
		let response = new Response();
		await waitUntil('the webhook is there', async () => {
			response = await fetch(`${main.url}/webhook/${path}`, { method: 'POST' });
			return response.status !== 404;
		});
		return { id, response };
	};

	void test('a worker issues one key from each vendor', async () => {
		const worker = await startWorker();
		const path = freshId();
		const { response } = await publish(onWebhook(stage.mainWorkflow, path), path);

		const items = (await response.json()) as IssuedKey[];
		assert.equal(response.status, 200, JSON.stringify(items));
		assert.deepEqual(items.map((item) => item.vendor).sort(), [...vendors].sort());
		// What the worker says takes another way than the answer.
		await waitUntil('the worker says so', async () =>
			(await readFile(worker.log, 'utf8')).includes('Worker finished execution'),
		);
	});

	void test('a worker that is killed leaves no key twice, and none that nobody knows of', async (t) => {
		const { pam360, cortexXsiam, senhasegura } = stage.simulators;
		for (const { trouble } of [pam360, cortexXsiam, senhasegura]) {
			trouble.add({ kind: 'latency', ms: LATENCY_MS, when: 'afterWork' });
		}
		const agentKeysBefore = pam360.state.keys.length;
		// The worker of the first test is the one that stays.
		const dying = await startWorker();
		const path = freshId();
		const workflow = forCrowd(stage.mainWorkflow, path);
		const { id } = await publish(workflow, path);
		/** By execution; the main process tells of it, too, and knows less. */
		const ended = () => {
			const all = new Map<string, Report>();
			for (const one of reports.ended.filter(({ workflowId }) => workflowId === id)) {
				const known = all.get(one.executionId);
				if (known === undefined || steps(one) > steps(known)) all.set(one.executionId, one);
			}
			return all;
		};

		let called = 1;
		let replaced: Promise<N8nProcess> | undefined;
		const crowd = Array.from({ length: CROWD.atOnce }, async () => {
			while (called < CROWD.executions) {
				const number = ++called;
				const { status } = await fetch(`${main.url}/webhook/${path}`, { method: 'POST' });
				assert.equal(status, 200);
				// So many are under way at a time, as far as the test can know.
				await waitUntil(
					'there is room for another one',
					async () => number - ended().size < CROWD.atOnce || replaced !== undefined,
					{ timeoutMs: 120_000 },
				);
				if (ended().size >= CROWD.killAfter && replaced === undefined) {
					replaced = dying.kill().then(startWorker);
				}
			}
		});
		await Promise.all(crowd);
		assert(replaced !== undefined, 'the worker was killed before all was done');
		await replaced;

		// Until nothing has ended for longer than n8n takes to miss a worker.
		for (let before = -1; before !== ended().size;) {
			before = ended().size;
			await delay(25_000);
		}

		const executions = await postgres.query(
			`select id, status from execution_entity where "workflowId" = '${id}'`,
		);
		assert.equal(executions.length, CROWD.executions);
		const became = tally(executions.map(([, status = '']) => status));
		const undone = executions.filter(([, status]) => status !== 'success');
		const told = [...ended().values()];
		const items = told.flatMap(({ data }) => issuedKeys(data));
		const refused = told.flatMap(({ executionId, data }) =>
			JSON.stringify(data.resultData.runData).includes('An agent key may have been issued')
				? [executionId]
				: [],
		);

		const ids = new Set(executions.map(([number]) => number));
		const apiKeys = [...cortexXsiam.state.keys.values()].filter(({ comment }) =>
			ids.has(executionIn(comment)),
		);
		const sshKeys = [...senhasegura.state.items.values()].flatMap((item) =>
			item.kind === 'key' && ids.has(executionIn(item.keyName)) ? [item] : [],
		);
		const agentKeys = pam360.state.keys.length - agentKeysBefore;
		const without = (vendor: string, held: number) =>
			held - items.filter((item) => item.vendor === vendor).length;
		t.diagnostic(`executions: ${[...became].map(([name, n]) => `${n} ${name}`).join(', ')}`);
		t.diagnostic(
			`API keys: ${apiKeys.length}, ${without('cortexXsiam', apiKeys.length)} of them in no item`,
		);
		t.diagnostic(
			`SSH keys: ${sshKeys.length}, ${without('senhasegura', sshKeys.length)} of them in no item`,
		);
		t.diagnostic(
			`agent keys: ${agentKeys}, ${without('pam360', agentKeys)} of them in no item; without the notes: ${agentKeys + refused.length}`,
		);

		assert(undone.length + refused.length > 0, 'nothing was under way when the worker died');
		// None is doubled.
		assert.deepEqual(several(tally(apiKeys.map(({ comment }) => executionIn(comment)))), []);
		assert.deepEqual(several(tally(sshKeys.map(({ keyName }) => executionIn(keyName)))), []);
		// n8n's notes are not atomic: one that the other worker has overwritten when its writer dies is gone.
		const doubled = agentKeys - CROWD.executions;
		assert(doubled <= refused.length, `${doubled} agent keys were issued a second time`);
		// What no item has is found: by its mark, or by its name in the vault.
		for (const { comment } of apiKeys) assert.match(comment ?? '', /\[n8n \S+.*\]$/);
		// Whoever has lost something is an execution that did not end, or that tells of it.
		const lostBy = new Set([...undone.map(([number]) => number), ...refused]);
		const untold = (vendor: string, keys: Array<{ id: unknown; name: string | null }>) => {
			const given = new Set(items.filter((item) => item.vendor === vendor).map(({ id }) => id));
			return keys.filter(
				({ id, name }) => !given.has(String(id)) && !lostBy.has(executionIn(name)),
			);
		};
		const named = apiKeys.map(({ id, comment }) => ({ id, name: comment }));
		assert.deepEqual(untold('cortexXsiam', named), []);
		assert.deepEqual(
			untold(
				'senhasegura',
				sshKeys.map(({ id, keyName }) => ({ id, name: keyName })),
			),
			[],
		);
		// PAM360 does not say what a key was made for. Whoever issued a second one knew of no first.
		assert(
			without('pam360', agentKeys) <= lostBy.size + doubled,
			'agent keys that nobody tells of',
		);
	});
});
