import {
	timeLeft,
	vaultInstant,
	vaultTime,
} from '../../../nodes/Senhasegura/resources/shared/vaultTime';

const SAO_PAULO = 'America/Sao_Paulo';

describe('a date of the vault', () => {
	// The three forms of one record of the vendor's page "GET | List all credentials".
	it.each<[string, string | undefined, string | null, string | null]>([
		['2024-05-16T17:31:31-03:00', undefined, '2024-05-16T20:31:31.000Z', '2024-05-16T17:31:31'],
		['2024-05-03 16:19:53', undefined, null, '2024-05-03T16:19:53'],
		['2021-01-16T17:31:39', undefined, null, '2021-01-16T17:31:39'],
		['2024-05-03 16:19:53', SAO_PAULO, '2024-05-03T19:19:53.000Z', '2024-05-03T16:19:53'],
		['2021-01-16T17:31:39', SAO_PAULO, '2021-01-16T20:31:39.000Z', '2021-01-16T17:31:39'],
		// What names its offset needs no zone.
		['2024-05-16T17:31:31-03:00', 'Asia/Tokyo', '2024-05-16T20:31:31.000Z', '2024-05-16T17:31:31'],
		['2024-05-16 17:31:31+0530', undefined, '2024-05-16T12:01:31.000Z', '2024-05-16T17:31:31'],
		['2026-01-02T03:04:05Z', undefined, '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05'],
		['2026-01-02T03:04:05.250Z', undefined, '2026-01-02T03:04:05.250Z', '2026-01-02T03:04:05'],
		[' 2024-05-03 16:19:53 ', undefined, null, '2024-05-03T16:19:53'],
		['2024-05-03', SAO_PAULO, '2024-05-03T03:00:00.000Z', '2024-05-03T00:00:00'],
		// Summer time, which the zone had until 2019.
		['2018-12-01 12:00:00', SAO_PAULO, '2018-12-01T14:00:00.000Z', '2018-12-01T12:00:00'],
	])('%j in %j is %j, and %j by its clock', (text, zone, at, serverTime) => {
		expect(vaultTime(text, zone)).toEqual({ at, serverTime });
	});

	it.each([
		null,
		undefined,
		'',
		' ',
		'0000-00-00 00:00:00',
		'soon',
		'03/05/2024',
		5,
		{},
		[],
		true,
		'12:00:00',
	])('is none: %j', (value) => {
		expect(vaultTime(value, SAO_PAULO)).toEqual({ at: null, serverTime: null });
		expect(vaultInstant(vaultTime(value))).toBeUndefined();
	});

	it('counts as UTC where nothing names a zone', () => {
		const time = vaultTime('2024-05-03 16:19:53');
		expect(vaultInstant(time)).toBe(Date.UTC(2024, 4, 3, 16, 19, 53));
		expect(vaultInstant(vaultTime('2024-05-03 16:19:53', SAO_PAULO))).toBe(
			Date.UTC(2024, 4, 3, 19, 19, 53),
		);
	});
});

describe('the time until a date of the vault', () => {
	const HOUR = 3_600_000;
	const noon = Date.UTC(2024, 4, 3, 12);

	it.each<[unknown, number | null]>([
		['2024-05-03 13:00:00', HOUR],
		['2024-05-03 11:00:00', -HOUR],
		['2024-05-03T11:00:00-03:00', 2 * HOUR],
		// A day lasts until it is over.
		['2024-05-04', 12 * HOUR],
		['2024-05-03', 0],
		['2024-05-02', -36 * HOUR],
		['soon', null],
		[null, null],
	])('is counted: %j', (value, left) => {
		expect(timeLeft(value, undefined, noon)).toBe(left);
	});

	it('is counted by the vault’s clock where that is known', () => {
		expect(timeLeft('2024-05-03 11:00:00', SAO_PAULO, noon)).toBe(2 * HOUR);
		// There it is still the third.
		expect(timeLeft('2024-05-03', SAO_PAULO, Date.UTC(2024, 4, 4, 2))).toBe(0);
	});
});
