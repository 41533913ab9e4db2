import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { installedHost, packageRoot, type Release } from '../../../scripts/host/install';
import { N8n, type N8nProcess } from '../../../scripts/host/n8n';
import { installCommunityPackage } from '../../../scripts/host/package';
import { waitUntil } from '../../../scripts/host/ports';
import { Rest } from '../../../scripts/host/rest';
import type {
	FinishedRun,
	StoredCredential,
	StoredWorkflow,
	WorkflowNode,
} from '../../../scripts/host/workflows';
import type { Clock } from './clock';
import { StoredCredentials } from './storedCredentials';

const reportsFile = path.join(packageRoot, 'test', 'kill', 'world', 'reports.cjs');

/** More than any run takes on a slow machine. */
const runTimeoutMs = 300_000;

/** What is tested, and in which n8n. */
export interface Tested {
	/** The packed package. */
	tarball: string;
	release: Release;
}

/** A run that is under way. */
export interface Run {
	name: string;
	/** What it has done; `killed` where the process died before it ended. */
	ended: Promise<FinishedRun | 'killed'>;
}

/** n8n in the middle of its runs: can be killed at any moment, and started again. */
export class Subject {
	private server: N8nProcess | undefined;

	private rest: Rest | undefined;

	private apiKey = '';

	private database: StoredCredentials | undefined;

	private runCount = 0;

	/** By the name of the run. */
	private readonly waiting = new Map<string, (outcome: FinishedRun | 'killed') => void>();

	/** By the names of the workflow and of the trigger. */
	private readonly webhooks = new Map<string, string>();

	private constructor(
		private readonly n8n: N8n,
		private readonly reports: Server,
	) {}

	static async create(
		{ tarball, release }: Tested,
		clock: Clock,
		env: Record<string, string>,
	): Promise<Subject> {
		const reports = createServer();
		reports.listen(0, '127.0.0.1');
		await once(reports, 'listening');
		const { port } = reports.address() as AddressInfo;
		const n8n = await N8n.create(installedHost(release), {
			...clock.environment(),
			EXTERNAL_HOOK_FILES: reportsFile,
			KILL_REPORTS_TO: `http://127.0.0.1:${port}/`,
			// No Code node is run: without the process for them n8n starts faster.
			N8N_RUNNERS_MODE: 'external',
			N8N_RUNNERS_AUTH_TOKEN: randomBytes(16).toString('hex'),
			...env,
		});
		const subject = new Subject(n8n, reports);
		reports.on('request', (request, response) => {
			void json(request).then(
				(body) => {
					response.end('{}');
					subject.reported((body as { data: FinishedRun }).data);
				},
				// An n8n that is killed while it reports has not reported.
				() => response.destroy(),
			);
		});
		process.once('exit', () => rmSync(n8n.userFolder, { recursive: true, force: true }));
		await installCommunityPackage(tarball, n8n.userFolder);
		return subject;
	}

	/** Fills a new database and leaves n8n running. */
	async setUp() {
		await this.start();
		this.rest = new Rest(this.url);
		await this.rest.setUpOwner();
	}

	/** Has n8n give out the key that its public API is called with. */
	async openApi(): Promise<string> {
		this.apiKey = await this.asOwner.createApiKey(['credential:update', 'credential:read']);
		return this.apiKey;
	}

	/** By n8n's public API, as users' own programs do it. */
	async changeCredential(id: string, data: StoredCredential['data']) {
		const response = await fetch(`${this.url}/api/v1/credentials/${id}`, {
			method: 'PATCH',
			headers: { 'content-type': 'application/json', 'x-n8n-api-key': this.apiKey },
			body: JSON.stringify({ isPartialData: true, data }),
		});
		if (!response.ok) throw new Error(`n8n did not take it: ${await response.text()}`);
	}

	/** What is in n8n's database, whether n8n is running or not. */
	async readCredential(id: string): Promise<StoredCredential['data']> {
		this.database ??= StoredCredentials.open(this.n8n);
		return await this.database.read(id);
	}

