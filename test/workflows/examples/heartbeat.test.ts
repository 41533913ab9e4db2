import { DateTime } from 'luxon';
import nock from 'nock';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { base32 } from '../cortexXsiam/lineage';
import { credentialFor, runVendor, sshKey } from '../vendors';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const vendors = useVendors();
const ROWS = {
	cortexXsiam: 'Every six hours',
	senhasegura: 'Every six hours, SSH keys',
} as const;
const runRow = async (vendor: keyof typeof ROWS) =>
	await runExample(vendors, 'rotation-heartbeat.json', { startNode: ROWS[vendor] });

async function run() {
	await runRow('cortexXsiam');
	await runRow('senhasegura');
}

/** What the monitor hears of, by the row of the workflow. */
function pings() {
	const heard = (path: string) => nock('https://hc-ping.example.com').get(path).reply(200, 'OK');
	const apiKeys = heard('/put-your-own-address-here');
	const sshKeys = heard('/put-another-address-here');
	return () => ({ apiKeys: apiKeys.isDone(), sshKeys: sshKeys.isDone() });
}

/** An API key of which the vault is told, and when it ends. */
function addApiKey(comment: string, expiration = Date.now() + 60 * DAY) {
	const key = foreignKey({
		id: 100,
		securityLevel: 'advanced',
		comment,
		creationTime: Date.now() - 87 * DAY,
		expiration,
		userName: 'Ada Admin',
	});
	vendors.cortexXsiam.state.keys.set(key.id, key);
	return key;
}

const before = (ms: number) => DateTime.utc().minus(ms);

/** An SSH key whose pair was stored so long ago, the only one in the vault. */
async function addSshKey(ageMs: number): Promise<SenhaseguraKey> {
	const { state, url } = vendors.senhasegura;
	for (const { id, kind } of [...state.items.values()]) {
		if (kind === 'key') state.items.delete(id);
	}
	const { items } = await runVendor({
		vendor: 'senhasegura',
		parameters: {
			keySource: 'provide',
			...sshKey('ed25519'),
			additionalFields: { identifier: 'app-01-deploy' },
		},
		credentials: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(url) },
	});
	const key = state.items.get(items[0]?.json.id as string) as SenhaseguraKey;
	key.change = before(ageMs).toFormat('yyyy-MM-dd HH:mm:ss');
	return key;
}

/** The pair that comes next, as *Rotate* notes it in the vault. */
function addNext(key: SenhaseguraKey, username: string) {
	const identifier = `${key.identifier}.n8n-next`;
	vendors.senhasegura.state.items.set('950', { ...key, id: '950', identifier, username });
}

const nextSince = (ageMs: number) =>
	`n8n-next-92-${before(ageMs).toFormat("yyyyMMdd'T'HHmmssSSS'Z'")}-00000000`;

