import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { execa, type ResultPromise } from 'execa';

import { hostFolder, lastLines, type Host } from './install';
import { freePort, waitUntil } from './ports';
import { writeJson } from './package';
import { PlainError } from './progress';
import type { FinishedRun, StoredCredential, StoredWorkflow } from './workflows';

/** No calls to the outside, no questions, no banners. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
};

/**
 * Node.js gives up a connection to the first address of "localhost" after 250 ms. n8n does other things for
 * longer than that while it starts, and so may whoever calls it.
 */
const attemptTimeoutMs = 10_000;
const patiently = `--network-family-autoselection-attempt-timeout=${attemptTimeoutMs}`;

/** More than a start takes on a machine that does much else. */
const startTimeoutMs = 600_000;

export interface N8nProcess {
	url: string;
	/** The log file that everything it says goes to. */
	log: string;
	/** Settles when the process has ended. */
	ended: Promise<unknown>;
	stop(): Promise<void>;
	/** Ends it at once by SIGKILL; where it has a process group, with all that it has started. */
	kill(): Promise<void>;
}

export interface ServerOptions {
	/** Without the editor it starts faster. */
	editor?: boolean;
	/** A process group of its own, which `kill` ends, and the end of this process. */
	ownGroup?: boolean;
	/** Where a debugger can attach to it. */
	inspectPort?: number;
}

/** One n8n installation's data: user folder, encryption key, and the commands that work on it. */
export class N8n {
	private constructor(
		readonly host: Host,
		readonly userFolder: string,
		readonly encryptionKey: string,
		private readonly env: Record<string, string>,
	) {}

	static async create(host: Host, env: Record<string, string> = {}): Promise<N8n> {
		setDefaultAutoSelectFamilyAttemptTimeout(attemptTimeoutMs);
		const parent = path.join(hostFolder, 'user');
		await mkdir(parent, { recursive: true });
		const userFolder = await mkdtemp(path.join(parent, 'n8n-'));
		const encryptionKey = randomBytes(24).toString('base64');
		return new N8n(host, userFolder, encryptionKey, {
			...host.env,
			...quiet,
			NODE_COMPILE_CACHE: path.join(hostFolder, 'compiled'),
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: encryptionKey,
			N8N_SECURE_COOKIE: 'false',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			...env,
		});
	}

	async importCredentials(credentials: StoredCredential[]) {
		await this.import('credentials', credentials);
	}

	async importWorkflows(workflows: StoredWorkflow[]) {
		await this.import('workflow', workflows);
	}

	/** Runs a stored workflow in a process of its own. */
	async execute(workflowId: string): Promise<FinishedRun> {
		const { stdout, stderr } = await this.run('execute', `--id=${workflowId}`, '--rawOutput');
		const json = /^\{\n[^]*^\}$/m.exec(stdout)?.[0];
		if (json !== undefined) return (JSON.parse(json) as { data: FinishedRun }).data;
		throw new PlainError(`n8n execute gave no result.\n${lastLines(`${stdout}\n${stderr}`)}`);
	}

	/** Starts the server; comes back when it answers. */
	async startServer(preferredPort?: number, options?: ServerOptions): Promise<N8nProcess> {
		const port = await freePort(preferredPort);
		const url = `http://localhost:${port}`;
		const env = {
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: url,
			WEBHOOK_URL: `${url}/`,
			N8N_DISABLE_UI: String(options?.editor === false),
		};
		// Without the editor nobody is told the settings: a call that asks who is logged in will do.
		const readyPath = options?.editor === false ? 'rest/login' : 'rest/settings';
		return await this.startProcess('start', url, `${url}/${readyPath}`, env, options);
	}

	/** Starts a worker of queue mode; comes back when it has its queue and database. */
	async startWorker(options?: Pick<ServerOptions, 'ownGroup'>): Promise<N8nProcess> {
		const port = await freePort();
		const url = `http://localhost:${port}`;
		const env = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		return await this.startProcess('worker', url, `${url}/healthz/readiness`, env, options);
	}

	async remove() {
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 10 });
	}

	private async import(kind: 'credentials' | 'workflow', content: object[]) {
		const file = path.join(this.userFolder, `${kind}.json`);
		await writeJson(file, content);
		const { failed, stdout, stderr } = await this.run(`import:${kind}`, `--input=${file}`);
		await rm(file);
		if (failed) {
			throw new PlainError(
				`n8n import:${kind} did not succeed.\n${lastLines(`${stdout}\n${stderr}`)}`,
			);
		}
	}

	private async run(...args: string[]) {
		return await execa(this.host.node, [patiently, this.host.n8n, ...args], {
			env: { ...this.env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
			stdin: 'ignore',
			reject: false,
		});
	}

	private async startProcess(
		command: string,
		url: string,
		readyUrl: string,
		env: Record<string, string>,
		{ ownGroup = false, inspectPort }: ServerOptions = {},
	): Promise<N8nProcess> {
		const log = path.join(this.userFolder, `${command}.log`);
		const inspect = inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`];
		const child = execa(this.host.node, [patiently, ...inspect, this.host.n8n, command], {
			env: { ...this.env, ...env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
			stdin: 'ignore',
			all: true,
			buffer: false,
			reject: false,
			forceKillAfterDelay: 20_000,
			detached: ownGroup,
		});
		const killNow = () => {
			const alive = child.exitCode === null && child.signalCode === null;
			if (alive && ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
			else child.kill('SIGKILL');
		};
		if (ownGroup) {
			// From the first moment on: this process may end before n8n has started.
			process.once('exit', killNow);
			void child.then(() => process.off('exit', killNow));
		}
		const kill = async () => {
			killNow();
			await child;
		};
		child.all.pipe(createWriteStream(log));
		await waitUntil(`n8n ${command} answers`, async () => await answers(readyUrl), {
			timeoutMs: startTimeoutMs,
			giveUp: () =>
				child.exitCode === null && child.signalCode === null
					? undefined
					: new PlainError(`n8n ${command} ended at once; see below.`),
		}).catch(async (error: Error) => {
			await stop(child);
			throw new PlainError(`${error.message}\n${lastLines(await readFile(log, 'utf8'))}`);
		});
		return { url, log, ended: child, stop: async () => await stop(child), kill };
	}
}

/** Until n8n is ready it answers with a page that asks for patience, as a success. */
async function answers(url: string): Promise<boolean> {
	const { ok, status, headers } = await fetch(url);
	return (ok || status === 401) && (headers.get('content-type') ?? '').includes('json');
}

async function stop(child: ResultPromise) {
	child.kill('SIGTERM');
	await child;
}
