import type { CortexXsiamKey } from '../../../simulators';
import { cortexXsiamDemo } from '../../../simulators';
import { said } from '../../kit/result';
import { credentialFor } from '../../vendors';
import { DAY, addFirst, markAt } from '../lineage';
import { HEALTH, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, made, changes } = simulatedRotation();

describe('the key that the credential uses', () => {
	const OWN = Number(cortexXsiamDemo.advanced.apiKeyId);
	const own = { rotate: 'ownKey', storedSecret: '', readAt: '' };
	const expires = (days: number) => {
		const key = tenant.sim.state.keys.get(OWN) as CortexXsiamKey;
		key.expiration = Date.now() + days * DAY;
		return key;
	};

	it('is rotated when it is due, and needs no store to be read', async () => {
		expires(10);
		const result = item(await rotate(undefined, own, { mode: 'retry' }));
		expect(result).toMatchObject({
			status: 'rotated',
			lineage: '22',
			oldId: '22',
			storeOpens: '22',
		});
		expect(made()[0]?.comment).toMatch(/^Automation, advanced \[n8n 22 \w{13}\]$/);
		expect(tenant.sim.state.keys.has(OWN)).toBe(true);
		// Its use is its proof.
		expect(tenant.sim.log.filter(({ path }) => path === HEALTH)).toHaveLength(1);
	});

	it('is left alone when it is not', async () => {
		expires(20);
		expect(item(await rotate(undefined, own)).status).toBe('nothingToDo');
		expect(changes()).toEqual([]);
	});

	it('revokes the old one when the credential has the new one', async () => {
		expires(10);
		const [, successor] = [OWN, 101].map((id) => tenant.sim.state.keys.get(id));
		expect(successor).toBeUndefined();
		const key = addFirst(tenant.sim, {
			id: 101,
			comment: `Automation ${markAt(Date.now() - DAY, OWN)}`,
			roles: ['Instance Administrator'],
			creationTime: Date.now() - DAY,
			expiration: Date.now() + 80 * DAY,
		});
		const credentials = {
			cortexXsiamApi: {
				...credentialFor.cortexXsiamApi(tenant.sim.url),
				apiKeyId: '101',
				apiKey: key.secret,
			},
		};
		const result = item(await rotate(undefined, own, { credentials }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [String(OWN)] });
		expect(tenant.sim.state.keys.has(OWN)).toBe(false);
	});

	it('is never revoked while the credential uses it, though the store opens another one', async () => {
		const key = addFirst(tenant.sim, {
			id: 101,
			comment: `Automation ${markAt(Date.now() - 2 * DAY, OWN)}`,
			creationTime: Date.now() - 2 * DAY,
			expiration: Date.now() + 80 * DAY,
		});
		const result = item(await rotate(key, { lineage: String(OWN) }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [], needsAttention: true });
		expect(result.details).toContain(
			'The key 22 stays: it has the ID of the key that the credential of this node uses.',
		);
		expect(tenant.sim.state.keys.has(OWN)).toBe(true);
	});

	it('is not one of a child tenant', async () => {
		const { childTenantId } = cortexXsiamDemo;
		const credential = { ...credentialFor.cortexXsiamApi(tenant.sim.url), childTenantId };
		for (const result of [
			await rotate(undefined, { ...own, options: { childTenantId } }),
			await rotate(undefined, own, { credentials: { cortexXsiamApi: credential } }),
		]) {
			expect(said(result)).toBe(
				"The credential's own key is not one of the child tenant | Remove 'Child Tenant ID' from the options or the credential, or choose another key in 'Which Key'.",
			);
		}
	});
});
