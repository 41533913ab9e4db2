import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { execa } from 'execa';

import type { N8nProcess } from '../../scripts/host/n8n';
import { readManifest } from '../../scripts/host/package';
import { waitUntil } from '../../scripts/host/ports';
import { Rest } from '../../scripts/host/rest';
import {
	exampleNames,
	freshId,
	type StoredWorkflow,
	type Vendor,
} from '../../scripts/host/workflows';
import { Editor, type FieldValues, type NodePanel } from './support/editor';
import { examplesWithCredentials } from './support/examples';
import { setStage, type Stage } from './support/server';

const screenshots = process.env.E2E_SCREENSHOTS === 'true';

interface CredentialForm {
	type: string;
	title: string;
	/** The fields that a user fills in, of those that the stored credential has. */
	texts: string[];
	choices?: FieldValues;
	ignoreTls: string;
	secret: string;
	/** What the refusal tells the user. */
	advice: RegExp;
}

const credentialForms: CredentialForm[] = [
	{
		type: 'pam360Api',
		title: 'ManageEngine PAM360 API',
		texts: ['url', 'authToken', 'serverTimeZone'],
		ignoreTls: 'ignoreSslIssues',
		secret: 'authToken',
		advice: /PAM360 does not accept the auth token/,
	},
	{
		type: 'cortexXsiamApi',
		title: 'Cortex XSIAM API',
		texts: ['url', 'apiKeyId', 'apiKey'],
		choices: { securityLevel: { choose: ['Advanced'] } },
		ignoreTls: 'ignoreSslIssues',
		secret: 'apiKey',
		advice: /Cortex XSIAM does not accept the API key/,
	},
	{
		type: 'senhaseguraOAuth2Api',
		title: 'Senhasegura OAuth2 API',
		texts: ['url', 'clientId', 'clientSecret'],
		ignoreTls: 'ignoreSSLIssues',
		secret: 'clientSecret',
		// The words of the vault's token endpoint, which n8n itself calls.
		advice: /Client authentication failed/,
	},
	{
		type: 'senhaseguraOAuth1Api',
		title: 'Senhasegura OAuth1 API',
		texts: ['url', 'consumerKey', 'consumerSecret', 'token', 'tokenSecret'],
		ignoreTls: 'ignoreSslIssues',
		secret: 'tokenSecret',
		advice: /senhasegura does not accept the OAuth 1\.0 signature/,
	},
];

/** An event of each trigger of which the simulated vendor has something to show. */
const triggers = [
	{ vendor: 'pam360', credential: 'pam360Api', event: 'certificateExpiring', type: 'certificate' },
	{ vendor: 'cortexXsiam', credential: 'cortexXsiamApi', event: 'apiKeyCreated', type: 'apiKey' },
	{
		vendor: 'senhasegura',
		credential: 'senhaseguraOAuth2Api',
		event: 'deviceCreated',
		type: 'device',
	},
] as const;

