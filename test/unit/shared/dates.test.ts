import fc from 'fast-check';
import { DateTime } from 'luxon';
import { epochTime, readDate, readZone, withOffset } from '../../../nodes/shared/dates';
import type { DateForm } from '../../../nodes/shared/dates';
import { thrownBy } from './support';

const ALL: DateForm[] = ['dayFirst', 'monthName', 'iso', 'epoch'];

describe('readDate', () => {
	it.each([
		['28/08/2025 18:14:49', '2025-08-28T18:14:49'],
		['  28/08/2025   18:14:49 ', '2025-08-28T18:14:49'],
		['28/08/2025', '2025-08-28T00:00:00'],
		['28/08/2025 06:14:49 PM', '2025-08-28T18:14:49'],
		['8/1/2025 0:05', '2025-01-08T00:05:00'],
		['Dec 1, 2021 09:00\u202fPM', '2021-12-01T21:00:00'],
		['December 1, 2021 9:00 p.m.', '2021-12-01T21:00:00'],
		['Sept 7, 2025', '2025-09-07T00:00:00'],
		['Nov 7th 2025 07:59:59', '2025-11-07T07:59:59'],
		['2024-10-30', '2024-10-30T00:00:00'],
		['2024-10-30 01:02:03.4', '2024-10-30T01:02:03'],
		['2024-10-30t01:02', '2024-10-30T01:02:00'],
	])('reads %j', (text, local) => {
		expect(readDate(text, ALL)).toEqual({ local, instant: null });
	});

	it.each([
		['2024-05-16T17:31:31-03:00', '2024-05-16T17:31:31', '2024-05-16T20:31:31.000Z'],
		['2024-05-16 17:31:31+0530', '2024-05-16T17:31:31', '2024-05-16T12:01:31.000Z'],
		['2021-05-20 20:12:03+00:00', '2021-05-20T20:12:03', '2021-05-20T20:12:03.000Z'],
		['2026-01-02T03:04:05.250Z', '2026-01-02T03:04:05', '2026-01-02T03:04:05.250Z'],
		['2026-01-02T03:04:05.1234567Z', '2026-01-02T03:04:05', '2026-01-02T03:04:05.123Z'],
	])('reads %j as a point in time, whatever the zone', (text, local, at) => {
		for (const zone of [undefined, 'Asia/Tokyo']) {
			expect(readDate(text, ALL, zone)).toEqual({ local, instant: Date.parse(at) });
		}
	});

	it.each([1710222344835, '1710222344835', ' 1710222344835\n'])('reads %j as an epoch', (value) => {
		expect(readDate(value, ALL)).toEqual({ local: null, instant: 1710222344835 });
	});

	it.each([
		'',
		'N/A',
		'NeverExpires',
		'31/02/2025 00:00:00',
		'08/28/2025 18:14:49',
		'28-08-2025',
		'28.08.2025',
		'28/08/25',
		'28/08/2025 13:00 PM',
		'28/08/2025 0:30 AM',
		'28/08/2025 25:00:00',
		'28/08/2025 18:14:49 IST',
		'Sanuary 1, 2021',
		'2024-10-30 01:02:03 UTC+2',
		'0000-00-00 00:00:00',
		'20241030',
		// Seconds, or nothing that a vendor documents.
		1710222344,
		'1710222344',
		0,
		-1,
		NaN,
		Infinity,
		1e20,
		true,
		null,
		undefined,
		{},
		['2024-10-30'],
	])('reads nothing from %j', (value) => {
		expect(readDate(value, ALL)).toBeNull();
		expect(readDate(value, ALL, 'Europe/Berlin')).toBeNull();
	});

	it('reads no form that the vendor is not known to write', () => {
		expect(readDate('28/08/2025', ['iso', 'monthName', 'epoch'])).toBeNull();
		expect(readDate('Aug 28, 2025', ['iso', 'dayFirst', 'epoch'])).toBeNull();
		expect(readDate('2025-08-28', ['monthName', 'dayFirst', 'epoch'])).toBeNull();
		expect(readDate(1710222344835, ['iso', 'monthName', 'dayFirst'])).toBeNull();
	});

	it.each([
		['28/08/2025 18:14:49', 'Asia/Kolkata', '2025-08-28T18:14:49+05:30'],
		['28/08/2025 18:14:49', 'Europe/Berlin', '2025-08-28T18:14:49+02:00'],
		['28/12/2025 18:14:49', 'Europe/Berlin', '2025-12-28T18:14:49+01:00'],
		['28/12/2025 18:14:49', 'America/St_Johns', '2025-12-28T18:14:49-03:30'],
		['28/12/2025 18:14:49', 'UTC', '2025-12-28T18:14:49Z'],
		['30/03/2025 01:59:59', 'Europe/Berlin', '2025-03-30T01:59:59+01:00'],
		['30/03/2025 03:00:00', 'Europe/Berlin', '2025-03-30T03:00:00+02:00'],
		['26/10/2025 03:00:00', 'Europe/Berlin', '2025-10-26T03:00:00+01:00'],
	])('reads %s in %s', (text, zone, at) => {
		expect(readDate(text, ALL, zone)?.instant).toBe(Date.parse(at));
	});

	it('does not depend on where n8n runs: a time that some zone skips is read', () => {
		expect(readDate('30/03/2025 02:30:00', ALL)?.local).toBe('2025-03-30T02:30:00');
		for (const text of ['30/03/2025 02:30:00', '26/10/2025 02:30:00']) {
			expect(readDate(text, ALL, 'Europe/Berlin')?.instant).toEqual(expect.any(Number));
		}
	});
});

