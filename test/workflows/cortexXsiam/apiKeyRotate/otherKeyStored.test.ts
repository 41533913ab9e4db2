import type { CortexXsiamKey } from '../../../simulators';
import { DELETE, LIST, foreignKey, requests } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { COMMENT, DAY, FIRST, HOUR, addFirst, addSuccessor, markAt } from '../lineage';
import { HEALTH, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, finish, ids, changes } = simulatedRotation();

describe('where the store opens a key that is not due', () => {
	it('nothing is done, and that is said', async () => {
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			id: '101',
			secret: null,
			status: 'nothingToDo',
			needsAttention: false,
			storeOpens: '101',
			oldId: null,
			nextStep: 'Nothing: one key is left, and the store opens it.',
		});
		expect(tenant.calls()).toEqual([`POST ${LIST}`, `GET ${HEALTH}`, `GET ${HEALTH}`]);
	});

	it('what it took the place of is revoked, one after the other, with a proof before each', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 5 * DAY);
		const current = addSuccessor(tenant.sim, 102, DAY);
		addSuccessor(tenant.sim, 103, 13 * HOUR);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			deletedKeys: ['100', '101', '103'],
			liveKeys: ['102'],
			keptKeys: [],
		});
		expect(ids()).toEqual([102]);
		const proof = [`POST ${LIST}`, `GET ${HEALTH}`, `GET ${HEALTH}`];
		expect(tenant.calls()).toEqual(
			[0, 1, 2].flatMap(() => [...proof, `POST ${DELETE}`]).concat(proof),
		);
	});

	it('what the tenant calls revoked and lists still is not said to be gone', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.trouble.add({
			kind: 'rawBody',
			match: DELETE,
			body: JSON.stringify({ reply: { update_count: 1 } }),
		});
		const rotated = item(await rotate(current));
		const finished = item(await finish(current));
		for (const [told, status] of [
			[rotated, 'resumed'],
			[finished, 'waiting'],
		] as const) {
			expect(told).toMatchObject({ status, deletedKeys: ['100'] });
			expect(told.details).not.toContain('Revoked by this run');
			expect(told.details).toContain(
				'The key 100 stays: the tenant answered that it was revoked, and still lists it.',
			);
			expect(told.keptKeys).toEqual([
				{
					id: '100',
					why: 'the tenant answered that it was revoked, and still lists it',
					until: expect.any(String) as string,
				},
			]);
			expect(told.nextStep).toMatch(/^Nothing now: a run of .* revokes 100, if the store still/);
		}
		// Asked once by each of them.
		expect(requests(tenant.sim, DELETE)).toHaveLength(2);
		expect(ids()).toEqual([FIRST, 101]);
	});

	it('one that took its place is told from one that it took the place of, by the time of creation', async () => {
		// A tenant whose IDs do not grow.
		const old = addFirst(tenant.sim, { id: 900, comment: `${COMMENT}` });
		const current = addFirst(tenant.sim, {
			id: 100,
			comment: `${COMMENT} ${markAt(Date.now() - 13 * HOUR, 900)}`,
			creationTime: Date.now() - 13 * HOUR,
			expiration: Date.now() + 80 * DAY,
		});
		const result = item(await rotate(current, { lineage: '900' }));
		// 20 hours after it was made the old one goes, and not now.
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [] });
		expect(result.keptKeys).toEqual([expect.objectContaining({ id: String(old.id) })]);
	});

	it.each([
		['younger than 12 hours', { creationTime: Date.now() - 11 * HOUR }, 'until it is 12 hours old'],
	])('a key that is %s stays', async (_, older) => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		addSuccessor(tenant.sim, 102, Date.now() - older.creationTime);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			deletedKeys: ['100'],
			liveKeys: ['101', '102'],
		});
		expect(result.keptKeys).toEqual([
			{
				id: '102',
				why: 'no key is revoked before it is 12 hours old',
				until: expect.any(String) as string,
			},
		]);
		expect(result.nextStep).toMatch(
			/^Nothing now: a run of 'API Key: Rotate' or 'API Key: Finish Rotation' after \S+Z revokes 102, if the store still opens 101 then\.$/,
		);
	});

	it('a list that still shows what was revoked does not make it be revoked for ever', async () => {
		const old = addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const record = (key: CortexXsiamKey) => ({
			id: key.id,
			creation_time: key.creationTime,
			roles: key.roles,
			security_level: key.securityLevel,
			comment: key.comment,
			expiration: key.expiration,
		});
		const body = JSON.stringify({ reply: { DATA: [record(old), record(current)] } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: ['100'], liveKeys: ['101'] });
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
	});

	it('a deletion that is refused is said, and tried once', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const body = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: 'no edit' } };
		tenant.sim.trouble.add({ kind: 'status', status: 403, match: DELETE, body });
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', needsAttention: true, deletedKeys: [] });
		expect(result.keptKeys).toEqual([
			{
				id: '100',
				why: "it could not be revoked: The role of the credential's API key does not permit this call",
				until: null,
			},
		]);
		expect(result.nextStep).toBe('Look at 100 in the console.');
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
	});

	it('a deletion whose answer is lost is looked up', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: DELETE, times: 1 });
		expect(item(await rotate(current))).toMatchObject({ deletedKeys: ['100'] });
		tenant.sim.reset();
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: DELETE });
		const result = item(await rotate(current));
		expect(result.keptKeys).toEqual([
			expect.objectContaining({
				id: '100',
				why: expect.stringContaining('it is not known whether it was revoked') as string,
			}),
		]);
	});
});

