import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamKey, Trouble } from '../../../simulators';
import { DELETE, LIST, requests } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { DAY, FIRST, MINUTE, addFirst, addSuccessor, restrict } from '../lineage';
import { HEALTH, NEW, NONCE, SCOPE, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, ids, made, changes, restamp } = simulatedRotation();

describe('the life of the new key', () => {
	const life = async (changed: Partial<CortexXsiamKey>, additionalFields: IDataObject = {}) => {
		const old = addFirst(tenant.sim, changed);
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '100' }, additionalFields };
		const result = item(await rotate(old, parameters));
		const days = ((made()[0]?.expiration ?? 0) - Date.now()) / DAY;
		return { days: Math.round(days * 100) / 100, details: result.details as string };
	};

	it.each<[string, Partial<CortexXsiamKey>, number]>([
		['of a key that never expires', { expiration: null }, 180],
		['of a key that was valid for a year', { creationTime: Date.now() - 360 * DAY }, 180],
	])('%s is as long as can be, and that is said', async (_, changed, days) => {
		const found = await life(changed);
		expect(found.days).toBe(days);
		expect(found.details).toContain('The new one is valid for 180 days');
	});

	it('is what the user wants', async () => {
		const found = await life({}, { validDays: 90 });
		expect(found.days).toBe(90);
		expect(found.details).not.toContain('valid for');
	});

	it.each([
		[14, true],
		[13, true],
		[15, false],
	])('of %i days within 14 days is refused: %p', async (validDays, isRefused) => {
		const old = addFirst(tenant.sim);
		const result = await rotate(old, { additionalFields: { validDays } });
		expect(made()).toHaveLength(isRefused ? 0 : 1);
		if (!isRefused) return;
		expect(said(result)).toContain(
			`A new key would be valid for ${validDays} days, and would be due again at once`,
		);
		expect(said(result)).toContain('Keys are due 14 days before they expire.');
		expect(said(result)).toContain('Nothing was issued.');
	});

	it('of a week, as the tenant sets it, is refused where keys are due a week before', async () => {
		const old = addFirst(tenant.sim, {
			creationTime: Date.now() - 5 * DAY,
			expiration: Date.now() + 2 * DAY,
		});
		expect(said(await rotate(old, { dueWithinDays: 7 }))).toContain(
			'valid for 7 days, and would be due',
		);
		expect(changes()).toEqual([]);
	});

	it('that the tenant makes shorter ends with the key', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, expiration: Date.now() + 5 * DAY }));
		const text = said(await rotate(old));
		expect(text).toContain(`The new API key ${NEW} expires earlier than was asked for`);
		expect(text).toContain(`The new API key ${NEW} was deleted again; the old one, 100, is as it`);
		expect(ids()).toEqual([FIRST]);
	});
});