void describe('the editor', () => {
	let stage: Stage;
	let server: N8nProcess;
	let rest: Rest;
	let editor: Editor;
	let examples: Map<string, StoredWorkflow>;

	before(async () => {
		stage = await setStage();
		server = await stage.n8n.startServer();
		stage.onEnd(() => server.stop());
		rest = new Rest(server.url);
		await rest.setUpOwner();
		examples = await examplesWithCredentials(rest, stage.credentials);
		editor = await Editor.open(server.url);
		stage.onEnd(() => editor.close());
		await editor.signIn();
	});

	after(async () => {
		await stage?.end();
	});

	/** Runs a test; a failure leaves a picture of what the browser showed. */
	const inEditor = (name: string, body: () => Promise<void>) =>
		test(name, async () => {
			try {
				await body();
			} catch (error) {
				await editor.keepPicture(name);
				throw error;
			}
		});

	function storedCredential(type: string) {
		const credential = stage.credentials.find((candidate) => candidate.type === type);
		assert(credential, `no credential of type ${type}`);
		return credential;
	}

	for (const form of credentialForms) {
		void inEditor(`tests the connection of a ${form.title} credential`, async () => {
			const { data } = storedCredential(form.type);
			const dialog = await editor.newCredential(form.title);
			const texts = form.texts.map((name) => [name, String(data[name])] as const);
			await dialog.fill({
				...Object.fromEntries(texts),
				...form.choices,
				[form.ignoreTls]: true,
			});

			const accepted = await dialog.save();
			assert.deepEqual(accepted, { connected: true, reason: '' });
			if (screenshots) await editor.screenshot(`credential-${form.type}`);

			const secret = String(data[form.secret]);
			const spoilt = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
			await dialog.fill({ [form.secret]: spoilt });
			const refused = await dialog.save();
			assert.equal(refused.connected, false);
			assert.match(refused.reason, form.advice);
			assert(!refused.reason.includes(spoilt), 'the reason holds the secret');
		});
	}

	/** Opens a node in a new workflow, in which a manual trigger leads to it. */
	async function openNode(
		vendor: Vendor,
		credentialType: string,
		parameters: Record<string, string> = {},
	): Promise<NodePanel> {
		const { name: packageName } = await readManifest();
		const { id, name } = storedCredential(credentialType);
		const node = (nodeName: string, type: string, x: number) => ({
			id: freshId(),
			name: nodeName,
			type,
			typeVersion: 1,
			position: [x, 0],
			parameters: {},
		});
		const workflow = await rest.createWorkflow({
			name: `One step of ${vendor}`,
			active: false,
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 0),
				{
					...node('Issue a key', `${packageName}.${vendor}`, 220),
					parameters,
					credentials: { [credentialType]: { id, name } },
				},
			],
			connections: { Start: { main: [[{ node: 'Issue a key', type: 'main', index: 0 }]] } },
			settings: {},
		});
		return await editor.openNode(workflow.id, 'Issue a key');
	}

	/** Takes the picture of a node after a run that shows no secret. */
	async function screenshotOf(panel: NodePanel, vendor: Vendor) {
		if (!screenshots) return;
		await panel.addOptional('options', 'Secret Output');
		await panel.fill({ secretOutput: { choose: ['As a File'] } });
		const item = await panel.execute();
		assert.equal(item.secret, null);
		await panel.showOutputAs('schema');
		await editor.screenshot(`node-${vendor}`);
	}

	void inEditor('generates a PAM360 agent key', async () => {
		const panel = await openNode('pam360', 'pam360Api', {
			resource: 'agentKey',
			operation: 'generate',
		});
		await panel.fill({ generateAgentKey: true });
		await panel.addOptional('additionalFields', 'Validity Period');
		await panel.fill({ validityPeriod: '48' });

		const item = await panel.execute();

		assert.equal(item.vendor, 'pam360');
		assert.equal(item.type, 'agentKey');
		assert.equal(item.secret, stage.simulators.pam360.state.keys.at(-1)?.agentKey);
		await screenshotOf(panel, 'pam360');
	});

	void inEditor('generates a Cortex XSIAM API key', async () => {
		const panel = await openNode('cortexXsiam', 'cortexXsiamApi', {
			resource: 'apiKey',
			operation: 'generate',
		});
		await panel.fill({
			roles: { choose: ['Investigator', 'Public API Viewer'] },
			securityLevel: { choose: ['Advanced'] },
		});
		await panel.addOptional('additionalFields', 'Comment');
		await panel.fill({ comment: 'SIEM collector' });

		const item = await panel.execute();

		assert.equal(item.vendor, 'cortexXsiam');
		assert.equal(item.type, 'apiKey');
		assert.equal(typeof item.secret, 'string');
		assert(stage.simulators.cortexXsiam.state.keys.has(Number(item.id)));
		await screenshotOf(panel, 'cortexXsiam');
	});

	void inEditor('stores an SSH key in Senhasegura', async () => {
		const pair = await sshKeyPair();
		const panel = await openNode('senhasegura', 'senhaseguraOAuth2Api', {
			resource: 'sshKey',
			operation: 'create',
		});
		await panel.fill({ ip: '10.66.33.31', hostname: 'linux-01' });
		await panel.fill({ keySource: { choose: ['Provide'] } });
		await panel.fill(pair);
		await panel.addOptional('additionalFields', 'Identifier');
		await panel.fill({ identifier: 'linux-01-deploy' });

		const item = await panel.execute();

		assert.equal(item.vendor, 'senhasegura');
		assert.equal(item.type, 'sshKey');
		assert.equal(item.identifier, 'linux-01-deploy');
		assert.equal(item.created, true);
		if (screenshots) {
			await panel.showOutputAs('schema');
			await editor.screenshot('node-senhasegura');
		}
	});

	void inEditor(
		'reads a PAM360 password, the resource and the account picked from lists',
		async () => {
			const panel = await openNode('pam360', 'pam360Api');
			await panel.fill({ resource: { choose: ['Password'] }, operation: { choose: ['Get'] } });
			await panel.pick('resourceId', 'WEB-LINUX-02');
			await panel.pick('accountId', 'root');

			const item = await panel.execute();

			assert.equal(item.vendor, 'pam360');
			assert.equal(item.type, 'password');
			assert.equal(typeof item.secret, 'string');
		},
	);

	void inEditor('forgets a picked account when another resource is picked', async () => {
		const panel = await openNode('pam360', 'pam360Api', { resource: 'password', operation: 'get' });
		await panel.pick('resourceId', 'WEB-LINUX-02');
		await panel.pick('accountId', 'root');
		await waitUntil('the account is shown', async () => {
			return (await panel.picked('accountId')) === 'root';
		});

		await panel.pick('resourceId', 'FIN-WINSERVER-09');

		await waitUntil('the account is forgotten', async () => {
			return (await panel.picked('accountId')) === '';
		});
		assert.deepEqual(await panel.offered('accountId'), ['administrator']);
	});

	void inEditor('shows when API keys expire, and which one the credential uses', async () => {
		const panel = await openNode('cortexXsiam', 'cortexXsiamApi', {
			resource: 'apiKey',
			operation: 'get',
		});
		const keys = await panel.offered('apiKey');
		const own = keys.filter((key) => key.includes('used by this credential'));
		assert.deepEqual(own, [
			'22, used by this credential, never expires: Automation, advanced (Instance Administrator)',
		]);
		for (const key of keys) assert.match(key, /^\d+, .*(expires|expired|expiry)/);
		if (screenshots) await editor.screenshot('picker-api-keys');
	});

	void inEditor('says that a secret comes out in clear, as long as it does', async () => {
		const panel = await openNode('cortexXsiam', 'cortexXsiamApi', {
			resource: 'apiKey',
			operation: 'generate',
		});
		const notice = panel.text('The item holds the secret unencrypted');
		await notice.waitFor();
		// There from the start, so that nobody overlooks it.
		await panel.field('expiration').waitFor();
		assert.equal(await panel.chosen('securityLevel'), 'Advanced');
		if (screenshots) await editor.screenshot('notice-secret');

		await panel.addOptional('options', 'Secret Output');
		await panel.fill({ secretOutput: { choose: ['Encrypted for a Recipient'] } });
		await notice.waitFor({ state: 'hidden' });
	});

	void inEditor('makes an SSH key pair unless one is given', async () => {
		const panel = await openNode('senhasegura', 'senhaseguraOAuth2Api', {
			resource: 'sshKey',
			operation: 'create',
		});
		assert.equal(await panel.chosen('keySource'), 'Generate');
		assert.equal(await panel.field('privateKey').isVisible(), false);
	});

	for (const { vendor, credential, event, type } of triggers) {
		void inEditor(`shows what the trigger of ${vendor} would report`, async () => {
			const { name: packageName } = await readManifest();
			const { id, name } = storedCredential(credential);
			const workflow = await rest.createWorkflow({
				name: `What starts at ${vendor}`,
				active: false,
				nodes: [
					{
						id: freshId(),
						name: 'When there is something new',
						type: `${packageName}.${vendor}Trigger`,
						typeVersion: 1,
						position: [0, 0],
						parameters: { event, pollTimes: { item: [{ mode: 'everyHour' }] } },
						credentials: { [credential]: { id, name } },
					},
				],
				connections: {},
				settings: {},
			});
			const panel = await editor.openNode(workflow.id, 'When there is something new');

			const fields = await panel.executeForFields();

			await fields.getByText(vendor, { exact: true }).first().waitFor();
			await fields.getByText(type, { exact: true }).first().waitFor();
			if (screenshots) await editor.screenshot(`node-${vendor}Trigger`);
		});
	}

	void inEditor('finds the nodes by what they are for', async () => {
		for (const [words, ...names] of [
			['rotate key', 'Cortex XSIAM', 'Senhasegura'],
			['revoke key', 'Cortex XSIAM', 'Senhasegura'],
			['ssh key', 'Senhasegura'],
			['password', 'ManageEngine PAM360', 'Senhasegura'],
		] as const) {
			const found = await editor.searchNodes(words);
			for (const name of names) assert(found.includes(name), `${words}: ${found.join(', ')}`);
		}
	});

	void inEditor('gets a Cortex XSIAM API key picked from a list', async () => {
		const panel = await openNode('cortexXsiam', 'cortexXsiamApi');
		await panel.fill({ operation: { choose: ['Get'] } });
		await panel.pick('apiKey', 'Reporting');

		const item = await panel.execute();

		assert.equal(item.id, '23');
		assert.equal(item.comment, 'Reporting');
	});

	void inEditor('shows the key report as a page', async () => {
		const { name: packageName } = await readManifest();
		const { id, name } = storedCredential('cortexXsiamApi');
		const step = (nodeName: string, type: string, parameters: object, more = {}) => ({
			id: freshId(),
			name: nodeName,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			...more,
		});
		const nodes = [
			step('Start', 'n8n-nodes-base.manualTrigger', {}),
			step(
				'List keys',
				`${packageName}.cortexXsiam`,
				{ resource: 'apiKey', operation: 'getAll', returnAll: true },
				{ credentials: { cortexXsiamApi: { id, name } } },
			),
			step('Key Report', `${packageName}.keyReport`, {}),
			step('Look at it', 'n8n-nodes-base.html', {
				operation: 'generateHtmlTemplate',
				html: '{{ $json.html }}',
			}),
		].map((node, index) => ({ ...node, position: [index * 220, 0] }));
		const connections = Object.fromEntries(
			nodes
				.slice(1)
				.map((node, index) => [
					nodes[index]?.name as string,
					{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
				]),
		);
		const workflow = await rest.createWorkflow({
			name: 'A report of all keys',
			active: false,
			nodes,
			connections,
			settings: {},
		});
		const report = await editor.openNode(workflow.id, 'Key Report');
		const fields = await report.executeForFields();
		await fields.getByText(/^\d+ keys, \d+ at risk$/).waitFor();
		if (screenshots) await editor.screenshot('node-keyReport');

		const panel = await editor.openNode(workflow.id, 'Look at it');
		await panel.execute();
		await panel.showOutputAs('html');
		const page = panel.shownPage();
		await page.getByText('Key inventory').first().waitFor();
		assert((await page.locator('td span[class^="kr-v"]').count()) > 3);
		assert.equal(await page.getByText('Reporting').count(), 1);
		if (screenshots) await editor.screenshot('key-report-in-n8n');
	});

	for (const name of exampleNames()) {
		void inEditor(`imports the example ${name} without a fault`, async () => {
			const example = exampleOf(name);
			await editor.importWorkflow(`${name}.json`, example);

			await waitUntil(
				'all connections are drawn',
				async () => (await editor.connections()) === connectionsOf(example),
			);
			assert.deepEqual(await editor.faults(), []);
			if (screenshots) await editor.screenshotOfCanvas(`example-${name}`);
		});
	}

	void inEditor('marks a node without what it needs, and one that it does not know', async () => {
		const { nodes, ...example } = exampleOf('one-key-from-each-vendor');
		const spoilt = nodes.map((node) => {
			const { resource, operation } = node.parameters;
			if (node.name === 'Create SSH key') return { ...node, parameters: { resource, operation } };
			return node.name === 'Generate agent key' ? { ...node, type: `${node.type}s` } : node;
		});
		await editor.importWorkflow('spoilt.json', { ...example, nodes: spoilt });

		// Marks come some time after the nodes.
		await waitUntil('two are marked', async () => (await editor.faults()).length >= 2);
		assert.deepEqual((await editor.faults()).sort(), ['Create SSH key', 'Generate agent key']);
	});

	function exampleOf(name: string): StoredWorkflow {
		const example = examples.get(name);
		assert(example, `there is no example ${name}`);
		return example;
	}
});

/** How many connections a file has, over all outputs of all nodes. */
function connectionsOf({ connections }: StoredWorkflow): number {
	type Outputs = Array<unknown[] | null>;
	return Object.values(connections)
		.flatMap((kinds) => Object.values((kinds ?? {}) as Record<string, Outputs>))
		.flat()
		.reduce((sum, inputs) => sum + (inputs?.length ?? 0), 0);
}

/** A key pair as users have it, made by ssh-keygen. */
async function sshKeyPair(): Promise<{ publicKey: string; privateKey: string }> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'ssh-'));
	try {
		const file = path.join(folder, 'key');
		await execa('ssh-keygen', [
			'-q',
			'-t',
			'ed25519',
			'-N',
			'',
			'-C',
			'deploy@linux-01',
			'-f',
			file,
		]);
		return {
			publicKey: (await readFile(`${file}.pub`, 'utf8')).trim(),
			privateKey: await readFile(file, 'utf8'),
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}
