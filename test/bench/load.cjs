/**
 * How long n8n takes to load the built package: all nodes and credential types, over what n8n has
 * loaded already. Prints milliseconds, each of a process of its own; judges nothing.
 * Run: npm run build && node test/bench/load.cjs [processes]
 */
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');

function load() {
	for (const name of ['n8n-workflow', 'zod', 'luxon']) require(name);
	const { n8n } = require(join(ROOT, 'package.json'));
	const started = process.hrtime.bigint();
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		for (const Type of Object.values(require(join(ROOT, file)))) new Type();
	}
	return Number(process.hrtime.bigint() - started) / 1e6;
}

function main([processes = 7]) {
	const times = Array.from({ length: Number(processes) }, () =>
		Number(execFileSync(process.execPath, [__filename, '--once'], { encoding: 'utf8' })),
	).sort((a, b) => a - b);
	console.log(`${times.map((time) => time.toFixed(0)).join(', ')} ms`);
}

if (process.argv[2] === '--once') console.log(load());
else main(process.argv.slice(2));