describe('a new key that does not hold is taken back before anybody has it', () => {
	const refused = async (stored: CortexXsiamKey, parameters: IDataObject = {}): Promise<string> => {
		const result = await rotate(stored, parameters);
		expect(result.items).toEqual([]);
		expect(tenant.sim.state.keys.get(FIRST)).toBeDefined();
		return said(result);
	};

	it.each<[string, (comment: string) => string | null]>([
		['cut off', (comment) => comment.slice(0, 30)],
		['in other letters', (comment) => comment.toLowerCase()],
		['gone', () => null],
		['followed by something', (comment) => `${comment} (API)`],
		['in other words', (comment) => comment.replace('collector', '&gt;')],
	])('because its comment reads back %s', async (_, change) => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: change(key.comment ?? '') }));
		const text = await refused(old);
		expect(text).toContain(`The comment of the new API key ${NEW} is not what was sent`);
		const [, sent = ''] = /It was to be '(.+?)', and is/.exec(text) ?? [];
		expect(sent).toMatch(NONCE);
		expect(text).toContain(
			`and is '${change(sent) ?? ''}'. Later runs find the key by the mark at its end. Shorten the comment of the key that is rotated, or write it more plainly, so that the tenant keeps it as it is.`,
		);
		expect(text).toContain(
			`The new API key ${NEW} was deleted again; the old one, 100, is as it was`,
		);
		expect(ids()).toEqual([FIRST]);
	});

	it('unless the tenant just adds white space', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: ` ${key.comment}\n` }));
		expect(item(await rotate(old)).status).toBe('rotated');
	});

	it('because it was made at another time than its mark says', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, creationTime: key.creationTime - 6 * MINUTE }));
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} was made at another time than its mark says`);
		expect(ids()).toEqual([FIRST]);
	});

	it('because it never comes to be listed', async () => {
		const old = addFirst(tenant.sim);
		const body = JSON.stringify({ reply: { DATA: [], FILTER_COUNT: 0 } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body, skip: 1 });
		expect(await refused(old)).toContain(`The new API key ${NEW} is not in the list of keys`);
		expect(requests(tenant.sim, LIST)).toHaveLength(5);
		expect(ids()).toEqual([FIRST]);
	});

	it('because it is not accepted, after a while', async () => {
		const old = addFirst(tenant.sim);
		const body = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body, skip: 2 });
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} does not work`);
		expect(text).toContain('Cortex XSIAM refuses it.');
		expect(requests(tenant.sim, HEALTH)).toHaveLength(6);
		expect(ids()).toEqual([FIRST]);
	});

	it.each(['{"reply":{"status":"available"}}', '{"reply":true}', '[]', '"available"', ''])(
		'unless it is accepted with a body that is not expected: %s',
		async (body) => {
			const old = addFirst(tenant.sim);
			// The proof of the stored key, the same with a wrong one, and the trial of the new key.
			tenant.sim.trouble.add({ kind: 'rawBody', body, match: HEALTH, times: 1 });
			tenant.sim.trouble.add({ kind: 'rawBody', body, match: HEALTH, skip: 1, times: 1 });
			expect(item(await rotate(old))).toMatchObject({ status: 'rotated', storeOpens: '100' });
			expect(requests(tenant.sim, HEALTH)).toHaveLength(3);
		},
	);

	it('unless it takes a moment to be accepted', async () => {
		const old = addFirst(tenant.sim);
		const body = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body, skip: 2, times: 3 });
		expect(item(await rotate(old)).status).toBe('rotated');
	});

	it('because its scope is another one than it was given', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		const put = { path: `${SCOPE}/${NEW}`, method: 'PUT' };
		tenant.sim.trouble.add({ kind: 'rawBody', match: put, body: '{"data":{"message":"done"}}' });
		expect(await refused(old)).toContain(
			`The scope of the new API key ${NEW} is not that of the old one`,
		);
		expect(ids()).toEqual([FIRST]);
	});

	it('and where that does not succeed it is named', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: null }));
		for (const trouble of [
			{ kind: 'status', status: 403 },
			{ kind: 'cutBeforeWork' },
		] satisfies Trouble[]) {
			tenant.sim.trouble.clear();
			tenant.sim.trouble.add({ ...trouble, match: DELETE });
			const text = await refused(old);
			expect(text).toMatch(
				/The new API key 426\d could not be deleted again, and nobody has its secret: a later run revokes it, or delete it in the console\. The old one, 100, is as it was\./,
			);
		}
	});

	it('and what was revoked before it is said', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, DAY);
		restamp((key) => ({ ...key, comment: null }));
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} was deleted again`);
		expect(text).toContain('Before that, this run revoked 101');
		expect(ids()).toEqual([FIRST]);
	});
});

describe('the scope', () => {
	it.each([403, 404])('that cannot be read (%i) stops it, unless told', async (status) => {
		const old = addFirst(tenant.sim);
		const body = { data: { reply: { err_code: status, err_msg: 'Forbidden', err_extra: null } } };
		tenant.sim.trouble.add({ kind: 'status', status, body, match: SCOPE });
		const text = said(await rotate(old));
		expect(text).toContain('The scope of API key 100 cannot be read');
		expect(text).toContain("Nothing was issued. Let the credential's key read scopes");
		expect(changes()).toEqual([]);
		const additionalFields = { scope: 'copyIfReadable' };
		const result = item(await rotate(old, { additionalFields }));
		expect(result).toMatchObject({ status: 'rotated', scopeCopied: false });
		expect(result.details).toContain('could not be read: the new key has none');
	});

	it('that something in front of the tenant keeps back is not left out', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'html', status: 403, match: SCOPE });
		const text = said(await rotate(old, { additionalFields: { scope: 'copyIfReadable' } }));
		expect(text).toMatch(/web page .* proxy or firewall/);
		expect(changes()).toEqual([]);
	});

	it('is looked at no further where it is to be left out', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.settings.iamAvailable = false;
		const result = item(await rotate(old, { additionalFields: { scope: 'leaveOut' } }));
		expect(result).toMatchObject({ status: 'rotated', scopeCopied: false });
	});

	it('has no dataset rows where none differ, since some tenants take none', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		tenant.sim.state.scopes.get('api-key/100')!.datasetsRows.filters = [];
		tenant.sim.settings.datasetScoping = false;
		tenant.sim.settings.scopePutReplaces = true;
		expect(item(await rotate(old)).scopeCopied).toBe(true);
		const { scopes } = tenant.sim.state;
		expect(scopes.get(`api-key/${NEW}`)).toEqual(scopes.get('api-key/100'));
	});
});

describe('what cannot be rotated', () => {
	it.each<[string, Partial<CortexXsiamKey>, string]>([
		['is a key without roles', { roles: [] }, 'The API key 100 has no roles'],
	])('%s', async (_, changed, says) => {
		const old = addFirst(tenant.sim, changed);
		expect(said(await rotate(old))).toContain(says);
		expect(changes()).toEqual([]);
	});

	it('is a role that the tenant has no more', async () => {
		const old = addFirst(tenant.sim, { roles: ['Gone'] });
		const text = said(await rotate(old));
		expect(text).toContain('the key that is rotated holds a role that the tenant does not know');
		expect(ids()).toEqual([FIRST]);
	});
});
