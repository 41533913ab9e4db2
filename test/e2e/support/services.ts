import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { execa, type Options } from 'execa';

import { freePort, waitUntil } from '../../../scripts/host/ports';

export interface Service {
	port: number;
	stop(): Promise<void>;
}

/** A Redis of its own for one test, without anything on the disk. */
export async function startRedis(): Promise<Service> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'redis-'));
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	return await startService('redis-server', args, { folder, port, stopSignal: 'SIGTERM' });
}

export interface PostgresService extends Service {
	user: string;
	database: string;
	/** The rows that it answers, each as its columns. */
	query(sql: string): Promise<string[][]>;
}

/** A PostgreSQL of its own for one test, open to everyone on this machine while it runs. */
export async function startPostgres(): Promise<PostgresService> {
	const programs = await postgresPrograms();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'postgres-'));
	const account = await unprivilegedAccount(folder);
	const user = 'n8n';
	await execa(
		path.join(programs, 'initdb'),
		['--pgdata', folder, '--username', user, '--auth=trust', '--encoding=UTF8', '--no-sync'],
		{ ...account, cwd: folder },
	);
	const port = await freePort();
	const settings = ['listen_addresses=127.0.0.1', 'fsync=off', `unix_socket_directories=${folder}`];
	const args = ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	// Its "fast" shutdown: does not wait for clients.
	const stopSignal = 'SIGINT';
	const service = await startService(
		path.join(programs, 'postgres'),
		args,
		{ folder, port, stopSignal },
		account,
	);
	const database = 'postgres';
	const query = async (sql: string) => {
		const server = ['-h', '127.0.0.1', '-p', String(port), '-U', user, '-d', database];
		const { stdout } = await execa(path.join(programs, 'psql'), [...server, '-At', '-c', sql]);
		return stdout.split('\n').map((line) => line.split('|'));
	};
	// It takes connections, and refuses them, before it has come up.
	await waitUntil('postgres answers', async () => (await query('select 1')).length === 1).catch(
		async (error: unknown) => {
			await service.stop();
			throw error;
		},
	);
	return { ...service, user, database, query };
}

/** Debian keeps the server's programs out of the path, in a folder for each version. */
async function postgresPrograms(): Promise<string> {
	const parent = '/usr/lib/postgresql';
	const versions = await readdir(parent).catch(() => []);
	const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
	if (newest !== undefined) return path.join(parent, newest, 'bin');
	const { stdout, failed } = await execa('pg_config', ['--bindir'], { reject: false });
	if (!failed) return stdout;
	throw new Error(
		'The queue mode test needs PostgreSQL: install it (on Debian: apt-get install postgresql).',
	);
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedAccount(folder: string): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await execa('id', [flag, 'postgres'])).stdout)),
	);
	await chown(folder, Number(uid), Number(gid));
	return { uid, gid };
}

interface Place {
	folder: string;
	port: number;
	stopSignal: NodeJS.Signals;
}

async function startService(
	program: string,
	args: string[],
	{ folder, port, stopSignal }: Place,
	options: Options = {},
): Promise<Service> {
	const name = path.basename(program);
	const child = execa(program, args, {
		...options,
		cwd: folder,
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	const stop = async () => {
		child.kill(stopSignal);
		await child;
		await rm(folder, { recursive: true, force: true });
	};
	let ended = false;
	void child.then(() => (ended = true));
	try {
		await waitUntil(`${name} answers`, async () => await accepts(port), {
			giveUp: () => (ended ? new Error(`${name} has ended; is it installed?`) : undefined),
		});
	} catch (error) {
		await stop();
		throw new Error(`${String(error)}\n${String((await child).all)}`);
	}
	return { port, stop };
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}
