import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { runPoll } from '../../harness';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { credentialsFor } from '../../unit/senhasegura/support';
import { credentialTypes, nodeTypes } from '../vendors';
import { DAY, LIST, daysAgo, ids, watchedVault } from './watchedVault';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { vault, watch, addKey, addCredential } = watchedVault();

describe('an SSH key that is old', () => {
	it('is reported at the first look, and once only', async () => {
		const change = daysAgo(90.5);
		addKey('100', change);
		addKey('101', daysAgo(89.5));
		addCredential('102', daysAgo(400));
		const look = watch('sshKeyAged', { parameters: { days: '90' } });
		const { items, error } = await look();
		expect(error).toBeUndefined();
		expect(items?.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				vendor: 'senhasegura',
				type: 'sshKey',
				id: '100',
				identifier: 'key-100',
				hostname: 'web-01',
				ageDays: 90,
				changedAt: null,
				changedAtServerTime: change.replace(' ', 'T'),
				olderThanDays: 90,
			}),
		]);
		expect((await look()).items).toBeNull();
		addKey('103', daysAgo(91));
		expect(ids(await look())).toEqual(['103']);
		expect((await look()).items).toBeNull();
	});

	it('is reported once for each of several numbers of days, and anew after a change', async () => {
		const start = Date.now();
		addKey('100', daysAgo(0, start));
		const look = watch('sshKeyAged', { parameters: { days: '60, 90' } });
		const now = jest.spyOn(Date, 'now');
		const reported: unknown[] = [];
		for (const later of [0, 59.9, 60.1, 61, 90.1, 95]) {
			now.mockReturnValue(start + later * DAY);
			const { items, error } = await look();
			expect(error).toBeUndefined();
			reported.push(items?.map(({ json }) => json.olderThanDays) ?? []);
		}
		expect(reported).toEqual([[], [], [60], [], [90], []]);
		addKey('100', daysAgo(-95, start));
		expect((await look()).items).toBeNull();
		now.mockReturnValue(start + 156 * DAY);
		expect(ids(await look())).toEqual(['100']);
	});

	it('is reported again for another number of days', async () => {
		addKey('100', daysAgo(100));
		const look = watch('sshKeyAged', { parameters: { days: '90' } });
		expect(ids(await look())).toEqual(['100']);
		expect(ids(await look({ days: 30 }))).toEqual(['100']);
		expect((await look({ days: 30 })).items).toBeNull();
	});

	it('is looked for among those that the filters leave', async () => {
		addKey('100', daysAgo(100), { hostname: 'web-01' });
		addKey('101', daysAgo(100), { hostname: 'db-01' });
		const parameters = { days: '90', filters: { hostname: 'DB-*' } };
		expect(ids(await watch('sshKeyAged', { parameters })())).toEqual(['101']);
	});

	it('may be one whose change the vault does not tell: it is reported once, and says so', async () => {
		addKey('100', '');
		addKey('101', 'yesterday');
		addKey('102', daysAgo(1));
		const look = watch('sshKeyAged', { parameters: { days: '60, 90' } });
		const { items } = await look();
		const told = items?.map(({ json }) => [json.id, json.ageUnknown, json.olderThanDays]);
		expect(told).toEqual([
			['100', true, null],
			['101', true, null],
		]);
		expect((await look()).items).toBeNull();
		addKey('100', daysAgo(1));
		expect((await look()).items).toBeNull();
	});

	it('may be one that was never changed since it was registered', async () => {
		const created = Date.parse('2024-05-31T14:03:13Z');
		const uuid = `${created
			.toString(16)
			.padStart(12, '0')
			.replace(/^(.{8})/, '$1-')}-70ff-9864-b81fcd00e410`;
		// Three hours behind UTC, which the vault does not tell; and an hour and some minutes later.
		for (const [id, change] of [
			['100', '2024-05-31 11:03:12'],
			['101', '2024-05-31 12:08:13'],
		] as const) {
			addKey(id, change);
			(vault.sim.state.items.get(id) as SenhaseguraKey).identifier = uuid;
		}
		const { items } = await watch('sshKeyAged', { parameters: { days: '90' } })();
		expect(items?.map(({ json }) => [json.id, json.ageUnknown])).toEqual([
			['100', true],
			['101', false],
		]);
	});

	it('is never the helper record of a rotation', async () => {
		addKey('100', daysAgo(1));
		addKey('101', daysAgo(400));
		Object.assign(vault.sim.state.items.get('101') ?? {}, { identifier: 'key-100.n8n-previous' });
		expect((await watch('sshKeyAged', { parameters: { days: '90' } })()).items).toBeNull();
		const expiring = { parameters: { daysBefore: '14' } };
		Object.assign(vault.sim.state.items.get('101') ?? {}, { expiresAt: Date.now() + DAY });
		expect((await watch('credentialExpiring', expiring)()).items).toBeNull();
	});

	it('is as old as the time zone of the credential makes it', async () => {
		// Written by a vault that is five hours behind UTC: 19 hours ago, not 24.
		addKey('100', daysAgo(1.02));
		const parameters = { days: '1' };
		const credential = { serverTimeZone: 'Etc/GMT+5' };
		expect((await watch('sshKeyAged', { parameters, credential })()).items).toBeNull();
		expect(ids(await watch('sshKeyAged', { parameters })())).toEqual(['100']);
		const change = daysAgo(1.3);
		addKey('100', change);
		const { items } = await watch('sshKeyAged', { parameters, credential })();
		const changed = new Date(`${change.replace(' ', 'T')}-05:00`).toISOString();
		expect(items?.[0]?.json.changedAt).toBe(changed);
	});

	it('is not reported again when the time zone is set later', async () => {
		addKey('100', daysAgo(100));
		const first = await runPollOnce({}, {});
		const second = await runPollOnce({ serverTimeZone: 'America/Sao_Paulo' }, first.staticData);
		expect([ids(first), ids(second)]).toEqual([['100'], []]);
	});

	it('is not missed when a look breaks off', async () => {
		addKey('100', daysAgo(100));
		const look = watch('sshKeyAged', { parameters: { days: '90' } });
		vault.sim.trouble.add({ kind: 'html', match: LIST, times: 1 });
		expect((await look()).error?.name).toBe('NodeApiError');
		expect(ids(await look())).toEqual(['100']);
		addKey('101', daysAgo(100));
		vault.sim.trouble.add({ kind: 'status', status: 500, match: LIST, times: 1 });
		expect((await look()).error).toBeDefined();
		expect(ids(await look())).toEqual(['101']);
		expect((await look()).items).toBeNull();
	});

	it('is shown in a test run, the oldest first, and nothing is remembered', async () => {
		addKey('100', daysAgo(10));
		addKey('101', daysAgo(100));
		const look = watch('sshKeyAged', { parameters: { days: '90' } });
		const test = await look({}, 'manual');
		expect(test.items?.map(({ json }) => [json.id, json.olderThanDays])).toEqual([
			['101', 90],
			['100', null],
		]);
		expect(test.staticData).toEqual({});
		expect(ids(await look())).toEqual(['101']);
	});

	it.each<[unknown, string]>([
		['={{ "" }}', "'Days' is required"],
		['old', "'Days' must be a whole number of days"],
		['90, 0', "'Days' must be at least 1"],
	])('is not looked for with %p', async (days, message) => {
		const parameters = { days: days as string };
		const { error } = await watch('sshKeyAged', { parameters })();
		expect(error?.message).toBe(message);
		expect(vault.sim.log).toEqual([]);
	});

	async function runPollOnce(credential: ICredentialDataDecryptedObject, staticData: IDataObject) {
		return await runPoll({
			node: {
				type: 'n8n-nodes-privileged-keys.senhaseguraTrigger',
				parameters: { authentication: 'oAuth1', event: 'sshKeyAged', days: '90' },
			},
			nodeTypes,
			credentialTypes,
			credentials: credentialsFor('oAuth1', vault.sim.url, credential),
			staticData,
		});
	}
});

