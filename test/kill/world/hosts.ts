import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';

import { freePort, waitUntil } from '../../../scripts/host/ports';
import { PlainError } from '../../../scripts/host/progress';
import type { Clock } from './clock';
import type { Journal } from './journal';

/** The observer's command, which no workflow runs. */
const observerCommand = 'observer: who am I';

const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];

export interface HostSpec {
	hostname: string;
	/** An address of this machine that is the host's alone: `127.0.0.2` to `127.255.255.254`. */
	ip: string;
}

/** A machine with OpenSSH's own server, a home folder and keys that may log in. */
export class Host {
	private server: ChildProcess | undefined;

	constructor(
		readonly spec: HostSpec,
		readonly port: number,
		private readonly folder: string,
		private readonly sshd: string,
	) {}

	/** What `~` is on the host. */
	get home(): string {
		return path.join(this.folder, 'home');
	}

	get isUp(): boolean {
		return this.server !== undefined;
	}

	async up() {
		if (this.server !== undefined) return;
		const config = path.join(this.folder, 'sshd_config');
		const log = path.join(this.folder, 'log');
		const server = spawn(this.sshd, ['-D', '-f', config, '-E', log], { stdio: 'ignore' });
		this.server = server;
		const kill = () => server.kill('SIGKILL');
		process.once('exit', kill);
		server.once('exit', () => process.off('exit', kill));
		await waitUntil(`sshd of ${this.spec.hostname} answers`, async () => await this.answers(), {
			giveUp: () =>
				server.exitCode === null ? undefined : new Error(`sshd of ${this.spec.hostname} ended`),
		});
	}

	async down() {
		const { server } = this;
		this.server = undefined;
		if (server === undefined || server.exitCode !== null) return;
		server.kill('SIGKILL');
		await once(server, 'exit');
	}

	/** An empty home with this as its authorized_keys, readable to its owner alone. */
	async reset(authorizedKeys: string) {
		await rm(this.home, { recursive: true, force: true });
		await mkdir(path.join(this.home, '.ssh'), { recursive: true, mode: 0o700 });
		await writeFile(this.authorizedKeysFile, authorizedKeys, { mode: 0o600 });
	}

	get authorizedKeysFile(): string {
		return path.join(this.home, '.ssh', 'authorized_keys');
	}

	async authorizedKeys(): Promise<string> {
		return await readFile(this.authorizedKeysFile, 'utf8').catch(() => '');
	}

	/** Whether somebody who has the private key can log in, by OpenSSH's own client. */
	async opens(privateKey: string): Promise<boolean> {
		// Of their own: the observer looks from several sides at once.
		const file = path.join(this.folder, `observers_key-${randomUUID()}`);
		await writeFile(file, privateKey.endsWith('\n') ? privateKey : `${privateKey}\n`, {
			mode: 0o600,
		});
		const options = {
			BatchMode: 'yes',
			// A busy machine is no lock.
			ConnectTimeout: '120',
			IdentitiesOnly: 'yes',
			IdentityFile: file,
			LogLevel: 'ERROR',
			PreferredAuthentications: 'publickey',
			StrictHostKeyChecking: 'no',
			UserKnownHostsFile: '/dev/null',
		};
		const { stdout } = await execa(
			'ssh',
			[
				'-F',
				'none',
				...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
				'-p',
				String(this.port),
				`${userInfo().username}@${this.spec.ip}`,
				observerCommand,
			],
			{ stdin: 'ignore', reject: false },
		);
		await rm(file);
		return stdout === this.spec.hostname;
	}

	private async answers(): Promise<boolean> {
		return await new Promise((resolve) => {
			const socket = connect(this.port, this.spec.ip);
			socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
			socket.once('connect', () => socket.destroy());
		});
	}
}

/** The hosts of a scenario; what is run on them goes through the journal. */
export class Hosts {
	private constructor(
		/** By host name. */
		readonly all: Map<string, Host>,
		readonly port: number,
		private readonly control: Server,
		/** Of commands that are under way: one that n8n was killed in never goes on. */
		private readonly sockets: Set<Socket>,
	) {}

	/** They are down until they are told to come up. */
	static async prepare(
		folder: string,
		specs: HostSpec[],
		journal: Journal,
		clock: Clock,
	): Promise<Hosts> {
		const sockets = new Set<Socket>();
		const control = createServer((socket) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
			void serve(socket, journal);
		});
		control.listen(0, '127.0.0.1');
		await once(control, 'listening');
		const { port: controlPort } = control.address() as AddressInfo;
		const port = await freePort();
		const all = new Map<string, Host>();
		for (const spec of specs) {
			const home = path.join(folder, spec.hostname);
			await mkdir(home, { recursive: true });
			const sshd = await configure(home, spec, port, controlPort, clock);
			all.set(spec.hostname, new Host(spec, port, home, sshd));
		}
		return new Hosts(all, port, control, sockets);
	}

	async close() {
		for (const host of this.all.values()) await host.down();
		this.control.close();
		for (const socket of this.sockets) socket.destroy();
	}
}

