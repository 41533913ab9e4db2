import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/host/ports';

/** Where Debian and others put servers is not in everybody's PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** It wants to be called by its whole path. */
const SSHD = FOLDERS.map((folder) => join(folder, 'sshd')).find((file) => existsSync(file));

const NEEDS_SSHD =
	'OpenSSH’s server is not there: install it (on Debian: apt-get install openssh-server)';

/**
 * `describe` for tests that need the server. Where it is not installed they are skipped, which Jest
 * counts and shows; in continuous integration they fail.
 */
export function describeWithSshServer(name: string, body: () => void): void {
	(SSHD || process.env.CI ? describe : describe.skip)(name, body);
}

export interface SshServer {
	port: number;
	/** The user that may log in: whoever runs the tests. */
	username: string;
	/** The home folder of whoever logs in. */
	home: string;
	/** The keys that may log in, as they are now. */
	authorizedKeys: () => string[];
	authorize(...keys: string[]): void;
	/** What the server has said, for whoever looks into a failure. */
	log: () => string;
	close(): Promise<void>;
}

function writeLines(file: string, lines: string[]): string {
	writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
	return file;
}

async function isOpen(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}

export interface SshServerOptions {
	/** `AuthorizedKeysFile`: names of files, relative ones below the home folder. */
	authorizedKeysFile?: string;
}

/**
 * OpenSSH's own server on the loopback address, for the user of the tests and with a home folder of its
 * own, in which that user's `~/.ssh/authorized_keys` decides who may log in. Who is logged in can ask
 * `sshd -T` for the settings of this server, as an administrator can.
 */
export async function startSshServer({
	authorizedKeysFile = '.ssh/authorized_keys',
}: SshServerOptions = {}): Promise<SshServer> {
	if (!SSHD) throw new Error(NEEDS_SSHD);
	const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
	const home = join(folder, 'home');
	const authorized = join(home, '.ssh', 'authorized_keys');
	mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
	writeFileSync(authorized, '', { mode: 0o600 });
	// Where it separates privileges, if it runs as root.
	if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
	const hostKey = join(folder, 'host_key');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey]);
	const command = join(folder, 'command');
	const tools = join(folder, 'bin');
	mkdirSync(tools);
	const shell = `#!/bin/sh\nexport HOME='${home}' PATH='${tools}':"$PATH"\ncd "$HOME" || exit 1\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n`;
	writeFileSync(command, shell, { mode: 0o700 });
	const port = await freePort();
	const files = authorizedKeysFile
		.split(' ')
		.map((name) => (name.startsWith('/') ? name : join(home, name)));
	const settings = [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${hostKey}`,
		'PidFile none',
		`AuthorizedKeysFile ${files.join(' ')}`,
		'AuthenticationMethods publickey',
		'PermitRootLogin prohibit-password',
		'StrictModes no',
		'UsePAM no',
		`ForceCommand ${command}`,
		// Some shells read start-up files even for a command: not those of whoever runs the tests.
		`SetEnv HOME=${home}`,
	];
	// Newer servers make those wait who failed before; older ones do not know the word.
	const patient = writeLines(join(folder, 'patient'), [...settings, 'PerSourcePenalties no']);
	const plain = writeLines(join(folder, 'plain'), settings);
	const config = spawnSync(SSHD, ['-t', '-f', patient]).status === 0 ? patient : plain;
	const ask = `#!/bin/sh\nexec ${SSHD} -f '${config}' "$@"\n`;
	writeFileSync(join(tools, 'sshd'), ask, { mode: 0o700 });
	const log = join(folder, 'log');
	const server = spawn(SSHD, ['-D', '-f', config, '-E', log], { stdio: 'ignore' });
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	const close = async () => {
		server.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true });
	};
	const readLog = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
	for (let attempt = 0; !(await isOpen(port)); attempt++) {
		// A busy machine takes its time; what cannot start has ended.
		if (attempt === 1_200 || server.exitCode !== null) {
			const said = readLog();
			await close();
			throw new Error(`sshd did not start: ${said}`);
		}
		await sleep(50);
	}
	return {
		port,
		username: userInfo().username,
		home,
		authorizedKeys: () => readFileSync(authorized, 'utf8').split('\n').filter(Boolean),
		authorize(...keys) {
			writeLines(authorized, keys);
		},
		log: readLog,
		close,
	};
}
