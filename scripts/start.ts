import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import {
	atTheEnd,
	demoSteps,
	mainWorkflow,
	printDoor,
	serverStep,
	untilSignal,
	type Demo,
} from './host/demo';
import { lastLines } from './host/install';
import type { N8nProcess } from './host/n8n';
import { hostAndPackage } from './host/package';
import { PlainError, runSteps, timeTaken, withHeartbeat } from './host/progress';
import { printIssuedKeys } from './host/table';
import { issuedKeys, vendors, type FinishedRun } from './host/workflows';

const usage = `Usage: npm start [-- --once]

Starts simulators of the three vendors and an n8n with this package installed, issues one key from
each vendor and leaves the editor open until Ctrl-C.

  --once   end after the keys were issued; exit code 0 only if all three were
  --help   this text`;

interface RunDemo extends Demo {
	run: FinishedRun;
}

async function setUp(): Promise<RunDemo> {
	let tarball = '';
	const demo = {} as RunDemo;
	await runSteps([
		hostAndPackage((file) => (tarball = file)),
		...demoSteps(demo, () => tarball),
		{
			title: 'Run the main workflow: one key from each vendor',
			task: async (_, task) => {
				const run = demo.n8n.execute(mainWorkflow(demo).id);
				demo.run = await withHeartbeat(task, run);
			},
		},
	]);
	return demo;
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

async function start(once: boolean): Promise<number> {
	const demo = await setUp();
	const complete = report(demo.run);
	if (once) {
		console.log(`It took ${timeTaken()}.`);
		return complete ? 0 : 1;
	}
	let server: N8nProcess | undefined;
	await runSteps([
		serverStep(demo, (started) => {
			server = started;
			atTheEnd(() => started.stop());
		}),
	]);
	if (server === undefined) throw new Error('The n8n server has not started.');
	printDoor(server, demo);
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
	return await start(values.once);
}

void untilSignal(main);
