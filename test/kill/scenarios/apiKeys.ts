import type { CortexXsiamKey } from '../../simulators';
import { addPam360Account, addPam360Resource } from '../../simulators/pam360';
import { ApiKeysObserver } from '../observers/apiKeys';
import type { Allowance, Observer } from '../observers/observer';
import type { Lane } from '../world/lane';
import { example, type Scenario } from './scenario';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const firstId = 100;
const comment = 'SIEM collector';

/** A key that was made by hand 87 days ago and expires in three days. */
function dueKey(now: number): CortexXsiamKey {
	return {
		id: firstId,
		secret: `first-${firstId}-`.repeat(12),
		securityLevel: 'standard',
		roles: ['Investigator'],
		comment,
		expiration: now + 3 * dayMs,
		creationTime: now - 87 * dayMs,
		createdBy: 'admin@example.com',
		userName: 'Ada Admin',
		childTenantId: null,
	};
}

async function seed({ simulators, journal }: Lane, allowance: Allowance): Promise<Observer> {
	const { cortexXsiam: tenant, pam360 } = simulators;
	const key = dueKey(tenant.now());
	tenant.state.keys.set(key.id, key);
	tenant.state.scopes.set(`api-key/${key.id}`, {
		endpointGroups: { mode: 'scope', names: ['Servers'] },
		endpointTags: { mode: 'no_scope', names: [] },
		casesIssues: { mode: 'no_scope', names: [] },
		assets: { mode: 'no_scope', ids: [] },
		datasetsRows: { mode: 'no_scope', filters: [] },
	});
	const resource = addPam360Resource(pam360.state, { id: '700', name: 'Cortex XSIAM' });
	const account = addPam360Account(pam360.state, resource, {
		id: '700',
		name: comment,
		password: key.secret,
	});
	return new ApiKeysObserver({
		tenant,
		lineages: [{ firstId, comment, stored: () => account.password }],
		dueWithinDays: 7,
		allowance,
		entries: () => journal.entries,
	});
}

export const apiKeys: Scenario = {
	name: 'api-keys',
	title: 'Cortex XSIAM API keys, stored in PAM360 (rotate-expiring-api-keys.json)',
	vendors: ['cortexXsiam', 'pam360'],
	workflow: () => example('rotate-expiring-api-keys.json'),
	schedule: [
		{ trigger: 'Every morning', afterMs: 0 },
		{ trigger: 'An hour later', afterMs: hourMs },
	],
	seed,
};
