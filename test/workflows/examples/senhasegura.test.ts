import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { describeWithSshServer, findSecrets, startSshServer } from '../../harness';
import type { SshServer } from '../../harness';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { credentialFor, runVendor, sshKey } from '../vendors';
import { example, exampleText, recordMessages, runExample, useVendors } from './support';

const NAME = 'rotate-old-ssh-keys.json';
const EACH = "$('Each host').item.json";

const vendors = useVendors();
const old = sshKey('ed25519');
const stranger = sshKey('ecdsab256');
let host: SshServer;

/** A key of a device that is the host, stored in the vault 100 days ago. */
async function storeOldKey(): Promise<SenhaseguraKey> {
	const { state, url } = vendors.senhasegura;
	const device = { ip: '127.0.0.1', hostname: 'host-01' };
	state.devices.push({ ...state.devices[0]!, ...device, id: '900' });
	const { items } = await runVendor({
		vendor: 'senhasegura',
		parameters: {
			...device,
			keySource: 'provide',
			...old,
			additionalFields: { identifier: 'host-01-deploy', username: host.username },
		},
		credentials: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(url) },
	});
	const key = state.items.get(items[0]?.json.id as string) as SenhaseguraKey;
	key.change = daysAgo(100);
	return key;
}

const daysAgo = (days: number) => DateTime.utc().minus({ days }).toFormat('yyyy-MM-dd HH:mm:ss');

/** The credential as the note in the workflow says that it has to be set. */
async function run() {
	return await runExample(vendors, NAME, {
		startNode: 'Every night',
		moreCredentials: {
			sshPrivateKey: {
				host: `={{ ${EACH}.hosts.ip ?? ${EACH}.hosts.hostname }}`,
				username: `={{ ${EACH}.username }}`,
				port: host.port,
				privateKey: '={{ $json.secret }}',
				passphrase: "={{ $json.passphrase ?? '' }}",
			},
		},
	});
}

const bodyOf = (publicKey: string) => publicKey.split(' ')[1];

const printOf = (publicKey: string) =>
	execFileSync('ssh-keygen', ['-l', '-f', '-'], { input: publicKey }).toString().split(' ')[1];

