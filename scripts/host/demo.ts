import type { INodeProperties } from 'n8n-workflow';

import { CortexXsiamApi } from '../../credentials/CortexXsiamApi.credentials';
import { installedHost } from './install';
import { N8n, type N8nProcess, type ServerOptions } from './n8n';
import { installCommunityPackage } from './package';
import { PlainError, printFailure, timeTaken, withHeartbeat, type Step } from './progress';
import { owner, Rest } from './rest';
import { credentialsFor, startSimulators, type Simulators } from './vendors';
import {
	exampleWorkflows,
	mainWorkflowName,
	type StoredCredential,
	type StoredWorkflow,
} from './workflows';

/** The editor's usual port. */
export const preferredPort = 5678;

/** An n8n with this package, the simulated vendors, and what was made in it. */
export interface Demo {
	n8n: N8n;
	simulators: Simulators;
	credentials: StoredCredential[];
	workflows: Map<string, StoredWorkflow>;
}

/** What has to be undone at the end, latest first. */
const cleanups: Array<() => Promise<unknown>> = [];

export function atTheEnd(cleanup: () => Promise<unknown>) {
	cleanups.push(cleanup);
}

export async function cleanUp() {
	for (const cleanup of cleanups.splice(0).reverse()) {
		await cleanup().catch(printFailure);
	}
}

/**
 * Resolves with the first signal's name. One press of Ctrl-C may arrive several times, from the
 * terminal and from npm; a later one means that the user does not want to wait.
 */
export function firstSignal(): Promise<NodeJS.Signals> {
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

/** Starts the simulators and sets up an n8n with the packed package; fills `demo`. */
export function demoSteps(demo: Demo, tarball: () => string): Step[] {
	return [
		{
			title: 'Start the vendor simulators',
			task: async () => {
				demo.simulators = await startSimulators();
				atTheEnd(() => demo.simulators.close());
			},
		},
		{
			title: 'Set up n8n with this package, credentials and example workflows',
			task: async (_, task) => await withHeartbeat(task, setUpN8n(demo, tarball())),
		},
	];
}

async function setUpN8n(demo: Demo, tarball: string) {
	demo.n8n = await N8n.create(installedHost());
	atTheEnd(() => demo.n8n.remove());
	await installCommunityPackage(tarball, demo.n8n.userFolder);
	demo.credentials = credentialsFor(demo.simulators);
	demo.workflows = await exampleWorkflows(demo.credentials);
	await demo.n8n.importCredentials(demo.credentials);
	await demo.n8n.importWorkflows([...demo.workflows.values()]);
}

export function mainWorkflow({ workflows }: Pick<Demo, 'workflows'>): StoredWorkflow {
	const workflow = workflows.get(mainWorkflowName);
	if (workflow !== undefined) return workflow;
	throw new PlainError(`examples/${mainWorkflowName}.json is not there.`);
}

/** Starts the server for the first time, with its owner; `use` is given it. */
export function serverStep(
	demo: Demo,
	use: (server: N8nProcess) => void,
	options?: ServerOptions,
): Step {
	return {
		title: 'Start the n8n server',
		task: async (_, task) => {
			const server = await withHeartbeat(task, demo.n8n.startServer(preferredPort, options));
			use(server);
			await new Rest(server.url).setUpOwner();
		},
	};
}

export function printDoor(server: N8nProcess, demo: Demo) {
	const { properties, name } = new CortexXsiamApi();
	const stored = demo.credentials.find(({ type }) => type === name);
	console.log(`
${aligned([
	['Editor', `${server.url}/workflow/${mainWorkflow(demo).id}`],
	['Sign in with', owner.email],
	['Password', owner.password],
])}

A credential of your own for the simulated Cortex XSIAM takes:

${aligned(formOf(properties, stored?.data ?? {}))}

Ready after ${timeTaken()}. Ctrl-C ends it. Everything that was made in this n8n is deleted then.`);
}

function aligned(lines: Array<[label: string, value: string]>): string {
	const width = Math.max(...lines.map(([label]) => label.length));
	return lines.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`).join('\n');
}

/** What to enter in a credential's form, by the labels that stand there. */
function formOf(
	properties: INodeProperties[],
	data: StoredCredential['data'],
): Array<[label: string, value: string]> {
	return properties
		.filter(({ name }) => name in data)
		.map(({ displayName, name, options = [] }) => {
			const value = data[name];
			const chosen = options.find((option) => 'value' in option && option.value === value);
			return [displayName, chosen?.name ?? (value === true ? 'on' : String(value))];
		});
}

/** Runs a command until it has ended or a signal has come, then undoes what it has made. */
export async function untilSignal(main: () => Promise<number>) {
	const stopped = firstSignal().then((signal) => {
		console.log(`\n${signal}: stopping`);
		return signal === 'SIGINT' ? 0 : 143;
	});
	const code = await Promise.race([main(), stopped]).catch((error: unknown) => {
		printFailure(error);
		return 1;
	});
	await cleanUp();
	process.exit(code);
}
