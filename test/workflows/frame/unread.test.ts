import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { kit as cortexXsiam } from '../cortexXsiam/kit';
import { answerInTurn, answeredByNock } from '../kit/exchanges';
import { hints, said } from '../kit/result';
import { kit as pam360, success as pam360Success } from '../pam360/kit';
import { kit as senhasegura, success as vaultSuccess } from '../senhasegura/kit';
import { runVendor } from '../vendors';

/**
 * What a vendor writes in a form that the node does not understand stays in the item, in a field beside
 * the null, and is said.
 */

const kits = { pam360, cortexXsiam, senhasegura };

answeredByNock();

async function run(
	vendor: keyof typeof kits,
	parameters: IDataObject,
	reply: object,
	credential: IDataObject = {},
) {
	const kit = kits[vendor];
	nock.cleanAll();
	answerInTurn(kit.host, [{ reply }]);
	const [[type, fields]] = Object.entries(kit.credentials) as [[string, IDataObject]];
	return await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters: { ...kit.parameters, ...parameters },
		credentials: { [type]: { ...fields, ...credential } as never },
	});
}

const hint = (name: string) =>
	`'${name}' came in a form that the node does not understand: it is null, and what came is in '${name}Text'.`;

describe('the end of an agent key', () => {
	const generate = { resource: 'agentKey', operation: 'generate', generateAgentKey: true };
	const agentKey = (agentKeyEndTime: unknown) =>
		pam360Success('Fetch Agent Key', { agentKey: '3361ddf199e75933', agentKeyEndTime });

	// Ways to write one moment; which of them PAM360 takes is not known for all of its builds.
	it.each([
		'28/08/2025 18:14:49',
		'28/08/2025 06:14:49 PM',
		'Aug 28, 2025 6:14:49 PM',
		'Aug 28, 2025 18:14:49',
		'August 28, 2025 18:14:49',
		'2025-08-28 18:14:49',
		'2025-08-28T18:14:49',
		'2025-08-28 18:14:49.000',
		'2025-08-28T18:14:49+05:30',
	])('%s is read', async (end) => {
		const zone = { serverTimeZone: 'Asia/Kolkata' };
		const result = await run('pam360', generate, agentKey(end), zone);
		expect(result.items[0]?.json).toMatchObject({
			secret: '3361ddf199e75933',
			expiresAt: '2025-08-28T18:14:49+05:30',
			expiresAtServerTime: '2025-08-28T18:14:49',
		});
		expect(result.items[0]?.json).not.toHaveProperty('expiresAtText');
		expect(hints(result)).toEqual([]);
	});

	it.each([
		'Thu Aug 28 18:14:49 IST 2025',
		'28-08-2025 18:14:49',
		'28.08.2025 18:14:49',
		'08/28/2025 18:14:49',
		'28 Aug 2025 18:14:49',
		'NeverExpires',
		'1756385089',
	])('%s is kept as it came', async (end) => {
		const result = await run('pam360', generate, agentKey(end));
		expect(result.items[0]?.json).toMatchObject({
			secret: '3361ddf199e75933',
			expiresAt: null,
			expiresAtServerTime: null,
			expiresAtText: end,
		});
		expect(hints(result)).toEqual([hint('expiresAt')]);
	});
});

it('a certificate has its date of expiry as the family writes it', async () => {
	const certificates = { resource: 'certificate', operation: 'getAll' };
	const list = (ExpiryDate: string) => ({
		name: 'getAllSSLCertificates',
		result: { status: 'Success', message: 'Fetched' },
		totalRows: 1,
		details: [{ 'Common Name': 'web.example.com', serialNumber: '1879376424c', ExpiryDate }],
	});
	const read = await run('pam360', certificates, list('Dec 27, 2026'));
	expect(read.items[0]?.json).toMatchObject({
		commonName: 'web.example.com',
		serialNumber: '1879376424c',
		expiresAt: null,
		expiresAtServerTime: '2026-12-27T00:00:00',
	});
	const kept = await run('pam360', certificates, list('27-Dec-2026'));
	expect(kept.items[0]?.json).toMatchObject({ expiresAt: null, expiresAtText: '27-Dec-2026' });
	expect(hints(kept)).toEqual([hint('expiresAt')]);
});

it('an API key whose expiration comes in seconds is listed as one that may be next', async () => {
	const key = {
		id: 25,
		creation_time: 1709544947832,
		roles: ['default'],
		security_level: 'standard',
		comment: null,
	};
	const reply = {
		reply: { DATA: [{ ...key, expiration: 1773147108 }], FILTER_COUNT: 1, TOTAL_COUNT: 1 },
	};
	for (const filters of [{}, { expiringWithinDays: 14 }, { expiry: 'live' }]) {
		const parameters = { resource: 'apiKey', operation: 'getAll', filters };
		const result = await run('cortexXsiam', parameters, reply);
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({
			id: '25',
			expiresAt: null,
			expiresAtText: '1773147108',
			expired: null,
		});
		expect(hints(result)).toEqual([hint('expiresAt')]);
	}
	const lineages = await run(
		'cortexXsiam',
		{ resource: 'apiKey', operation: 'getAll', filters: { rotation: 'due' } },
		reply,
	);
	expect(lineages.items.map(({ json }) => json.id)).toEqual(['25']);
	expect(hints(lineages)[0]).toContain('cannot read the expiration dates of these keys: 25.');
});