describeWithSshServer('rotating old SSH keys', () => {
	beforeAll(async () => {
		host = await startSshServer();
	});

	afterAll(async () => {
		await host.close();
	});

	it('installs a new one in one run, and removes the old one in the next', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		host.authorize(`no-pty ${old.publicKey}`, stranger.publicKey);

		const first = await run();
		expect(first.error()).toBeUndefined();
		const stored = key.publicKey;
		expect(bodyOf(stored)).not.toBe(bodyOf(old.publicKey));
		expect(host.authorizedKeys().map((line) => line.includes(bodyOf(old.publicKey)!))).toContain(
			true,
		);
		expect(host.authorizedKeys().some((line) => line.includes(bodyOf(stored)!))).toBe(true);
		const seen = first.output('Where it was seen')[0]?.json.device;
		expect(seen).toMatchObject({ ip: '127.0.0.1', hostname: 'host-01' });
		expect(seen).toHaveProperty('seenAt', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
		expect(first.output('Finish Rotation')[0]?.json).toMatchObject({ status: 'promoted' });

		const second = await run();
		expect(second.error()).toBeUndefined();
		expect(second.output('Finish Rotation')[0]?.json).toMatchObject({ status: 'ended' });
		expect(key.publicKey).toBe(stored);
		const lines = host.authorizedKeys();
		expect(lines).toHaveLength(2);
		expect(lines[0]).toBe(stranger.publicKey);
		// The options of the old line hold for the new one.
		expect(lines[1]).toMatch(/^no-pty /);
		expect(lines[1]).toContain(bodyOf(stored));
		expect(printOf(stored)).toMatch(/^SHA256:/);

		const third = await run();
		expect(third.output('Keys to work on')).toEqual([]);
		expect(messages.slack).toHaveLength(2);
		const logs = [first, second].map((result) => result.logs);
		expect(findSecrets({ messages, logs }, [old.privateKey, key.privateKey])).toEqual([]);
	});

	it('changes nothing in the vault where the host lets nobody in, and asks for help', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		host.authorize(stranger.publicKey);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([
			expect.stringContaining(
				'the step "install" was not seen to work on host-01: n8n could not log in. The next run',
			),
		]);
		expect(bodyOf(key.publicKey)).toBe(bodyOf(old.publicKey));
		expect(host.authorizedKeys()).toEqual([stranger.publicKey]);
	});

	it('tells of each host what is in its way, and of no other', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		const { devices } = vendors.senhasegura.state;
		const down = { hostname: 'host-00', ip: '127.0.0.2' };
		devices.push({ ...devices[0]!, ...down, id: '901' });
		// First the one that lets n8n in and refuses, then the one that is down.
		key.devices = [down.hostname];
		host.authorize(old.publicKey);
		const flock = join(host.home, '..', 'bin', 'flock');
		const sleep = join(host.home, '..', 'bin', 'sleep');
		writeFileSync(flock, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
		writeFileSync(sleep, '#!/bin/sh\n', { mode: 0o755 });

		const result = await run().finally(() => [flock, sleep].forEach((tool) => rmSync(tool)));

		expect(result.error()).toBeUndefined();
		expect([...messages.slack].sort()).toEqual([
			expect.stringContaining('on host-00: n8n could not log in. '),
			expect.stringContaining('on host-01: another rotation holds the lock. '),
		]);

		await run();
		expect(messages.slack.slice(2)).toEqual([
			expect.stringContaining('The key was not seen on host-00'),
			expect.stringContaining('on host-00: n8n could not log in. '),
		]);
	});

	it('says so where nobody can log in to remove the former key', async () => {
		const messages = recordMessages();
		await storeOldKey();
		host.authorize(old.publicKey);
		await run();
		host.authorize(stranger.publicKey);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack.at(-1)).toContain(
			'the step "remove" was not seen to work on host-01: no key of the vault logged in and did the work. The next run',
		);
	});

	it('says what the host said where that let n8n in and did not do it', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		host.authorize(old.publicKey);
		// As if somebody held the lock for a minute.
		const tools = ['flock', 'sleep'].map((name) => join(host.home, '..', 'bin', name));
		tools.forEach((tool, index) =>
			writeFileSync(tool, `#!/bin/sh\nexit ${1 - index}\n`, { mode: 0o755 }),
		);

		const result = await run().finally(() => tools.forEach((tool) => rmSync(tool)));

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([
			expect.stringContaining(
				'the step "install" was not seen to work on host-01: another rotation holds the lock. The next run',
			),
		]);
		expect(result.output('With next')).toEqual([]);
		expect(bodyOf(key.publicKey)).toBe(bodyOf(old.publicKey));
	});

	it('says of a former key that still opens the host that it does', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		host.authorize(old.publicKey);
		await run();
		// As if its line stood in a file that nobody knows of.
		const shell = join(host.home, '..', 'bin', 'sh');
		const script = '[ "$1" = -s ] || exec /bin/sh "$@"\ncat >/dev/null\necho n8n-removed';
		writeFileSync(shell, `#!/bin/sh\n${script}\n`, { mode: 0o755 });

		const result = await run().finally(() => rmSync(shell));

		expect(result.error()).toBeUndefined();
		expect(messages.slack.at(-1)).toContain(
			'the step "remove" was not seen to work on host-01: the former key still logs in. The next run',
		);
		const list = [...vendors.senhasegura.state.items.values()];
		const previous = list.find(({ identifier }) => identifier === `${key.identifier}.n8n-previous`);
		expect(previous?.active).toBe(true);
	});

	it('says which key the vault did not rotate', async () => {
		const messages = recordMessages();
		await storeOldKey();
		vendors.senhasegura.settings.readOnly = true;

		await run();

		expect(messages.slack).toHaveLength(1);
		expect(messages.slack[0]).toContain('host-01-deploy');
	});

	it('quotes an identifier without what Slack would obey', async () => {
		const messages = recordMessages();
		(await storeOldKey()).identifier = 'web <!channel> 01';

		await run();

		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*"web !channel 01"[^<>]*$/)]);
	});

	it('does nothing with a key that is young', async () => {
		const messages = recordMessages();
		(await storeOldKey()).change = daysAgo(2);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([]);
	});
});

it('runs the commands that are kept beside it', () => {
	const commands = example(NAME).nodes.find(({ name }) => name === 'Commands')?.parameters;
	expect(commands).toMatchObject({
		assignments: {
			assignments: [{ name: 'script', value: exampleText('hosts/authorized-keys.sh') }],
		},
	});
});
