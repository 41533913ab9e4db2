import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { hostSteps, installedHost, lastLines } from './host/install';
import { N8n, type N8nProcess } from './host/n8n';
import { installCommunityPackage, packageSteps } from './host/package';
import { PlainError, printFailure, runSteps, withHeartbeat } from './host/progress';
import { owner, Rest } from './host/rest';
import { printIssuedKeys } from './host/table';
import { credentialsFor, startSimulators, type Simulators } from './host/vendors';
import {
	exampleWorkflows,
	issuedKeys,
	mainWorkflowName,
	vendors,
	type FinishedRun,
	type StoredWorkflow,
} from './host/workflows';

const usage = `Usage: npm start [-- --once]

Starts simulators of the three vendors and an n8n with this package installed, issues one key from
each vendor and leaves the editor open until Ctrl-C.

  --once   end after the keys were issued; exit code 0 only if all three were
  --help   this text`;

/** The editor's usual port. */
const preferredPort = 5678;

/** What has to be undone at the end, latest first. */
const cleanups: Array<() => Promise<unknown>> = [];

async function cleanUp() {
	for (const cleanup of cleanups.splice(0).reverse()) {
		await cleanup().catch(printFailure);
	}
}

/**
 * Resolves with the first signal's name. One press of Ctrl-C may arrive several times, from the
 * terminal and from npm; a later one means that the user does not want to wait.
 */
function firstSignal(): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		let first: number | undefined;
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => {
				if (first !== undefined && Date.now() - first > 1_000) process.exit(130);
				first ??= Date.now();
				resolve(signal);
			});
		}
	});
}

interface Demo {
	n8n: N8n;
	simulators: Simulators;
	workflows: Map<string, StoredWorkflow>;
	run: FinishedRun;
}

async function setUp(): Promise<Demo> {
	let tarball = '';
	const demo = {} as Demo;
	await runSteps([
		...hostSteps(),
		...packageSteps((file) => (tarball = file)),
		{
			title: 'Start the vendor simulators',
			task: async () => {
				demo.simulators = await startSimulators();
				cleanups.push(() => demo.simulators.close());
			},
		},
		{
			title: 'Set up n8n with this package, credentials and example workflows',
			task: async (_, task) => await withHeartbeat(task, setUpN8n(demo, tarball)),
		},
		{
			title: 'Run the main workflow: one key from each vendor',
			task: async (_, task) => {
				const run = demo.n8n.execute(mainWorkflow(demo.workflows).id);
				demo.run = await withHeartbeat(task, run);
			},
		},
	]);
	return demo;
}

async function setUpN8n(demo: Demo, tarball: string) {
	demo.n8n = await N8n.create(installedHost());
	cleanups.push(() => demo.n8n.remove());
	await installCommunityPackage(tarball, demo.n8n.userFolder);
	const credentials = credentialsFor(demo.simulators);
	demo.workflows = await exampleWorkflows(credentials);
	await demo.n8n.importCredentials(credentials);
	await demo.n8n.importWorkflows([...demo.workflows.values()]);
}

function mainWorkflow(workflows: Map<string, StoredWorkflow>): StoredWorkflow {
	const workflow = workflows.get(mainWorkflowName);
	if (workflow !== undefined) return workflow;
	throw new PlainError(`examples/${mainWorkflowName}.json is not there.`);
}

/** Prints what was issued; true if every vendor gave a key. */
function report(run: FinishedRun): boolean {
	const keys = issuedKeys(run);
	printIssuedKeys(keys);
	const missing = vendors.filter((vendor) => !keys.some((key) => key.vendor === vendor));
	if (missing.length > 0) console.error(`No key from: ${missing.join(', ')}.`);
	const { error } = run.resultData;
	if (error) {
		console.error([error.node?.name, error.message, error.description].filter(Boolean).join(': '));
	}
	return missing.length === 0 && !error;
}

async function startEditor({ n8n, workflows }: Demo): Promise<N8nProcess> {
	let server: N8nProcess | undefined;
	await runSteps([
		{
			title: 'Start the n8n server',
			task: async (_, task) => {
				server = await withHeartbeat(task, n8n.startServer(preferredPort));
				cleanups.push(async () => await server?.stop());
				await new Rest(server.url).setUpOwner();
			},
		},
	]);
	if (server === undefined) throw new Error('The n8n server has not started.');
	console.log(`
  Editor         ${server.url}/workflow/${mainWorkflow(workflows).id}
  Sign in with   ${owner.email}
  Password       ${owner.password}

Ctrl-C ends it. Everything that was made in this n8n is deleted then.`);
	return server;
}

async function start(once: boolean): Promise<number> {
	const demo = await setUp();
	const complete = report(demo.run);
	if (once) return complete ? 0 : 1;
	const server = await startEditor(demo);
	await server.ended;
	throw new PlainError(`n8n has ended.\n${lastLines(await readFile(server.log, 'utf8'))}`);
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { once: { type: 'boolean', default: false }, help: { type: 'boolean' } },
	});
	if (values.help) {
		console.log(usage);
		return 0;
	}
	const stopped = firstSignal().then((signal) => {
		console.log(`\n${signal}: stopping`);
		return signal === 'SIGINT' ? 0 : 143;
	});
	return await Promise.race([start(values.once), stopped]);
}

async function mainThenCleanUp() {
	const code = await main().catch((error: unknown) => {
		printFailure(error);
		return 1;
	});
	await cleanUp();
	process.exit(code);
}

void mainThenCleanUp();