describe('a rotation that is not finished', () => {
	const start = Date.parse('2026-03-01T05:00:00.123Z');
	const STAMP = '20260301T050000123Z';

	function addHelper(id: string, role: 'next' | 'previous', username: string): void {
		addKey(id, daysAgo(0, start));
		const identifier = `key-100.n8n-${role}`;
		Object.assign(vault.sim.state.items.get(id) ?? {}, { identifier, username });
	}

	it('is reported with its step when the hours have passed, once for each step', async () => {
		addKey('100', daysAgo(0, start));
		addKey('101', daysAgo(400, start));
		addHelper('102', 'next', `n8n-next-100-${STAMP}-00000000`);
		const look = watch('sshKeyRotationUnfinished', { parameters: { hours: 36 } });
		const now = jest.spyOn(Date, 'now');
		const reported: unknown[] = [];
		const told = async (hours: number) => {
			now.mockReturnValue(start + hours * 3_600_000);
			const { items, error } = await look();
			expect(error).toBeUndefined();
			const of = items?.map(({ json }) => [json.id, json.rotationStep, json.hoursUnfinished]);
			reported.push(of ?? []);
		};
		await told(35.9);
		await told(36.1);
		await told(40);
		// Finished: the former key is to be removed now.
		addHelper('103', 'previous', 'n8n-previous-100-20260303T050000123Z-12345678');
		await told(49);
		await told(48 + 37);
		expect(reported).toEqual([[], [['100', 'install', 36]], [], [], [['100', 'remove', 37]]]);
	});

	it('is reported at once where somebody has changed a helper, and where the key is gone', async () => {
		addKey('100', daysAgo(0));
		addHelper('102', 'next', 'root');
		const look = watch('sshKeyRotationUnfinished', { parameters: { hours: 36 } });
		const { items } = await look();
		expect(items?.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				id: '100',
				rotation: 'unfinished',
				rotationStep: null,
				rotationSince: null,
				hoursUnfinished: null,
			}),
		]);
		vault.sim.state.items.delete('100');
		expect(ids(await look())).toEqual(['102']);
		expect((await look()).items).toBeNull();
	});

	it('is shown in a test run, whether its hours have passed or not', async () => {
		addKey('100', daysAgo(0));
		addHelper('102', 'next', `n8n-next-100-${STAMP}-00000000`);
		jest.spyOn(Date, 'now').mockReturnValue(start + 3_600_000);
		const look = watch('sshKeyRotationUnfinished', { parameters: { hours: 36 } });
		const { items } = await look({}, 'manual');
		expect(items?.map(({ json }) => [json.id, json.hoursUnfinished])).toEqual([['100', 1]]);
	});

	it('is not one that has ended, whether the list shows what is disabled or not', async () => {
		addKey('100', daysAgo(0));
		addHelper('102', 'next', `n8n-done-100-${STAMP}-18ca1c14`);
		addHelper('103', 'previous', 'n8n-previous-100-20260303T050000123Z-12345678');
		const look = watch('sshKeyRotationUnfinished', { parameters: { hours: 1 } });
		// The last part is the beginning of the SHA-256 of the other helper's username.
		expect(ids(await look())).toEqual(['100']);
		addHelper('102', 'next', `n8n-done-100-${STAMP}-CLOSED`.replace('CLOSED', closed));
		expect((await look()).items).toBeNull();
		vault.sim.state.items.delete('102');
		vault.sim.state.items.delete('103');
		expect((await look()).items).toBeNull();
	});

	const closed = createHash('sha256')
		.update('n8n-previous-100-20260303t050000123z-12345678')
		.digest('hex')
		.slice(0, 8);
});
