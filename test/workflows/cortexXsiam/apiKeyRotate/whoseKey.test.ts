import { LIST, foreignKey } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { credentialFor } from '../../vendors';
import { COMMENT, DAY, FIRST, HOUR, MINUTE, addFirst, addSuccessor, markAt } from '../lineage';
import { item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, keys, ids, made, changes } = simulatedRotation();

describe('marks that were copied', () => {
	it('an older key with the comment of a successor is no part of the lineage, and is named', async () => {
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		addFirst(tenant.sim);
		const unrelated = foreignKey({
			id: 90,
			comment: current.comment,
			creationTime: Date.now() - 40 * DAY,
		});
		tenant.sim.state.keys.set(90, unrelated);
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: ['100'], liveKeys: ['101'] });
		expect(result.details).toContain('Not touched, because their marks are copies: 90.');
		expect(tenant.sim.state.keys.has(90)).toBe(true);
	});

	it.each([
		['5 minutes before it', -5 * MINUTE - 1_000, true],
		['4 minutes before it', -4 * MINUTE, false],
		['11 hours after it', 11 * HOUR, false],
		['12 hours after it', 12 * HOUR + 1_000, true],
	])('a key that was made %s bears a copy: %#', async (_, apart, isCopy) => {
		addFirst(tenant.sim);
		const made5 = Date.now() - 5 * DAY;
		const current = addSuccessor(tenant.sim, 102, DAY);
		addSuccessor(tenant.sim, 101, 0, {
			comment: `${COMMENT} ${markAt(made5)}`,
			creationTime: made5 + apart,
			expiration: Date.now() + DAY,
		});
		const result = item(await rotate(current));
		expect(ids().includes(101)).toBe(isCopy);
		expect((result.details as string).includes('Not touched')).toBe(isCopy);
	});

	it('of two keys with one mark neither is deleted, and both are named', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const twin = addSuccessor(tenant.sim, 102, 2 * DAY);
		addSuccessor(tenant.sim, 103, 2 * DAY - HOUR, { comment: twin.comment });
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			needsAttention: true,
			deletedKeys: ['100'],
			nextStep: 'Look at 102, 103 in the console.',
		});
		expect(result.details).toContain(
			'The key 102 stays: another key has the same mark; find out which of them is in use.',
		);
		expect(ids()).toEqual([101, 102, 103]);
	});

	it('keys of which nobody knows if they belong to the lineage do not hold up its rotation', async () => {
		const old = addFirst(tenant.sim);
		const twin = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY - HOUR, { comment: twin.comment });
		expect(item(await rotate(old))).toMatchObject({
			status: 'rotated',
			oldId: '100',
			deletedKeys: [],
			needsAttention: true,
			keptKeys: ['101', '102'].map((id) => expect.objectContaining({ id, until: null }) as unknown),
			nextStep: expect.stringMatching(/Look at 101, 102 in the console\.$/) as string,
		});
	});

	it('the first key is known by its ID, whoever has its comment', async () => {
		const comment = `${COMMENT} ${markAt(Date.now() - 76 * DAY, 'call 0123456789AB')}`;
		addFirst(tenant.sim, { comment });
		const current = addSuccessor(tenant.sim, 101, DAY);
		const other = foreignKey({
			id: 300,
			comment,
			creationTime: Date.now() - 76 * DAY + HOUR,
		});
		tenant.sim.state.keys.set(300, other);
		expect(item(await rotate(current))).toMatchObject({ deletedKeys: ['100'], keptKeys: [] });
		expect(ids()).toEqual([101, 300]);
	});

	it('no new key is made like one of which nobody knows if it belongs to the lineage', async () => {
		addFirst(tenant.sim);
		const twin = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY - HOUR, {
			comment: twin.comment,
			roles: ['Instance Administrator'],
		});
		const result = item(await rotate('x'));
		expect(result).toMatchObject({ status: 'rotated', oldId: '100', needsAttention: true });
		expect(result.details).toContain(
			'The key 102 stays: another key has the same mark; find out which of them is in use.',
		);
		expect(made()[0]?.roles).toEqual(['Investigator', 'Public API Viewer']);
		tenant.sim.reset();
		const { comment } = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY - HOUR, { comment, roles: ['Instance Administrator'] });
		const text = said(await rotate('x'));
		expect(text).toContain('It is not clear which of the API keys 101, 102 belongs to the lineage');
		expect(made()).toEqual([]);
	});
});

describe('a key whose age is not certain is never deleted', () => {
	/** @param of The key whose time of creation the tenant tells otherwise. */
	const hidden = (creation_time: unknown, of = FIRST) => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const rows = keys().map((key) => ({
			id: key.id,
			creation_time: key.id === of ? creation_time : key.creationTime,
			roles: key.roles,
			security_level: key.securityLevel,
			comment: key.comment,
			expiration: key.expiration,
		}));
		const body = JSON.stringify({ reply: { DATA: rows } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		return current;
	};

	it.each([
		['is not told', undefined],
		['is null', null],
		['is a word', 'yesterday'],
		['is in seconds', Math.floor(Date.now() / 1000)],
		['is none', 0],
	])('because the time %s', async (_, time) => {
		const result = item(await rotate(hidden(time)));
		expect(result).toMatchObject({ status: 'resumed', needsAttention: true, deletedKeys: [] });
		expect(result.details).toContain(
			'The key 100 stays: the tenant does not say when it was created.',
		);
		expect(changes()).toEqual([]);
	});

	it('because the time of the one that replaced it is not told, while that has to be a day old', async () => {
		const stored = hidden(undefined, 101);
		const overlap = { additionalFields: { revokeOldAfterHours: 24 } };
		const result = item(await rotate(stored, overlap));
		expect(result).toMatchObject({ status: 'resumed', needsAttention: true, deletedKeys: [] });
		expect(result.details).toContain(
			'The key 100 stays: the tenant does not say when 101, which replaced it, was created.',
		);
		expect(changes()).toEqual([]);
		// Without an overlap its age does not matter.
		const atOnce = { additionalFields: { revokeOldAfterHours: 0 } };
		expect(item(await rotate(stored, atOnce))).toMatchObject({ deletedKeys: ['100'] });
	});

	it('because the server does not tell its own', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.settings.omitsDate = true;
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [], needsAttention: true });
		expect(result.details).toContain(
			'The key 100 stays: the server does not send its time, so its age is not certain.',
		);
		expect(changes()).toEqual([]);
	});

	it('by n8n’s clock, which may be a day ahead', async () => {
		tenant.sim.settings.clockOffsetMs = -DAY;
		const credentials = {
			cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url, 'standard'),
		};
		const standard = { securityLevel: 'standard' } as const;
		addFirst(tenant.sim, { ...standard, creationTime: tenant.sim.now() - 11 * HOUR });
		const current = addSuccessor(tenant.sim, 101, 2 * DAY, standard);
		expect(item(await rotate(current, {}, { credentials }))).toMatchObject({ deletedKeys: [] });
	});
});
