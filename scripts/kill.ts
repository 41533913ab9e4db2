import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { kinds, type Kind } from '../test/kill/kinds';
import { count, jsonReport, markdownReport, textReport } from '../test/kill/report';
import { runScenario, type ScenarioResult } from '../test/kill/run';
import { scenarios } from '../test/kill/scenarios';
import { hostSteps } from './host/install';
import { packageSteps } from './host/package';
import { PlainError, printFailure, runSteps } from './host/progress';

const usage = `Usage: npm run test:kill [-- options] [-- scenario ...]

Kills a real n8n before and after each request of each rotation, lets days go by, and asks the
vendors' simulators and real SSH servers what is left. Ends with a table: what broke where.

Scenarios: ${scenarios.map(({ name }) => name).join(', ')} (default: all)

  --kinds <a,b>      only these disturbances: ${Object.keys(kinds).join(', ')}
  --requests <3,7>   only at these requests
  --sample <n>       only n points, spread over all
  --lanes <n>        how many n8n at a time (default: 2, or 1 on a machine with one core)
  --json <file>      write everything that was seen to this file
  --markdown <file>  write the table as Markdown to this file
  --help             this text`;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started in process groups of its own is ended on the way out.
	process.on(signal, () => {
		console.error(`${signal}: stopped before all points were tried; there is no table.`);
		process.exit(130);
	});
}

const listOf = (text: string | undefined) => text?.split(',').filter(Boolean);

function kindsOf(text: string | undefined): Kind[] | undefined {
	const names = listOf(text);
	const unknown = names?.find((name) => !(name in kinds));
	if (unknown !== undefined) throw new PlainError(`No such kind: ${unknown}.\n\n${usage}`);
	return names as Kind[] | undefined;
}

function numberOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const number = Number(text);
	if (!Number.isInteger(number) || number < 1)
		throw new PlainError(`No number: ${text}.\n\n${usage}`);
	return number;
}

function scenariosOf(names: string[]) {
	const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
	if (unknown !== undefined) throw new PlainError(`No such scenario: ${unknown}.\n\n${usage}`);
	return scenarios.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			kinds: { type: 'string' },
			requests: { type: 'string' },
			sample: { type: 'string' },
			lanes: { type: 'string' },
			json: { type: 'string' },
			markdown: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		console.log(usage);
		return 0;
	}
	const chosen = scenariosOf(positionals);
	const wanted = {
		kinds: kindsOf(values.kinds),
		numbers: listOf(values.requests)?.map(Number),
		sample: numberOf(values.sample),
	};
	const lanes = numberOf(values.lanes) ?? Math.min(2, cpus().length);
	let tarball = '';
	await runSteps([...hostSteps(), ...packageSteps((file) => (tarball = file))]);
	const results: ScenarioResult[] = [];
	for (const scenario of chosen) {
		results.push(await runScenario(scenario, tarball, wanted, { lanes, tell: console.log }));
	}
	console.log(`\n${textReport(results)}`);
	if (values.json !== undefined) await writeFile(values.json, jsonReport(results));
	if (values.markdown !== undefined) await writeFile(values.markdown, markdownReport(results));
	const { passed, failed } = count(results);
	console.log(`\npoints: ${passed} hold, ${failed} do not`);
	return passed > 0 && failed === 0 ? 0 : 1;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		printFailure(error);
		process.exit(1);
	},
);
