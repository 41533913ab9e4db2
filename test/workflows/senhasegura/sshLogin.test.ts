import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { KEY_ALGORITHMS, generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import type { SenhaseguraSimulator } from '../../simulators';
import { senhaseguraDemo, startSenhaseguraSimulator } from '../../simulators';
import {
	PASSPHRASE,
	UNICODE_PASSPHRASE,
	credentialsFor,
	said,
} from '../../unit/senhasegura/support';
import { runVendor, sshKey } from '../vendors';

/** Where Debian and others put servers is not in everybody's PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
/** It wants to be called by its whole path. */
const SSHD = FOLDERS.map((folder) => join(folder, 'sshd')).find((file) => existsSync(file));
const hasClient = spawnSync('ssh', ['-V']).error === undefined;
const canRun = SSHD !== undefined && hasClient;

if (!canRun && process.env.CI)
	throw new Error('The SSH logins need sshd and ssh: install openssh-server');
if (!canRun) {
	process.stderr.write(
		'\n*** NO SSH LOGIN WAS TRIED: sshd or ssh is missing. Install openssh-server and openssh-client. ***\n\n',
	);
}

const START_MS = 10_000;
const LOGIN_MS = 20_000;

let folder: string;
let server: ChildProcess | undefined;
let port: number;
let files = 0;

function file(text: string, mode = 0o600): string {
	const path = join(folder, `file${++files}`);
	writeFileSync(path, text, { mode });
	chmodSync(path, mode);
	return path;
}

async function freePort(): Promise<number> {
	return await new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port: free } = probe.address() as AddressInfo;
			probe.close(() => resolve(free));
		});
	});
}

async function accepts(): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => socket.destroy());
		socket.once('error', () => resolve(false));
		socket.once('close', (hadError) => resolve(!hadError));
	});
}

/** A server of its own, on the loopback address, for the user who runs the tests. */
async function startServer(sshd: string): Promise<void> {
	port = await freePort();
	const hostKey = join(folder, 'host');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey]);
	const config = [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${hostKey}`,
		`PidFile ${join(folder, 'pid')}`,
		`AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
		'PasswordAuthentication no',
		'KbdInteractiveAuthentication no',
		'PermitRootLogin prohibit-password',
		'StrictModes no',
		'UsePAM no',
	];
	// Newer servers make those wait who failed before; older ones do not know the word.
	const patient = file([...config, 'PerSourcePenalties no', ''].join('\n'));
	const plain = file([...config, ''].join('\n'));
	// Made by the service's start otherwise, and wanted of root only.
	if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
	const known = spawnSync(sshd, ['-t', '-f', patient]).status === 0;
	const errors: string[] = [];
	const started = spawn(sshd, ['-D', '-e', '-f', known ? patient : plain], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	server = started;
	started.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
	for (const end = Date.now() + START_MS; !(await accepts());) {
		if (started.exitCode !== null || Date.now() > end) {
			throw new Error(`sshd did not start: ${errors.join('')}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** What `authorized_keys` of the host holds. */
function authorize(...lines: unknown[]): void {
	writeFileSync(join(folder, 'authorized_keys'), lines.map((line) => `${String(line)}\n`).join(''));
}

/** Logs in with a key file, without an agent; the passphrase comes from a program, as ssh wants it. */
async function logsIn(privateKey: unknown, passphrase = ''): Promise<boolean> {
	const askpass = file(`#!/bin/sh\ncat '${file(`${passphrase}\n`)}'\n`, 0o700);
	const options = {
		IdentitiesOnly: 'yes',
		IdentityAgent: 'none',
		NumberOfPasswordPrompts: '1',
		PreferredAuthentications: 'publickey',
		StrictHostKeyChecking: 'no',
		UserKnownHostsFile: '/dev/null',
		LogLevel: 'ERROR',
	};
	const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
	const identity = ['-i', file(privateKey as string), '-p', String(port)];
	const target = [`${userInfo().username}@127.0.0.1`, 'echo logged in'];
	const env = {
		PATH: process.env.PATH,
		HOME: folder,
		DISPLAY: ':0',
		SSH_ASKPASS: askpass,
		SSH_ASKPASS_REQUIRE: 'force',
	};
	return await new Promise((resolve) => {
		execFile(
			'ssh',
			['-F', 'none', ...flags, ...identity, ...target],
			{ env, timeout: LOGIN_MS },
			(error, stdout) => resolve(error === null && stdout === 'logged in\n'),
		);
	});
}

(canRun ? describe : describe.skip)('a host with a real SSH server', () => {
	let sim: SenhaseguraSimulator | undefined;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'ssh-login-'));
		await startServer(SSHD as string);
		sim = await startSenhaseguraSimulator();
	});
	beforeEach(() => sim?.reset());
	afterAll(async () => {
		server?.kill();
		await sim?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function does(operation: string, parameters: IDataObject): Promise<IDataObject> {
		const result = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: { authentication: 'oAuth1', resource: 'sshKey', operation, ...parameters },
			credentials: credentialsFor('oAuth1', sim?.url ?? ''),
		});
		expect(said(result)).toBe('');
		return result.items[0]?.json ?? {};
	}

	const cases = KEY_ALGORITHMS.flatMap((algorithm) =>
		['', algorithm === 'ed25519' ? UNICODE_PASSPHRASE : PASSPHRASE].map(
			(passphrase) => [algorithm, passphrase] as const,
		),
	);

	it.each(cases)('lets a generated %s key with the passphrase %j in', async (algorithm, phrase) => {
		const pair = await generatePair(algorithm, 'deploy@web-01', phrase || undefined);
		authorize(pair.publicKey);
		expect(await logsIn(pair.privateKey, phrase)).toBe(true);
	});

	it('lets nobody in with another key, or without the passphrase', async () => {
		const pair = await generatePair('ed25519', 'a', PASSPHRASE);
		const other = await generatePair('ed25519', 'b');
		authorize(pair.publicKey);
		expect(await logsIn(other.privateKey)).toBe(false);
		expect(await logsIn(pair.privateKey, `${PASSPHRASE}!`)).toBe(false);
		expect(await logsIn(pair.privateKey, PASSPHRASE)).toBe(true);
	});

	it.each(['', PASSPHRASE])(
		'follows a rotation through the vault, passphrase %j',
		async (phrase) => {
			const [device] = senhaseguraDemo.devices;
			const name = phrase ? 'ed25519encrypted' : 'ed25519';
			const created = await does('create', {
				...device,
				...sshKey(name),
				additionalFields: { identifier: 'web-01', ...(phrase && { password: phrase }) },
			});
			const sshKeyId = { __rl: true, mode: 'id', value: created.id };
			const old = await does('get', { sshKeyId });
			authorize(created.publicKey);
			expect(await logsIn(old.secret, phrase)).toBe(true);

			const rotated = await does('rotate', { sshKeyId });
			const present = await does('get', { sshKeyId });
			// Until the host knows the new key, the old one is the way in.
			expect(await logsIn(present.secret, phrase)).toBe(false);
			authorize(rotated.previousPublicKey, rotated.publicKey);
			expect(await logsIn(present.secret, (present.passphrase ?? '') as string)).toBe(true);
			expect(await logsIn(old.secret, phrase)).toBe(true);

			authorize(rotated.publicKey);
			expect(await logsIn(present.secret, phrase)).toBe(true);
			expect(await logsIn(old.secret, phrase)).toBe(false);
		},
	);
});
