import type { IDataObject } from 'n8n-workflow';
import { findSecrets, runPoll } from '../../harness';
import type { PollResult } from '../../harness';
import type { CortexXsiamKey } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { LIST, crowd, foreignKey } from '../../unit/cortexXsiam/support';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { base32 } from './lineage';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const DAY = 86_400_000;
const MINUTE = 60_000;

const tenant = simulatedTenant();

/** A trigger that is polled again and again; what it remembers passes through JSON, as at a restart. */
function watch(event: string, parameters: IDataObject = {}) {
	let staticData: IDataObject = {};
	const look = async (changes: IDataObject = {}, mode: 'trigger' | 'manual' = 'trigger') => {
		const result = await runPoll({
			node: {
				type: 'n8n-nodes-privileged-keys.cortexXsiamTrigger',
				parameters: { event, ...parameters, ...changes },
			},
			nodeTypes,
			credentialTypes,
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
			mode,
			staticData,
		});
		staticData = result.staticData;
		return result;
	};
	return look;
}

const ids = ({ items, error }: PollResult) => {
	if (error) throw error;
	return items?.map(({ json }) => json.id) ?? [];
};

const addKey = (changes: Partial<CortexXsiamKey> & { id: number }) => {
	tenant.sim.state.keys.set(changes.id, foreignKey(changes));
};

const expiring = (id: number, days: number, changes: Partial<CortexXsiamKey> = {}) =>
	addKey({ id, expiration: Date.now() + days * DAY, ...changes });

describe('a key that expires soon', () => {
	it('is reported at the first look, and once only', async () => {
		expiring(100, 10.5);
		expiring(101, 15);
		expiring(102, -1);
		const look = watch('apiKeyExpiring', { daysBefore: '14' });
		const first = await look();
		expect(first.items).toHaveLength(1);
		expect(first.items?.[0]?.json).toMatchObject({
			vendor: 'cortexXsiam',
			type: 'apiKey',
			id: '100',
			daysLeft: 10,
			expired: false,
			daysBefore: 14,
		});
		expect((await look()).items).toBeNull();
		expiring(101, 13);
		expect(ids(await look())).toEqual(['101']);
		expect((await look()).items).toBeNull();
	});

	it('is none that never expires, even where the tenant lists those as expiring', async () => {
		tenant.sim.settings.neverMatchesLte = true;
		addKey({ id: 100, expiration: null });
		expect((await watch('apiKeyExpiring', { daysBefore: '14' })()).items).toBeNull();
	});

	it('is reported once for each of several numbers of days', async () => {
		const start = Date.now();
		addKey({ id: 100, expiration: start + 40 * DAY });
		const look = watch('apiKeyExpiring', { daysBefore: '30, 7,1' });
		const now = jest.spyOn(Date, 'now');
		const reported: unknown[] = [];
		for (const later of [0, 11, 12, 33.5, 34, 39.5, 39.9]) {
			now.mockReturnValue(start + later * DAY);
			const { items, error } = await look();
			expect(error).toBeUndefined();
			reported.push(items?.map(({ json }) => json.daysBefore) ?? []);
		}
		now.mockRestore();
		expect(reported).toEqual([[], [30], [], [7], [], [1], []]);
	});

	it('is reported again when another number is set, or it expires at another date', async () => {
		expiring(100, 5);
		const look = watch('apiKeyExpiring', { daysBefore: '14' });
		expect(ids(await look())).toEqual(['100']);
		expect(ids(await look({ daysBefore: 7 }))).toEqual(['100']);
		expect((await look({ daysBefore: 7 })).items).toBeNull();
		expiring(100, 6);
		expect(ids(await look({ daysBefore: 7 }))).toEqual(['100']);
	});

	it('is reported whether it has a successor or not', async () => {
		expiring(100, 5, { comment: 'SIEM', creationTime: Date.now() - 90 * DAY });
		const mark = `[n8n 100 ${base32(Date.now())}ABCDEF]`;
		expiring(101, 90, { comment: `SIEM ${mark}` });
		const { items } = await watch('apiKeyExpiring', { daysBefore: '14' })();
		expect(items?.map(({ json }) => [json.id, json.lineage, json.comment])).toEqual([
			['100', '100', 'SIEM'],
		]);
	});

	it('is reported once with what the tenant wrote where the date cannot be read', async () => {
		addKey({ id: 100, expiration: 'next year' as unknown as number });
		const look = watch('apiKeyExpiring', { daysBefore: '14' });
		const { items } = await look();
		expect(items?.map(({ json }) => [json.id, json.expiresAtText, json.daysBefore])).toEqual([
			['100', 'next year', null],
		]);
		expect((await look()).items).toBeNull();
	});

	it('is found on every page', async () => {
		crowd(tenant.sim, 250);
		const { items } = await watch('apiKeyExpiring', { daysBefore: '8' })();
		expect(new Set(items?.map(({ json }) => json.id)).size).toBe(250);
	});

	it('is not missed when a look breaks off', async () => {
		expiring(100, 5);
		const look = watch('apiKeyExpiring', { daysBefore: '14' });
		tenant.sim.trouble.add({ kind: 'status', status: 500, match: LIST, times: 1 });
		expect((await look()).error?.name).toBe('NodeApiError');
		expect(ids(await look())).toEqual(['100']);
		expiring(101, 5);
		tenant.sim.trouble.add({ kind: 'html', match: LIST, times: 1 });
		expect((await look()).error).toBeDefined();
		expect(ids(await look())).toEqual(['101']);
	});

	it('is shown in a test run with the soonest first, and nothing is remembered', async () => {
		expiring(100, 50);
		expiring(101, 5);
		const look = watch('apiKeyExpiring', { daysBefore: '14' });
		const test = await look({}, 'manual');
		expect(test.items?.map(({ json }) => [json.id, json.daysBefore])).toEqual([
			['101', 14],
			['100', null],
		]);
		expect(test.staticData).toEqual({});
		expect(ids(await look())).toEqual(['101']);
	});

	it.each<[unknown, string]>([
		['={{ "" }}', "'Days Before' is required"],
		['soon', "'Days Before' must be a whole number of days"],
		['14, 0', "'Days Before' must be at least 1"],
	])('is not looked for with %p', async (daysBefore, message) => {
		const { error } = await watch('apiKeyExpiring', { daysBefore: daysBefore as string })();
		expect(error?.message).toBe(message);
		expect(tenant.sim.log).toEqual([]);
	});
});

