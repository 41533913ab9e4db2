import { DAY, LIST, daysAgo, ids, watchedVault } from './watchedVault';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { vault, watch, addKey, addCertificate, addCredential, asked } = watchedVault();

describe('a certificate that expires soon', () => {
	it('is reported once for each of several numbers of days', async () => {
		const start = Date.now();
		addCertificate('456', start + 40 * DAY);
		addCertificate('457', start + 40.2 * DAY, false);
		const look = watch('certificateExpiring', { parameters: { daysBefore: '30, 7' } });
		const now = jest.spyOn(Date, 'now');
		const reported: unknown[] = [];
		for (const later of [0, 11, 12, 33.5, 34, 40.5]) {
			now.mockReturnValue(start + later * DAY);
			const { items, error } = await look();
			expect(error).toBeUndefined();
			reported.push(items?.map(({ json }) => [json.type, json.id, json.daysBefore]) ?? []);
		}
		expect(reported).toEqual([
			[],
			[['certificate', '456', 30]],
			[],
			[['certificate', '456', 7]],
			[],
			[],
		]);
	});

	it('is still known after a look at which certificates were counted, and none came', async () => {
		addCertificate('456', Date.now() + 5 * DAY);
		const look = watch('certificateExpiring', { parameters: { daysBefore: 14 } });
		expect(ids(await look())).toEqual(['456']);
		const body = JSON.stringify({
			response: { status: 200, message: 'OK', error: false },
			total: 1,
			certificates: [],
		});
		// Two of them: an empty list is believed the second time.
		vault.sim.trouble.add({ kind: 'rawBody', body, match: /certificate/, times: 2 });
		for (const at of ['first', 'second']) {
			const { error } = await look();
			expect([at, error?.message]).toEqual([
				at,
				'The list of certificates could not be read: 1 are counted, and none came',
			]);
		}
		const { items, error } = await look();
		expect([items, error]).toEqual([null, undefined]);
	});

	it('is reported again when it expires at another date, and not when it has expired', async () => {
		addCertificate('456', Date.now() + 5 * DAY);
		addCertificate('457', Date.now() - DAY);
		const look = watch('certificateExpiring', { parameters: { daysBefore: 14 } });
		expect(ids(await look())).toEqual(['456']);
		vault.sim.state.certificates = [];
		addCertificate('456', Date.now() + 6 * DAY);
		expect(ids(await look())).toEqual(['456']);
		expect((await look()).items).toBeNull();
		expect(asked().map(([method]) => method)).toEqual(['GET', 'GET', 'GET']);
	});

	it('is reported once with what the vault wrote where the date cannot be read', async () => {
		addCertificate('456', Date.now() + 5 * DAY);
		addCertificate('457', Date.now() + 50 * DAY);
		addCertificate('458', Date.now() + 50 * DAY);
		addCertificate('459', Date.now() + 50 * DAY, false);
		const odd = vault.sim.state.certificates.slice(1);
		odd.forEach((certificate, place) => {
			certificate.endValidity = place === 0 ? 'next year' : '';
		});
		const look = watch('certificateExpiring', { parameters: { daysBefore: 14 } });
		const { items } = await look();
		expect(items?.map(({ json }) => [json.id, json.expiresAtText, json.daysBefore]).sort()).toEqual(
			[
				['456', undefined, 14],
				['457', 'next year', null],
				['458', undefined, null],
			],
		);
		expect((await look()).items).toBeNull();
	});

	it('is told from another of the same name and date by its serial number', async () => {
		const records = ['0A', '0B'].map((serial) => ({
			common_name: 'web.example.com',
			serial_number: serial,
			end_validity: daysAgo(-5),
		}));
		const body = JSON.stringify({
			response: { status: 200, message: '2 certificates found', error: false },
			certificates: records,
		});
		vault.sim.trouble.add({ kind: 'rawBody', body, match: /certificate/ });
		const look = watch('certificateExpiring', { parameters: { daysBefore: 14 } });
		const { items, error } = await look();
		expect(error).toBeUndefined();
		expect(items?.map(({ json }) => json.serialNumber)).toEqual(['0A', '0B']);
	});

	it.each([['No permission for this list'], [['456 - api.example.com - 2026-12-01']]])(
		'is not taken for none where the vault writes %j',
		async (certificates) => {
			const body = JSON.stringify({ status: 200, message: 'ok', error: false, certificates });
			vault.sim.trouble.add({ kind: 'rawBody', body, match: /certificate/ });
			const { items, error } = await watch('certificateExpiring', {
				parameters: { daysBefore: 14 },
			})();
			expect(items ?? null).toBeNull();
			expect(error?.message).toContain('senhasegura answered without the certificates');
		},
	);

	it('is reported with what the vault wrote where an entry is no record', async () => {
		const certificates = [{ code_certificate: '456', end_validity: daysAgo(-5) }, 'one', 'two'];
		const body = JSON.stringify({ status: 200, message: 'ok', error: false, certificates });
		vault.sim.trouble.add({ kind: 'rawBody', body, match: /certificate/ });
		const look = watch('certificateExpiring', { parameters: { daysBefore: 14 } });
		const { items, logs } = await look();
		expect(items?.map(({ json }) => json.recordText ?? json.id).sort()).toEqual([
			'456',
			'one',
			'two',
		]);
		expect(JSON.stringify(logs)).toContain("'record' came in a form");
		expect((await look()).items).toBeNull();
	});

	it('expires by the clock of the vault, on the paths of older versions, too', async () => {
		const expiresAt = Math.floor(Date.now() / 1000) * 1000 + DAY - 60_000;
		addCertificate('456', expiresAt - 3 * 3_600_000);
		const { items } = await watch('certificateExpiring', {
			parameters: { daysBefore: 1 },
			credential: { serverTimeZone: 'America/Sao_Paulo', certificateApi: 'upTo40' },
		})();
		expect(items?.[0]?.json).toMatchObject({ expiresAt: new Date(expiresAt).toISOString() });
		expect(asked().map(([, path]) => path)).toEqual(['/iso/certificate/list']);
	});

	it('is shown in a test run, the soonest first', async () => {
		addCertificate('456', Date.now() + 50 * DAY);
		addCertificate('457', Date.now() + 5 * DAY);
		const parameters = { daysBefore: '14' };
		const { items } = await watch('certificateExpiring', { parameters })({}, 'manual');
		expect(items?.map(({ json }) => [json.id, json.daysBefore])).toEqual([
			['457', 14],
			['456', null],
		]);
	});
});

