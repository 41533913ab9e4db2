import { X509Certificate } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import type { Pam360Settings } from '../../simulators';
import { said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { ADDED_PEM, result } from './pki';
import { simulatedServer } from './simulated';

describe('certificates of a PAM360 server', () => {
	const server = simulatedServer();
	afterEach(() => jest.restoreAllMocks());

	// Days are counted by the calendar of the server, which is ahead of that of UTC for some hours.
	const credential = { serverTimeZone: 'Asia/Kolkata' };
	const run = async (operation: string, parameters: IDataObject = {}) =>
		await server.run('certificate', operation, parameters, { credential });

	const forms: Array<Partial<Pam360Settings>> = [
		{},
		{ pkiStatusKey: 'STATUS', pkiResult: 'flat', pkiPayload: 'own' },
	];

	it.each(forms)('are made and exported in each form of answers: %j', async (settings) => {
		Object.assign(server.sim.settings, settings);
		const password = 'CanaryStorePassword1';
		const made = await run('create', {
			commonName: 'new.example.com',
			password,
			validity: 30,
			additionalFields: { keyLength: '2048', alternativeNames: 'a.example.com, b.example.com' },
		});
		expect(said(made)).toBe('');
		const [listed] = (await run('get', { commonName: 'new.example.com' })).items;
		const { serialNumber } = listed!.json;
		const certificate = { commonName: 'new.example.com', serialNumber };

		const exported = await run('export', certificate);
		const pem = Buffer.from(exported.items[0]!.binary!.data!.data, 'base64');
		const x509 = new X509Certificate(pem);
		expect(BigInt(`0x${x509.serialNumber}`)).toBe(BigInt(`0x${serialNumber as string}`));
		expect(x509.subjectAltName).toBe('DNS:a.example.com, DNS:b.example.com');

		const [found] = (await run('get', certificate)).items;
		expect(found?.json.serialNumber).toBe(serialNumber);
		const all = await run('getAll', { returnAll: true });
		expect(all.items.map(({ json }) => json.commonName)).toEqual(['localhost', 'new.example.com']);

		const store = await run('exportKeyStore', certificate);
		const bytes = Buffer.from(store.items[0]!.binary!.data!.data, 'base64');
		expect([...bytes.subarray(0, 4)]).toEqual([0x30, 0x82, 0xff, 0xfe]);

		const [opened] = (await run('getPassphrase', certificate)).items;
		expect(opened?.json.passphrase).toBe(password);
		for (const simplify of [true, false]) {
			const hidden = await run('getPassphrase', {
				...certificate,
				simplify,
				options: { secretOutput: 'none' },
			});
			expect(hidden.items).toHaveLength(1);
			expect(findSecrets(hidden.items, [password])).toEqual([]);
		}
	});

	it.each(['CSR_ID', null])('are made of a request, whose ID is told as %s', async (key) => {
		server.sim.settings.createdCsrIdKey = key;
		const [root] = (await run('get', { commonName: 'localhost' })).items;
		const made = await run('createCsr', {
			commonName: 'app.example.com',
			additionalFields: { alternativeNames: 'a.example.com', password: 'CanaryStorePassword1' },
		});
		expect(said(made)).toBe('');
		const [csr] = server.sim.state.csrs;
		expect(made.items[0]?.json.id).toBe(key && csr!.id);
		const parameters = {
			csrId: csr!.id,
			rootCommonName: 'localhost',
			rootSerialNumber: root!.json.serialNumber,
			validity: 20,
			isIntermediate: false,
		};
		const signedOne = await run('signCsr', parameters);
		expect(said(signedOne)).toBe('');
		const { serialNumber, commonName } = signedOne.items[0]!.json;
		const [found] = (await run('get', { commonName: 'app.example.com' })).items;
		expect(found?.json).toMatchObject({ serialNumber, commonName, issuer: 'localhost' });
		expect(said(await run('signCsr', { ...parameters, csrId: '9' }))).toContain('No such CSR');
	});

	it('are added, found and given out again', async () => {
		const added = await run('add', { certificate: ADDED_PEM });
		expect(said(added)).toBe('');
		const { serialNumber, commonName } = added.items[0]!.json;
		const [found] = (await run('get', { commonName })).items;
		expect(found?.json).toMatchObject({ serialNumber, commonName });
	});

	it.each([true, false])(
		'are narrowed down by their expiry, whether the server knows how or not: %s',
		async (expiryFilter) => {
			server.sim.settings.expiryFilter = expiryFilter;
			for (const validity of [1, 10, 30, 31, 400]) {
				const commonName = `${validity}.example.com`;
				await run('create', { commonName, password: 'p', validity });
			}
			const { items } = await run('getAll', {
				returnAll: true,
				filters: { expiresWithinDays: 30 },
			});
			const own = items
				.map(({ json }) => json.commonName as string)
				.filter((name) => /^\d/.test(name));
			expect(own.sort()).toEqual(['1.example.com', '10.example.com', '30.example.com']);
			expect(items.every(({ json }) => Number(json.daysLeft) >= 0)).toBe(true);
		},
	);

	it('tell the days that are left, by the server’s calendar where that is known', async () => {
		server.sim.trouble.add({
			kind: 'rawBody',
			body: JSON.stringify({
				result,
				details: ['Nov 28, 2026', 'Nov 27, 2026', 'Dec 28, 2026 09:00 PM'].map((ExpiryDate) => ({
					ExpiryDate,
				})),
			}),
		});
		// In Kolkata it is half past one of the 28th.
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-27T20:00:00Z'));
		const left = async (serverTimeZone: string) => {
			const { items } = await runVendor({
				vendor: 'pam360',
				onlyTheseParameters: true,
				parameters: { resource: 'certificate', operation: 'getAll', returnAll: true },
				credentials: { pam360Api: { ...credentialFor.pam360Api(server.sim.url), serverTimeZone } },
			});
			return items.map(({ json }) => json.daysLeft);
		};
		expect(await left('')).toEqual([1, 0, 31]);
		expect(await left('Asia/Kolkata')).toEqual([0, -1, 30]);
	});

	it.each(['envelope', 'error'] as const)('say so where there is none: %s', async (how) => {
		server.sim.settings.pkiFailures = how;
		const nobody = { commonName: 'nobody.example.com', serialNumber: '1' };
		for (const operation of ['get', 'export', 'exportKeyStore', 'getPassphrase']) {
			expect(said(await run(operation, nobody))).toContain(
				'PAM360 refused the request: No such certificate found: nobody.example.com',
			);
		}
	});
});