describe('a key that is created', () => {
	it('is reported once, and none that was there before', async () => {
		expiring(100, 50);
		const look = watch('apiKeyCreated');
		expect((await look()).items).toBeNull();
		expiring(101, 50);
		expiring(102, 50);
		expect(ids(await look()).sort()).toEqual(['101', '102']);
		expect((await look()).items).toBeNull();
	});

	it('is the record of the tenant with Simplify off', async () => {
		const look = watch('apiKeyCreated', { simplify: false });
		await look();
		expiring(101, 50);
		const { items } = await look();
		expect(items?.[0]?.json).toMatchObject({ id: 101, security_level: 'standard' });
	});

	it('is not missed when a look breaks off', async () => {
		const look = watch('apiKeyCreated');
		await look();
		expiring(101, 50);
		tenant.sim.trouble.add({ kind: 'status', status: 403, match: LIST, times: 1 });
		expect((await look()).error).toBeDefined();
		expect(ids(await look())).toEqual(['101']);
	});

	it('is shown in a test run, newest first', async () => {
		expiring(100, 50, { creationTime: Date.now() - DAY });
		expiring(101, 50);
		expect(ids(await watch('apiKeyCreated')({}, 'manual')).slice(0, 2)).toEqual(['101', '100']);
	});
});

describe('a key that is deleted', () => {
	it('is reported once, as it was', async () => {
		expiring(100, 50, { comment: 'SIEM' });
		const look = watch('apiKeyDeleted');
		expect((await look()).items).toBeNull();
		tenant.sim.state.keys.delete(100);
		const { items } = await look();
		expect(items?.map(({ json }) => [json.id, json.comment])).toEqual([['100', 'SIEM']]);
		expect((await look()).items).toBeNull();
	});

	it('starts anew when the event was another before', async () => {
		expiring(100, 50);
		const look = watch('apiKeyDeleted');
		await look();
		await look({ event: 'apiKeyCreated' });
		tenant.sim.state.keys.delete(100);
		expect((await look()).items).toBeNull();
	});

	it('is nothing that a test run could show', async () => {
		const { error } = await watch('apiKeyDeleted')({}, 'manual');
		expect(error?.message).toContain('There is nothing yet');
	});
});

