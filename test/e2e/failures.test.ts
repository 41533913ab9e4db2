import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { waitUntil } from '../../scripts/host/ports';
import { Rest } from '../../scripts/host/rest';
import {
	freshId,
	type StoredCredential,
	type StoredWorkflow,
	type Vendor,
	type WorkflowNode,
} from '../../scripts/host/workflows';
import { senhaseguraDemo } from '../simulators/senhasegura';
import { startCollector, type Collector } from './support/collector';
import { examplesWithCredentials, formPassword } from './support/examples';
import { startReports, type Report, type Reports } from './support/reports';
import { release, setStage, type Stage } from './support/server';

type Json = Record<string, unknown>;

interface Attempt {
	/** What the main workflow's node is given otherwise. */
	parameters?: Json;
	/** What comes into the node, one item each. */
	input?: Json[];
	credential?: StoredCredential;
}

void describe('what goes wrong', () => {
	let stage: Stage;
	let reports: Reports;

	before(async () => {
		reports = await startReports();
		stage = await setStage(reports.env).catch(async (error: unknown) => {
			await reports.stop();
			throw error;
		});
	});

	beforeEach(() => {
		for (const simulator of [
			stage.simulators.pam360,
			stage.simulators.cortexXsiam,
			stage.simulators.senhasegura,
		]) {
			simulator.reset();
		}
	});

	after(async () => {
		await stage?.end();
		await reports.stop();
	});

	/** The main workflow's node for a vendor, with an output for what fails. */
	async function attempt(vendor: Vendor, { parameters, input = [{}], credential }: Attempt = {}) {
		const node = stage.mainWorkflow.nodes.find(({ type }) => type.endsWith(`.${vendor}`));
		assert(node);
		const workflow = {
			...stage.mainWorkflow,
			id: freshId(),
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
				{
					name: 'Items',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: { jsCode: `return ${JSON.stringify(input.map((json) => ({ json })))};` },
				},
				{
					...node,
					name: 'Key',
					onError: 'continueErrorOutput',
					parameters: { ...node.parameters, ...parameters },
					...(credential && {
						credentials: { [credential.type]: { id: credential.id, name: credential.name } },
					}),
				},
			].map((each, index) => ({ ...each, id: freshId(), position: [index * 200, 0] })),
			connections: {
				Start: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
				Items: { main: [[{ node: 'Key', type: 'main', index: 0 }]] },
			},
		};
		await stage.n8n.importWorkflows([workflow]);
		const { resultData } = await stage.n8n.execute(workflow.id);
		assert.equal(resultData.error, undefined);
		const [done, failed] = resultData.runData.Key?.[0]?.data?.main ?? [];
		const items = (output: typeof done) => (output ?? []).map(({ json }) => json);
		return { done: items(done), failed: items(failed) };
	}

	void test('comes out of the error output, with what it came with', async () => {
		const { done, failed } = await attempt('cortexXsiam', {
			parameters: { roles: '={{ [$json.role] }}' },
			input: [{ role: 'Investigator' }, { role: 'Nobody' }],
		});

		assert.deepEqual(
			done.map(({ vendor }) => vendor),
			['cortexXsiam'],
		);
		const [{ error, message, ...rest } = {}] = failed;
		assert.equal(failed.length, 1);
		assert.deepEqual(rest, { role: 'Nobody' });
		assert.match(String(error), /a role that the tenant does not know/);
		assert.equal(String(message).startsWith(`${String(error)}. `), true);
	});

	void test('by a lost answer of PAM360 is said to have perhaps made a key', async () => {
		const { trouble, state } = stage.simulators.pam360;
		const before = state.keys.length;
		trouble.add({ kind: 'cutAfterWork', times: 1 });

		const { done, failed } = await attempt('pam360');

		assert.deepEqual(done, []);
		assert.match(String(failed[0]?.message), /closed the connection.* may have been issued/);
		assert.equal(state.keys.length, before + 1);
	});

	void test('by a lost answer of Cortex XSIAM leaves no key that nobody knows of', async () => {
		const { trouble, state } = stage.simulators.cortexXsiam;
		const before = new Set(state.keys.keys());
		trouble.add({ kind: 'cutAfterWork', match: /generate/, times: 1 });

		const { done, failed } = await attempt('cortexXsiam');

		assert.deepEqual(failed, []);
		const made = [...state.keys.keys()].filter((id) => !before.has(id)).map(String);
		assert.deepEqual(
			done.map(({ id }) => id),
			made,
		);
		assert.equal(made.length, 1);
	});

	void test('by a lost answer of Senhasegura leaves one key', async () => {
		const { trouble, state, log } = stage.simulators.senhasegura;
		const before = state.items.size;
		trouble.add({ kind: 'cutAfterWork', match: { path: /key/, method: 'POST' }, times: 1 });

		const { done, failed } = await attempt('senhasegura');

		assert.deepEqual(failed, []);
		assert.equal(done.length, 1);
		assert.equal(state.items.size, before + 1);
		assert.equal(log.filter(({ method, path }) => method === 'POST' && /key/.test(path)).length, 2);
	});

	void test('at the vault is told in its own words', async () => {
		const response = { status: 400, message: '1001: IP Is not valid', error: true };
		stage.simulators.senhasegura.trouble.add({
			kind: 'status',
			status: 400,
			body: { response },
			match: { path: /key/, method: 'POST' },
		});

		const { failed } = await attempt('senhasegura');

		assert.match(String(failed[0]?.message), /IP Is not valid/);
	});

	void test('with a credential names its field', async () => {
		const stored = stage.credentials.find(({ type }) => type === 'pam360Api');
		assert(stored);
		const credential = {
			...stored,
			id: freshId(),
			name: 'Without a token',
			data: { ...stored.data, authToken: '' },
		};
		await stage.n8n.importCredentials([credential]);

		const { failed } = await attempt('pam360', { credential });

		assert.equal(failed[0]?.error, "'Auth Token' is empty in the credential");
	});

	void describe('in an execution that is not saved', () => {
		let rest: Rest;
		let told: Collector<{ text: string; item: string }>;
		let awx: Collector<Json>;
		let examples: Map<string, StoredWorkflow>;
		let url: string;
		const errors = 'rotation-error-workflow';
		let errorWorkflow: string;

		before(async () => {
			told = await startCollector();
			stage.onEnd(told.close);
			awx = await startCollector((sent) => ({ status: 400, body: { detail: 'No', sent } }));
			stage.onEnd(awx.close);
			const server = await stage.n8n.startServer(undefined, { editor: false });
			stage.onEnd(() => server.stop());
			url = server.url;
			rest = new Rest(url);
			await rest.setUpOwner();
			examples = await examplesWithCredentials(rest, stage.credentials);
			errorWorkflow = await publish(errors, ({ nodes }) => {
				const slack = nodeOf(nodes, 'n8n-nodes-base.slack');
				// In the place of Slack a server that is sent the message, and all that came in.
				const sent = { text: slack.parameters.text, item: '={{ JSON.stringify($json) }}' };
				const parameters = Object.entries(sent).map(([name, value]) => ({ name, value }));
				Object.assign(slack, {
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					credentials: {},
					parameters: {
						method: 'POST',
						url: told.url,
						sendBody: true,
						bodyParameters: { parameters },
					},
				});
			});
		});

		beforeEach(() => {
			told.reports.length = 0;
		});

		/** Publishes an example as it is, but for what is changed; gives its id. */
		async function publish(name: string, change: (workflow: StoredWorkflow) => void) {
			const workflow = examples.get(name);
			assert(workflow, `there is no example ${name}`);
			if (name !== errors) {
				assert.equal(workflow.settings?.saveDataErrorExecution, 'none');
				workflow.settings.errorWorkflow = errorWorkflow;
			}
			change(workflow);
			const { id } = await rest.createWorkflow(workflow);
			// n8n 1 starts an error workflow that is not published, and publishes none.
			if (name !== errors || release === 'newest') await rest.publishWorkflow(id);
			return id;
		}

		/** Asks for a run; n8n takes a moment until it listens. */
		async function ask(path: string, request: RequestInit) {
			await waitUntil(`n8n takes ${path}`, async () => (await fetch(`${url}/${path}`, request)).ok);
		}

		const endedRun = async (workflowId: string) => {
			const isOf = (report: Report) => report.workflowId === workflowId;
			await waitUntil('the run has ended', async () => reports.ended.some(isOf));
			const run = reports.ended.find(isOf);
			assert(run);
			return run;
		};

		/** What the error workflow is handed and says of a run that held these secrets. */
		async function reportOf({ workflowId, executionId, data }: Report, secrets: string[]) {
			assert(data.resultData.error, 'the run went well');
			const held = JSON.stringify(data.resultData.runData);
			assert(
				secrets.some((secret) => held.includes(secret)),
				'the run held no secret',
			);

			await waitUntil('the error workflow tells', async () => told.reports.length > 0);
			const [report, ...others] = told.reports;
			assert(report);
			assert.deepEqual(others, []);
			for (const secret of [...secrets, ...secretsOf(stage.credentials)]) {
				assert(!JSON.stringify(report).includes(secret), 'a secret is handed on');
			}
			assert(report.text.includes(`/workflow/${workflowId}/executions/${executionId}`));
			const { execution, workflow } = JSON.parse(report.item) as Record<string, Json>;
			assert.equal(execution?.id, executionId);
			assert.equal(workflow?.id, workflowId);
			await waitUntil('nothing is saved', async () => {
				const saved = await Promise.all(
					[workflowId, errorWorkflow].map((id) => rest.executionsOf(id)),
				);
				return saved.flat().length === 0;
			});
			return report.text;
		}

		void test('is told where a step of n8n was refused what it sent', async () => {
			const path = freshId();
			const id = await publish('roll-out-agents', ({ nodes }) => {
				nodeOf(nodes, 'n8n-nodes-base.formTrigger').parameters.options = { path };
				nodeOf(nodes, 'n8n-nodes-base.httpRequest').parameters.url = awx.url;
			});
			const body = new FormData();
			body.append('field-0', 'web-01.example.com');
			body.append('field-1', '24');

			await ask(`form/${path}`, { method: 'POST', body, headers: { authorization: formPassword } });

			const run = await endedRun(id);
			const agentKeys = stage.simulators.pam360.state.keys.map(({ agentKey }) => agentKey);
			const text = await reportOf(run, agentKeys);
			assert(text.startsWith('The workflow "Roll out PAM360 agents" failed in the step "Say what'));
			assert(
				text.includes('AWX did not confirm the installation on web-01.example.com (status 400).'),
			);
			assert.equal(awx.reports.length, 1);
		});

		void test('is told where a vendor repeats a secret, unless somebody ran it by hand', async () => {
			const { pam360, cortexXsiam, senhasegura } = stage.simulators;
			const { clientSecret } = senhaseguraDemo;
			const refused = senhasegura.trouble.add({
				kind: 'status',
				status: 400,
				body: { response: { status: 400, message: `1001: Not with ${clientSecret}`, error: true } },
				match: { path: /key/, method: 'POST' },
			});
			const path = freshId();
			const id = await publish('one-key-from-each-vendor', ({ nodes, connections }) => {
				const byHand = nodeOf(nodes, 'n8n-nodes-base.manualTrigger');
				const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived' };
				const type = { type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: path };
				nodes.push({ ...byHand, ...type, ...{ id: freshId(), name: 'On call' }, parameters });
				connections['On call'] = connections[byHand.name];
			});

			await rest.runByHand(id, 'When clicking Execute');
			await waitUntil('the run by hand was refused', async () => refused.hits > 0);
			await endedRun(id);
			reports.ended.length = 0;
			await ask(`webhook/${path}`, { method: 'POST' });

			const run = await endedRun(id);
			const text = await reportOf(run, [
				...pam360.state.keys.map(({ agentKey }) => agentKey),
				...[...cortexXsiam.state.keys.values()].map(({ secret }) => secret),
			]);
			assert(
				text.startsWith('The workflow "One key from each vendor" failed in the step "Create SSH'),
			);
			assert(text.includes('1001: Not with [redacted]'));
		});
	});
});

function nodeOf(nodes: WorkflowNode[], type: string): WorkflowNode {
	const found = nodes.find((node) => node.type === type);
	assert(found, `there is no ${type}`);
	return found;
}

/** What n8n masks in these credentials. */
function secretsOf(credentials: StoredCredential[]): string[] {
	return credentials.flatMap(({ data }) =>
		Object.entries(data)
			.filter(([name]) => /^(?:authToken|apiKey|.*[sS]ecret|token)$/.test(name))
			.map(([, value]) => String(value)),
	);
}
