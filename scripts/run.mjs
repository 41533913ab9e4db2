/**
 * Entry of every command, in plain Node.js, because nothing is installed yet in a fresh clone:
 * brings the dependencies up to date, then runs scripts/<command>.ts in the package's folder.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const commands = ['start', 'dev', 'test', 'e2e', 'kill', 'bench', 'release', 'operations'];
const oldestNode = 20;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** From here on the user waits; the command tells how long (host/progress.ts). */
const started = Date.now();

const secondsSince = (time) => Math.round((Date.now() - time) / 1000);

function readPackages(file) {
	return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
}

/** Compares content, not times: a checkout gives every file a new time. */
function dependenciesAreCurrent() {
	let present;
	try {
		present = readPackages('node_modules/.package-lock.json');
	} catch {
		return false;
	}
	return Object.entries(readPackages('package-lock.json')).every(
		([location, { version, optional, extraneous }]) =>
			location === '' ||
			extraneous ||
			(optional && !(location in present)) ||
			present[location]?.version === version,
	);
}

/** Runs a program to its end; signals sent to this process reach it. */
function run(file, args) {
	return new Promise((resolve, reject) => {
		const env = { ...process.env, COMMAND_STARTED: String(started) };
		const child = spawn(file, args, { cwd: root, stdio: 'inherit', env });
		let isTold = false;
		const forward = (signal) => {
			isTold = true;
			// Ctrl-C in a terminal reaches the whole process group by itself.
			if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
		};
		const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
		for (const signal of signals) process.on(signal, forward);
		// npm passes signals to a shell, which dies of them without passing them on.
		const parent = process.ppid;
		const orphaned = setInterval(() => {
			// Once: a second signal means that the user does not want to wait for the end.
			if (process.ppid === parent || isTold) return;
			isTold = true;
			child.kill('SIGTERM');
		}, 1_000);
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			clearInterval(orphaned);
			for (const name of signals) process.off(name, forward);
			resolve(code ?? 128 + constants.signals[signal]);
		});
	});
}

async function installDependencies() {
	const begun = Date.now();
	console.log('Installing the development dependencies (once; takes some minutes)');
	const heartbeat = setInterval(() => {
		// In a terminal npm shows its own progress.
		if (process.stdout.isTTY) return;
		console.log(`  installing, ${secondsSince(begun)} s`);
	}, 15_000);
	const npm = process.env.npm_execpath;
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	try {
		const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
		if (code === 0) console.log(`Installed in ${secondsSince(begun)} s`);
		return code;
	} finally {
		clearInterval(heartbeat);
	}
}

async function main([command, ...args]) {
	if (!commands.includes(command)) {
		console.error(`Usage: node scripts/run.mjs ${commands.join('|')} [options]`);
		return 2;
	}
	if (Number.parseInt(process.versions.node, 10) < oldestNode) {
		console.error(
			`Node.js ${oldestNode} or newer is needed; this is Node.js ${process.versions.node}.`,
		);
		return 2;
	}
	if (!dependenciesAreCurrent()) {
		const code = await installDependencies();
		if (code !== 0) {
			console.error('npm ci could not install the dependencies; its own words are above.');
			return code;
		}
	}
	return run(process.execPath, ['--import', 'tsx', `scripts/${command}.ts`, ...args]);
}

process.exitCode = await main(process.argv.slice(2));