describe('a list of keys that lacks the one that it was read with', () => {
	const events = ['apiKeyExpiring', 'apiKeyCreated', 'apiKeyDeleted'];
	const lists: Array<[string, unknown[]]> = [
		['nothing', []],
		['another key', [{ id: 5, expiration: Date.now() + DAY }]],
	];

	it.each(events.flatMap((event) => lists.map(([what, rows]) => ({ event, what, rows }))))(
		'is not believed: $event, with $what in it',
		async ({ event, rows }) => {
			expiring(100, 5);
			const look = watch(event, { daysBefore: '14' });
			const { staticData } = await look();
			const body = JSON.stringify({ reply: { DATA: rows, FILTER_COUNT: rows.length } });
			tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, times: 1, body });
			const { error, ...lied } = await look();
			expect(error?.message).toBe(
				'The list of API keys lacks the key that the request was made with',
			);
			// What is remembered stays, so that nothing is reported once more.
			expect(lied.staticData).toEqual(staticData);
			expect((await look()).items).toBeNull();
		},
	);

	it.each(events)('is not believed at the first look either: %s', async (event) => {
		const body = JSON.stringify({ reply: { DATA: [], FILTER_COUNT: 0, TOTAL_COUNT: 0 } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, times: 1, body });
		const { error, staticData } = await watch(event, { daysBefore: '14' })();
		expect(error?.message).toContain('lacks the key that the request was made with');
		expect(staticData).toEqual({});
	});

	it('is nothing odd where that key was never in it, as in a child tenant', async () => {
		const { apiKeyId } = cortexXsiamDemo.advanced;
		tenant.sim.state.keys.get(Number(apiKeyId))!.expiration = null;
		const body = JSON.stringify({ reply: { DATA: [{ id: 5 }], FILTER_COUNT: 1 } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, times: 2, body });
		const look = watch('apiKeyDeleted');
		expect((await look()).items).toBeNull();
		expect((await look()).items).toBeNull();
	});
});

describe.each(['seen', 'schema'] as const)('with records in the form %s', (form) => {
	beforeEach(() => {
		tenant.sim.settings.caseForm = form;
		tenant.sim.settings.issueListForm = form;
	});

	const addCase = (case_id: number, creation_time: number, severity = 'high') => {
		const [sample] = tenant.sim.state.cases;
		tenant.sim.state.cases.push({ ...sample!, case_id, creation_time, severity });
	};

	it('a new case is reported once', async () => {
		const start = Date.now();
		const look = watch('caseCreated');
		addCase(900, start);
		expect((await look()).items).toBeNull();
		addCase(901, start + 1_000);
		// It became visible late.
		addCase(902, start - 5 * MINUTE, 'low');
		const { items } = await look();
		expect(items?.map(({ json }) => [json.type, json.id])).toEqual([
			['case', '902'],
			['case', '901'],
		]);
		expect((await look()).items).toBeNull();
	});

	it('a new case is reported where its severity is wanted', async () => {
		const additionalFields = { severities: ['high'] };
		const look = watch('caseCreated', { additionalFields });
		addCase(900, Date.now());
		await look();
		addCase(901, Date.now() + 1_000, 'low');
		addCase(902, Date.now() + 2_000, 'high');
		expect(ids(await look())).toEqual(['902']);
		expect(ids(await look({}, 'manual'))[0]).toBe('902');
	});

	const addIssue = (id: number, time: number, severity = 'HIGH') => {
		const [sample] = tenant.sim.state.issues;
		tenant.sim.state.issues.push({
			...sample!,
			id,
			severity,
			_insert_time: new Date(time).toISOString(),
			observation_time: time - 90 * DAY,
			visible_from: 0,
		});
	};

	it('a new issue is reported once, however long ago it was observed', async () => {
		const start = Date.now();
		const look = watch('issueCreated');
		addIssue(9_000, start);
		expect((await look()).items).toBeNull();
		addIssue(9_001, start + 1_000);
		addIssue(9_002, start + 2_000, 'LOW');
		const { items } = await look();
		expect(items?.map(({ json }) => [json.type, json.id])).toEqual([
			['issue', '9001'],
			['issue', '9002'],
		]);
		expect((await look()).items).toBeNull();
		expect(ids(await look({}, 'manual'))[0]).toBe('9002');
	});

	it('a new issue is reported that does not tell when it came', async () => {
		const look = watch('issueCreated');
		await look();
		const answer = { reply: { DATA: [{ id: 9_001, name: 'x' }], FILTER_COUNT: 1 } };
		tenant.sim.trouble.add({ kind: 'rawBody', match: /search/, body: JSON.stringify(answer) });
		expect(ids(await look())).toEqual(['9001']);
	});

	it.each([
		['caseCreated', 'case_id', 'creation_time'],
		['issueCreated', 'id', '_insert_time'],
	])('%s tells records apart whose IDs are not understood, each once', async (event, id, time) => {
		const look = watch(event);
		await look();
		const now = Date.now();
		const rows = [
			{ [id]: { odd: 1 }, description: 'one', [time]: now + 1_000 },
			{ [id]: { odd: 2 }, description: 'two', [time]: now + 2_000 },
			{ [id]: 5, description: 'untimed', [time]: 'last week' },
		];
		const body = JSON.stringify({ reply: { DATA: rows, FILTER_COUNT: 3, TOTAL_COUNT: 3 } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: /search/, body });
		const { items, error } = await look();
		expect(error).toBeUndefined();
		expect(items?.map(({ json }) => json.description)).toEqual(['untimed', 'one', 'two']);
		expect((await look()).items).toBeNull();
		// The cursor has passed what tells no time.
		expect((await look()).items).toBeNull();
	});

	it('a new issue is not missed when a look breaks off', async () => {
		const look = watch('issueCreated', { additionalFields: { severities: ['HIGH'] } });
		addIssue(9_000, Date.now());
		await look();
		addIssue(9_001, Date.now() + 1_000);
		addIssue(9_002, Date.now() + 1_000, 'LOW');
		tenant.sim.trouble.add({ kind: 'status', status: 500, match: /search/, times: 1 });
		expect((await look()).error).toBeDefined();
		expect(ids(await look())).toEqual(['9001']);
	});
});

