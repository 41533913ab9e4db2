import { generateKeyPairSync } from 'node:crypto';

import { freshId, type StoredCredential } from '../../../scripts/host/workflows';
import type { CortexXsiamKey } from '../../simulators';
import { addPam360Account, addPam360Resource } from '../../simulators/pam360';
import {
	newCredential,
	newItem,
	type SenhaseguraCredential,
} from '../../simulators/senhasegura/entities';
import { ApiKeysObserver, type ApiKeysSettings } from '../observers/apiKeys';
import type { Allowance, Observer } from '../observers/observer';
import type { Lane } from '../world/lane';
import { example, type Scenario } from './scenario';

const dayMs = 86_400_000;

const firstId = 100;

type Watched = Pick<ApiKeysSettings, 'dueWithinDays' | 'isStoreRead' | 'provedByUse'> & {
	comment: string;
	roles?: string[];
};

/** A key that was made by hand 87 days ago and expires in three days. */
function dueKey(now: number, { comment, roles = ['Investigator'] }: Watched): CortexXsiamKey {
	return {
		id: firstId,
		secret: `first-${firstId}-`.repeat(12),
		securityLevel: 'standard',
		roles,
		comment,
		expiration: now + 3 * dayMs,
		creationTime: now - 87 * dayMs,
		createdBy: 'admin@example.com',
		userName: 'Ada Admin',
		childTenantId: null,
	};
}

/** The tenant with a key that is due, and who watches it. */
export function watchedKey(
	{ simulators: { cortexXsiam: tenant }, journal }: Lane,
	allowance: Allowance,
	watched: Watched,
) {
	const key = dueKey(tenant.now(), watched);
	tenant.state.keys.set(key.id, key);
	tenant.state.scopes.set(`api-key/${key.id}`, {
		endpointGroups: { mode: 'scope', names: ['Servers'] },
		endpointTags: { mode: 'no_scope', names: [] },
		casesIssues: { mode: 'no_scope', names: [] },
		assets: { mode: 'no_scope', ids: [] },
		datasetsRows: { mode: 'no_scope', filters: [] },
	});
	const observe = (stored: () => string | Promise<string>) =>
		new ApiKeysObserver({
			...watched,
			tenant,
			lineages: [{ firstId, comment: watched.comment, stored }],
			allowance,
			entries: () => journal.entries,
		});
	return { key, observe };
}

const valueOf = ({ id, secret }: CortexXsiamKey) => `${id}:${secret}`;

async function seedPam360(lane: Lane, allowance: Allowance): Promise<Observer> {
	const comment = 'SIEM collector, in PAM360';
	const { key, observe } = watchedKey(lane, allowance, {
		comment,
		dueWithinDays: 14,
		isStoreRead: ({ label }) => /^pam360: GET resources\/.*\/password$/u.test(label),
	});
	const { state } = lane.simulators.pam360;
	const resource = addPam360Resource(state, { id: '700', name: 'Cortex XSIAM' });
	const account = addPam360Account(state, resource, {
		id: '700',
		name: comment,
		password: valueOf(key),
	});
	return observe(() => account.password);
}

async function seedSenhasegura(lane: Lane, allowance: Allowance): Promise<Observer> {
	const comment = 'SIEM collector, in senhasegura';
	const { key, observe } = watchedKey(lane, allowance, {
		comment,
		dueWithinDays: 14,
		isStoreRead: ({ label }) => /^senhasegura: GET pam\/credential\//u.test(label),
	});
	const { state } = lane.simulators.senhasegura;
	const place = { hostname: 'cortex-xsiam', ip: '203.0.113.10' };
	const [like] = state.devices;
	if (like === undefined) throw new Error('The vault has no device.');
	state.devices.push({ ...like, ...place, id: '900' });
	const names = { identifier: `xsiam-${firstId}`, username: `api-key-${firstId}` };
	const stored: SenhaseguraCredential = newCredential(newItem({ id: '910', ...names, ...place }), {
		content: valueOf(key),
		type: 'Local User',
	});
	state.items.set(stored.id, stored);
	return observe(() => stored.content);
}

/** The vendors' credentials with the private key that the secrets go encrypted for. */
function withRecipient(credentials: StoredCredential[]): StoredCredential[] {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const types = ['cortexXsiamApi', 'senhaseguraOAuth2Api'];
	return credentials
		.filter(({ type }) => types.includes(type))
		.map((one) => ({ ...one, id: freshId(), data: { ...one.data, recipientPrivateKey } }));
}

export const apiKeysInPam360: Scenario = {
	name: 'api-keys-pam360',
	title: 'Cortex XSIAM API keys, kept in PAM360 (rotate-api-keys-into-pam360.json)',
	vendors: ['cortexXsiam', 'pam360'],
	workflow: () => example('rotate-api-keys-into-pam360.json'),
	schedule: [{ trigger: 'Every morning', afterMs: 0 }],
	seed: seedPam360,
};

export const apiKeysInSenhasegura: Scenario = {
	name: 'api-keys-senhasegura',
	title:
		'Cortex XSIAM API keys, kept in senhasegura, encrypted on the way and proved on the same day (rotate-api-keys-into-senhasegura.json)',
	vendors: ['cortexXsiam', 'senhasegura'],
	workflow: () => example('rotate-api-keys-into-senhasegura.json'),
	schedule: [{ trigger: 'Every morning', afterMs: 0 }],
	changeCredentials: withRecipient,
	seed: seedSenhasegura,
};
