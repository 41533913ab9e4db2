import { first, said } from '../kit/result';
import { tenantWithFronts } from './fronts';
import { DAY, HOUR, addFirst, addSuccessor, storedFormOf } from './lineage';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const MINUTE = HOUR / 60;

const tenant = tenantWithFronts();

/** The address of a proxy in front of the tenant, with a clock of its own, or one that drops the date. */
const proxy = async (ahead?: number) =>
	await tenant.behind({
		tell: ({ headers, body }) => {
			const date = ahead === undefined ? undefined : new Date(Date.now() + ahead).toUTCString();
			return { headers: { ...headers, date }, body };
		},
	});

it.each([
	['no date, and n8n is six minutes ahead', -6 * MINUTE, undefined],
	['a date that is six minutes ahead', 0, 6 * MINUTE],
	['a date that is a day behind', 0, -DAY],
])(
	'takes back what a later run would not know by its idempotency key: %s',
	async (_, clockOffsetMs, ahead) => {
		tenant.sim.settings.clockOffsetMs = clockOffsetMs;
		const url = await proxy(ahead);
		const before = tenant.sim.state.keys.size;
		const generate = async () =>
			await tenant.run(url, {
				operation: 'generate',
				roles: ['Investigator'],
				securityLevel: 'standard',
				additionalFields: { idempotencyKey: 'siem-collector-berlin' },
			});
		for (let time = 0; time < 2; time++) {
			expect(said(await generate())).toMatch(
				/was made at another time than its mark says.*Correct the clocks.* was deleted again/,
			);
		}
		expect(tenant.sim.state.keys.size).toBe(before);
	},
);

it('revokes no young key because a gateway is 13 hours ahead', async () => {
	const url = await proxy(13 * HOUR);
	const now = Date.now();
	const old = addFirst(tenant.sim, { creationTime: now - 200 * DAY, expiration: now + 200 * DAY });
	addSuccessor(tenant.sim, 5_000, HOUR);
	const result = await tenant.run(url, {
		operation: 'rotate',
		rotate: 'lineage',
		lineage: '100',
		dueWithinDays: 14,
		storedSecret: storedFormOf(old),
		readAt: new Date().toISOString(),
		additionalFields: {},
	});
	expect(said(result)).toBe('');
	expect(first(result).deletedKeys).toEqual([]);
	expect(tenant.sim.state.keys.has(5_000)).toBe(true);
});
