import type { IDataObject } from 'n8n-workflow';
import { reportOf } from '../../../nodes/KeyReport/report/report';
import type { Risk } from '../../../nodes/KeyReport/report/risks';
import { RISKS, RISK_LABELS } from '../../../nodes/KeyReport/report/risks';
import { NOW, account, apiKey, inDays, manyKeys, settings, sshKey } from './items';

const report = (...items: IDataObject[]) => reportOf(items, settings, NOW);

const risksOf = (...items: IDataObject[]): Record<string, Risk[]> =>
	Object.fromEntries(report(...items).keys.map(({ id, risks }) => [String(id), risks]));

describe('what the report reads of an item', () => {
	it('takes name, owner, age, expiry and rotation of an API key', () => {
		expect(report(apiKey()).keys).toEqual([
			{
				vendor: 'cortexXsiam',
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
		const liveKeys = [{ id: '21', createdAt: inDays(-80), expiresAt: null, expired: null }];
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