it('a deletion of which nobody knows is in the error of a run that cannot go on', async () => {
	addFirst(tenant.sim);
	const current = addSuccessor(tenant.sim, 101, DAY);
	tenant.sim.trouble.add({ kind: 'cutAfterWork', match: DELETE });
	tenant.sim.trouble.add({ kind: 'status', status: 500, match: LIST, skip: 1 });
	const text = said(await rotate(current));
	expect(text).toMatch(/The key 100: it is not known whether it was revoked: .+\.$/);
	expect(ids()).toEqual([101]);
});

it.each([
	['where a key is issued then', true],
	['where nothing is left to do', false],
])(
	'a deletion of which nobody knows is in the item, though the list lacks the key, %s',
	async (_, isDue) => {
		const first = addFirst(tenant.sim);
		const other = addSuccessor(tenant.sim, 101, 2 * DAY);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: DELETE });
		tenant.sim.trouble.add({ kind: 'status', status: 500, match: LIST, skip: 1, times: 1 });
		const result = item(await rotate(isDue ? first : other));
		const id = isDue ? '101' : '100';
		expect(tenant.sim.state.keys.has(Number(id))).toBe(false);
		expect(result).toMatchObject({
			status: isDue ? 'rotated' : 'nothingToDo',
			needsAttention: true,
			deletedKeys: [],
			keptKeys: [
				{ id, why: expect.stringMatching(/^it is not known whether it was revoked/) as string },
			],
			details: expect.stringContaining(`The key ${id}: it is not known`) as string,
		});
	},
);

describe('where the store opens a key outside the lineage', () => {
	it('both are named, and nothing is done', async () => {
		const old = addFirst(tenant.sim);
		const other = foreignKey({ id: 300, comment: 'Something else' });
		tenant.sim.state.keys.set(300, other);
		const text = said(await rotate(other));
		expect(text).toContain(
			"'Stored Secret' opens the API key 300, which is not one of the lineage 100",
		);
		expect(text).toContain('Its live keys are 100. Nothing was issued and nothing revoked.');
		expect(changes()).toEqual([]);
		expect(text).not.toContain(other.secret);
		expect(old.id).toBe(FIRST);
	});

	it('one that the tenant does not list is one, too', async () => {
		const old = addFirst(tenant.sim);
		const hidden = foreignKey({ id: 300 });
		tenant.sim.state.keys.set(300, hidden);
		const record = { id: 100, roles: old.roles, security_level: 'advanced', expiration: null };
		const body = JSON.stringify({ reply: { DATA: [record] } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		const text = said(await rotate(hidden));
		expect(text).toContain('opens the API key 300, which is not one of');
		expect(text).toContain(
			"The tenant's list of keys lacks 300, so the list may be late or not whole: run again.",
		);
	});

	it('one whose mark somebody has edited away is one', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY, { comment: COMMENT });
		expect(said(await rotate(current))).toContain('opens the API key 101, which is not one of');
		expect(ids()).toEqual([FIRST, 101]);
	});
});
