import type { IDataObject } from 'n8n-workflow';
import { reportOf } from '../../../nodes/KeyReport/report/report';
import type { Risk } from '../../../nodes/KeyReport/report/risks';
import { RISKS, RISK_LABELS } from '../../../nodes/KeyReport/report/risks';
import { gapsOf } from '../../../nodes/KeyReport/report/text';
import { NOW, account, apiKey, inDays, manyKeys, settings, sshKey } from './items';

const report = (...items: IDataObject[]) => reportOf(items, settings, NOW);

const SOC = 'api-soc.xdr.us.paloaltonetworks.com';
const LAB = 'api-lab.xdr.us.paloaltonetworks.com';

const risksOf = (...items: IDataObject[]): Record<string, Risk[]> =>
	Object.fromEntries(report(...items).keys.map(({ id, risks }) => [String(id), risks]));

describe('what the report reads of an item', () => {
	it('takes name, owner, age, expiry and rotation of an API key', () => {
		expect(report(apiKey({ server: SOC })).keys).toEqual([
			{
				vendor: 'cortexXsiam',
				server: 'api-soc.xdr.us.paloaltonetworks.com',
				type: 'apiKey',
				id: '21',
				name: 'SIEM collector',
				place: null,
				owner: 'Ada Admin',
				ageDays: 10,
				expiresAt: inDays(80),
				daysLeft: 80,
				neverExpires: false,
				rotation: null,
				rotationSince: null,
				lineage: '21',
				comment: 'SIEM collector',
				resource: null,
				fingerprint: null,
				created: Date.parse(inDays(-10)),
				item: 0,
				risks: [],
			},
		]);
	});

	it('takes the place of an SSH key, and the age that its vault tells', () => {
		expect(report(sshKey()).keys[0]).toMatchObject({
			name: 'web-01-deploy',
			place: 'deploy@web-01',
			owner: null,
			ageDays: 20,
			daysLeft: null,
			neverExpires: null,
			rotation: 'none',
			risks: [],
		});
	});

	it.each([
		[-1, -1, ['expired']],
		[0, 0, ['expiresSoon']],
		[15, 15, []],
	])('counts a day without a time as over when it ends: in %s days', (days, daysLeft, risks) => {
		const day = inDays(days).slice(0, 10);
		for (const expires of [
			{ expiresAt: null, expiresAtServerTime: `${day}T00:00:00` },
			{ expiresAt: `${day}T00:00:00.000Z`, expiresAtServerTime: `${day}T00:00:00` },
		]) {
			const certificate = { vendor: 'pam360', type: 'certificate', ageDays: 1, ...expires };
			expect(report(certificate).keys).toMatchObject([{ daysLeft, risks }]);
		}
	});

	it('takes a local time of a server where that is all there is', () => {
		expect(report(account()).keys[0]).toMatchObject({
			name: 'root',
			place: 'WEB-LINUX-01',
			ageDays: 45,
			neverExpires: null,
		});
	});

	it('counts days left by its own clock, not by a number that was read long ago', () => {
		const [key] = report(apiKey({ expiresAt: inDays(-1.5), daysLeft: 5, expired: false })).keys;
		expect(key).toMatchObject({ daysLeft: -2, risks: ['expired'] });
	});

	it('takes the live keys of a lineage', () => {
		const lineage = {
			...apiKey(),
			type: 'apiKeyLineage',
			rotation: 'unfinished',
			unfinished: true,
			unfinishedSince: inDays(-1),
			liveKeys: [
				{ id: '21', createdAt: inDays(-80), expiresAt: inDays(10) },
				{ id: '22', createdAt: inDays(-1), expiresAt: inDays(89) },
			],
		};
		const { keys } = report(lineage);
		expect(keys.map(({ id, type, ageDays, daysLeft }) => [id, type, ageDays, daysLeft])).toEqual([
			['21', 'apiKey', 80, 10],
			['22', 'apiKey', 1, 89],
		]);
		expect(keys.map(({ rotation }) => rotation)).toEqual(['unfinished', 'unfinished']);
		expect(keys[0]?.rotationSince).toBe(inDays(-1));
	});

	it('takes an expiry in a lineage that cannot be read for unknown, whichever list comes first', () => {
		const listed = apiKey({ expiresAt: null, expired: null });
		const liveKeys = [{ id: '21', createdAt: inDays(-10), expiresAt: null, expired: null }];
		const lineage = { ...apiKey(), type: 'apiKeyLineage', liveKeys };
		for (const items of [
			[listed, lineage],
			[lineage, listed],
		]) {
			const { keys } = report(...items);
			expect(keys).toHaveLength(1);
			expect(keys[0]?.risks).not.toContain('neverExpires');
		}
	});

	it('takes the age of a key that was made ahead of its clock for none', () => {
		expect(report(sshKey({ ageDays: -1 })).keys[0]?.ageDays).toBe(0);
	});

	it('believes the list that tells an expiry, not one that was read before it had any', () => {
		const both = [
			apiKey({ server: 's', expiresAt: inDays(3) }),
			apiKey({ server: 's', expiresAt: null }),
		];
		for (const items of [both, [...both].reverse()]) {
			expect(report(...items).keys).toEqual([
				expect.objectContaining({ daysLeft: 3, neverExpires: false, risks: ['expiresSoon'] }),
			]);
		}
	});

	it('counts a key once that two lists have, with what each knows', () => {
		const listed = { vendor: 'senhasegura', type: 'sshKey', id: '91', owner: 'Grace' };
		const { keys } = report(sshKey({ rotation: 'unfinished' }), listed);
		expect(keys).toHaveLength(1);
		expect(keys[0]).toMatchObject({ owner: 'Grace', rotation: 'unfinished', ageDays: 20 });
	});

	it('keeps keys apart that have no ID, and accounts of two resources with one ID', () => {
		const agentKey = { vendor: 'pam360', type: 'agentKey', id: null };
		const { keys } = report(agentKey, agentKey, account(), account({ resourceName: 'DB-01' }));
		expect(keys).toHaveLength(4);
	});

	it.each([
		[{ id: 7 }, '7'],
		[{ id: '' }, null],
		[{ createdAt: 'yesterday', ageDays: undefined }, '21'],
		[{ expiresAt: 5, expired: 'no', lineage: ['x'], comment: { a: 1 }, rotation: 3 }, '21'],
	])('is broken by nothing odd: %j', (changes, id) => {
		expect(report(apiKey(changes as IDataObject)).keys.map((key) => key.id)).toEqual([id]);
	});
});

