import { removeKey } from '../../../nodes/CortexXsiam/api/removal';
import type { KeyRemoval } from '../../../nodes/CortexXsiam/api/removal';
import type { ApiKeyRecord } from '../../../nodes/CortexXsiam/api/schemas';
import { anyScope, differences, scopeBody } from '../../../nodes/CortexXsiam/api/scope';
import { apiKeyItem } from '../../../nodes/CortexXsiam/resources/apiKey/apiKeyItem';
import {
	chosenKeys,
	successorOf,
} from '../../../nodes/CortexXsiam/resources/apiKey/rotationChoice';
import { Failure } from '../../../nodes/shared/failure';

const DAY = 86_400_000;
const now = Date.now();

const key = (id: number, changes: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
	id: String(id),
	comment: 'SIEM',
	creation_time: now - 100 * DAY + id,
	expiration: now + id * DAY,
	...changes,
});

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

describe('the successor of a key', () => {
	const idOf = (old: ApiKeyRecord, ...others: ApiKeyRecord[]) =>
		successorOf(old, [old, ...others])?.id;

	it('is the newest of several', () => {
		expect(idOf(key(1), key(2), key(4), key(3))).toBe('4');
	});

	it.each<[string, Partial<ApiKeyRecord>, Partial<ApiKeyRecord>]>([
		['was made in the same moment', { creation_time: 5 }, { creation_time: 5 }],
		['does not tell when it was made', {}, { creation_time: undefined }],
		['follows one that does not tell', { creation_time: null }, {}],
		['never expires', {}, { expiration: null }],
		['does not tell when it expires', {}, { expiration: undefined }],
		['follows one that never expires', { expiration: null }, { expiration: now + 1_000 }],
		['has blanks about its comment', {}, { comment: ' SIEM\n' }],
	])('may be one that %s', (_, old, changes) => {
		expect(idOf(key(1, old), key(2, changes))).toBe('2');
	});

	it.each<[string, Partial<ApiKeyRecord>]>([
		['has expired', { expiration: now - 1 }],
		['has another comment', { comment: 'SIEM 2' }],
		['has none', { comment: null }],
		['does not tell', { comment: undefined }],
		['was made before it', { creation_time: 1 }],
		['expires before it', { expiration: now + 1_000 }],
	])('is not one that %s', (_, changes) => {
		expect(idOf(key(1), key(2, changes))).toBeUndefined();
	});

	it('of a key without a comment names it', () => {
		for (const comment of [null, undefined, ' ']) {
			const old = key(1, { comment });
			expect(idOf(old, key(2, { comment }))).toBeUndefined();
			expect(idOf(old, key(2, { comment: 'Replaces API key 1' }))).toBe('2');
			expect(idOf(old, key(2, { comment: 'Replaces API key 11' }))).toBeUndefined();
		}
	});
});

describe('the keys to rotate', () => {
	it('are named with what is known of them where a comment is not clear', () => {
		const keys = [key(1, { creation_time: undefined }), key(2, { expiration: undefined })];
		let failure: unknown;
		try {
			chosenKeys(keys, { by: 'comment', comment: 'SIEM' }, '9');
		} catch (error) {
			failure = error;
		}
		expect(failure).toMatchObject({
			message: "2 API keys that work have the comment 'SIEM'",
			description: expect.stringMatching(
				/1 \(created nobody knows when, expires \S+Z\), 2 \(created \S+Z, expires never\)/,
			) as string,
		});
	});

	it('are those of the days to come, the one in use last', () => {
		const keys = [key(1), key(3), key(2), key(15), key(4, { expiration: null }), key(5)];
		const ids = (days: number) =>
			chosenKeys(keys, { by: 'expiring', days }, '1').map(({ id }) => id);
		expect(ids(14)).toEqual(['2', '3', '5', '1']);
		expect(ids(0)).toEqual([]);
	});
});

