import fc from 'fast-check';
import { DateTime } from 'luxon';
import { epochTime, localTime, readZone, withOffset, zonedTime } from '../../../nodes/shared/dates';
import { thrownBy } from './support';

const FORMATS = ['dd/MM/yyyy HH:mm:ss', 'MMM d, yyyy hh:mm a', 'yyyy-MM-dd'];

describe('localTime', () => {
	it.each([
		['28/08/2025 18:14:49', '2025-08-28T18:14:49'],
		['  28/08/2025   18:14:49 ', '2025-08-28T18:14:49'],
		['Dec 1, 2021 09:00\u202fPM', '2021-12-01T21:00:00'],
		['2024-10-30', '2024-10-30T00:00:00'],
	])('reads %j', (text, expected) => expect(localTime(text, FORMATS)).toBe(expected));

	it.each(['', 'N/A', 'NeverExpires', '31/02/2025 00:00:00', '08/28/2025 18:14:49', 7, null, {}])(
		'reads nothing from %j',
		(text) => {
			expect(localTime(text, FORMATS)).toBeNull();
			expect(zonedTime(text, FORMATS, 'Europe/Berlin')).toBeNull();
		},
	);

	it('does not depend on where n8n runs: a time that some zone skips is read', () => {
		expect(localTime('30/03/2025 02:30:00', FORMATS)).toBe('2025-03-30T02:30:00');
	});
});

describe('zonedTime', () => {
	it.each([
		['28/08/2025 18:14:49', 'Asia/Kolkata', '2025-08-28T18:14:49+05:30'],
		['28/08/2025 18:14:49', 'Europe/Berlin', '2025-08-28T18:14:49+02:00'],
		['28/12/2025 18:14:49', 'Europe/Berlin', '2025-12-28T18:14:49+01:00'],
		['28/12/2025 18:14:49', 'America/St_Johns', '2025-12-28T18:14:49-03:30'],
		['28/12/2025 18:14:49', 'UTC', '2025-12-28T18:14:49Z'],
		['30/03/2025 01:59:59', 'Europe/Berlin', '2025-03-30T01:59:59+01:00'],
		['30/03/2025 03:00:00', 'Europe/Berlin', '2025-03-30T03:00:00+02:00'],
		['26/10/2025 03:00:00', 'Europe/Berlin', '2025-10-26T03:00:00+01:00'],
	])('reads %s in %s', (text, zone, expected) => {
		expect(zonedTime(text, FORMATS, zone)).toBe(expected);
	});

	it('gives some real instant for a time that the zone skips or repeats', () => {
		for (const text of ['30/03/2025 02:30:00', '26/10/2025 02:30:00']) {
			expect(zonedTime(text, FORMATS, 'Europe/Berlin')).toMatch(/^2025-\d\d-\d\dT.*\+0[12]:00$/);
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
			message: `'Server Time Zone' in the credential is not a time zone that is known: ${zone}`,
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
				const text = written.toFormat('dd/MM/yyyy HH:mm:ss');
				expect(localTime(text, FORMATS)).toBe(written.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
				const read = DateTime.fromISO(zonedTime(text, FORMATS, zone)!, { setZone: true });
				// In the hour that a zone repeats, one text stands for two instants.
				expect(Math.abs(read.toSeconds() - second) % 3600).toBe(0);
				expect(read.toFormat('dd/MM/yyyy HH:mm:ss')).toBe(text);
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
