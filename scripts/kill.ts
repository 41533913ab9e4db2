import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { kinds, type Kind } from '../test/kill/kinds';
import { count, jsonReport, markdownReport, textReport, withTable } from '../test/kill/report';
import { Results } from '../test/kill/results';
import { Lanes, type ScenarioResult } from '../test/kill/run';
import { scenarios } from '../test/kill/scenarios';
import { hostFolder, packageRoot, type Release } from './host/install';
import { hostAndPackage } from './host/package';
import { PlainError, printFailure, runSteps } from './host/progress';

const usage = `Usage: npm run test:kill [-- options] [-- scenario ...]

Kills a real n8n before and after each request of each rotation, lets days go by, and asks the
vendors' simulators and real SSH servers what is left. Ends with a table: what broke where.

Scenarios: ${scenarios.map(({ name }) => name).join(', ')} (default: all)

  --kinds <a,b>      only these disturbances: ${Object.keys(kinds).join(', ')}
  --requests <3,7>   only at these requests
  --at <text>        only at requests whose labels contain this, as 'POST api_keys/generate'
  --sample <n>       only n points, spread over all
  --oldest           in the oldest n8n that the package runs in
  --lanes <n>        how many n8n at a time (default: 2, or 1 on a machine with one core)
  --minutes <n>      begin no point later than that
  --resume           go on where an earlier run of the same package was stopped
  --json <file>      write everything that was seen to this file
  --markdown <file>  write the table as Markdown to this file
  --docs             write the table into docs/rotation.md
  --help             this text`;

/** Where what was seen is kept, for --resume. */
const resultsFolder = path.join(hostFolder, 'kill');

const docs = path.join(packageRoot, 'docs', 'rotation.md');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started in process groups of its own is ended on the way out.
	process.on(signal, () => {
		console.error(`${signal}: stopped before all points were tried; --resume goes on.`);
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

function scenariosOf(names: string[], release: Release) {
	// The oldest n8n has no API that its own credentials can be changed by.
	const there = scenarios.filter(({ needsOwnApi }) => release === 'newest' || !needsOwnApi);
	const unknown = names.find((name) => !there.some((scenario) => scenario.name === name));
	if (unknown !== undefined) throw new PlainError(`No such scenario: ${unknown}.\n\n${usage}`);
	return there.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			kinds: { type: 'string' },
			requests: { type: 'string' },
			at: { type: 'string' },
			sample: { type: 'string' },
			oldest: { type: 'boolean', default: false },
			lanes: { type: 'string' },
			minutes: { type: 'string' },
			resume: { type: 'boolean', default: false },
			json: { type: 'string' },
			markdown: { type: 'string' },
			docs: { type: 'boolean', default: false },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		console.log(usage);
		return 0;
	}
	const release: Release = values.oldest ? 'oldest' : 'newest';
	const chosen = scenariosOf(positionals, release);
	const size = numberOf(values.sample);
	const wanted = {
		kinds: kindsOf(values.kinds),
		numbers: listOf(values.requests)?.map(Number),
		at: values.at,
		...(size !== undefined && { sample: { size, from: 0 } }),
	};
	const minutes = numberOf(values.minutes);
	const until = minutes === undefined ? undefined : Date.now() + minutes * 60_000;
	const tested = { tarball: '', release };
	await runSteps([hostAndPackage((tarball) => (tested.tarball = tarball), release)]);
	const laneCount = numberOf(values.lanes) ?? Math.min(2, cpus().length);
	const lanes = new Lanes(chosen, tested, laneCount);
	const seen: ScenarioResult[] = [];
	try {
		for (const scenario of chosen) {
			const results = await Results.open(resultsFolder, scenario, tested, values.resume);
			seen.push(await lanes.run(scenario, wanted, { tell: console.log, results, until }));
		}
	} finally {
		await lanes.close();
	}
	console.log(`\n${textReport(seen)}`);
	if (values.json !== undefined) await writeFile(values.json, jsonReport(seen));
	if (values.markdown !== undefined) await writeFile(values.markdown, markdownReport(seen));
	if (values.docs) await writeDocs(seen, release);
	const { passed, failed } = count(seen);
	console.log(`\npoints: ${passed} hold, ${failed} do not`);
	return passed > 0 && failed === 0 ? 0 : 1;
}

async function writeDocs(seen: ScenarioResult[], release: Release) {
	let text = await readFile(docs, 'utf8');
	for (const result of seen) text = withTable(text, result, release);
	await writeFile(docs, text);
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		printFailure(error);
		process.exit(1);
	},
);
