import { execFileSync } from 'node:child_process';
import { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IWorkflowBase } from 'n8n-workflow';
import { describeWithSshServer, runWorkflow, startSshServer } from '../../harness';
import type { SshServer } from '../../harness';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { credentialFor, credentialTypes, nodeTypes, runVendor, sshKey } from '../vendors';
import { example, recordMessages, useVendors } from './support';

const NAME = 'rotate-old-ssh-keys.json';
const EACH = "$('Each host').item.json";
const READ = "$('Read the new key').item.json";

const vendors = useVendors();
const old = sshKey('ed25519');
const maintenance = sshKey('ecdsab256');
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

/** Credentials as the note in the workflow says they have to be set. */
function sshCredentials(maintenanceKey: string): Record<string, ICredentialDataDecryptedObject> {
	const port = host.port;
	return {
		'SSH, maintenance account': {
			host: '={{ $json.host }}',
			username: '={{ $json.username }}',
			port,
			privateKey: maintenanceKey,
			passphrase: '',
		},
		'SSH, key from the vault': {
			host: `={{ ${EACH}.host }}`,
			username: `={{ ${EACH}.username }}`,
			port,
			privateKey: `={{ ${READ}.secret }}`,
			passphrase: `={{ ${READ}.passphrase ?? '' }}`,
		},
	};
}

/** Runs the example; two credentials of one type are told apart by their names. */
async function run(maintenanceKey = maintenance.privateKey) {
	const workflow = example(NAME);
	const byName: Array<[string, string, ICredentialDataDecryptedObject]> = [
		[
			'Senhasegura',
			'senhaseguraOAuth2Api',
			credentialFor.senhaseguraOAuth2Api(vendors.senhasegura.url),
		],
		['Slack', 'slackApi', { accessToken: 'xoxb-not-a-token' }],
		...Object.entries(sshCredentials(maintenanceKey)).map(
			([name, data]): [string, string, ICredentialDataDecryptedObject] => [
				name,
				'sshPrivateKey',
				data,
			],
		),
	];
	return await runWorkflow({
		workflow: withCredentialIds(workflow),
		nodeTypes,
		credentialTypes,
		credentials: byName.map(([name, type, data]) => ({ id: name, name, type, data })),
	});
}

/** As n8n fills in what the user picks. */
function withCredentialIds(workflow: IWorkflowBase): IWorkflowBase {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		credentials: Object.fromEntries(
			Object.entries(node.credentials ?? {}).map(([type, { name }]) => [type, { id: name, name }]),
		),
	}));
	return { ...workflow, nodes };
}

const bodyOf = (publicKey: string) => publicKey.split(' ').slice(0, 2).join(' ');

describeWithSshServer('rotating old SSH keys', () => {
	beforeAll(async () => {
		host = await startSshServer();
	});

	afterAll(async () => {
		await host.close();
	});

	it('puts a new one on the host, logs in with it, and removes the old one', async () => {
		const messages = recordMessages();
		const key = await storeOldKey();
		host.authorize(old.publicKey, maintenance.publicKey);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([
			expect.stringMatching(/^The SSH key \S+ of \S+ was rotated on 127\.0\.0\.1\./),
		]);
		const stored = key.publicKey;
		expect(bodyOf(stored)).not.toBe(bodyOf(old.publicKey));
		const print = execFileSync('ssh-keygen', ['-l', '-f', '-'], { input: stored }).toString();
		expect(messages.slack[0]).toContain(print.split(' ')[1]);
		expect(host.authorizedKeys().map(bodyOf)).toEqual([maintenance.publicKey, stored].map(bodyOf));
		expect(JSON.stringify(messages)).not.toContain('PRIVATE KEY');
	}, 60_000);

	it('leaves the old key where the host does not let anybody in, and asks for help', async () => {
		const messages = recordMessages();
		await storeOldKey();
		host.authorize(old.publicKey);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([
			expect.stringMatching(/does not work with it yet: .*The old key, SHA256:\S+, is still on/s),
		]);
		expect(host.authorizedKeys().map(bodyOf)).toEqual([bodyOf(old.publicKey)]);
	}, 60_000);

	it('says which key the vault did not rotate', async () => {
		const messages = recordMessages();
		await storeOldKey();
		vendors.senhasegura.settings.readOnly = true;

		await run();

		expect(messages.slack).toEqual([expect.stringContaining('was not rotated: ')]);
	});

	it('does nothing with a key that is young', async () => {
		const messages = recordMessages();
		(await storeOldKey()).change = daysAgo(2);

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(messages.slack).toEqual([]);
	});
});