describe('epochTime', () => {
	it.each([
		[1756384489000, '2025-08-28T12:34:49.000Z'],
		['1710222344835', '2024-03-12T05:45:44.835Z'],
		[0, '1970-01-01T00:00:00.000Z'],
		[-1, '1969-12-31T23:59:59.999Z'],
	])('reads %j', (value, expected) => expect(epochTime(value)).toBe(expected));

	it.each(['', ' ', 'soon', NaN, Infinity, 1e20, null, undefined, true, {}, []])(
		'reads nothing from %j',
		(value) => expect(epochTime(value)).toBeNull(),
	);
});

describe('readZone', () => {
	it.each(['Europe/Berlin', ' Asia/Kolkata\n', 'UTC', 'Etc/GMT+5'])('takes %j', (zone) => {
		expect(readZone(zone)).toBe(zone.trim());
	});

	it.each(['', '  ', undefined, null, 5])('takes %j for none', (zone) => {
		expect(readZone(zone)).toBeUndefined();
	});

	it.each(['Mars/Olympus', 'Berlin', '2 o’clock'])('refuses %j', (zone) => {
		expect(thrownBy(() => readZone(zone))).toMatchObject({
			kind: 'input',
			message: `'Server Time Zone' in the credential is not a known time zone: ${zone}`,
		});
	});
});

describe('withOffset', () => {
	it.each([
		['2025-08-28T18:14:49', '2025-08-28T18:14:49.000+02:00'],
		['2025-12-28T18:14', '2025-12-28T18:14:00.000+01:00'],
		['2025-12-28 18:14:49.5', '2025-12-28T18:14:49.500+01:00'],
		['2025-12-28', '2025-12-28T00:00:00.000+01:00'],
		[' 2025-12-28 ', '2025-12-28T00:00:00.000+01:00'],
	])('adds one to %j', (value, expected) => {
		expect(withOffset(value, 'Europe/Berlin')).toBe(expected);
	});

	it.each([
		'2025-08-28T18:14:49Z',
		'2025-08-28T18:14:49+05:30',
		'2025-13-28T18:14:49',
		'tomorrow',
		'',
		1756384489000,
		null,
		undefined,
	])('leaves %j as it is', (value) => {
		expect(withOffset(value, 'Europe/Berlin')).toBe(value);
	});
});

describe('dates of any time', () => {
	const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
	const zones = fc.constantFrom('Asia/Kolkata', 'America/New_York', 'Europe/Berlin', 'UTC');

	it('are read back as written', () => {
		fc.assert(
			fc.property(seconds, zones, (second, zone) => {
				const written = DateTime.fromSeconds(second, { zone });
				const read = readDate(written.toFormat('dd/MM/yyyy HH:mm:ss'), ALL, zone);
				expect(read?.local).toBe(written.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
				const again = DateTime.fromMillis(read?.instant ?? NaN, { zone });
				// In the hour that a zone repeats, one text stands for two instants.
				expect(Math.abs(again.toSeconds() - second) % 3600).toBe(0);
				expect(again.toFormat('dd/MM/yyyy HH:mm:ss')).toBe(written.toFormat('dd/MM/yyyy HH:mm:ss'));
			}),
		);
	});

	it('are milliseconds since the epoch in either type', () => {
		fc.assert(
			fc.property(fc.date({ noInvalidDate: true }), (date) => {
				fc.pre(date.getFullYear() >= 0 && date.getFullYear() <= 9999);
				expect(Date.parse(epochTime(date.getTime())!)).toBe(date.getTime());
				expect(epochTime(String(date.getTime()))).toBe(epochTime(date.getTime()));
			}),
		);
	});
});
