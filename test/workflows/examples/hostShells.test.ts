import { execFileSync, spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sshKey } from '../vendors';
import { exampleText } from './support';

/** The commands for hosts, run here: in other shells, with other tools, and on disks that are full. */
const SCRIPT = exampleText('hosts/authorized-keys.sh');

const bare = ({ publicKey }: { publicKey: string }) => publicKey.split(' ').slice(0, 2).join(' ');
const OLD = bare(sshKey('ecdsab256'));
const NEXT = `${bare(sshKey('ed25519'))} deploy@web-01 n8n-0123456789-20260302T030000000Z`;
const STRANGER = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 somebody@else';

const isHere = (name: string) =>
	spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;

/** Shells by which hosts have `sh`, those that are installed here. */
const SHELLS = [
	['dash'],
	['bash', '--posix'],
	['busybox', 'sh'],
	['ksh93'],
	['mksh'],
	['yash', '-o', 'posix'],
	['zsh', '--emulate', 'sh'],
].filter(([name = '']) => isHere(name));

let folder: string;
let home: string;
let bin: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'host shells-'));
	home = join(folder, 'home');
	bin = join(folder, 'bin');
	for (const name of [join(home, '.ssh'), bin]) mkdirSync(name, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name = '.ssh/authorized_keys') => join(home, name);
const text = (name?: string) => readFileSync(file(name), 'utf8');
const put = (content: string, name?: string) => {
	mkdirSync(dirname(file(name)), { recursive: true });
	writeFileSync(file(name), content);
};

/** Puts a command of the host's in the place of one that is here. */
function command(name: string, script: string): void {
	writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
	chmodSync(join(bin, name), 0o755);
}

function run(step: 'install' | 'remove', { shell = ['sh'] } = {}) {
	const values = [`step=${step}`, `line='${NEXT}'`, `gone='${OLD}'`, `like='${OLD}'`];
	const [name = '', ...flags] = shell;
	const { stdout, stderr } = spawnSync(name, [...flags, '-s'], {
		input: [...values, SCRIPT].join('\n'),
		env: { HOME: home, PATH: `${bin}:${process.env.PATH}` },
		encoding: 'utf8',
	});
	return { last: stdout.trim().split('\n').at(-1), stderr };
}

describe('the commands for hosts', () => {
	it.each(SHELLS.map((shell) => [shell.join(' '), shell]))('work in %s', (_, shell) => {
		put(`${STRANGER}\nno-pty ${OLD} old\n${OLD}`);
		expect(run('install', { shell })).toEqual({ last: 'n8n-installed', stderr: '' });
		expect(text()).toBe(`${STRANGER}\nno-pty ${OLD} old\n${OLD}\nno-pty ${NEXT}\n`);
		expect(run('remove', { shell })).toEqual({ last: 'n8n-removed', stderr: '' });
		expect(text()).toBe(`${STRANGER}\nno-pty ${NEXT}\n`);
	});

	it('hand the lock on to a command: shells of the family of ksh keep descriptors to themselves', () => {
		const opened = [...SCRIPT.matchAll(/^\s*exec (\d)>>/gm)].map(([, descriptor]) => descriptor);
		expect(opened).toEqual(['9']);
		const locks = SCRIPT.match(/\bflock -.*$/gm) ?? [];
		expect(locks).toEqual([expect.stringContaining('flock -n 9 9>&9')]);
	});

	it('leave a file as it is where the new one was not written whole, and say so', () => {
		const lines = `${STRANGER}\n${OLD}\n${NEXT}\n`;
		put(lines);
		const awk = execFileSync('sh', ['-c', 'command -v awk'], { encoding: 'utf8' }).trim();
		// As BusyBox's does on a full disk: what goes into a file is lost, without a word.
		command('awk', `[ -f /dev/stdout ] || exec ${awk} "$@"\n${awk} "$@" | head -c 9`);
		expect(run('remove').last).toMatch(/^n8n-failed: .*authorized_keys cannot be replaced/);
		expect(text()).toBe(lines);
		expect(readdirSync(file('.ssh')).sort()).toEqual(['.n8n-rotation.lock', 'authorized_keys']);
	});

	it('name a full disk where a file cannot be copied', () => {
		put(`${OLD}\n${NEXT}\n`);
		command('cp', 'exit 1');
		expect(run('remove').last).toMatch(/cannot be replaced: .*, or the disk is full$/);
		expect(text()).toBe(`${OLD}\n${NEXT}\n`);
	});

	it('do not touch a file that only ends without a line break', () => {
		put(`${STRANGER}`, '.ssh/authorized_keys2');
		put(`${OLD}\n${NEXT}\n`);
		const { ino } = statSync(file('.ssh/authorized_keys2'));
		expect(run('remove').last).toBe('n8n-removed');
		expect(text()).toBe(`${NEXT}\n`);
		expect(text('.ssh/authorized_keys2')).toBe(STRANGER);
		expect(statSync(file('.ssh/authorized_keys2')).ino).toBe(ino);
	});

	it('install a key that only a file has which the server does not read', () => {
		command('sshd', `echo 'authorizedkeysfile none keys/%u'`);
		put(`${NEXT}\n`);
		expect(run('install').last).toBe('n8n-installed');
		const [name = ''] = readdirSync(file('keys'));
		expect(text(`keys/${name}`)).toBe(`${NEXT}\n`);
		expect(run('install').last).toBe('n8n-installed');
		expect(text(`keys/${name}`)).toBe(`${NEXT}\n`);
	});

	it('give a new key the options that the present one has in a file which the server does not name', () => {
		command('sshd', `echo 'authorizedkeysfile keys/%u'`);
		put(`command="backup" ${OLD}\n`);
		expect(run('install').last).toBe('n8n-installed');
		const [name = ''] = readdirSync(file('keys'));
		expect(text(`keys/${name}`)).toBe(`command="backup" ${NEXT}\n`);
	});

	it('remove nothing where the key that stays is in no file that the server reads', () => {
		command('sshd', `echo 'authorizedkeysfile .ssh/authorized_keys'`);
		put(`${OLD}\n`);
		put(`${NEXT}\n`, '.ssh/authorized_keys2');
		expect(run('remove').last).toMatch(
			/^n8n-failed: the key that stays is in no file that the server reads, so nothing was removed$/,
		);
		expect(text()).toBe(`${OLD}\n`);
	});

	it('need no cmp', () => {
		command('cmp', 'exit 127');
		put(`${OLD}\n${NEXT}\n`);
		expect(run('remove').last).toBe('n8n-removed');
		expect(text()).toBe(`${NEXT}\n`);
	});

	it('say what is in the way where a folder has the name of the file', () => {
		mkdirSync(file());
		expect(run('install').last).toMatch(/^n8n-failed: .*authorized_keys cannot be written$/);
		expect(existsSync(file())).toBe(true);
	});
});