describe('keys of several servers', () => {
	const servers = ({ keys }: ReturnType<typeof report>) => keys.map(({ server }) => server).sort();

	it('are told apart by their server where they have one ID, even if all else is alike', () => {
		const made = report(apiKey({ server: SOC }), apiKey({ server: LAB }));
		expect(servers(made)).toEqual([LAB, SOC]);
		expect(made.unclear).toEqual([]);
		expect(made.vendors).toMatchObject([{ keys: 2, servers: [SOC, LAB] }]);
	});

	it('share neither lineages nor comments across servers', () => {
		const { keys } = report(
			apiKey({ server: SOC }),
			apiKey({ server: LAB, id: '30' }),
			apiKey({ server: 'a third', id: '40', lineage: '40' }),
		);
		expect(keys.map(({ id, risks, rotation }) => [id, risks, rotation])).toEqual([
			['21', [], null],
			['30', [], null],
			['40', [], null],
		]);
	});

	it('are one where one server was read twice, whatever was changed meanwhile', () => {
		const again = apiKey({ server: SOC, comment: 'Renamed', createdByName: 'Grace' });
		const { keys, unclear } = report(apiKey({ server: SOC }), again);
		expect(keys).toMatchObject([{ server: SOC, name: 'Renamed', owner: 'Grace', item: 0 }]);
		expect(unclear).toEqual([]);
	});

	it('take rotation and expiry from the lineages of their own server', () => {
		const lineage = (server: string) => ({
			...apiKey({ server, rotation: 'unfinished' }),
			type: 'apiKeyLineage',
			liveKeys: [{ id: '21', createdAt: inDays(-10), expiresAt: inDays(80) }],
		});
		const { keys } = report(apiKey({ server: SOC }), apiKey({ server: LAB }), lineage(LAB));
		expect(keys.map(({ server, rotation }) => [server, rotation])).toEqual([
			[LAB, 'unfinished'],
			[SOC, null],
		]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['name', apiKey(), apiKey({ comment: 'Ticket bridge' })],
		['date of creation', apiKey(), apiKey({ createdAt: inDays(-11) })],
		['owner', apiKey(), apiKey({ createdByName: 'Grace' })],
		['place', sshKey({ identifier: null }), sshKey({ identifier: null, hostname: 'db-01' })],
	])(
		'are all counted, and that is said, where no item names its server: another %s',
		(_, ...two) => {
			const made = report(...two);
			expect(made.keys).toHaveLength(2);
			expect(made.keys.flatMap(({ risks }) => risks)).toEqual([]);
			expect(made.unclear).toHaveLength(2);
		},
	);

	it.each([
		['before', (known: IDataObject, unknown: IDataObject) => [unknown, known]],
		['after', (known: IDataObject, unknown: IDataObject) => [known, unknown]],
	])('are one where only one of two items names its server, and comes %s', (_, ordered) => {
		const same = report(...ordered(apiKey({ server: SOC }), apiKey()));
		expect(servers(same)).toEqual([SOC]);
		expect(same.unclear).toEqual([]);
		const other = report(...ordered(apiKey({ server: SOC }), apiKey({ comment: 'Another' })));
		expect(other.keys).toHaveLength(2);
		expect(other.unclear).toHaveLength(2);
	});

	it('are not guessed where an item fits the keys of two servers', () => {
		const made = report(apiKey(), apiKey({ server: SOC }), apiKey({ server: LAB }));
		expect(made.keys).toHaveLength(3);
		expect(made.unclear.map(({ id }) => id)).toEqual(['21', '21', '21']);
	});

	it('come out the same in whatever order the items came', () => {
		const bare = { vendor: 'cortexXsiam', type: 'apiKey', id: '21' };
		const items = [bare, apiKey({ createdByName: 'Grace' }), apiKey()];
		const counts = [
			[0, 1, 2],
			[1, 2, 0],
			[2, 0, 1],
			[1, 0, 2],
		].map((order) => report(...order.map((index) => items[index] as IDataObject)).keys.length);
		expect(counts).toEqual([3, 3, 3, 3]);
	});

	it('are one where a list gives no ID, if server, name and fingerprint are the same', () => {
		const ssh = (changes: IDataObject = {}) => ({
			...{ vendor: 'pam360', type: 'sshKey', id: null, name: 'key1', server: 'pam:8282' },
			...{ fingerprint: '2b:05:83:ff', createdBy: 'admin' },
			...changes,
		});
		expect(report(ssh(), ssh()).keys).toHaveLength(1);
		for (const other of [{ name: 'key2' }, { server: 'lab:8282' }, { fingerprint: null }]) {
			expect(report(ssh(), ssh(other)).keys).toHaveLength(2);
		}
	});

	it('are named by their fingerprint where they have neither ID nor name', () => {
		const ssh = { vendor: 'pam360', type: 'sshKey', id: null, fingerprint: '2b:05:83:ff' };
		const made = report({ ...ssh, createdBy: 'admin' }, { ...ssh, createdBy: 'guest' });
		expect(gapsOf(made).join()).toContain(
			'2 keys have the ID of another one (sshKey 2b:05:83:ff),',
		);
	});

	it('are one where Get names the resource of an account by its ID alone', () => {
		const listed = account({ server: 'pam:8282' });
		const { keys } = report(listed, { ...listed, resourceName: null });
		expect(keys).toMatchObject([{ place: 'WEB-LINUX-01' }]);
		expect(report(listed, { ...listed, resourceId: '302' }).keys).toHaveLength(2);
	});

	it('takes another kind of key for another key', () => {
		const certificate = { vendor: 'senhasegura', type: 'certificate', id: '91', server: 'v' };
		expect(report(sshKey({ server: 'v' }), certificate).keys).toHaveLength(2);
	});
});

describe('risks', () => {
	it.each<[Risk, IDataObject]>([
		['unfinishedRotation', sshKey({ rotation: 'unfinished' })],
		['expired', apiKey({ expiresAt: inDays(-1), expired: true })],
		['expiresSoon', apiKey({ expiresAt: inDays(14) })],
		['neverExpires', apiKey({ expiresAt: null, expired: false })],
		['neverRotated', apiKey({ createdAt: inDays(-90) })],
		['tooOld', sshKey({ ageDays: 90 })],
		['ageUnknown', sshKey({ ageDays: null, ageUnknown: true })],
	])('knows %s', (risk, item) => {
		expect(Object.values(risksOf(item))).toEqual([[risk]]);
		expect(RISK_LABELS[risk]).toMatch(/^[A-Z]/);
	});

	it.each<[string, IDataObject]>([
		['expires after the days', apiKey({ expiresAt: inDays(15) })],
		['does not tell of an expiry', apiKey({ expiresAt: null, expired: null })],
		['is a day younger', apiKey({ createdAt: inDays(-89) })],
		['is old, and changed by its vault', sshKey({ ageDays: 400, automaticChange: true })],
	])('has none where a key %s', (_, item) => {
		expect(Object.values(risksOf(item))).toEqual([[]]);
	});

	it('says old of a successor, and never rotated of a first key only', () => {
		const old = { createdAt: inDays(-200) };
		expect(risksOf(apiKey(old), apiKey({ ...old, id: '30', lineage: '5', comment: 'B' }))).toEqual({
			'21': ['neverRotated'],
			'30': ['tooOld'],
		});
	});

	it('sees a rotation that is unfinished in keys that were listed one by one', () => {
		const successor = apiKey({ id: '30' });
		expect(risksOf(apiKey(), successor)).toEqual({
			'21': ['unfinishedRotation'],
			'30': ['unfinishedRotation'],
		});
	});

	it('takes it for finished where the other key has expired', () => {
		const successor = apiKey({ id: '30', expiresAt: inDays(-3), expired: true });
		expect(risksOf(apiKey(), successor)).toEqual({ '21': [], '30': ['expired'] });
	});

	it('names a comment that two keys bear, unless they took each other’s place', () => {
		const other = apiKey({ id: '40', lineage: '40', comment: 'siem collector' });
		expect(risksOf(apiKey(), other)).toEqual({
			'21': ['sharedComment'],
			'40': ['sharedComment'],
		});
		expect(risksOf(apiKey(), { ...other, vendor: 'another' })['21']).toEqual([]);
		expect(risksOf(apiKey({ comment: null }), { ...other, comment: null })['21']).toEqual([]);
	});

	it('puts the gravest first, and of equals what expires first', () => {
		const { keys } = report(
			apiKey({ id: '1', lineage: '1', comment: 'a' }),
			apiKey({ id: '2', lineage: '2', comment: 'b', expiresAt: inDays(9) }),
			apiKey({ id: '3', lineage: '3', comment: 'c', expiresAt: inDays(3) }),
			apiKey({ id: '4', lineage: '4', comment: 'd', expiresAt: inDays(-3) }),
			sshKey({ id: '5', rotation: 'unfinished' }),
		);
		expect(keys.map(({ id }) => id)).toEqual(['5', '4', '3', '2', '1']);
	});

	it('counts each, and the keys that have any', () => {
		const many = report(...manyKeys(300));
		for (const { risk, keys } of many.risks) {
			expect(keys).toBe(many.keys.filter(({ risks }) => risks.includes(risk)).length);
		}
		expect(many.risks.map(({ risk }) => risk)).toEqual([...RISKS]);
		expect(many.atRisk).toBe(many.keys.filter(({ risks }) => risks.length > 0).length);
		expect(many.vendors.reduce((sum, { keys }) => sum + keys, 0)).toBe(300);
	});
});

describe('what is no key', () => {
	it('is a gap where a list failed', () => {
		const { keys, notRead } = report(apiKey(), {
			error: 'The key is refused',
			message: 'The key is refused. Check it.',
		});
		expect(keys).toHaveLength(1);
		expect(notRead).toEqual(['The key is refused. Check it.']);
		expect(report({ error: { message: 'as n8n writes it' } }).notRead).toEqual([
			'as n8n writes it',
		]);
		expect(report({ error: {} }).notRead).toEqual(['Its error has no message']);
	});

	it.each([null, false, ''])(
		'is no failed list where an item only says that there was none: %j',
		(error) => {
			const { notRead, others } = report({ error, body: 'of an HTTP request' });
			expect(notRead).toEqual([]);
			expect([...others]).toEqual([['unknown', 1]]);
		},
	);

	it('is counted, by its type', () => {
		const { others } = report(
			{ vendor: 'pam360', type: 'user', id: '1' },
			{ operation: { Details: [] } },
			{},
		);
		expect([...others]).toEqual([
			['user', 1],
			['unknown', 1],
		]);
	});
});
