import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

import { hostFolder, lastLines, packageRoot } from '../../../scripts/host/install';
import { waitUntil } from '../../../scripts/host/ports';

/** More than any start takes where all has to be downloaded. */
const patienceMs = 1_200_000;

/** A shell of a reader who types what the README says, and what it has shown so far. */
export class Terminal {
	private shown = '';
	private readonly kill = () => this.signal('SIGKILL');

	private constructor(
		private readonly folder: string,
		private readonly shell: ReturnType<typeof start>,
	) {
		// From the first moment on: this process may end before the shell does.
		process.once('exit', this.kill);
		shell.all.on('data', (chunk: Buffer) => (this.shown += chunk.toString()));
	}

	/**
	 * Runs commands as they are written, in an empty folder and with an empty home. Where they clone this
	 * project they get what HEAD of this checkout has, by git's own setting for other addresses. Before
	 * the last one, what it would download is put there, as links to what this checkout has: a reader's
	 * first time differs in nothing else.
	 */
	static async type(commands: string[]): Promise<Terminal> {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'reader-'));
		const [home, here] = [path.join(folder, 'home'), path.join(folder, 'here')];
		for (const each of [home, here]) await mkdir(each);
		const address = commands.map((command) => /^git clone (\S+)$/.exec(command)?.[1]).find(Boolean);
		const env = {
			...ofReader(process.env),
			HOME: home,
			GIT_CONFIG_COUNT: '1',
			GIT_CONFIG_KEY_0: `url.${packageRoot}.insteadOf`,
			GIT_CONFIG_VALUE_0: address ?? '',
		};
		const script = [...commands.slice(0, -1), ...downloads(), ...commands.slice(-1)];
		return new Terminal(folder, start(script.join('\n'), here, env));
	}

	/** Waits until the terminal shows it; gives what it shows. */
	async shows(pattern: RegExp): Promise<string> {
		const { shell } = this;
		await waitUntil(`the terminal shows ${String(pattern)}`, async () => pattern.test(this.shown), {
			timeoutMs: patienceMs,
			giveUp: () =>
				shell.exitCode === null ? undefined : new Error(`Ended:\n${lastLines(this.shown)}`),
		});
		return this.shown;
	}

	/** What a terminal does at Ctrl-C: tells all that run in it. Waits until nothing runs any more. */
	async pressCtrlC() {
		this.signal('SIGINT');
		// npm ends at once, and what it has started tidies up.
		await waitUntil('everything has ended', async () => !this.signal(0));
		await this.shell;
	}

	/** What is in one of the folders that were made. */
	async contentOf(...folders: string[]): Promise<string[]> {
		return await readdir(path.join(this.folder, 'here', ...folders));
	}

	/** Ends what still runs, and deletes the folder. */
	async close() {
		this.kill();
		await this.shell;
		process.off('exit', this.kill);
		await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
	}

	/** To the process group that was made for the shell; false where nobody is left in it. */
	private signal(signal: NodeJS.Signals | 0): boolean {
		try {
			return this.shell.pid !== undefined && process.kill(-this.shell.pid, signal);
		} catch {
			return false;
		}
	}
}

function start(script: string, cwd: string, env: NodeJS.ProcessEnv) {
	return execa('bash', ['-e', '-c', script], {
		cwd,
		env,
		extendEnv: false,
		detached: true,
		stdin: 'ignore',
		all: true,
		buffer: false,
		reject: false,
	});
}

/** Without what npm and these tests tell the programs that they start. */
function ofReader(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const told = /^(?:npm_|E2E_|NODE_(?!EXTRA_CA_CERTS)|INIT_CWD$|COMMAND_STARTED$)/;
	const kept = Object.entries(env).filter(([name]) => !told.test(name));
	const folders = (env.PATH ?? '').split(path.delimiter);
	const PATH = folders.filter((folder) => !folder.includes('node_modules')).join(path.delimiter);
	return { ...Object.fromEntries(kept), PATH };
}

/**
 * Puts what is installed here where the commands would install it: the dependencies as hard links, since
 * npm deletes them where they are out of date, and n8n's folders, which are only read, as they are.
 */
function downloads(): string[] {
	const quoted = (file: string) => `'${file.replaceAll("'", String.raw`'\''`)}'`;
	const modules = quoted(`${packageRoot}/node_modules/.`);
	const parts = ['n8n', 'node', 'compiled'].filter((part) =>
		existsSync(path.join(hostFolder, part)),
	);
	return [
		`cp -al ${modules} node_modules 2>/dev/null || cp -a ${modules} node_modules`,
		'mkdir .n8n-host',
		...parts.map((part) => `ln -s ${quoted(path.join(hostFolder, part))} .n8n-host/${part}`),
	];
}
