import { execFile, spawn } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import { describeWithSshServer, startSshServer } from '../../harness';
import type { SshServer } from '../../harness';
import { sshKey } from '../vendors';

const SCRIPT = join(__dirname, '../../../examples/hosts/authorized-keys.sh');

interface Values {
	step: string;
	line: string;
	gone?: string;
	like?: string;
}

/** The command of n8n's SSH node, as the page of the script shows it. */
function command({ step, line, gone = '', like = '' }: Values): string {
	const values = [`step='${step}'`, `line='${line}'`, `gone='${gone}'`, `like='${like}'`];
	return ["sh -s <<'n8n-end'", ...values, readFileSync(SCRIPT, 'utf8'), 'n8n-end'].join('\n');
}

const present = sshKey('ed25519');
const other = sshKey('ecdsab256');
const TAG = 'n8n-0123456789-20260302T030000000Z';
const bare = ({ publicKey }: { publicKey: string }) => publicKey.split(' ').slice(0, 2).join(' ');
const OLD = bare(present);
const STRANGER = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 somebody@else';

describeWithSshServer('the commands for hosts', () => {
	let folder: string;
	let host: SshServer;
	let next: { publicKey: string; privateKey: string };

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'hosts-'));
		host = await startSshServer({ authorizedKeysFile: '.ssh/authorized_keys keys/%u' });
		next = await generatePair('ed25519', `deploy@web-01 ${TAG}`);
	});
	beforeEach(() => {
		for (const name of ['.ssh', 'keys'])
			rmSync(join(host.home, name), { recursive: true, force: true });
		mkdirSync(join(host.home, '.ssh'), { mode: 0o700 });
	});
	afterAll(async () => {
		await host?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const file = () => join(host.home, '.ssh', 'authorized_keys');
	const second = () => join(host.home, 'keys', userInfo().username);
	const text = (name = file()) => readFileSync(name, 'utf8');
	const put = (content: string, name = file(), mode = 0o600) => {
		mkdirSync(dirname(name), { recursive: true });
		writeFileSync(name, content);
		chmodSync(name, mode);
	};

	/** Runs a command on the host, logged in with a private key. */
	async function on(privateKey: string, run: string) {
		const identity = join(folder, 'identity');
		writeFileSync(identity, privateKey, { mode: 0o600 });
		const options = {
			IdentitiesOnly: 'yes',
			IdentityAgent: 'none',
			BatchMode: 'yes',
			StrictHostKeyChecking: 'no',
			UserKnownHostsFile: '/dev/null',
			LogLevel: 'ERROR',
		};
		const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
		const target = ['-i', identity, '-p', String(host.port), `${host.username}@127.0.0.1`, run];
		return await new Promise<{ stdout: string; stderr: string; isIn: boolean }>((resolve) => {
			execFile('ssh', ['-F', 'none', ...flags, ...target], (error, stdout, stderr) =>
				resolve({ stdout: stdout.trim(), stderr, isIn: error?.code !== 255 }),
			);
		});
	}

	const install = (more: Partial<Values> = {}, key = present) =>
		on(key.privateKey, command({ step: 'install', line: next.publicKey, ...more }));
	const remove = (more: Partial<Values> = {}, key = next) =>
		on(key.privateKey, command({ step: 'remove', line: next.publicKey, gone: OLD, ...more }));
	const lastLine = ({ stdout }: { stdout: string }) => stdout.split('\n').at(-1);

	it('install a key, log in with it, and remove the former one', async () => {
		put(`${STRANGER}\n${OLD} old\n`);
		expect((await on(next.privateKey, 'true')).isIn).toBe(false);
		const installed = await install();
		expect([lastLine(installed), installed.stderr]).toEqual(['n8n-installed', '']);
		expect(text()).toBe(`${STRANGER}\n${OLD} old\n${next.publicKey}\n`);
		expect((await on(next.privateKey, 'echo n8n-opened')).stdout).toBe('n8n-opened');
		expect(lastLine(await install())).toBe('n8n-installed');
		expect(text()).toBe(`${STRANGER}\n${OLD} old\n${next.publicKey}\n`);

		const removed = await remove();
		expect([lastLine(removed), removed.stderr]).toEqual(['n8n-removed', '']);
		expect(text()).toBe(`${STRANGER}\n${next.publicKey}\n`);
		expect((await on(present.privateKey, 'true')).isIn).toBe(false);
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(readdirSync(dirname(file())).sort()).toEqual(['.n8n-rotation.lock', 'authorized_keys']);
	});

	it('put the key on a line of its own where the file ends without one', async () => {
		put(`${STRANGER}\n${OLD}`);
		expect(lastLine(await install())).toBe('n8n-installed');
		expect(text()).toBe(`${STRANGER}\n${OLD}\n${next.publicKey}\n`);
	});

	it('read files with the line breaks of Windows', async () => {
		put(`${STRANGER}\r\n${OLD}\r\n`);
		expect(lastLine(await install())).toBe('n8n-installed');
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(text()).toBe(`${STRANGER}\r\n${next.publicKey}\n`);
	});

	it('give the new key the options of the former one', async () => {
		const options = 'from="127.0.0.1,::1",environment="A=\\"b c\\"",no-pty';
		put(`${STRANGER}\n${options} ${OLD} deploy\n`);
		expect(lastLine(await install({ like: OLD }))).toBe('n8n-installed');
		expect(text().split('\n')[2]).toBe(`${options} ${next.publicKey}`);
		expect((await on(next.privateKey, 'echo n8n-opened')).stdout).toBe('n8n-opened');
	});

	it('take them from the first of several keys that is there', async () => {
		put(`no-pty ${OLD} deploy\nno-x11-forwarding ${bare(other)}\n`);
		const like = `${bare(next)} ${bare(other)} ${OLD}`;
		expect(lastLine(await install({ like }))).toBe('n8n-installed');
		expect(text().split('\n')[2]).toBe(`no-x11-forwarding ${next.publicKey}`);
	});

	it('remove the former key twice, and with options, wherever it stands', async () => {
		put(`${OLD}\n${STRANGER}\nfrom="*",command="echo \\"hi\\" there" ${OLD} again\n`);
		put(`\t ${OLD} in the other file\n${bare(other)}\n`, second(), 0o640);
		await install();
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(text()).toBe(`${STRANGER}\n${next.publicKey}\n`);
		expect(text(second())).toBe(`${bare(other)}\n`);
		expect(statSync(second()).mode & 0o777).toBe(0o640);
	});

	it('leave comments alone, and keys that only look alike', async () => {
		const body = OLD.split(' ')[1] ?? '';
		const kept = [
			'# ' + OLD,
			`   # ${OLD}`,
			'',
			`ssh-ed25519 ${body}AA longer`,
			`ssh-ed25519 ${body.slice(0, -2)} shorter`,
			`command="echo ssh-ed25519 ${body} quoted" ${bare(other)}`,
			`${bare(other)} ssh-ed25519 ${body} in a comment`,
		];
		put([...kept, OLD, ''].join('\n'));
		await install();
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(text()).toBe([...kept, next.publicKey, ''].join('\n'));
	});

	it('take lines along that an interrupted rotation of the same key has left', async () => {
		const key = bare(other);
		const kept = [
			`${key} n8n-9999999999-20260101T030000000Z`,
			`${STRANGER} n8n-0123456789-20260403T030000000Z`,
			`${STRANGER} about n8n-0123456789-20260101T030000000Z or so`,
		];
		put([OLD, `no-pty ${key} x n8n-0123456789-20260101T030000000Z`, ...kept, ''].join('\n'));
		await install();
		expect(text()).toContain('no-pty');
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(text()).toBe([...kept, next.publicKey, ''].join('\n'));
	});

	it('remove nothing where the key that stays is not there', async () => {
		put(`${OLD}\n`);
		const refused = await remove({}, present);
		expect(lastLine(refused)).toMatch(/^n8n-failed: the key that stays is in no file/);
		expect(text()).toBe(`${OLD}\n`);
		const same = await remove({ line: OLD }, present);
		expect(lastLine(same)).toMatch(/^n8n-failed: the key that goes is the one that stays/);
		expect(text()).toBe(`${OLD}\n`);
	});

	it('make the file where there is none, for its owner only', async () => {
		put(`${OLD}\n`, second());
		rmSync(dirname(file()), { recursive: true });
		// The server names the missing one first, and reads both.
		expect(lastLine(await install())).toBe('n8n-installed');
		expect(text(second())).toBe(`${OLD}\n${next.publicKey}\n`);
		expect(existsSync(file())).toBe(false);
		expect(statSync(dirname(file())).mode & 0o777).toBe(0o700);
	});

	it('keep mode and owner, and follow a link to the file', async () => {
		const real = join(host.home, 'real');
		put(`${OLD}\n`, real, 0o644);
		symlinkSync(real, file());
		await install();
		expect(lastLine(await remove())).toBe('n8n-removed');
		expect(lstatSync(file()).isSymbolicLink()).toBe(true);
		expect(text(real)).toBe(`${next.publicKey}\n`);
		const { mode, uid } = statSync(real);
		expect([mode & 0o777, uid]).toEqual([0o644, userInfo().uid]);
		rmSync(real);
	});

	it('change no file that may only be read, and say so', async () => {
		put(`${OLD}\n${next.publicKey}\n`, file(), 0o400);
		const removed = await remove({}, present);
		// To root, no file is one that may only be read; its mode stays.
		if (userInfo().uid === 0) expect(lastLine(removed)).toBe('n8n-removed');
		else expect(lastLine(removed)).toMatch(/^n8n-failed: .* cannot be written/);
		expect(statSync(file()).mode & 0o777).toBe(0o400);
		if (userInfo().uid !== 0) expect(text()).toBe(`${OLD}\n${next.publicKey}\n`);
	});

	it.each([
		[{ step: 'both' }, /step must be install or remove/],
		[{ line: '' }, /no key was given/],
		[{ line: 'ssh-ed25519 AAAA $(reboot)' }, /characters that no key has/],
		[{ step: 'remove', gone: '' }, /no key was given that goes/],
	])('refuse %j', async (more, says) => {
		put(`${OLD}\n`);
		const refused = await install(more);
		expect(lastLine(refused)).toMatch(/^n8n-failed: /);
		expect(lastLine(refused)).toMatch(says);
		expect(text()).toBe(`${OLD}\n`);
	});

	it('wait for each other', async () => {
		put(`${OLD}\n`);
		const lock = join(host.home, '.ssh', '.n8n-rotation.lock');
		const released = join(folder, 'released');
		const hold = `echo held; sleep 2; touch '${released}'`;
		const holder = spawn('flock', [lock, 'sh', '-c', hold], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		await new Promise((resolve) => holder.stdout.once('data', resolve));
		expect(lastLine(await install())).toBe('n8n-installed');
		expect(existsSync(released)).toBe(true);
	});

	it('add a key once, however many run at once', async () => {
		put(`${OLD}\n`);
		const all = await Promise.all(Array.from({ length: 4 }, async () => await install()));
		expect(all.map(lastLine)).toEqual(Array(4).fill('n8n-installed'));
		expect(text()).toBe(`${OLD}\n${next.publicKey}\n`);
	});
});
