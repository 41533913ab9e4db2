import { issueKey, openMarksOf } from '../../../nodes/CortexXsiam/api/issuance';
import type { KeyCalls, KeyRequest } from '../../../nodes/CortexXsiam/api/issuance';
import { ServerClock } from '../../../nodes/CortexXsiam/api/lineages';
import { callHash } from '../../../nodes/CortexXsiam/api/mark';
import type { ApiKeyRecord } from '../../../nodes/CortexXsiam/api/schemas';
import { Failure } from '../../../nodes/shared/failure';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

/** What a key of a lost answer is known by, where something else bears its mark, or came before it. */

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 27, 3);
let now = START;
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

let calls = 0;
const request: KeyRequest = { roles: ['Investigator'], security_level: 'standard' };

/**
 * A tenant whose first answer is lost.
 *
 * @param bearing The keys that bear the mark then.
 * @param sendings How often the request is sent, as after a 429; each time its body is asked for anew.
 */
function losing(
	bearing: (comment: string) => ApiKeyRecord[],
	{ sendings = 1, tenantName = 'acme' } = {},
) {
	const call = callHash('test', String(calls++));
	const comments: string[] = [];
	const deleted: string[] = [];
	let keys: ApiKeyRecord[] = [];
	const tenant: KeyCalls = {
		ownKeyId: '1',
		tenantName,
		generateKey: async (asked) => {
			const isFirst = comments.length === 0;
			for (let sent = 0; sent < sendings; sent++) {
				comments.push((typeof asked === 'function' ? asked() : asked).comment ?? '');
			}
			if (!isFirst) return { id: '700', key: 'k', body: {} };
			keys = bearing(comments.at(-1) ?? '');
			throw new Failure('Timed out', { kind: 'lost' });
		},
		listKeys: async () => ({ keys, clock: ServerClock.read(new Date(now).toUTCString()) }),
		deleteKeys: async (ids) => {
			deleted.push(...ids);
			keys = keys.filter(({ id }) => !ids.includes(id));
			return ids.length;
		},
		existingKeys: async (ids) => ids.filter((id) => keys.some((key) => key.id === id)),
		evenIfCancelled: () => tenant,
	};
	const marking = { purpose: { kind: 'call', call } as const, clock: { now: () => now } };
	const issue = async () =>
		await issueKey(tenant, request, { marking }).then(
			({ id, removed }) => ({ id, removed }),
			({ kind, message, description }: Failure) => ({ kind, text: `${message}. ${description}` }),
		);
	return {
		issue,
		deleted,
		comments,
		open: (name: string) => openMarksOf(call, { tenantName: name }),
	};
}

const key = (id: string, comment: string, created = now) =>
	({ id, comment, creation_time: created, roles: ['Investigator'] }) as ApiKeyRecord;

it('is deleted and issued again where one key bears its mark', async () => {
	const { issue, deleted, open } = losing((comment) => [key('600', comment), key('601', 'x')]);
	expect(await issue()).toEqual({ id: '700', removed: '600' });
	expect(deleted).toEqual(['600']);
	expect(open('acme')).toEqual([]);
});

it('is left where two keys bear its mark, and both are named', async () => {
	const { issue, deleted, comments } = losing((comment) => [
		key('600', comment),
		key('601', comment),
	]);
	const { kind, text } = (await issue()) as { kind: string; text: string };
	expect(kind).toBe('lost');
	expect(text).toContain('The keys 600, 601 all have this mark; find out which one nobody uses.');
	expect(text).toContain(comments[0]);
	expect(deleted).toEqual([]);
	expect(comments).toHaveLength(1);
});

it('is told from a key with a copy of its mark, which was made at another time', async () => {
	const { issue, deleted } = losing((comment) => [
		key('599', comment, now - HOUR),
		key('600', comment),
	]);
	expect(await issue()).toEqual({ id: '700', removed: '600' });
	expect(deleted).toEqual(['600']);
});

it('is known by the mark that was sent last, after a refusal for the rate', async () => {
	const { issue, comments } = losing((comment) => [key('600', comment)], { sendings: 2 });
	expect(await issue()).toEqual({ id: '700', removed: '600' });
	// Two for each request, and no two alike.
	expect(new Set(comments).size).toBe(4);
});

it('may still come for 12 hours, in its tenant', async () => {
	const { issue, open, comments } = losing(() => []);
	expect(await issue()).toMatchObject({ kind: 'lost' });
	expect(open('acme')).toHaveLength(1);
	expect(comments[0]).toContain(open('acme')[0]?.nonce);
	expect(open('another')).toEqual([]);
	now = START + 12 * HOUR - 1;
	expect(open('acme')).toHaveLength(1);
	now = START + 12 * HOUR;
	expect(open('acme')).toEqual([]);
});
