import type { IDataObject } from 'n8n-workflow';
import {
	cortexXsiamDemo,
	senhaseguraDemo,
	startCortexXsiamSimulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import type { CortexXsiamSimulator } from '../../simulators';
import { newItem } from '../../simulators/senhasegura/entities';
import { DAY, HOUR, addFirst, addSuccessor, markAt, storedFormOf } from '../cortexXsiam/lineage';
import { lineFingerprint } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import { sshKey } from '../vendors';

/** A server of one tenant, which takes that tenant's credential and no other. */
export interface OwnServer {
	/** What the item of this tenant holds. */
	item: IDataObject;
	/** What was asked, in order; IDs of this tenant are told as such, and no others. */
	calls(): string[];
	/** What the tenant's item must tell, by what the server holds in the end. */
	told(): IDataObject;
	close(): Promise<void>;
}

interface OwnRotation {
	parameters: IDataObject;
	start(tenant: number): Promise<OwnServer>;
}

function callsOf(
	{ log }: { log: Array<{ method: string; path: string; body: string }> },
	ids: () => Iterable<string | number>,
): string[] {
	return log.map(({ method, path, body }) => {
		const named = /"filters":\[\{[^\]]*"value":\[([\d,]+)\]/.exec(body)?.[1] ?? '';
		const own = [...ids()].reduce<string>(
			(text, id) => text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), '<own>'),
			`${method} ${path} ${named}`,
		);
		return own.trim();
	});
}

/** A tenant whose only administrator is the credential of the item, and whose key is due. */
async function xsiamTenant(tenant: number) {
	const sim = await startCortexXsiamSimulator({ http: true });
	const administrator = sim.state.keys.get(Number(cortexXsiamDemo.advanced.apiKeyId));
	const id = Number(`5${tenant}`);
	sim.state.keys.clear();
	sim.state.keys.set(id, { ...administrator!, id, secret: `key-${tenant}` });
	sim.state.childTenants.add(`91${tenant}`);
	sim.state.nextKeyId = 70_000 + tenant;
	const old = addFirst(sim, {
		id: 60_000 + tenant,
		secret: `old-${tenant}-`.repeat(16),
		comment: `Collector <tenant ${tenant}>`,
	});
	return { sim, old };
}

const ofXsiam = (
	sim: CortexXsiamSimulator,
	stored: string,
	{ lineage, told }: { lineage: number; told: () => IDataObject },
): OwnServer => {
	const known = [...sim.state.keys.keys()];
	return {
		item: { url: sim.url, stored, lineage, readAt: new Date().toISOString() },
		calls: () => callsOf(sim, () => [...known, ...sim.state.keys.keys()]),
		told,
		close: async () => await sim.close(),
	};
};

const whichLineage: IDataObject = {
	rotate: 'lineage',
	lineage: '={{ $json.lineage }}',
	dueWithinDays: 14,
	storedSecret: '={{ $json.stored }}',
	readAt: '={{ $json.readAt }}',
};

const storedKey = (fields: Parameters<typeof newItem>[0], pair: string) =>
	Object.assign(newItem(fields), {
		kind: 'key' as const,
		...sshKey(pair),
		password: null,
		keyName: null,
		tags: '',
		devices: [],
		automaticChange: false,
	});

/** A vault with a key that is as old as it has to be. */
async function vault(tenant: number) {
	const sim = await startSenhaseguraSimulator({ http: true });
	const [device] = senhaseguraDemo.devices;
	const id = String(60_000 + tenant);
	sim.state.consumers.clear();
	sim.state.consumers.set(`consumer-${tenant}:token-${tenant}`, {
		consumerSecret: `shh-${tenant}`,
		tokenSecret: `psst-${tenant}`,
	});
	sim.state.nextId = 70_000 + 10 * tenant;
	const key = storedKey(
		{
			id,
			identifier: 'deploy',
			username: `user-${tenant}`,
			hostname: device.hostname,
			ip: device.ip,
			change: '2020-01-01 00:00:00',
		},
		'ed25519',
	);
	sim.state.items.set(id, key);
	const named = (identifier: string) =>
		[...sim.state.items.values()].find((item) => item.identifier === identifier) as
			typeof key | undefined;
	return { sim, key, named, hosts: [device.hostname] };
}