it('tells no secret when the tenant refuses', async () => {
	const { apiKey } = cortexXsiamDemo.advanced;
	tenant.sim.trouble.add({ kind: 'status', status: 403, body: { error: `no ${apiKey}` } });
	for (const event of ['apiKeyExpiring', 'apiKeyCreated', 'apiKeyDeleted', 'caseCreated']) {
		const result = await watch(event, { daysBefore: '14' })();
		expect(result.error?.message).toBe(
			"The role of the credential's API key does not permit this call",
		);
		expect(findSecrets(result, [apiKey])).toEqual([]);
	}
});

describe('a rotation that is unfinished', () => {
	const HOUR = 3_600_000;
	const look = () => watch('rotationUnfinished', { unfinishedForHours: 48 });

	it('is reported once when it has been so for some hours, and again when its keys have changed', async () => {
		const made = Date.now() - 50 * HOUR;
		expiring(100, 5, { comment: 'SIEM', creationTime: Date.now() - 90 * DAY });
		expiring(101, 90, { comment: `SIEM [n8n 100 ${base32(made)}ABCDEF]`, creationTime: made });
		// Not so long yet, and never rotated at all.
		expiring(200, 5, { comment: 'New', creationTime: Date.now() - 90 * DAY });
		const late = Date.now() - 2 * HOUR;
		expiring(201, 90, { comment: `New [n8n 200 ${base32(late)}ABCDEF]`, creationTime: late });
		expiring(300, -3, { comment: 'Forgotten' });
		const watched = look();
		const { items } = await watched();
		expect(items?.map(({ json }) => json)).toMatchObject([
			{
				type: 'apiKeyLineage',
				lineage: '100',
				rotation: 'unfinished',
				unfinishedSince: new Date(made).toISOString(),
				liveKeys: [{ id: '100' }, { id: '101' }],
			},
		]);
		expect((await watched()).items).toBeNull();
		const again = Date.now() - 49 * HOUR;
		expiring(102, 90, { comment: `SIEM [n8n 100 ${base32(again)}GHJKMN]`, creationTime: again });
		expect((await watched()).items).toHaveLength(1);
	});

	it('is one of a lineage whose keys have all expired', async () => {
		const made = Date.now() - 90 * DAY;
		expiring(101, -3, { comment: `SIEM [n8n 100 ${base32(made)}ABCDEF]`, creationTime: made });
		const { items } = await look()();
		expect(items?.map(({ json }) => [json.lineage, json.liveKeys])).toEqual([['100', []]]);
	});
});
