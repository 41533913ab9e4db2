import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import '../test/setup';
import { casesAt, PACED } from '../test/bench/cases';
import type { Case } from '../test/bench/cases';
import { helper, node } from '../test/bench/clients';
import { runAllCrowds } from '../test/bench/crowds';
import { readList } from '../test/bench/lists';
import { plotRatios } from '../test/bench/plot';
import { functionsOf, partsOf, profile } from '../test/bench/profile';
import { emptyResults, tablesOf, withEarlier } from '../test/bench/report';
import type { Results } from '../test/bench/report';
import { compare } from '../test/bench/rounds';
import type { ClientName, Comparison } from '../test/bench/rounds';
import { Servers } from '../test/bench/servers';
import { measureSizes } from '../test/bench/sizes';

const PARTS = ['rounds', 'paced', 'many', 'lists', 'crowds', 'profile', 'sizes'] as const;
type Part = (typeof PARTS)[number];

const usage = `Usage: npm run bench [-- options]

Measures the nodes beside n8n's HTTP Request node, which makes the same calls with the same credential
in the same process, in alternating rounds. Prints tables; judges nothing.

  --only <a,b>       only these parts: ${PARTS.join(', ')}
  --items <1,100>    numbers of items (default: 1,100,1000)
  --latency <0,50>   latencies in milliseconds (default: 0,50,200)
  --rounds <n>       rounds of each comparison (default: 5)
  --vendors <n,n>    which of the three, from 0 (default: all)
  --json <file>      write all figures to this file
  --docs             write the tables into docs/performance.md, the figures and the plot beside it;
                     of what is not measured, those that are there stay
  --help             this text`;

// Every command runs in the package's folder.
const ROOT = process.cwd();
const DOCUMENT = join(ROOT, 'docs/performance.md');
const FIGURES = join(ROOT, 'docs/performance.json');
const PLOT = join(ROOT, 'docs/images/performance.svg');

const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);
const tell = (line: string) => console.error(line);

/** One tenant is asked for this much, by this many executions at once. */
const CROWD = { executions: 6, items: 30, limit: 10, options: {} };

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', default: PARTS.join(',') },
			items: { type: 'string', default: '1,100,1000' },
			latency: { type: 'string', default: '0,50,200' },
			rounds: { type: 'string', default: '5' },
			vendors: { type: 'string', default: '0,1,2' },
			json: { type: 'string' },
			docs: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	const parts = values.only.split(',');
	const unknown = parts.find((part) => !PARTS.includes(part as Part));
	if (values.help || unknown !== undefined) {
		console.log(unknown === undefined ? usage : `No such part: ${unknown}.\n\n${usage}`);
		return values.help ? 0 : 2;
	}
	const has = (part: Part) => parts.includes(part);
	const results = emptyResults();
	try {
		const servers = await Servers.start();
		try {
			const all = casesAt(servers.urls);
			const cases = numbers(values.vendors).map((index) => all[index]!);
			const clients: ClientName[] = ['node', 'HTTP Request'];
			const measure = async (one: Case, comparison: Comparison) => {
				results.comparisons.push(await compare(one, comparison, servers, tell));
			};
			if (has('rounds')) {
				for (const latency of numbers(values.latency)) {
					for (const items of numbers(values.items)) {
						// With many items, what a call costs by itself shows.
						const withHelper = latency === 0 && items >= 1000;
						const among: ClientName[] = withHelper ? [...clients, 'helper', 'plain'] : clients;
						const comparison = { items, latency, rounds: Number(values.rounds), clients: among };
						for (const one of cases) await measure(one, comparison);
					}
				}
			}
			if (has('paced')) {
				const [, xsiam] = all;
				const paced = { ...xsiam!, name: PACED, options: {} };
				await measure(paced, { items: 1000, latency: 0, rounds: 1, clients });
			}
			if (has('many')) {
				for (const one of cases)
					await measure(one, { items: 10_000, latency: 0, rounds: 1, clients });
			}
			if (has('lists')) results.lists.push(await readList(servers, 10_000));
			if (has('profile')) await takeProfiles(cases, servers, results);
		} finally {
			servers.stop();
		}
		if (has('crowds')) results.crowds.push(...(await runAllCrowds(CROWD, tell)));
		if (has('sizes')) results.sizes = await measureSizes(7);
	} finally {
		// What one part has taken an hour to find out is not lost by another that fails.
		console.log(tablesOf(results));
		if (values.json) await writeFile(values.json, JSON.stringify(results, null, '\t'));
		if (values.docs) await writeDocs(withEarlier(results, await publishedResults()));
	}
	return 0;
}

async function takeProfiles(cases: Case[], servers: Servers, results: Results): Promise<void> {
	const items = Array.from({ length: 1000 }, (_, index) => ({ index }));
	for (const one of cases) {
		for (const [name, client] of Object.entries({ node, helper })) {
			// Without what is compiled and loaded once.
			await client(one, items.slice(0, 50), {});
			await servers.empty();
			const taken = await profile(async () => void (await client(one, items, {})));
			results.profiles[`${one.name}, ${name}`] = partsOf(taken);
			if (name === 'node') {
				const own = functionsOf(taken).filter((part) => part.name.includes(' in nodes/'));
				results.profiles[`${one.name}, functions of the package`] = own.slice(0, 15);
			}
		}
	}
}

const BEGIN = '<!-- What `npm run bench -- --docs` writes begins here. -->';
const END = '<!-- It ends here. -->';

async function publishedResults(): Promise<Results> {
	return JSON.parse(await readFile(FIGURES, 'utf8')) as Results;
}

async function writeDocs(results: Results): Promise<void> {
	const text = await readFile(DOCUMENT, 'utf8');
	const [before, rest = ''] = text.split(BEGIN);
	const [, after = ''] = rest.split(END);
	const written = `${BEGIN}\n\n${tablesOf(results)}\n\n${END}`;
	await writeFile(DOCUMENT, `${before ?? ''}${written}${after}`);
	await writeFile(FIGURES, `${JSON.stringify(results, null, '\t')}\n`);
	await mkdir(join(PLOT, '..'), { recursive: true });
	const shown = results.comparisons.filter(({ rounds }) => rounds > 1);
	if (shown.length > 0) await writeFile(PLOT, plotRatios(shown));
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
