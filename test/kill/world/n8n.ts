import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { installedHost, packageRoot } from '../../../scripts/host/install';
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

const reportsFile = path.join(packageRoot, 'test', 'kill', 'world', 'reports.cjs');

/** More than any run takes on a slow machine. */
const runTimeoutMs = 120_000;

/** A run that is under way. */
export interface Run {
	name: string;
	/** What it has done; `killed` where the process died before it ended. */
	ended: Promise<FinishedRun | 'killed'>;
}

/** n8n in the middle of its runs: can be killed at any moment, and started again. */
export class Subject {
	private server: N8nProcess | undefined;

	private runCount = 0;

	/** By the name of the run. */
	private readonly waiting = new Map<string, (outcome: FinishedRun | 'killed') => void>();

	/** By the trigger's name. */
	private readonly webhooks = new Map<string, string>();

	private constructor(
		private readonly n8n: N8n,
		private readonly reports: Server,
	) {}

	static async create(
		tarball: string,
		clock: Clock,
		env: Record<string, string>,
	): Promise<Subject> {
		const reports = createServer();
		reports.listen(0, '127.0.0.1');
		await once(reports, 'listening');
		const { port } = reports.address() as AddressInfo;
		const n8n = await N8n.create(installedHost(), {
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
			void json(request).then((body) => {
				response.end('{}');
				subject.reported((body as { data: FinishedRun }).data);
			});
		});
		process.once('exit', () => rmSync(n8n.userFolder, { recursive: true, force: true }));
		await installCommunityPackage(tarball, n8n.userFolder);
		return subject;
	}

	/**
	 * Fills n8n's database and leaves n8n running. A run is started by a webhook in the place of the
	 * workflow's schedule: as in production, and at the moment that the test chooses.
	 */
	async setUp(
		credentials: StoredCredential[],
		workflow: (stored: StoredCredential[]) => StoredWorkflow,
	) {
		await this.start();
		const rest = new Rest(this.url);
		await rest.setUpOwner();
		const stored = [];
		for (const credential of credentials) {
			const { id } = await rest.createCredential(credential);
			stored.push({ ...credential, id });
		}
		const { id } = await rest.createWorkflow(this.onCall(workflow(stored)));
		await rest.publishWorkflow(id);
	}

	async start() {
		this.server = await this.n8n.startServer(undefined, { ownGroup: true });
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

	/** Starts a run by the trigger of that name. */
	async run(trigger: string): Promise<Run> {
		this.runCount += 1;
		const name = String(this.runCount);
		const webhook = this.webhooks.get(trigger);
		if (webhook === undefined) throw new Error(`The workflow has no trigger '${trigger}'.`);
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
		this.reports.close();
		await this.n8n.remove();
	}

	private get url(): string {
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

	private onCall(workflow: StoredWorkflow): StoredWorkflow {
		const nodes = workflow.nodes.map((node) => {
			if (node.type !== 'n8n-nodes-base.scheduleTrigger') return node;
			const webhook = `kill-${this.webhooks.size}`;
			this.webhooks.set(node.name, webhook);
			return asWebhook(node, webhook);
		});
		return { ...workflow, nodes };
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
