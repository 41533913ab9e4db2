import type { IDataObject } from 'n8n-workflow';
import type { Trouble } from '../../../simulators';
import { LIST } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { credentialFor } from '../../vendors';
import type { RunOptions } from '../../vendors';
import { DAY, FIRST, HOUR, MINUTE, addFirst, addSuccessor } from '../lineage';
import { HEALTH, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, finish, ids, changes } = simulatedRotation();

describe('where nobody can say what the store opens', () => {
	const vendors401 = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };

	it.each<[string, Trouble]>([
		['a gateway refuses everybody with a page', { kind: 'html', status: 401 }],
		['a gateway forbids it with a page', { kind: 'html', status: 403 }],
		['a portal takes everybody in', { kind: 'html', status: 200 }],
		[
			'a gateway refuses in JSON of its own',
			{ kind: 'status', status: 401, body: { message: 'No' } },
		],
		[
			'a gateway forbids in JSON of its own',
			{ kind: 'status', status: 403, body: { message: 'No' } },
		],
		[
			'a gateway forbids with a code of its own',
			{ kind: 'status', status: 403, body: { errorCode: 'WAF', message: 'No' } },
		],
		['a gateway answers all with JSON', { kind: 'rawBody', body: '{"status":"available"}' }],
		['the tenant is down', { kind: 'status', status: 503 }],
		['the connection breaks', { kind: 'cutBeforeWork' }],
		['the tenant has had enough', { kind: 'status', status: 429, retryAfter: 0 }],
	])('because %s, nothing is issued or revoked', async (_, trouble) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY);
		tenant.sim.trouble.add({ ...trouble, match: HEALTH });
		for (const stored of [old, old.secret, '100:wrong']) {
			const result = item(await rotate(stored));
			expect(result).toMatchObject({
				status: 'unclear',
				needsAttention: true,
				secret: null,
				storeOpens: null,
				deletedKeys: [],
				nextStep:
					'Nothing was issued or revoked. Check the connection between n8n and the tenant, and run again.',
			});
			expect(result.details).toMatch(/^It is not known which key the store opens\./);
			expect(result.details).toMatch(
				trouble.kind === 'rawBody'
					? /The server accepts any secret, so this proves nothing\.$/
					: /The call with key \d+ was neither accepted nor refused: the tenant is busy or cannot be reached, or something else answered in its place\.$/,
			);
		}
		expect(changes()).toEqual([]);
		expect(ids()).toEqual([FIRST, 101]);
	});

	it.each([
		['a call with it', 0],
		['the same call with a wrong secret', 1],
	])('because something else answers %s alone', async (_, skip) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY);
		tenant.sim.trouble.add({ kind: 'html', status: 200, match: HEALTH, skip, times: 1 });
		expect(item(await rotate(old))).toMatchObject({ status: 'unclear', storeOpens: null });
		expect(changes()).toEqual([]);
	});

	it('because the credential’s own key is refused, too', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body: vendors401 });
		const result = item(await rotate(old));
		expect(result.status).toBe('unclear');
		expect(result.details).toContain("The value was refused, but so was the credential's own key.");
		expect(changes()).toEqual([]);
	});

	it('because the call with the credential’s own key finds the tenant down', async () => {
		addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'status', status: 503, match: HEALTH, skip: 1 });
		const result = item(await rotate('100:wrong'));
		expect(result.status).toBe('unclear');
		expect(result.details).toContain(
			"The value was refused, but the call with the credential's own key was neither accepted nor refused: the tenant is busy or cannot be reached",
		);
		expect(changes()).toEqual([]);
	});

	it.each([
		[-20, 'behind', 'the level that the list tells', {}],
		[20, 'ahead of', 'the level that the list tells', {}],
		[
			20,
			'ahead of',
			'either level, where the list tells none',
			{ securityLevel: 'other' as never },
		],
	])(
		'because the clocks are %i minutes apart, and advanced keys are signed with the time',
		async (minutes, side, _, changed) => {
			const { sim } = tenant;
			sim.settings.clockOffsetMs = minutes * MINUTE;
			const stored = addFirst(sim, changed);
			const credentials = { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url, 'standard') };
			for (const run of [rotate, finish]) {
				const result = item(await run(stored, {}, { credentials }));
				expect(result).toMatchObject({ status: 'unclear', needsAttention: true });
				expect(result.details).toContain(
					`advanced keys are signed with the time, and the server's clock is 20 minutes ${side} n8n's: correct the clocks.`,
				);
			}
			expect(changes()).toEqual([]);
		},
	);

	it('but a standard key is refused for itself, whatever the clocks are', async () => {
		const { sim } = tenant;
		sim.settings.clockOffsetMs = 20 * MINUTE;
		addFirst(sim, { securityLevel: 'standard' });
		const credentials = { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url, 'standard') };
		expect(item(await rotate('100:wrong', {}, { credentials }))).toMatchObject({
			status: 'rotated',
			storeOpens: null,
		});
	});

	it('but not where the tenant takes an advanced key of the same clock', async () => {
		const { sim } = tenant;
		sim.settings.clockOffsetMs = 20 * MINUTE;
		sim.settings.timestampWindowMs = Infinity;
		addFirst(sim);
		expect(item(await rotate('100:wrong'))).toMatchObject({ status: 'rotated', storeOpens: null });
	});

	it('because a wrong secret is accepted as well', async () => {
		const old = addFirst(tenant.sim);
		const body = JSON.stringify({ status: 'available' });
		tenant.sim.trouble.add({ kind: 'rawBody', match: HEALTH, body });
		const result = item(await rotate(old));
		expect(result.details).toContain('The server accepts any secret, so this proves nothing.');
		expect(changes()).toEqual([]);
	});

	it('a refusal for want of a permission is the vendor’s word that the key works', async () => {
		const old = addFirst(tenant.sim);
		const forbidden = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: null } };
		tenant.sim.trouble.add({
			kind: 'status',
			status: 403,
			match: HEALTH,
			body: forbidden,
			times: 1,
		});
		expect(item(await rotate(old))).toMatchObject({ status: 'rotated', storeOpens: '100' });
	});

	it('it changes nothing in the middle of a run either, and says what was done before', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, DAY);
		tenant.sim.trouble.add({ kind: 'html', status: 502, match: HEALTH, skip: 2 });
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'unclear',
			deletedKeys: ['100'],
			liveKeys: ['101', '102'],
		});
		expect(result.nextStep).toMatch(/^Nothing more was issued or revoked\./);
	});
});

