import { COMMENT, DAY, FIRST, HOUR, addFirst, addSuccessor } from '../lineage';
import { item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, finish, ids, changes } = simulatedRotation();

const byComment = { rotate: 'comment', comment: COMMENT };
const byId = { rotate: 'apiKey', apiKey: { __rl: true, mode: 'id', value: String(FIRST) } };
const byLineage = {};

describe('a rotation that is finished', () => {
	it.each([
		['its comment', byComment],
		['the ID of the key that is replaced', byId],
		['its lineage', byLineage],
	])('by %s revokes what the stored key took the place of', async (_, which) => {
		addFirst(tenant.sim);
		const stored = addSuccessor(tenant.sim, 101, DAY);
		expect(item(await finish(stored, which))).toMatchObject({
			status: 'finished',
			storeOpens: '101',
			deletedKeys: ['100'],
			liveKeys: ['101'],
		});
		expect(ids()).toEqual([101]);
		expect(item(await finish(stored, byComment))).toMatchObject({
			status: 'finished',
			deletedKeys: [],
		});
	});

	it.each([
		['its comment', byComment, 13 * HOUR],
		['its comment, when the new key is a minute old', byComment, 60_000],
		['the ID of the key that is replaced', byId, 13 * HOUR],
		['its lineage', byLineage, 13 * HOUR],
	])('by %s revokes nothing while the store holds the former key', async (_, which, age) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, age);
		const told = item(await finish(old, which));
		expect(told).toMatchObject({ status: 'dueKeyStored', needsAttention: true, deletedKeys: [] });
		expect(told.nextStep).toMatch(
			/^Nothing was revoked: the store still holds 100, the key to be replaced\. Run 'API Key: Rotate' again/,
		);
		expect(changes()).toEqual([]);
	});

	it('by the ID of a key that it revokes itself still ends', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY);
		const stored = addSuccessor(tenant.sim, 103, DAY);
		const apiKey = { __rl: true, mode: 'id', value: '101' };
		expect(item(await finish(stored, { rotate: 'apiKey', apiKey }))).toMatchObject({
			status: 'finished',
			deletedKeys: ['100', '101', '102'],
		});
		expect(ids()).toEqual([103]);
	});

	it('by its comment has nothing to revoke where there is one key', async () => {
		const only = addFirst(tenant.sim);
		expect(item(await finish(only, byComment))).toMatchObject({
			status: 'finished',
			storeOpens: '100',
			nextStep: 'Nothing: one key is left, and the store opens it.',
		});
		expect(changes()).toEqual([]);
	});
});