describe('a credential that expires soon', () => {
	it('is reported once for each of several numbers of days, an SSH key too', async () => {
		const start = Date.now();
		addCredential('100', '', start + 40 * DAY);
		addKey('101', '', { expiresAt: start + 40.2 * DAY });
		addCredential('102', '', null);
		const look = watch('credentialExpiring', { parameters: { daysBefore: '30, 7,1' } });
		const now = jest.spyOn(Date, 'now');
		const reported: unknown[] = [];
		for (const later of [0, 11, 12, 33.5, 34, 39.5, 39.9, 40.5]) {
			now.mockReturnValue(start + later * DAY);
			const { items, error } = await look();
			expect(error).toBeUndefined();
			reported.push(items?.map(({ json }) => [json.type, json.daysBefore]) ?? []);
		}
		expect(reported).toEqual([
			[],
			[
				['credential', 30],
				['sshKey', 30],
			],
			[],
			[
				['credential', 7],
				['sshKey', 7],
			],
			[],
			[
				['credential', 1],
				['sshKey', 1],
			],
			[],
			[],
		]);
	});

	it('expires when the vault’s offset says, whatever the time zone of the credential', async () => {
		vault.sim.settings.utcOffsetMinutes = -180;
		const expiresAt = Math.floor(Date.now() / 1000) * 1000 + DAY - 60_000;
		addCredential('100', '', expiresAt);
		const credential = { serverTimeZone: 'Asia/Tokyo' };
		const parameters = { daysBefore: 1 };
		const { items } = await watch('credentialExpiring', { parameters, credential })();
		expect(items?.[0]?.json).toMatchObject({
			expiresAt: new Date(expiresAt).toISOString(),
			expiresAtServerTime: new Date(expiresAt - 3 * 3_600_000).toISOString().slice(0, 19),
		});
	});

	it('is reported again when it expires at another date, and not when it has expired', async () => {
		addCredential('100', '', Date.now() + 5 * DAY);
		addCredential('101', '', Date.now() - DAY);
		const look = watch('credentialExpiring', { parameters: { daysBefore: '14' } });
		expect(ids(await look())).toEqual(['100']);
		addCredential('100', '', Date.now() + 6 * DAY);
		expect(ids(await look())).toEqual(['100']);
		expect((await look()).items).toBeNull();
	});

	it('is shown in a test run, the soonest first', async () => {
		addCredential('100', '', Date.now() + 50 * DAY);
		addCredential('101', '', Date.now() + 5 * DAY);
		const parameters = { daysBefore: '14' };
		const { items } = await watch('credentialExpiring', { parameters })({}, 'manual');
		expect(items?.map(({ json }) => [json.id, json.daysBefore])).toEqual([
			['101', 14],
			['100', null],
		]);
	});

	it('is reported once with what the vault wrote where the date cannot be read', async () => {
		addCredential('100', '', Date.now() + 5 * DAY);
		const look = watch('credentialExpiring', { parameters: { daysBefore: '14' } });
		const record = { id: 100, username: 'root', hostname: 'web-01', expiration: 'next year' };
		const response = { status: 200, message: '2 credentials found', error: false };
		const credentials = [record, { ...record, id: 101, expiration: '' }];
		const body = JSON.stringify({ response, credentials });
		vault.sim.trouble.add({ kind: 'rawBody', body, match: LIST });
		const { items, error } = await look();
		expect(error).toBeUndefined();
		expect(items?.map(({ json }) => [json.id, json.expiresAtText, json.daysBefore])).toEqual([
			['100', 'next year', null],
		]);
		expect((await look()).items).toBeNull();
	});

	it('is nothing that a test run could show where nothing expires', async () => {
		addCredential('100', '', null);
		const parameters = { daysBefore: '14' };
		const { error } = await watch('credentialExpiring', { parameters })({}, 'manual');
		expect(error?.message).toContain('There is nothing yet');
	});
});
