import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { KEY_ALGORITHMS, generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import { describeWithSshServer, startSshServer } from '../../harness';
import type { SshServer } from '../../harness';
import { senhaseguraDemo } from '../../simulators';
import { PASSPHRASE, UNICODE_PASSPHRASE } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';

const LOGIN_MS = 20_000;

let folder: string;
let host: SshServer;
let files = 0;

function file(text: string, mode = 0o600): string {
	const path = join(folder, `file${++files}`);
	writeFileSync(path, text, { mode });
	chmodSync(path, mode);
	return path;
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
	const identity = ['-i', file(privateKey as string), '-p', String(host.port)];
	const target = [`${host.username}@127.0.0.1`, 'echo logged in'];
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

describeWithSshServer('a host with a real SSH server', () => {
	const vault = simulatedVault();

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'ssh-login-'));
		host = await startSshServer();
	});
	afterAll(async () => {
		await host?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function does(operation: string, parameters: IDataObject): Promise<IDataObject> {
		const [item = {}] = await vault.does('sshKey', operation, parameters);
		return item;
	}

	async function finish(sshKeyId: IDataObject, { step, fingerprint, hosts }: IDataObject) {
		await does('finishRotation', { sshKeyId, step, fingerprint, hosts });
	}

	const cases = KEY_ALGORITHMS.flatMap((algorithm) =>
		['', algorithm === 'ed25519' ? UNICODE_PASSPHRASE : PASSPHRASE].map(
			(passphrase) => [algorithm, passphrase] as const,
		),
	);

	it.each(cases)('lets a generated %s key with the passphrase %j in', async (algorithm, phrase) => {
		const pair = await generatePair(algorithm, 'deploy@web-01', phrase || undefined);
		host.authorize(pair.publicKey);
		expect(await logsIn(pair.privateKey, phrase)).toBe(true);
	});

	it('lets nobody in with another key, or without the passphrase', async () => {
		const pair = await generatePair('ed25519', 'a', PASSPHRASE);
		const other = await generatePair('ed25519', 'b');
		host.authorize(pair.publicKey);
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
				keySource: 'provide',
				...sshKey(name),
				additionalFields: { identifier: 'web-01', ...(phrase && { password: phrase }) },
			});
			const sshKeyId = { __rl: true, mode: 'id', value: created.id };
			const old = await does('get', { sshKeyId });
			host.authorize(created.publicKey as string);
			expect(await logsIn(old.secret, phrase)).toBe(true);

			const installation = await does('rotate', { sshKeyId });
			const byName = (value: unknown) => ({ sshKeyId: { __rl: true, mode: 'name', value } });
			const next = await does('get', byName(installation.nextIdentifier));
			// Until the host knows the new key, the old one is the way in, and the vault has it.
			expect(await logsIn(next.secret, phrase)).toBe(false);
			const kept = await does('get', byName(installation.presentIdentifier));
			expect(kept.secret).toBe(old.secret);
			host.authorize(created.publicKey as string, installation.publicKey as string);
			expect(await logsIn(next.secret, (next.passphrase ?? '') as string)).toBe(true);
			await finish(sshKeyId, installation);

			const present = await does('get', { sshKeyId });
			expect(present.secret).toBe(next.secret);
			const removal = await does('rotate', { sshKeyId });
			const previous = await does('get', byName(removal.previousIdentifier));
			expect(await logsIn(present.secret, phrase)).toBe(true);
			expect(await logsIn(previous.secret, phrase)).toBe(true);
			expect(removal.removePublicKey).toBe(created.publicKey);
			host.authorize(removal.publicKey as string);
			expect(await logsIn(present.secret, phrase)).toBe(true);
			expect(await logsIn(previous.secret, phrase)).toBe(false);
			await finish(sshKeyId, removal);
		},
	);
});