async function configure(
	folder: string,
	spec: HostSpec,
	port: number,
	controlPort: number,
	clock: Clock,
): Promise<string> {
	const sshd = folders.map((one) => path.join(one, 'sshd')).find((file) => existsSync(file));
	if (sshd === undefined) {
		throw new PlainError(
			"OpenSSH's server is not there (on Debian: apt-get install openssh-server).",
		);
	}
	// Where it separates privileges, if it runs as root.
	if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
	const hostKey = path.join(folder, 'host_key');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey]);
	const home = path.join(folder, 'home');
	const shell = path.join(folder, 'shell');
	await writeFile(shell, shellScript(spec, home, controlPort, clock), { mode: 0o700 });
	const keyFiles = ['authorized_keys', 'authorized_keys2'];
	const settings = [
		`Port ${port}`,
		`ListenAddress ${spec.ip}`,
		`HostKey ${hostKey}`,
		'PidFile none',
		`AuthorizedKeysFile ${keyFiles.map((name) => path.join(home, '.ssh', name)).join(' ')}`,
		'AuthenticationMethods publickey',
		'PermitRootLogin prohibit-password',
		'StrictModes no',
		'UsePAM no',
		'MaxStartups 100',
		`ForceCommand ${shell}`,
		// Some shells read start-up files even for a command: not those of whoever runs the tests.
		`SetEnv HOME=${home}`,
	];
	const config = path.join(folder, 'sshd_config');
	// Newer servers make those wait who failed before; older ones do not know the word.
	for (const lines of [[...settings, 'PerSourcePenalties no'], settings]) {
		await writeFile(config, lines.map((line) => `${line}\n`).join(''));
		if (spawnSync(sshd, ['-t', '-f', config]).status === 0) break;
	}
	return sshd;
}

/**
 * What runs every command on a host: it asks the test before and after, holds back what the command
 * has said until then, and breaks the connection where it is told to.
 */
function shellScript({ hostname }: HostSpec, home: string, port: number, clock: Clock): string {
	const environment = Object.entries(clock.environment());
	return `#!/bin/bash
command=$SSH_ORIGINAL_COMMAND
if [ "$command" = '${observerCommand}' ]; then echo '${hostname}'; exit; fi
exec 3<>/dev/tcp/127.0.0.1/${port} || exit 255
break_connection() { kill -KILL "$PPID"; exit 255; }
run() {
	out=$(mktemp) err=$(mktemp)
	(
		exec 3>&-
		export ${environment.map(([name, value]) => `${name}='${value}'`).join(' ')} HOME='${home}'
		cd "$HOME" && exec sh -c "$command" </dev/null >"$out" 2>"$err"
	)
	code=$?
	printf 'done %s\\n' "$code" >&3
}
printf '%s\\t%s\\n' '${hostname}' "$(printf '%s' "$command" | base64 -w 0)" >&3
read -r verdict <&3
case $verdict in
	cut) break_connection ;;
	park)
		(trap '' HUP; read -r _ <&3; run; rm -f "$out" "$err") </dev/null >/dev/null 2>&1 &
		break_connection
		;;
esac
run
read -r verdict <&3
if [ "$verdict" != cut ]; then cat "$out"; cat "$err" >&2; fi
rm -f "$out" "$err"
[ "$verdict" = cut ] && break_connection
exit "$code"
`;
}

/** Answers the shell of a host: one connection for each command. */
async function serve(socket: Socket, journal: Journal) {
	socket.on('error', () => socket.destroy());
	const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
	const read = async () => {
		const { value } = (await lines.next()) as { value?: string };
		return value;
	};
	const asked = await read();
	if (asked === undefined) return;
	const [hostname = '', encoded = ''] = asked.split('\t');
	const command = Buffer.from(encoded, 'base64').toString();
	const entry = journal.begin('host', `${hostname}: ${firstWords(command)}`, true, command);
	const verdict = await journal.before(entry);
	const parked = typeof verdict === 'object' && 'until' in verdict;
	if (parked) {
		socket.write('park\n');
		await verdict.until;
		socket.write('go\n');
	} else if (verdict === 'pass') {
		socket.write('pass\n');
	} else {
		socket.end('cut\n');
		return;
	}
	const done = await read();
	const status = Number(/^done (\d+)$/u.exec(done ?? '')?.[1] ?? Number.NaN);
	if (parked) {
		await journal.parkedDone(entry, status);
		socket.end();
		return;
	}
	socket.end(`${await journal.after(entry, status)}\n`);
}

/** Enough of a command to know it by; keys are long. */
function firstWords(command: string): string {
	// n8n's SSH node goes to a folder first.
	const line = command
		.replaceAll(/\s+/gu, ' ')
		.replace(/^cd \S+ ; /u, '')
		.trim();
	return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
