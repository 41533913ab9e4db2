import type { PollResult } from '../../harness';
import { found, watchedServer, zone } from './watchedServer';

const { server, watch } = watchedServer();

describe('a certificate that expires soon', () => {
	const NOW = '2026-11-27T12:00:00Z';
	const named = (result: PollResult) =>
		found(result).map(({ commonName, daysLeft, daysBefore }) => [commonName, daysLeft, daysBefore]);
	let list: ReturnType<typeof server.sim.trouble.add> | undefined;

	/** What PAM360 lists from now on, by common name (docs/api/pam360.md, "Listing and reading certificates"). */
	const hold = (dates: Record<string, string>, more: object = {}) => {
		list?.remove();
		const details = Object.entries(dates).map(([name, ExpiryDate]) => ({
			'Common Name': name,
			serialNumber: '1879376424c',
			ExpiryDate,
			...more,
		}));
		const result = { status: 'Success', message: 'Fetched successfully' };
		const body = JSON.stringify({ result, totalRows: details.length, details });
		list = server.sim.trouble.add({ kind: 'rawBody', body });
	};
	const at = (time: string) => {
		jest.restoreAllMocks();
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse(time));
	};
	beforeEach(() => at(NOW));
	afterEach(() => {
		list = undefined;
	});

	it('is reported once for each number of days and each date, the soonest first', async () => {
		const look = watch('certificateExpiring', { parameters: { daysBefore: '30, 7' } });
		hold({
			month: 'Dec 27, 2026',
			later: 'Dec 28, 2026',
			week: 'Dec 4, 2026',
			today: 'Nov 27, 2026',
			gone: 'Nov 26, 2026',
		});
		expect(named(await look())).toEqual([
			['today', 0, 7],
			['week', 7, 7],
			['month', 30, 30],
		]);
		expect(server.sim.log.map(({ path }) => path)).toEqual([
			'/api/pki/restapi/getAllSSLCertificates',
		]);
		expect(named(await look())).toEqual([]);
		at('2026-11-28T12:00:00Z');
		expect(named(await look())).toEqual([['later', 30, 30]]);
		at('2026-12-20T12:00:00Z');
		expect(named(await look())).toEqual([['month', 7, 7]]);
		// A new one in its place, and one of the same date with another serial number.
		hold({ month: 'Dec 26, 2026' });
		expect(named(await look())).toEqual([['month', 6, 7]]);
		hold({ month: 'Dec 26, 2026' }, { serialNumber: '4242' });
		expect(named(await look())).toEqual([['month', 6, 7]]);
	});

	it('comes as an item, or as PAM360 has it', async () => {
		hold({ web: 'Dec 4, 2026' });
		const credential = zone;
		const [item] = found(await watch('certificateExpiring', { credential })());
		expect(item).toEqual({
			vendor: 'pam360',
			type: 'certificate',
			id: null,
			commonName: 'web',
			dnsName: null,
			serialNumber: '1879376424c',
			fingerprint: null,
			issuer: null,
			description: null,
			keyAlgorithm: null,
			keyLength: null,
			signatureAlgorithm: null,
			validFrom: null,
			validFromServerTime: null,
			expiresAt: '2026-12-04T00:00:00+05:30',
			expiresAtServerTime: '2026-12-04T00:00:00',
			daysLeft: 7,
			daysBefore: 30,
		});
		const raw = watch('certificateExpiring', { parameters: { simplify: false } });
		expect(found(await raw())).toEqual([
			{ 'Common Name': 'web', serialNumber: '1879376424c', ExpiryDate: 'Dec 4, 2026' },
		]);
	});

	it('is not reported again where the list is empty for once, nor where the zone is set later', async () => {
		const look = watch('certificateExpiring');
		hold({ web: 'Dec 4, 2026' });
		expect(named(await look())).toHaveLength(1);
		hold({});
		expect(named(await look())).toEqual([]);
		hold({ web: 'Dec 4, 2026' });
		expect(named(await look())).toEqual([]);
	});

	it('is told from others where the list has neither common names nor serial numbers', async () => {
		const details = ['a', 'b', 'c'].map((host) => ({
			'DNS Name/FQDN': `${host}.example.com`,
			Issuer: 'Example CA',
			ExpiryDate: 'Dec 4, 2026',
		}));
		const result = { status: 'Success', message: 'Fetched successfully' };
		const body = JSON.stringify({ result, totalRows: details.length, details });
		list = server.sim.trouble.add({ kind: 'rawBody', body });
		const look = watch('certificateExpiring');
		expect(named(await look())).toEqual([
			['a.example.com', 7, 30],
			['b.example.com', 7, 30],
			['c.example.com', 7, 30],
		]);
		expect(named(await look())).toEqual([]);
	});

	it('is reported once with what PAM360 wrote where the date cannot be read', async () => {
		const look = watch('certificateExpiring');
		hold({ odd: 'next year', blank: '', week: 'Dec 4, 2026' });
		const items = found(await look());
		expect(
			items.map(({ commonName, expiresAt, expiresAtText, daysBefore }) => [
				commonName,
				expiresAt,
				expiresAtText,
				daysBefore,
			]),
		).toEqual([
			['odd', null, 'next year', null],
			['blank', null, undefined, null],
			['week', null, undefined, 30],
		]);
		expect(named(await look())).toEqual([]);
		hold({ odd: 'Dec 4, 2026', week: 'Dec 4, 2026' });
		expect(named(await look())).toEqual([['odd', 7, 30]]);
	});

	it('is shown at a test run whether it expires soon or not', async () => {
		hold({ far: 'Dec 4, 2036', gone: 'Nov 26, 2026', near: 'Dec 4, 2026' });
		const look = watch('certificateExpiring');
		expect(named(await look({}, 'manual'))).toEqual([
			['near', 7, 30],
			['far', 3660, null],
		]);
		expect(named(await look())).toEqual([['near', 7, 30]]);
	});

	it('is not missed where PAM360 counts more than it gives', async () => {
		list = server.sim.trouble.add({
			kind: 'rawBody',
			body: JSON.stringify({ result: { status: 'Success' }, totalRows: 2, details: [{}] }),
		});
		const { error } = await watch('certificateExpiring')();
		expect(error?.message).toBe('PAM360 counts 2 of the certificates and gave 1');
	});

	it('is not looked for within no days', async () => {
		const { error } = await watch('certificateExpiring', { parameters: { daysBefore: '0' } })();
		expect(error?.message).toContain("'Days Before' must be at least 1");
		expect(server.sim.log).toEqual([]);
	});
});
