import type { Trouble } from '../../../simulators';
import { DELETE, GENERATE, LIST, requests } from '../../../unit/cortexXsiam/support';
import { first, hints, said } from '../../kit/result';
import { COMMENT, FIRST, HOUR, addFirst, markAt } from '../lineage';
import { NEW, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, ids, made } = simulatedRotation();

describe('a lost answer', () => {
	it.each<[string, Trouble]>([
		['a cut connection', { kind: 'cutAfterWork' }],
		['a redirect', { kind: 'redirect', to: 'https://login.example', work: true }],
		['the page of a firewall', { kind: 'html', status: 403, work: true }],
		['JSON of a gateway', { kind: 'status', status: 409, body: { message: 'No' }, work: true }],
	])(
		'whose key is found by its nonce costs that key, and another one is issued: %s',
		async (_, trouble) => {
			const old = addFirst(tenant.sim);
			tenant.sim.trouble.add({ ...trouble, match: GENERATE, times: 1 });
			const result = item(await rotate(old));
			expect(result).toMatchObject({ status: 'rotated', id: String(NEW + 1) });
			expect(result.details).toContain(
				`The answer to a first request was lost; its key, ${NEW}, was deleted again.`,
			);
			expect(ids()).toEqual([FIRST, NEW + 1]);
			const [one, other] = requests(tenant.sim, GENERATE).map(({ body }) => body);
			expect(one).not.toBe(other);
			expect(one?.replace(/ \w{13}\]/, '')).toBe(other?.replace(/ \w{13}\]/, ''));
		},
	);

	it('whose key is not found ends in its mark, and nothing is issued again', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await rotate(old);
		const [request] = requests(tenant.sim, GENERATE);
		const mark = /\[n8n 100 \w{13}\]/.exec(request?.body ?? '')?.[0];
		expect(item(result)).toMatchObject({
			status: 'unknown',
			id: null,
			secret: null,
			needsAttention: true,
			oldId: '100',
			liveKeys: ['100'],
		});
		expect(first(result).details).toContain(
			`An API key may exist whose secret nobody knows. Its comment would end with ${mark}. No key with it is in the list yet, but the server may still be at work. A later run of 'API Key: Rotate' finds it by this mark, and revokes it when it is 12 hours old.`,
		);
		expect(first(result).details as string).not.toContain('No key had come of it');
		expect(first(result).nextStep).toBe(
			'Run again in an hour or later: the key that the store opens was kept. A key that turned up is revoked by a run that finds it 12 hours old, and another one in the store.',
		);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(hints(result).join()).toContain(mark);
	});

	it('whose key is not found leaves a store that opens nothing to the next run', async () => {
		addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		expect(item(await rotate('lost'))).toMatchObject({
			status: 'unknown',
			storeOpens: null,
			nextStep: expect.stringMatching(
				/^Run again in an hour or later: the store still opens none, and that run repairs it\./,
			) as string,
		});
		tenant.sim.trouble.clear();
		expect(item(await rotate('lost')).status).toBe('rotated');
	});

	it('twice leaves nothing behind, and says so', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE });
		const text = said(await rotate(old));
		expect(text).toContain('The answer was lost twice.');
		expect(text).toContain(`The key ${NEW}, whose answer was lost, was deleted again.`);
		expect(text).toContain(`The key ${NEW + 1}, whose answer was lost, was deleted again.`);
		expect(ids()).toEqual([FIRST]);
	});

	it('whose key comes late is found by the next run, and deleted when it is 12 hours old', async () => {
		const old = addFirst(tenant.sim);
		let work: () => void = () => {};
		const until = new Promise<void>((resolve) => {
			work = resolve;
		});
		tenant.sim.gate.keeper = {
			beforeWork: async ({ path }) => (path === GENERATE ? { until } : 'pass'),
			afterWork: async () => 'pass',
			parkedWorkDone: async () => {},
		};
		expect(item(await rotate(old)).status).toBe('unknown');
		work();
		while (made().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		tenant.sim.gate.keeper = null;
		expect(item(await rotate(old))).toMatchObject({ status: 'inProgress', id: String(NEW) });
		const [late] = made();
		// As if 13 hours had passed.
		late!.creationTime -= 13 * HOUR;
		late!.comment = `${COMMENT} ${markAt(late!.creationTime)}`;
		const result = item(await rotate(old));
		expect(result).toMatchObject({
			status: 'rotated',
			id: String(NEW + 1),
			deletedKeys: [String(NEW)],
		});
	});

	it.each<[string, Trouble]>([
		['the list is refused', { kind: 'status', status: 403, match: LIST, skip: 1 }],
		['its key cannot be deleted', { kind: 'status', status: 403, match: DELETE }],
	])('ends in its mark where %s', async (_, trouble) => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		tenant.sim.trouble.add(trouble);
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status: 'unknown', secret: null, needsAttention: true });
		expect(result.details).toMatch(/Its comment would end with \[n8n 100 \w{13}\]\./);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
	});
});
