import { findSecrets } from '../../harness';
import { senhaseguraDemo } from '../../simulators';
import { AUTHENTICATIONS } from '../../unit/senhasegura/support';
import { DAY, LIST, daysAgo, ids, watchedVault } from './watchedVault';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { vault, watch, addKey, addCredential, asked } = watchedVault();

describe('a credential that is old', () => {
	it('is reported once, with the fields of the list, and no SSH key is', async () => {
		addKey('100', daysAgo(400));
		addCredential('101', daysAgo(100.5));
		addCredential('102', daysAgo(1));
		const look = watch('credentialAged', { parameters: { days: '90' } });
		const { items } = await look();
		expect(items?.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				type: 'credential',
				id: '101',
				credentialType: 'Local User',
				ageDays: 100,
				olderThanDays: 90,
			}),
		]);
		expect((await look()).items).toBeNull();
	});

	it('is the record of the vault with Simplify off', async () => {
		addCredential('101', daysAgo(100));
		const parameters = { days: '90', simplify: false };
		const { items } = await watch('credentialAged', { parameters })();
		expect(items?.[0]?.json).toMatchObject({
			id: '101',
			type_code: '1',
			management_ip: '10.0.0.1',
		});
	});

	it('starts anew when the event was another before', async () => {
		addCredential('101', daysAgo(100));
		const look = watch('credentialAged', { parameters: { days: '90', daysBefore: '1' } });
		await look();
		await look({ event: 'credentialExpiring' });
		expect(ids(await look())).toEqual(['101']);
	});
});

describe('a list that comes empty although the vault counts records', () => {
	it.each([
		['deviceCreated', /\/pam\/device$/, 'devices', '2 devices found'],
		['sshKeyAged', LIST, 'credentials', '2 credentials found'],
	])('is not believed by %s, which forgets nothing', async (event, match, name, message) => {
		addKey('7', daysAgo(100));
		const poll = watch(event);
		await poll();
		const response = { status: 200, message, error: false };
		const body = JSON.stringify({ response, [name]: [] });
		const trouble = vault.sim.trouble.add({ kind: 'rawBody', body, match });
		const { error } = await poll();
		expect(error?.message).toBe(`senhasegura returned an empty list, but says ${message}`);
		trouble.remove();
		expect(ids(await poll())).toEqual([]);
	});
});

describe('a device that is created', () => {
	const addDevice = (id: string, hostname: string) => {
		const [sample] = vault.sim.state.devices;
		if (!sample) throw new Error('The simulator has no devices');
		vault.sim.state.devices.push({ ...sample, id, hostname });
	};

	it('is reported once, and none that was there before', async () => {
		const look = watch('deviceCreated');
		expect((await look()).items).toBeNull();
		addDevice('90', 'web-09');
		addDevice('91', 'web-10');
		const { items } = await look();
		expect(items?.map(({ json }) => [json.type, json.id, json.hostname])).toEqual([
			['device', '90', 'web-09'],
			['device', '91', 'web-10'],
		]);
		expect((await look()).items).toBeNull();
	});

	it('is not missed when a look breaks off', async () => {
		const look = watch('deviceCreated');
		await look();
		addDevice('90', 'web-09');
		vault.sim.trouble.add({ kind: 'html', match: /pam\/device/, times: 1 });
		expect((await look()).error).toBeDefined();
		expect(ids(await look())).toEqual(['90']);
	});

	it('is shown in a test run, the newest first', async () => {
		addDevice('100', 'web-09');
		addDevice('99', 'web-10');
		expect(ids(await watch('deviceCreated')({}, 'manual'))).toEqual([
			'100',
			'99',
			'16',
			'15',
			'14',
		]);
	});
});

describe.each(AUTHENTICATIONS)('with %s', (authentication) => {
	it.each(['/api', '/iso'])('looks below %s, and reads no secret', async (apiPrefix) => {
		addKey('100', daysAgo(100), { expiresAt: Date.now() + DAY });
		addCredential('101', daysAgo(100));
		const credential = { apiPrefix };
		const parameters = { days: '90', daysBefore: '14' };
		const secrets = ['canary-private-key', 'canary-password'];
		for (const event of ['sshKeyAged', 'credentialAged', 'credentialExpiring', 'deviceCreated']) {
			for (const mode of ['trigger', 'manual'] as const) {
				const look = watch(event, { authentication, credential, parameters });
				const result = await look({}, mode);
				expect(result.error).toBeUndefined();
				expect(findSecrets(result, secrets)).toEqual([]);
			}
		}
		// The list takes no custody; reading one item would.
		expect(asked()).toEqual([
			...Array.from({ length: 6 }, () => ['GET', `${apiPrefix}/pam/credential`]),
			...Array.from({ length: 2 }, () => ['GET', `${apiPrefix}/pam/device`]),
		]);
		for (const { custodyBy } of vault.sim.state.items.values()) expect(custodyBy.size).toBe(0);
	});

	it('tells no secret when the vault refuses', async () => {
		const { clientSecret, consumerSecret, token, tokenSecret } = senhaseguraDemo;
		const secrets = [clientSecret, consumerSecret, token, tokenSecret];
		const message = `1009: No access with ${secrets.join(' ')}`;
		vault.sim.trouble.add({
			kind: 'status',
			status: 400,
			match: LIST,
			body: { response: { status: 400, message, error: true } },
		});
		const result = await watch('sshKeyAged', { authentication, parameters: { days: '90' } })();
		expect(result.error?.message).toBe('The authorization has no access to this item');
		const own = authentication === 'oAuth1' ? secrets.slice(1) : secrets.slice(0, 1);
		expect(findSecrets(result.error, own)).toEqual([]);
	});
});
