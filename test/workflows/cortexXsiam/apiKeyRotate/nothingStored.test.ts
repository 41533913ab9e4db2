import { generateKeyPairSync } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { DELETE, requests } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { DAY, FIRST, MINUTE, addFirst, addSuccessor } from '../lineage';
import { HEALTH, NEW, NONCE, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, finish, ids, made } = simulatedRotation();

const recipientPublicKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
	.publicKey.export({ type: 'spki', format: 'pem' })
	.toString();

describe('where the store opens nothing', () => {
	it('the new secret repairs it, and nothing is deleted', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY, { roles: ['Investigator'] });
		const result = item(await rotate('100:not-a-key'));
		// Like the newest one.
		expect(result).toMatchObject({
			status: 'rotated',
			storeOpens: null,
			oldId: '101',
			roles: ['Investigator'],
			deletedKeys: [],
		});
		expect(result.details).toContain('The store opens no key of the lineage.');
		expect(ids()).toEqual([FIRST, 101, NEW]);
	});

	it.each([
		['a key of another tenant', '7:abcdef'],
		['no header', 'line 1\nline 2'],
		['a word', 'pending'],
		['a key in other letters', '100:ünïcode'],
	])('because it holds %s', async (_, stored) => {
		addFirst(tenant.sim);
		expect(item(await rotate(stored)).status).toBe('rotated');
	});

	it.each<[string, (secret: string) => string]>([
		['JSON', (secret) => JSON.stringify({ id: '100', key: secret })],
		['a text in quotes', (secret) => `"100:${secret}"`],
		['a line with more than the key', (secret) => `id=100 key=${secret}`],
	])('because it holds the key within %s, and says so', async (_, form) => {
		const { secret } = addFirst(tenant.sim);
		const hint =
			"The store opens no key of the lineage. What it gave is no key as this node gives them out: 'Stored Secret' takes 'ID:key', or the key alone, with nothing around it.";
		expect(item(await finish(form(secret)))).toMatchObject({
			status: 'notProved',
			details: expect.stringContaining(hint) as string,
		});
		const { status, details } = item(await rotate(form(secret)));
		expect(status).toBe('rotated');
		expect(details).toContain(hint);
		expect(details).not.toContain(secret);
		expect(item(await rotate('pending')).details).not.toContain('What it gave');
	});

	it.each<[string, IDataObject]>([
		['in the item', {}],
		['encrypted', { secretOutput: 'encrypted', recipientPublicKey }],
	])(
		'because it holds an ID, which stays in the items: a secret that goes %s',
		async (_, options) => {
			for (const id of [FIRST, 4_100]) {
				tenant.sim.reset();
				addFirst(tenant.sim, { id });
				const lineage = String(id);
				const read = item(await finish(lineage, { lineage }));
				expect(read).toMatchObject({ status: 'notProved', lineage, liveKeys: [lineage] });
				expect(read.details).toContain('What it gave is no key as this node gives them out');
				const result = item(await rotate(lineage, { lineage, options }));
				expect(result).toMatchObject({ status: 'rotated', lineage, oldId: lineage });
				expect(result.nextStep).toContain(`The key ${lineage} stays until`);
			}
		},
	);

	it('because the stored key has expired', async () => {
		const old = addFirst(tenant.sim, { expiration: Date.now() - MINUTE });
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status: 'rotated', liveKeys: [String(NEW)], oldId: '100' });
		expect(result.nextStep).toBe(
			'Store the new secret now, in one write, in place of what is stored.',
		);
	});

	it.each<[number, string]>([
		[4, 'rotated'],
		[5, 'blocked'],
	])('with %i live keys it is %s', async (count, status) => {
		addFirst(tenant.sim);
		for (let id = 101; id < 100 + count; id++) addSuccessor(tenant.sim, id, 2 * DAY);
		const result = item(await rotate('x'));
		expect(result.status).toBe(status);
		expect(requests(tenant.sim, DELETE)).toEqual([]);
		if (status === 'rotated') return;
		expect(result).toMatchObject({ needsAttention: true, secret: null });
		expect(result.nextStep).toBe(
			'No further key is issued while 100, 101, 102, 103, 104 are live and the store opens none of them. Find out why new secrets do not reach the store. Put one that works into it by hand, or delete in the console those that nobody uses, and run again.',
		);
	});

	it('another key that is young makes it in progress', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, MINUTE);
		expect(item(await rotate('x'))).toMatchObject({ status: 'inProgress', id: '101' });
	});

	it('an empty value is refused, since it may come of an expression that found nothing', async () => {
		addFirst(tenant.sim);
		for (const storedSecret of ['', '={{ $json.none }}', '={{ " " }}', '={{ null }}']) {
			const text = said(await rotate(undefined, { storedSecret }));
			expect(text).toContain("'Stored Secret' is empty");
			expect(text).toContain("turn on 'Nothing Stored Yet'");
		}
		expect(tenant.sim.log).toEqual([]);
	});

	it('an empty value that is what the store answered, is one', async () => {
		addFirst(tenant.sim);
		const additionalFields = { nothingStoredYet: true };
		const result = item(await rotate(undefined, { additionalFields }));
		expect(result).toMatchObject({ status: 'rotated', storeOpens: null, oldId: '100' });
		// There was nothing to prove.
		expect(tenant.sim.log.filter(({ path }) => path === HEALTH)).toHaveLength(1);
	});

	it('and all keys have expired, the lineage is taken up again', async () => {
		addFirst(tenant.sim, {
			creationTime: Date.now() - 180 * DAY,
			expiration: Date.now() - 90 * DAY,
		});
		const last = addSuccessor(tenant.sim, 101, 91 * DAY);
		const result = item(await rotate(last));
		expect(result).toMatchObject({ status: 'rotated', oldId: '101', lineage: '100' });
		expect(made()[0]?.comment).toMatch(NONCE);
	});
});
