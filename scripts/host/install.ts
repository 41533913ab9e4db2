import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa, type Options } from 'execa';

import { PlainError, withHeartbeat, type Step, type Task } from './progress';

/** Every command is started by run.mjs, which makes the package's folder the current one. */
export const packageRoot = process.cwd();
export const hostFolder = path.join(packageRoot, '.n8n-host');

const nodeFolder = path.join(hostFolder, 'node');
const manifests = path.join(packageRoot, 'scripts', 'host');

/**
 * The newest n8n that the package is tested with, and the oldest that it runs in: where each is
 * installed, and the Node.js versions that it runs on and has prebuilt native modules for.
 */
const releases = {
	newest: { name: 'n8n', nodeMajors: [24, 26] },
	oldest: { name: 'n8n-oldest', nodeMajors: [24] },
};
export type Release = keyof typeof releases;

const folderOf = (release: Release) => path.join(hostFolder, releases[release].name);

export interface Host {
	/** The Node.js that n8n runs on. */
	node: string;
	/** n8n's own entry script. */
	n8n: string;
	/** Environment that puts this Node.js first. */
	env: Record<string, string>;
}

interface Runtime {
	node: string;
	/** Where the C headers are, if they came with it. */
	headers?: string;
}

/** The machine's own Node.js where n8n runs on it, else the one from npm. */
function findRuntime(release: Release): Runtime | undefined {
	const { nodeMajors } = releases[release];
	if (nodeMajors.includes(Number.parseInt(process.versions.node, 10))) {
		return withHeaders(process.execPath);
	}
	const fromNpm = ['node', 'node-bin']
		.map((prefix) => `${prefix}-${process.platform}-${process.arch}`)
		.map((name) => path.join(nodeFolder, 'node_modules', name, 'bin', 'node'))
		.find((file) => existsSync(file));
	return fromNpm === undefined ? undefined : withHeaders(fromNpm);
}

function withHeaders(node: string): Runtime {
	const prefix = path.dirname(path.dirname(node));
	return existsSync(path.join(prefix, 'include', 'node', 'node.h'))
		? { node, headers: prefix }
		: { node };
}

function runtimeOrFail(release: Release): Runtime {
	const runtime = findRuntime(release);
	if (runtime === undefined) throw noRuntime(release);
	return runtime;
}

function noRuntime(release: Release): PlainError {
	const { nodeMajors } = releases[release];
	return new PlainError(
		`n8n needs Node.js ${nodeMajors.join(' or ')}. This is Node.js ` +
			`${process.versions.node}, and npm has no other that runs on this machine: ` +
			`install Node.js ${nodeMajors[0]} and run this again.`,
	);
}

function environmentOf(runtime: Runtime): Record<string, string> {
	return {
		PATH: [path.dirname(runtime.node), process.env.PATH].join(path.delimiter),
		...(runtime.headers && { npm_config_nodedir: runtime.headers }),
	};
}

export function installedHost(release: Release = 'newest'): Host {
	const runtime = runtimeOrFail(release);
	return {
		node: runtime.node,
		n8n: path.join(folderOf(release), 'node_modules', 'n8n', 'bin', 'n8n'),
		env: environmentOf(runtime),
	};
}

/** Installs what is not there yet; a second run finds everything and does nothing. */
export function hostSteps(release: Release = 'newest'): Step[] {
	const { name } = releases[release];
	const folder = folderOf(release);
	return [
		{
			title: 'Node.js for n8n',
			skip: () => findRuntime(release) !== undefined && 'there',
			task: async (_, task) => {
				await installLocked('node', nodeFolder, task);
				const { failed } = await execa(runtimeOrFail(release).node, ['--version'], {
					reject: false,
				});
				if (failed) throw noRuntime(release);
			},
		},
		{
			title: 'n8n server (2.7 GB, takes some minutes)',
			skip: async () => (await isInstalled(name, folder)) && 'there',
			task: async (_, task) => await installLocked(name, folder, task),
		},
		{
			title: 'SQLite for n8n',
			skip: async () => (await sqliteWorks(release)) && 'there',
			task: async (_, task) => await installSqlite(release, task),
		},
	];
}

const markerOf = (folder: string) => path.join(folder, 'installed.sha256');

async function lockHash(name: string): Promise<string> {
	const lock = await readFile(path.join(manifests, name, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex');
}

async function isInstalled(name: string, folder: string): Promise<boolean> {
	const marker = await readFile(markerOf(folder), 'utf8').catch(() => '');
	return marker === (await lockHash(name));
}

async function installLocked(name: string, folder: string, task: Task) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		await cp(path.join(manifests, name, file), path.join(folder, file));
	}
	let fetched = 0;
	const installation = npm(
		// As the lock file was made, whatever the user's or this package's own settings are.
		['ci', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps=false', '--loglevel=http'],
		{ cwd: folder },
	);
	installation.stderr?.on('data', (chunk: Buffer) => {
		fetched += chunk.toString().split('http fetch').length - 1;
	});
	const result = await withHeartbeat(task, installation, () =>
		fetched === 0 ? 'npm reads the lock file' : `${fetched} downloads`,
	);
	if (result.failed) {
		throw new PlainError(
			`npm could not install the ${name === 'node' ? 'Node.js for n8n' : 'n8n server'}: ` +
				`is the npm registry reachable, and is there room on the disk?\n` +
				lastLines(result.stderr),
		);
	}
	await writeFile(markerOf(folder), await lockHash(name));
}

async function sqliteWorks(release: Release): Promise<boolean> {
	const runtime = findRuntime(release);
	if (runtime === undefined) return false;
	const { failed } = await execa(runtime.node, ['-e', "require('sqlite3')"], {
		cwd: folderOf(release),
		reject: false,
	});
	return !failed;
}

async function installSqlite(release: Release, task: Task) {
	// A prebuilt one is fetched where its download server can be reached, else it is compiled: with little
	// optimisation, since that takes a third of the time, and few ask this database for much.
	const rebuild = npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: folderOf(release),
		env: { ...environmentOf(runtimeOrFail(release)), CFLAGS: '-O1', CXXFLAGS: '-O1' },
	});
	const result = await withHeartbeat(task, rebuild, () => 'fetching or compiling it');
	if (!result.failed && (await sqliteWorks(release))) return;
	throw new PlainError(
		'SQLite, in which n8n keeps its data, could be neither fetched prebuilt nor compiled. ' +
			'Compiling it takes Python 3, make and a C++ compiler ' +
			'(on Debian: apt-get install python3 make g++).\n' +
			lastLines(`${result.stdout}\n${result.stderr}`),
	);
}

export function npm<O extends Options>(args: string[], options: O) {
	return execa('npm', [...args, '--no-audit', '--no-fund'], {
		...options,
		// npm hands its own folder down to the npm that it starts.
		env: { ...options.env, npm_config_local_prefix: undefined },
		stdin: 'ignore',
		reject: false,
	});
}

export function lastLines(output: unknown, count = 20): string {
	return String(output).trimEnd().split('\n').slice(-count).join('\n');
}
