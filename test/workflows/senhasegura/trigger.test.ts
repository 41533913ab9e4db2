import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { PollResult } from '../../harness';
import { findSecrets, runPoll } from '../../harness';
import { senhaseguraDemo } from '../../simulators';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { newCredential, newItem } from '../../simulators/senhasegura/entities';
import { AUTHENTICATIONS, credentialsFor } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { credentialTypes, nodeTypes } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const DAY = 86_400_000;
const LIST = /\/pam\/credential$/;

const vault = simulatedVault();
beforeEach(() => vault.sim.state.items.clear());
afterEach(() => jest.restoreAllMocks());

interface Watch {
	parameters?: IDataObject;
	authentication?: Authentication;
	credential?: ICredentialDataDecryptedObject;
}

/** A trigger that is polled again and again; what it remembers passes through JSON, as at a restart. */
function watch(event: string, { parameters, authentication = 'oAuth1', credential }: Watch = {}) {
	let staticData: IDataObject = {};
	return async (changes: IDataObject = {}, mode: 'trigger' | 'manual' = 'trigger') => {
		const result = await runPoll({
			node: {
				type: 'n8n-nodes-privileged-keys.senhaseguraTrigger',
				parameters: { authentication, event, ...parameters, ...changes },
			},
			nodeTypes,
			credentialTypes,
			credentials: credentialsFor(authentication, vault.sim.url, credential),
			mode,
			staticData,
		});
		staticData = result.staticData;
		return result;
	};
}

const ids = ({ items, error }: PollResult) => {
	if (error) throw error;
	return items?.map(({ json }) => json.id) ?? [];
};

/** `yyyy-MM-dd HH:mm:ss` in UTC, some days ago. */
const daysAgo = (days: number, now = Date.now()) =>
	new Date(now - days * DAY).toISOString().slice(0, 19).replace('T', ' ');

function addKey(id: string, change: string, more: { expiresAt?: number; hostname?: string } = {}) {
	const where = { hostname: 'web-01', ip: '10.0.0.1' };
	vault.addKey({ id, identifier: `key-${id}`, ...where, change, ...more });
}

function addCertificate(id: string, expiresAt: number, active = true) {
	vault.sim.state.certificates.push({
		id,
		active,
		commonName: `${id}.example.com`,
		serialNumber: id,
		startValidity: daysAgo(1),
		endValidity: daysAgo(0, expiresAt),
		origin: 'REQU',
		extension: '',
		hasPrivateKey: true,
		content: '',
		privateKey: '',
	});
}

function addCredential(id: string, change: string, expiresAt: number | null = null) {
	const item = newItem({ id, username: 'root', hostname: 'web-01', ip: '10.0.0.1', change });
	const credential = newCredential(item, { content: 'canary-password', type: 'Local User' });
	credential.expiresAt = expiresAt;
	vault.sim.state.items.set(id, credential);
}

/** What was asked of the vault, tokens aside. */
const asked = () =>
	vault.sim.log
		.filter(({ path }) => !path.endsWith('/token'))
		.map(({ method, path }) => [method, path]);

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