describe('the heartbeat', () => {
	beforeEach(async () => {
		await addSshKey(DAY);
	});

	it('tells of an API key that is overdue, and pings the monitor', async () => {
		const messages = recordMessages();
		addApiKey('SIEM collector, in PAM360', Date.now() + 3 * DAY);
		const pinged = pings();
		await run();
		expect(messages.slack).toEqual([expect.stringContaining('it expires on ')]);
		expect(pinged()).toEqual({ apiKeys: true, sshKeys: true });
	});

	it('quotes a comment without what Slack would obey', async () => {
		const messages = recordMessages();
		const comment = 'SIEM <!channel> <https://evil.example|log in>, in PAM360';
		addApiKey(comment, Date.now() + 3 * DAY);
		pings();
		await run();
		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*SIEM !channel [^<>]*$/)]);
	});

	it.each([
		[49, [expect.stringContaining('): unfinished since ')]],
		[47, []],
	])(
		'tells of API keys whose rotation has been unfinished for %i hours, or not yet',
		async (hours, told) => {
			const messages = recordMessages();
			addApiKey('SIEM collector, in PAM360');
			const creationTime = Date.now() - hours * HOUR;
			const nonce = `${base32(creationTime)}ABCDEF`;
			const comment = `SIEM collector, in PAM360 [n8n 100 ${nonce}]`;
			const { keys } = vendors.cortexXsiam.state;
			keys.set(101, { ...keys.get(100)!, id: 101, comment, creationTime });
			const pinged = pings();
			await run();
			expect(messages.slack).toEqual(told);
			expect(pinged()).toEqual({ apiKeys: true, sshKeys: true });
		},
	);

	it.each([
		[94, [expect.stringMatching(/SSH key "app-01-deploy": it is older than 93 days\. /)]],
		[92, []],
	])('tells of an SSH key of %i days, or not yet', async (days, told) => {
		const messages = recordMessages();
		await addSshKey(days * DAY + HOUR);
		const pinged = pings();
		await run();
		expect(messages.slack).toEqual(told);
		expect(pinged()).toEqual({ apiKeys: true, sshKeys: true });
	});

	it('says so where nobody knows how old an SSH key is', async () => {
		const messages = recordMessages();
		(await addSshKey(DAY)).change = '';
		pings();
		await run();
		expect(messages.slack).toEqual([
			expect.stringContaining('SSH key "app-01-deploy": nobody knows how old it is. '),
		]);
	});

	it('says so where nobody knows since when API keys are unfinished', async () => {
		const messages = recordMessages();
		pings();
		const unfinished = { unfinished: true, unfinishedSince: null };
		const json = { ...unfinished, comment: 'SIEM', lineage: '100', liveKeys: [] };
		await runExample(vendors, 'rotation-heartbeat.json', {
			startNode: 'Every six hours',
			pinData: { 'Unfinished or nearly expired': [{ json }] },
		});
		expect(messages.slack).toEqual([
			expect.stringContaining('): unfinished since nobody knows when. '),
		]);
	});

	it.each([
		[
			'49 hours',
			() => nextSince(49 * HOUR),
			[expect.stringMatching(/: unfinished since \d{4}-\d\d-\d\dT/)],
		],
		['47 hours', () => nextSince(47 * HOUR), []],
		[
			'nobody knows how long',
			() => 'edited by somebody',
			[expect.stringContaining(': unfinished since nobody knows when. ')],
		],
	])('tells of an SSH key that has had a next pair for %s, or not yet', async (_, name, told) => {
		const messages = recordMessages();
		addNext(await addSshKey(100 * DAY), name());
		pings();
		await run();
		expect(messages.slack).toEqual(told);
	});

	it('quotes an identifier without what Slack would obey', async () => {
		const messages = recordMessages();
		const key = await addSshKey(100 * DAY);
		key.identifier = 'app <!channel> <https://evil.example|log in>';
		pings();
		await run();
		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*app !channel [^<>]*$/)]);
	});

	it.each([
		['cortexXsiam', /api_keys/, { apiKeys: false, sshKeys: true }],
		['senhasegura', /pam\/credential/, { apiKeys: true, sshKeys: false }],
	] as const)(
		'sends no ping where nobody could look at %s, so that the monitor raises an alarm',
		async (vendor, path, pinged) => {
			recordMessages();
			const done = pings();
			const trouble = { kind: 'status', status: 403, body: {}, match: { path }, times: 9 } as const;
			vendors[vendor].trouble.add(trouble);
			expect((await runRow(vendor)).error()).toBeDefined();
			await runRow(vendor === 'senhasegura' ? 'cortexXsiam' : 'senhasegura');
			expect(done()).toEqual(pinged);
		},
	);

	it('tells of an API key whose date cannot be read', async () => {
		const messages = recordMessages();
		const comment = 'SIEM collector, in PAM360';
		const key = { id: 1008, roles: ['Investigator'], security_level: 'advanced', comment };
		const DATA = [{ ...key, creation_time: Date.now() - HOUR, expiration: 'soon' }];
		const body = JSON.stringify({ reply: { DATA, FILTER_COUNT: 1, TOTAL_COUNT: 1 } });
		vendors.cortexXsiam.trouble.add({
			kind: 'rawBody',
			body,
			match: { path: /api_keys/ },
			times: 1,
		});
		pings();
		await runRow('cortexXsiam');
		expect(messages.slack).toEqual([
			expect.stringContaining('it expires on a date that nobody can read. Live keys: 1008. '),
		]);
	});

	it('is silent where all is well, and pings all the same', async () => {
		const messages = recordMessages();
		addApiKey('SIEM collector, in PAM360');
		const pinged = pings();
		await run();
		expect(messages.slack).toEqual([]);
		expect(pinged()).toEqual({ apiKeys: true, sshKeys: true });
	});

	it('pings where there is no key at all', async () => {
		const messages = recordMessages();
		const key = await addSshKey(DAY);
		vendors.senhasegura.state.items.delete(key.id);
		const pinged = pings();
		await run();
		expect(messages.slack).toEqual([]);
		expect(pinged()).toEqual({ apiKeys: true, sshKeys: true });
	});
});
