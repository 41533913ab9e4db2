import type { IDataObject } from 'n8n-workflow';
import { LIST } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { credentialFor } from '../../vendors';
import { COMMENT, DAY, MINUTE, addFirst, addSuccessor } from '../lineage';
import { NONCE, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, made, changes } = simulatedRotation();

describe('which key is due', () => {
	it.each<[string, number, string]>([
		['within the days', 14 * DAY - MINUTE, 'rotated'],
		['after them', 14 * DAY + MINUTE, 'nothingToDo'],
	])('by its date: one that expires %s', async (_, left, status) => {
		const old = addFirst(tenant.sim, { expiration: Date.now() + left });
		expect(item(await rotate(old)).status).toBe(status);
	});

	it('by its date: never one that never expires', async () => {
		const old = addFirst(tenant.sim, { expiration: null });
		expect(item(await rotate(old)).status).toBe('nothingToDo');
	});

	it.each(['', 'soon', undefined])(
		'by its date: one whose date cannot be read (%p) is not, and somebody has to look',
		async (expiration) => {
			const old = addFirst(tenant.sim);
			const row = {
				...old,
				creation_time: old.creationTime,
				security_level: 'advanced',
				expiration,
			};
			const body = JSON.stringify({ reply: { DATA: [row] } });
			tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
			const result = item(await rotate(old));
			expect(result).toMatchObject({ status: 'nothingToDo', needsAttention: true });
			expect(result.details).toContain(
				'The node cannot read the expiration dates of these keys: 100. Check in the console whether they are due.',
			);
		},
	);

	it('by its date: a successor as well as the first one', async () => {
		const current = addSuccessor(tenant.sim, 101, 80 * DAY);
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'rotated', lineage: '100', oldId: '101' });
		expect(made()[0]?.comment).toMatch(NONCE);
	});

	it('by the server’s date, whatever n8n’s clock says', async () => {
		tenant.sim.settings.clockOffsetMs = 3 * DAY;
		const credentials = {
			cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url, 'standard'),
		};
		const old = addFirst(tenant.sim, {
			securityLevel: 'standard',
			expiration: Date.now() + 16 * DAY,
		});
		expect(item(await rotate(old, {}, { credentials })).status).toBe('rotated');
	});

	it('one that is named by its ID is, whatever its date', async () => {
		const old = addFirst(tenant.sim, { expiration: Date.now() + 80 * DAY });
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '0100' } };
		expect(item(await rotate(old, parameters))).toMatchObject({ status: 'rotated', oldId: '100' });
		// The store has the new one by now: that is not the one that was named.
		const [key] = made();
		expect(item(await rotate(key, parameters))).toMatchObject({ status: 'resumed', id: '4267' });
		expect(made()).toHaveLength(1);
	});

	it('one that is named by its comment is, unless the stored one is under an hour old', async () => {
		addFirst(tenant.sim, { expiration: null });
		const parameters = { rotate: 'comment', comment: ` ${COMMENT} ` };
		const young = addSuccessor(tenant.sim, 101, 59 * MINUTE);
		expect(item(await rotate(young, parameters)).status).toBe('resumed');
		tenant.sim.reset();
		const old = addSuccessor(tenant.sim, 101, 61 * MINUTE);
		expect(item(await rotate(old, parameters)).status).toBe('rotated');
	});

	it.each([
		['siem collector', "No API key has the comment 'siem collector'"],
		['[n8n 100 1MPHNP0123456]', "No API key has the comment '[n8n 100 1MPHNP0123456]'"],
	])('no key has the comment %s', async (comment, says) => {
		const old = addFirst(tenant.sim);
		expect(said(await rotate(old, { rotate: 'comment', comment }))).toContain(says);
		expect(changes()).toEqual([]);
	});

	it('of two lineages with one comment none is guessed', async () => {
		const old = addFirst(tenant.sim);
		addFirst(tenant.sim, { id: 200, expiration: null, roles: ['Instance Administrator'] });
		const text = said(await rotate(old, { rotate: 'comment', comment: COMMENT }));
		expect(text).toContain(`Several API keys that do not replace each other have the comment`);
		expect(text).toMatch(/100 \(created \S+Z, expires \S+Z\), 200 \(created \S+Z, expires never\)/);
		expect(changes()).toEqual([]);
	});

	it('an expired lineage with the same comment does not make it two', async () => {
		const old = addFirst(tenant.sim);
		addFirst(tenant.sim, { id: 200, expiration: Date.now() - DAY });
		const result = item(await rotate(old, { rotate: 'comment', comment: COMMENT }));
		expect(result).toMatchObject({ status: 'rotated', lineage: '100' });
	});

	it.each<[IDataObject, string]>([
		[{ lineage: '999' }, 'The tenant has no API key of the lineage 999'],
		[{ rotate: 'apiKey', apiKey: { mode: 'id', value: '999' } }, 'The tenant has no API key 999'],
	])('of none: %j', async (parameters, says) => {
		const old = addFirst(tenant.sim);
		expect(said(await rotate(old, parameters))).toContain(says);
		expect(changes()).toEqual([]);
	});
});