describe('what a store answered at another time', () => {
	const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

	it.each<[string, () => IDataObject, Partial<RunOptions>, string]>([
		['60 minutes ago', () => ({ readAt: ago(HOUR) }), {}, 'is used for less than 60 minutes only'],
		[
			'a day ago',
			() => ({ readAt: Date.now() - DAY }),
			{},
			'is used for less than 60 minutes only',
		],
		[
			'in the future',
			() => ({ readAt: ago(-6 * MINUTE) }),
			{},
			'nothing can have been read in the future',
		],
		[
			'in an execution that this one is a retry of',
			() => ({}),
			{ mode: 'retry' },
			'This execution is a retry of an earlier one, and has its data',
		],
	])('%s issues and deletes nothing', async (_, parameters, more, says) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * DAY);
		const tried = [old, tenant.sim.state.keys.get(101), 'x'].flatMap((stored) =>
			[rotate, finish].map(async (perform) => await perform(stored, parameters(), more)),
		);
		for (const result of (await Promise.all(tried)).map(item)) {
			expect(result).toMatchObject({
				status: 'staleRead',
				needsAttention: true,
				secret: null,
				storeOpens: null,
				liveKeys: ['100', '101'],
				deletedKeys: [],
				nextStep:
					'Nothing was issued or revoked. Start a new execution, which reads the store again.',
			});
			expect(result.details).toContain(says);
		}
		// The list, for the keys that there are.
		expect(new Set(tenant.calls())).toEqual(new Set([`POST ${LIST}`]));
	});

	it.each([59 * MINUTE, 0, -4 * MINUTE])('counts where it is %i ms old', async (age) => {
		const old = addFirst(tenant.sim);
		expect(item(await rotate(old, { readAt: ago(age) })).status).toBe('rotated');
	});

	it.each([
		['', "'Read At' is required"],
		['={{ $json.none }}', "'Read At' is required"],
		['soon', "'Read At' must be a date and time"],
	])('is not known of %j', async (readAt, says) => {
		const old = addFirst(tenant.sim);
		if (readAt === '') {
			await expect(rotate(old, { readAt })).rejects.toThrow('Parameter "Read At" is required');
		} else {
			expect(said(await rotate(old, { readAt }))).toContain(says);
		}
		expect(tenant.sim.log).toEqual([]);
	});
});