it('a credential of the vault keeps a date, a flag and a name of another form', async () => {
	const result = await run(
		'senhasegura',
		{ resource: 'credential', operation: 'getAll' },
		vaultSuccess('1 credentials found', {
			credentials: [
				{
					id: '2',
					identifier: 'a',
					username: ['root', 'admin'],
					expiration: '16/05/2024',
					change: '0000-00-00 00:00:00',
					view: null,
					hostname: 'web-01',
					automatic_change: 'by policy',
				},
			],
		}),
	);
	expect(result.items[0]?.json).toMatchObject({
		username: null,
		usernameText: '["root","admin"]',
		expiresAt: null,
		expiresAtText: '16/05/2024',
		changedAt: null,
		changedAtText: '0000-00-00 00:00:00',
		ageUnknown: true,
		viewedAt: null,
		automaticChange: null,
		automaticChangeText: 'by policy',
	});
	expect(result.items[0]?.json).not.toHaveProperty('viewedAtText');
	expect(hints(result)).toEqual(
		['username', 'changedAt', 'automaticChange', 'expiresAt'].map(hint),
	);
});

it('a session whose end is not understood is said neither to be running nor to have ended', async () => {
	const session = {
		id: '540',
		start: '2020-11-17 15:29:21',
		end: '17/11/2020 15:29',
		time: '20 s',
	};
	const result = await run(
		'senhasegura',
		{ resource: 'session', operation: 'getAll' },
		vaultSuccess('', { remote_sessions: [session] }),
	);
	expect(result.items[0]?.json).toMatchObject({
		running: null,
		endedAt: null,
		endedAtText: '17/11/2020 15:29',
		durationSeconds: null,
		durationSecondsText: '20 s',
	});
});

it('is not said of the vendor’s own answer, which holds it anyway', async () => {
	const result = await run(
		'cortexXsiam',
		{ resource: 'auditLog', operation: 'getAll', simplify: false },
		{ reply: { total_count: 1, data: [{ AUDIT_ID: 1, AUDIT_INSERT_TIME: 'soon' }] } },
	);
	expect(result.items[0]?.json).toEqual({ AUDIT_ID: 1, AUDIT_INSERT_TIME: 'soon' });
	expect(hints(result)).toEqual([]);
});

describe.each<[string, keyof typeof kits, IDataObject, (rows: unknown) => object]>([
	[
		'certificates of PAM360',
		'pam360',
		{ resource: 'certificate', operation: 'getAll' },
		(SSLCertificates) => ({
			name: 'getAllSSLCertificates',
			result: { status: 'Success', message: 'Fetched' },
			SSLCertificates,
		}),
	],
	[
		'users of PAM360',
		'pam360',
		{ resource: 'user', operation: 'getAll' },
		(Resources) => ({ totalResults: 2, Resources }),
	],
	[
		'resources of PAM360',
		'pam360',
		{ resource: 'resource', operation: 'getAll' },
		(details) => pam360Success('GET RESOURCES', details),
	],
	[
		'cases of Cortex XSIAM',
		'cortexXsiam',
		{ resource: 'case', operation: 'getAll' },
		(DATA) => ({ reply: { DATA, FILTER_COUNT: 2, TOTAL_COUNT: 2 } }),
	],
	[
		'roles of Cortex XSIAM',
		'cortexXsiam',
		{ resource: 'role', operation: 'getAll' },
		(data) => ({ data, metadata: { total_count: 2 } }),
	],
	[
		'fields of cases of Cortex XSIAM',
		'cortexXsiam',
		{ resource: 'case', operation: 'getFields' },
		(reply) => ({ reply }),
	],
	[
		'artifacts of Cortex XSIAM',
		'cortexXsiam',
		{ resource: 'case', operation: 'getArtifacts', case: '1' },
		(DATA) => [{ case_id: 1, file_artifacts: { TOTAL_COUNT: 2, DATA } }],
	],
	[
		'certificates of senhasegura',
		'senhasegura',
		{ resource: 'certificate', operation: 'getAll' },
		(certificates) => vaultSuccess('', { certificates }),
	],
	[
		'credentials of senhasegura’s API v2',
		'senhasegura',
		{ resource: 'credentialV2', operation: 'getAll' },
		(credentials) => ({ credentials }),
	],
	[
		'users of senhasegura',
		'senhasegura',
		{ resource: 'user', operation: 'getAll' },
		(Resources) => ({ totalResults: 2, Resources }),
	],
])('a list of %s', (_, vendor, parameters, listOf) => {
	const text = '567 - web.example.com - 2026-12-01';

	it('keeps an entry that is no record, and says so', async () => {
		const reply = listOf([{ id: '1', 'RESOURCE ID': '1' }, text]);
		const result = await run(vendor, parameters, reply);
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(2);
		expect(result.items[0]?.json).not.toHaveProperty('recordText');
		expect(result.items[1]?.json).toMatchObject({ vendor, record: null, recordText: text });
		expect(hints(result)).toContain(hint('record'));
		const raw = await run(vendor, { ...parameters, simplify: false }, reply);
		expect(raw.items[1]?.json).toEqual({ notARecord: text });
	});

	it.each([[['567', '568']], ['No permission for this list']])(
		'is not taken for an empty one where %j stands there',
		async (rows) => {
			const result = await run(vendor, parameters, listOf(rows));
			expect(result.items).toEqual([]);
			expect(said(result)).toMatch(/ answered with(out| something other than) /);
		},
	);
});

it('the password of a stored credential that comes as a list is in no item', async () => {
	const upsert = {
		resource: 'credential',
		operation: 'upsert',
		ip: '10.0.0.1',
		hostname: 'web-01',
	};
	const odd = vaultSuccess('Credential updated successfully!', {
		credential: [{ id: '39', identifier: 'web', password: 'canary-of-the-vault' }],
	});
	const result = await run('senhasegura', { ...upsert, username: 'root' }, odd);
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(1);
	expect(JSON.stringify([result.items, result.logs, hints(result)])).not.toContain('canary');
});
