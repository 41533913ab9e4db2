import { watch } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';

import { atTheEnd, demoSteps, printDoor, serverStep, untilSignal, type Demo } from './host/demo';
import { hostSteps, lastLines, packageRoot } from './host/install';
import type { N8nProcess } from './host/n8n';
import { installedPackage, packStep } from './host/package';
import { freePort } from './host/ports';
import { PlainError, printFailure, runSteps, withHeartbeat } from './host/progress';
import { Rebuilder } from './host/rebuild';

const usage = `Usage: npm run dev

Starts simulators of the three vendors and an n8n with this package, as npm start does, and watches
nodes, credentials and icons: after a change it builds the package and starts n8n anew. Workflows,
credentials and what the simulators hold stay. A debugger can attach to n8n.

Types are not checked: that is for your editor and for npm test. A change of the simulators or of the
examples needs a new start.

  --help   this text`;

const watched = ['nodes', 'credentials', 'icons'];

/** Editors write a file in several steps. */
const settlingMs = 200;

/** Where debuggers look first. */
const preferredInspectPort = 9229;

/** With source maps for the debugger, and without a check of the types. */
async function build(): Promise<string | undefined> {
	const result = await execa('gulp', ['dev', '--silent'], {
		cwd: packageRoot,
		preferLocal: true,
		reject: false,
		all: true,
	});
	return result.failed ? lastLines(result.all) : undefined;
}

async function buildOrFail() {
	const problem = await build();
	if (problem !== undefined) throw new PlainError(`The package does not build.\n${problem}`);
}

/** The n8n that runs, or none after it has ended by itself. */
class Server {
	private running: N8nProcess | undefined;

	constructor(
		private readonly demo: Demo,
		private readonly url: string,
		private readonly inspectPort: number,
	) {}

	watchOver(server: N8nProcess) {
		this.running = server;
		void server.ended.then(async () => {
			if (this.running !== server) return;
			this.running = undefined;
			const log = lastLines(await readFile(server.log, 'utf8'));
			console.log(`n8n has ended; the next change starts it again.\n${log}`);
		});
	}

	/** Starts n8n anew with what was built, behind the same address. */
	async replace() {
		await this.stop();
		const target = path.join(await installedPackage(this.demo.n8n.userFolder), 'dist');
		await rm(target, { recursive: true, force: true });
		await cp(path.join(packageRoot, 'dist'), target, { recursive: true });
		const { inspectPort } = this;
		const port = Number(new URL(this.url).port);
		const server = await this.demo.n8n.startServer(port, { inspectPort });
		this.watchOver(server);
		console.log(`  n8n runs again: ${server.url}`);
	}

	async stop() {
		const server = this.running;
		this.running = undefined;
		await server?.stop();
	}
}

function watchSources(rebuilder: Rebuilder) {
	for (const folder of watched) {
		watch(path.join(packageRoot, folder), { recursive: true }, (_, file) => {
			if (file === null) return;
			void delay(settlingMs)
				.then(async () => await rebuilder.change(path.join(folder, file)))
				.catch(printFailure);
		});
	}
	console.log(`Watching ${watched.join(', ')}.`);
}

async function dev(): Promise<number> {
	const demo = {} as Demo;
	const inspectPort = await freePort(preferredInspectPort);
	let tarball = '';
	let first: N8nProcess | undefined;
	await runSteps([
		...hostSteps(),
		{
			title: 'Build the package',
			task: async (_, task) => await withHeartbeat(task, buildOrFail()),
		},
		packStep((file) => (tarball = file)),
		...demoSteps(demo, () => tarball),
		serverStep(demo, (server) => (first = server), { inspectPort }),
	]);
	if (first === undefined) throw new Error('The n8n server has not started.');
	const server = new Server(demo, first.url, inspectPort);
	atTheEnd(() => server.stop());
	server.watchOver(first);
	printDoor(first, demo);
	console.log(`\nA debugger can attach to 127.0.0.1:${inspectPort}.`);
	watchSources(
		new Rebuilder({
			build,
			replace: () => server.replace().catch(printFailure),
			say: (text) => console.log(`  ${text}`),
		}),
	);
	return await new Promise<never>(() => {});
}

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
	if (values.help) {
		console.log(usage);
		return 0;
	}
	return await dev();
}

void untilSignal(main);