describe('a key that is deleted', () => {
	const no = (code: string) => new Failure('No', { kind: 'refused', code });
	const lost = (code: string) => new Failure('Closed', { kind: 'lost', code });
	const calls = (changes: Partial<KeyRemoval>): KeyRemoval => {
		const removal: KeyRemoval = {
			ownKeyId: '21',
			deleteKeys: async () => 0,
			existingKeys: async () => [],
			evenIfCancelled: () => removal,
			...changes,
		};
		return removal;
	};
	const failing = (error: Error) => async () => await Promise.reject<never>(error);

	it.each<[string, Partial<KeyRemoval>, string]>([
		['counted', { deleteKeys: async () => 1 }, 'gone'],
		['not counted, and not there', {}, 'gone'],
		['not counted, and there', { existingKeys: async () => ['7'] }, 'there'],
		[
			'refused, and there',
			{ deleteKeys: failing(no('403')), existingKeys: async () => ['7'] },
			'there',
		],
		...['ETIMEDOUT', 'ERR_CANCELED', '504'].map((code): [string, Partial<KeyRemoval>, string] => [
			`lost with ${code}, and still there, since the server may be at work`,
			{ deleteKeys: failing(lost(code)), existingKeys: async () => ['7'] },
			'unknown',
		]),
		[
			'lost with a cut, and still there',
			{ deleteKeys: failing(lost('ECONNRESET')), existingKeys: async () => ['7'] },
			'there',
		],
		['lost, and not there', { deleteKeys: failing(lost('ETIMEDOUT')) }, 'gone'],
		['refused, and not there', { deleteKeys: failing(no('403')) }, 'gone'],
		[
			'refused, and no list',
			{ deleteKeys: failing(no('403')), existingKeys: failing(no('401')) },
			'unknown',
		],
		['not counted, and no list', { existingKeys: failing(no('403')) }, 'unknown'],
		[
			'broken off',
			{ deleteKeys: failing(new Error('x')), existingKeys: failing(new Error('y')) },
			'unknown',
		],
	])('is known to be gone or not: %s', async (_, changes, fate) => {
		const removal = await removeKey(calls(changes), '7');
		expect(removal.fate).toBe(fate);
		expect(removal.failure?.message).not.toBe('x');
	});

	it('is gone where it is the one in use and is accepted no more', async () => {
		const changes = { deleteKeys: failing(no('500')), existingKeys: failing(no('401')) };
		expect(await removeKey(calls(changes), '21')).toEqual({ fate: 'gone' });
	});
});

describe('a scope', () => {
	const scope = anyScope.parse({
		assets: { mode: 'scope', asset_groups: [{ asset_group_id: '3' }, { asset_group_id: 1 }] },
		cases_issues: { mode: 'scope', tags: [{ tag_name: 'IT' }, { tag_name: 'Health' }] },
		endpoints: { endpoint_groups: { mode: 'see_all' }, endpoint_tags: null },
		datasets_rows: {},
	});

	it('is read in either shape', () => {
		expect(scope).toEqual({
			assets: { mode: 'scope', assetGroupIds: [3, 1] },
			casesIssues: { mode: 'scope', names: ['IT', 'Health'] },
			endpointGroups: { mode: 'see_all', names: [] },
			datasetRows: { mode: 'no_scope', filters: [] },
		});
		expect(anyScope.parse(scopeBody(scope))).toEqual(scope);
		expect(anyScope.parse(scope)).toEqual(scope);
		expect(anyScope.parse({ assets: { mode: 'see_all' } })).toEqual({
			assets: { mode: 'see_all', assetGroupIds: [] },
		});
	});

	it('is the same whatever the order of its members', () => {
		const other = anyScope.parse({
			...scope,
			assets: { mode: 'scope', asset_group_ids: [1, 3] },
			casesIssues: { mode: 'scope', names: ['Health', 'IT'] },
		});
		expect(differences(scope, other)).toEqual({});
	});

	it('differs by mode and by members, part by part', () => {
		const { assets } = scope;
		const seeAll = { ...scope, assets: { mode: 'see_all', assetGroupIds: [3, 1] } };
		expect(differences(scope, seeAll)).toEqual({ assets });
		expect(differences(scope, { ...scope, assets: undefined })).toEqual({ assets });
		expect(differences({}, scope)).toEqual({});
	});

	it('of endpoints is given whole', () => {
		const endpointGroups = { mode: 'scope', names: ['a'] };
		const endpointTags = { mode: 'scope', names: ['b'] };
		const wanted = { endpointGroups, endpointTags };
		const actual = { endpointGroups, endpointTags: { mode: 'any', names: [] } };
		expect(differences(wanted, actual)).toEqual(wanted);
		expect(scopeBody({ endpointTags })).toEqual({ endpoints: { endpoint_tags: endpointTags } });
	});

	it.each([
		{ assets: { mode: 'scope', asset_groups: [{ asset_group_name: 'a' }] } },
		{ cases_issues: { mode: 'scope', tags: [{ tag_id: 'DOM:1' }] } },
		{ datasets_rows: { default_filter_mode: 'no_scope', filters: [{ dataset: 'a' }] } },
		{ endpoints: { endpoint_groups: { names: ['a'] } } },
	])('that cannot be copied whole is none: %j', (given) => {
		expect(anyScope.safeParse(given).success).toBe(false);
	});
});

it('makes an item of a record that is none', () => {
	expect(apiKeyItem({})).toMatchObject({ id: null, roles: [], expiresAt: null, expired: null });
});
