import fc from 'fast-check';
import { DateTime } from 'luxon';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { durationsSince, recordsOf } from '../../../nodes/Pam360/events/auditTrail';

const HOUR = 3_600_000;
const at = (text: string) => DateTime.fromISO(text).toMillis();

describe('the durations to read', () => {
	// 2026-03-10 00:00 in Kolkata is 18:30 of the day before in UTC.
	const zone = 'Asia/Kolkata';
	const now = at('2026-03-10T12:00:00+05:30');

	it.each([
		['2026-03-10T11:59:00+05:30', ['TODAY']],
		['2026-03-10T00:00:00+05:30', ['TODAY']],
		['2026-03-09T23:59:59+05:30', ['TODAY', 'YESTERDAY']],
		['2026-03-09T00:00:00+05:30', ['TODAY', 'YESTERDAY']],
		['2026-03-08T23:59:59+05:30', ['TODAY', 'YESTERDAY', 'LAST_7_DAYS']],
		['1970-01-01T00:00:00Z', ['TODAY', 'YESTERDAY', 'LAST_7_DAYS']],
	])('since %s', (since, durations) => {
		expect(durationsSince(at(since), now, zone)).toEqual(durations);
	});

	it('include yesterday shortly before midnight: the server’s clock may be ahead', () => {
		const late = at('2026-03-10T23:30:00+05:30');
		expect(durationsSince(late - 60_000, late, zone)).toEqual(['TODAY', 'YESTERDAY']);
	});

	it.each([
		[1 * HOUR, ['TODAY', 'YESTERDAY']],
		[21 * HOUR, ['TODAY', 'YESTERDAY']],
		[23 * HOUR, ['TODAY', 'YESTERDAY', 'LAST_7_DAYS']],
	])('%d ms back without a zone', (back, durations) => {
		expect(durationsSince(now - back, now, undefined)).toEqual(durations);
	});

	it('never leave a time of the last six days out, in any zone, by clocks half an hour apart', () => {
		const zones = ['Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'];
		const input = fc.record({
			server: fc.constantFrom(...zones),
			isKnown: fc.boolean(),
			// Changes of the clocks in Berlin included.
			now: fc.integer({ min: at('2026-03-20T00:00:00Z'), max: at('2026-11-10T00:00:00Z') }),
			skew: fc.integer({ min: -HOUR / 2, max: HOUR / 2 }),
			// Days of the server can be an hour short, and its clock ahead.
			back: fc.integer({ min: 0, max: 6 * 24 * HOUR - 2 * HOUR }),
		});
		fc.assert(
			fc.property(input, ({ server, isKnown, now: local, skew, back }) => {
				const there = DateTime.fromMillis(local + skew, { zone: server });
				const today = there.startOf('day');
				const since = Math.min(local, there.toMillis()) - back;
				const reached = {
					TODAY: today,
					YESTERDAY: today.minus({ days: 1 }),
					// Whether today is one of the seven does not matter then.
					LAST_7_DAYS: today.minus({ days: 6 }),
				};
				const read = durationsSince(since, local, isKnown ? server : undefined);
				const earliest = Math.min(...read.map((duration) => reached[duration].toMillis()));
				expect(earliest).toBeLessThanOrEqual(since);
			}),
			{ numRuns: 500 },
		);
	});
});

it('is no trail where none of its records has a time, whatever another has', async () => {
	const api = Object.create(Pam360Api.prototype) as Pam360Api;
	jest.spyOn(api, 'read').mockImplementation(async ({ query }) => {
		const time = query?.AUDITTYPE === 'Resource' ? { TIME: '1710222344835' } : {};
		return { body: {}, details: [{ 'Audit ID': '1', ...time }], message: '', totalRows: 1 };
	});
	expect(await recordsOf(api, ['Resource'], 'TODAY', 0)).toHaveLength(1);
	await expect(recordsOf(api, ['Resource', 'User'], 'TODAY', 0)).rejects.toThrow(
		'The audit records of PAM360 have no time that can be read',
	);
});
