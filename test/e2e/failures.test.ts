import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { freshId, type StoredCredential, type Vendor } from '../../scripts/host/workflows';
import { setStage, type Stage } from './support/server';

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

	before(async () => {
		stage = await setStage();
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
});