type Vault = Awaited<ReturnType<typeof vault>>;

const ofVault = (
	{ sim, key, hosts }: Vault,
	more: IDataObject,
	told: () => IDataObject,
): OwnServer => ({
	item: { url: sim.url, hosts, key: key.id, ...more },
	calls: () => callsOf(sim, () => sim.state.items.keys()),
	told: () => ({ id: key.id, username: key.username, ...told() }),
	close: async () => await sim.close(),
});

const whichKey = { sshKeyId: { __rl: true, mode: 'id', value: '={{ $json.key }}' } };

const published = (key: { publicKey: string } | undefined) => lineFingerprint(key?.publicKey ?? '');

/**
 * Rotations ask what depends on what they find, and try what they have made: each tenant is a simulator
 * that takes the credential of its item only, with keys of its own.
 */
export const ownRotations: Record<string, OwnRotation> = {
	'apiKey.rotate': {
		parameters: { ...whichLineage, additionalFields: { validDays: 90 } },
		start: async (tenant) => {
			const { sim, old } = await xsiamTenant(tenant);
			const made = 70_000 + tenant;
			return ofXsiam(sim, storedFormOf(old), {
				lineage: old.id,
				told: () => ({
					status: 'rotated',
					secret: storedFormOf(sim.state.keys.get(made)!),
					comment: old.comment,
					liveKeys: [String(old.id), String(made)],
				}),
			});
		},
	},
	'apiKey.finishRotation': {
		parameters: whichLineage,
		start: async (tenant) => {
			const { sim, old } = await xsiamTenant(tenant);
			const made = Date.now() - DAY;
			const stored = addSuccessor(sim, 70_000 + tenant, DAY, {
				secret: `new-${tenant}-`.repeat(16),
				comment: `${old.comment} ${markAt(made, old.id)}`,
			});
			const younger = addSuccessor(sim, 80_000 + tenant, HOUR, {
				comment: `${old.comment} ${markAt(Date.now() - HOUR, old.id, 'FEDCBA')}`,
			});
			return ofXsiam(sim, storedFormOf(stored), {
				lineage: old.id,
				told: () => ({
					status: 'waiting',
					storeOpens: String(stored.id),
					comment: old.comment,
					liveKeys: [stored, younger].map(({ id }) => String(id)),
					deletedKeys: sim.state.keys.has(old.id) ? 'none' : [String(old.id)],
				}),
			});
		},
	},
	'sshKey.rotate': {
		parameters: { ...whichKey, keyAlgorithm: 'ed25519', dryRun: false },
		start: async (tenant) => {
			const own = await vault(tenant);
			return ofVault(own, {}, () => ({
				status: 'started',
				step: 'install',
				fingerprint: published(own.named('deploy.n8n-next')),
			}));
		},
	},
	'sshKey.finishRotation': {
		parameters: {
			...whichKey,
			step: 'remove',
			fingerprint: '={{ $json.fingerprint }}',
			hosts: '={{ $json.hosts }}',
		},
		start: async (tenant) => {
			const own = await vault(tenant);
			const { sim, key } = own;
			const id = String(65_000 + tenant);
			const { hostname, ip } = key;
			const username = `n8n-previous-${key.id}-20200101T000000000Z-00000000`;
			const fields = { id, identifier: 'deploy.n8n-previous', username, hostname, ip };
			sim.state.items.set(id, storedKey(fields, 'rsab3072'));
			return ofVault(own, { fingerprint: published(key) }, () => ({
				status: sim.state.items.get(id)?.active ? 'still enabled' : 'ended',
				presentFingerprint: published(key),
				removeFingerprint: published(sshKey('rsab3072')),
			}));
		},
	},
};
