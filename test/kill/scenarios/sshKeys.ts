import { readFileSync } from 'node:fs';
import path from 'node:path';
import { userInfo } from 'node:os';

import { packageRoot } from '../../../scripts/host/install';
import { freshId, type StoredCredential } from '../../../scripts/host/workflows';
import type { SenhaseguraKey } from '../../simulators';
import type { Allowance, Observer } from '../observers/observer';
import { SshKeysObserver } from '../observers/sshKeys';
import type { HostSpec } from '../world/hosts';
import type { Lane } from '../world/lane';
import { example, type Scenario } from './scenario';

const dayMs = 86_400_000;

const identifier = 'app-01-deploy';

/** They share a port, as hosts do: each has an address of its own. */
const hosts: HostSpec[] = [
	{ hostname: 'app-01', ip: '127.0.0.11' },
	{ hostname: 'app-02', ip: '127.0.0.12' },
	{ hostname: 'app-03', ip: '127.0.0.13' },
];

/** Down on the first day. */
const lateHost = 'app-03';

function pair(name: string): { privateKey: string; publicKey: string } {
	const read = (file: string) =>
		readFileSync(path.join(packageRoot, 'test', 'fixtures', 'sshKeys', file), 'utf8');
	return { privateKey: read(name), publicKey: read(`${name}.pub`).trim() };
}

const old = pair('ed25519');
const maintenance = pair('ecdsab256');
const stranger = pair('ecdsab384');

/** What every host lets in besides. */
const foreignLines = [maintenance.publicKey, stranger.publicKey];

/** As they are found on real hosts: without a last line break, twice and with options. */
const authorizedKeys: Record<string, string> = {
	'app-01': [...foreignLines, old.publicKey].join('\n'),
	'app-02': [
		old.publicKey,
		...foreignLines,
		`no-agent-forwarding,environment="A=b c" ${old.publicKey}`,
		'',
	].join('\n'),
	'app-03': ['# managed by hand', ...foreignLines, old.publicKey, ''].join('\n'),
};

const vaultTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

async function seed({ simulators, hosts: running }: Lane, allowance: Allowance): Promise<Observer> {
	const vault = simulators.senhasegura;
	const { state } = vault;
	const [like] = state.devices;
	if (like === undefined) throw new Error('The vault has no device.');
	hosts.forEach((host, index) => state.devices.push({ ...like, ...host, id: String(900 + index) }));
	const [first, ...others] = hosts;
	if (first === undefined) throw new Error('There is no host.');
	const key: SenhaseguraKey = {
		kind: 'key',
		id: '910',
		identifier,
		active: true,
		accessDenied: false,
		username: userInfo().username,
		...first,
		change: vaultTime(vault.now() - 100 * dayMs),
		view: null,
		expiresAt: null,
		custody: new Map(),
		custodyBy: new Set(),
		...old,
		password: null,
		keyName: identifier,
		tags: '',
		automaticChange: false,
		devices: others.map(({ hostname }) => hostname),
	};
	state.items.set(key.id, key);
	for (const host of running.all.values()) {
		await host.reset(authorizedKeys[host.spec.hostname] ?? '');
	}
	return new SshKeysObserver({
		vault,
		identifier,
		hosts: [...running.all.values()],
		foreignLines,
		dueAfterDays: 90,
		daysToEnd: 3,
		allowance,
	});
}

async function prepareDay({ hosts: running }: Lane, day: number) {
	for (const host of running.all.values()) {
		await (day === 1 && host.spec.hostname === lateHost ? host.down() : host.up());
	}
}

const each = "$('Each host').item.json";

/** As the note in the workflow says that it has to be set. */
function credentials(port: number): StoredCredential[] {
	return [
		{
			id: freshId(),
			name: 'SSH, keys from the vault',
			type: 'sshPrivateKey',
			data: {
				host: `={{ ${each}.hosts.ip ?? ${each}.hosts.hostname }}`,
				username: `={{ ${each}.username }}`,
				port,
				privateKey: '={{ $json.secret }}',
				passphrase: "={{ $json.passphrase ?? '' }}",
			},
		},
	];
}

export const sshKeys: Scenario = {
	name: 'ssh-keys',
	title: 'SSH keys in senhasegura, installed over SSH (rotate-old-ssh-keys.json)',
	vendors: ['senhasegura'],
	workflow: () => example('rotate-old-ssh-keys.json'),
	schedule: [{ trigger: 'Every night', afterMs: 0 }],
	hosts,
	credentials,
	prepareDay,
	seed,
};