	/** What n8n has made of them. */
	async addCredentials(credentials: StoredCredential[]): Promise<StoredCredential[]> {
		const stored = [];
		for (const credential of credentials) {
			const { id } = await this.asOwner.createCredential(credential);
			stored.push({ ...credential, id });
		}
		return stored;
	}

	/**
	 * A run is started by a webhook in the place of the workflow's schedule: as in production, and at
	 * the moment that the test chooses.
	 */
	async addWorkflow(name: string, workflow: StoredWorkflow) {
		const { id } = await this.asOwner.createWorkflow(this.onCall(name, workflow));
		await this.asOwner.publishWorkflow(id);
	}

	async start() {
		this.server = await this.n8n.startServer(undefined, { ownGroup: true, editor: false });
	}

	/** The power cut. */
	async kill() {
		const { server } = this;
		this.server = undefined;
		await server?.kill();
		for (const end of this.waiting.values()) end('killed');
		this.waiting.clear();
	}

	get running(): boolean {
		return this.server !== undefined;
	}

	/** Starts a run of the workflow of that name by the trigger of that name. */
	async run(workflow: string, trigger: string): Promise<Run> {
		this.runCount += 1;
		const name = String(this.runCount);
		const webhook = this.webhooks.get(`${workflow}/${trigger}`);
		if (webhook === undefined) throw new Error(`'${workflow}' has no trigger '${trigger}'.`);
		const ended = new Promise<FinishedRun | 'killed'>((resolve) => this.waiting.set(name, resolve));
		// n8n registers its webhooks some time after it has answered.
		await waitUntil(`the webhook of '${trigger}' takes a call`, async () => {
			const { status } = await fetch(`${this.url}/webhook/${webhook}?run=${name}`, {
				method: 'POST',
			});
			return status === 200;
		});
		return { name, ended: Promise.race([ended, this.tooLong(name)]) };
	}

	/** What n8n takes for the time, to the second, as its answers say: some of them from memory. */
	async now(): Promise<number> {
		const { headers } = await fetch(`${this.url}/healthz`);
		return Date.parse(headers.get('date') ?? '');
	}

	async remove() {
		await this.kill();
		this.database?.close();
		this.reports.close();
		await this.n8n.remove();
	}

	private get asOwner(): Rest {
		if (this.rest === undefined) throw new Error('n8n was not set up.');
		return this.rest;
	}

	get url(): string {
		if (this.server === undefined) throw new Error('n8n is not running.');
		return this.server.url;
	}

	private reported(data: FinishedRun) {
		const name = runNameIn(data);
		if (name === undefined) return;
		this.waiting.get(name)?.(data);
		this.waiting.delete(name);
	}

	private async tooLong(name: string): Promise<never> {
		await delay(runTimeoutMs, undefined, { ref: false });
		throw new Error(`Run ${name} has not ended after ${runTimeoutMs / 1_000} s.`);
	}

	private onCall(name: string, workflow: StoredWorkflow): StoredWorkflow {
		const nodes = workflow.nodes.map((node) => {
			if (node.type !== 'n8n-nodes-base.scheduleTrigger') return node;
			const webhook = `kill-${this.webhooks.size}`;
			this.webhooks.set(`${name}/${node.name}`, webhook);
			return asWebhook(node, webhook);
		});
		return { ...workflow, active: false, nodes };
	}
}

function asWebhook(node: WorkflowNode, webhook: string): WorkflowNode {
	const parameters = { httpMethod: 'POST', path: webhook, responseMode: 'onReceived', options: {} };
	return {
		...node,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: webhook,
		parameters,
	} as WorkflowNode;
}

/** The webhook's item tells how it was called; n8n also reports, without it, what a crash has ended. */
function runNameIn({ resultData }: FinishedRun): string | undefined {
	for (const [first] of Object.values(resultData.runData)) {
		const query = first?.data?.main?.[0]?.[0]?.json.query as { run?: string } | undefined;
		if (query?.run !== undefined) return query.run;
	}
	return undefined;
}
