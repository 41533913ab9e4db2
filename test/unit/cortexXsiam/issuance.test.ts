import fc from 'fast-check';
import { Issuance } from '../../../nodes/CortexXsiam/api/issuance';
import type {
	ClockAhead,
	KeyCalls,
	KeyRequest,
	NewKey,
} from '../../../nodes/CortexXsiam/api/issuance';
import type { ApiKeyRecord } from '../../../nodes/CortexXsiam/api/schemas';
import { Failure } from '../../../nodes/shared/failure';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

type Outcome = 'ok' | 'lostAfterWork' | 'lostBeforeWork' | 'timeout' | 'refused';

const OWN = '21';
const standard: KeyRequest = { roles: ['Investigator'], security_level: 'standard' };

const lost = (code = 'ECONNRESET') =>
	new Failure('The connection was closed', { kind: 'lost', code, description: 'Check it.' });

/** A tenant without a network: what it does with each call is said beforehand. */
class Tenant implements KeyCalls {
	readonly ownKeyId = OWN;

	readonly keys = new Map<string, ApiKeyRecord>();

	readonly made: string[] = [];

	readonly deleted: string[] = [];

	readonly sent = new Map<KeyRequest, number>();

	lists = 0;

	failListing: Failure | undefined;

	failDeletion: Failure | undefined;

	/** The clock of the server, milliseconds ahead. */
	ahead = 0;

	private nextId = 4267;

	constructor(
		private readonly outcomes: Outcome[] | ((request: KeyRequest, attempt: number) => Outcome) = [],
		private readonly step: (what: string) => Promise<void> = async () => {},
	) {}

	add(request: KeyRequest, changes: Partial<ApiKeyRecord> = {}): string {
		const id = String(this.nextId++);
		const now = Date.now() + this.ahead;
		this.keys.set(id, {
			id,
			creation_time: now,
			created_by: 'N/A',
			user_name: `Public API - ${OWN}`,
			expiration: now + 604_800_000,
			comment: null,
			...request,
			...changes,
		});
		return id;
	}

	async generateKey(request: KeyRequest): Promise<NewKey> {
		const attempt = (this.sent.get(request) ?? 0) + 1;
		this.sent.set(request, attempt);
		const outcome = Array.isArray(this.outcomes)
			? (this.outcomes.shift() ?? 'ok')
			: this.outcomes(request, attempt);
		await this.step('arrival');
		if (outcome === 'refused') throw new Failure('No', { kind: 'refused', code: '403' });
		if (outcome === 'lostBeforeWork') throw lost();
		const id = this.add(request);
		this.made.push(id);
		await this.step('answer');
		if (outcome === 'timeout') throw lost('ECONNABORTED');
		if (outcome === 'lostAfterWork') throw lost();
		return { id, key: `secret-of-${id}`, body: { reply: { id, key: `secret-of-${id}` } } };
	}

	async listKeys(): Promise<{ keys: ApiKeyRecord[]; clockAhead: ClockAhead | undefined }> {
		await this.step('list');
		this.lists++;
		if (this.failListing) throw this.failListing;
		const keys = structuredClone([...this.keys.values()]);
		return { keys, clockAhead: { least: this.ahead - 10, most: this.ahead + 1_000 } };
	}

	async deleteKeys(ids: string[]): Promise<number> {
		await this.step('deletion');
		if (this.failDeletion) throw this.failDeletion;
		this.deleted.push(...ids);
		return ids.filter((id) => this.keys.delete(id)).length;
	}

	evenIfCancelled(): KeyCalls {
		return this;
	}

	async existingKeys(ids: string[]): Promise<string[]> {
		if (this.failListing) throw this.failListing;
		return ids.filter((id) => this.keys.has(id));
	}
}

const words = ({ reason }: PromiseRejectedResult) => {
	const { message, description } = reason as Failure;
	return `${message} ${description ?? ''}`;
};

async function issueAll(
	issuance: Issuance,
	requests: KeyRequest[],
	begin: () => Promise<void> = async () => {},
) {
	const results = await Promise.allSettled(
		requests.map(async (request) => {
			await begin();
			return await issuance.issue(request);
		}),
	);
	return {
		returned: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
		errors: results.flatMap((result) => (result.status === 'rejected' ? [words(result)] : [])),
	};
}

describe('one call', () => {
	const issueOne = async (tenant: Tenant, request = standard) =>
		await issueAll(new Issuance(tenant), [request]);

	it('is sent once when it succeeds', async () => {
		const tenant = new Tenant();
		const { returned } = await issueOne(tenant);
		expect(returned).toEqual([
			expect.objectContaining({ id: '4267', removed: [], reissued: false }),
		]);
		expect([...tenant.sent.values()]).toEqual([1]);
		expect(tenant.lists).toBe(0);
	});

	it('is not looked up when it was refused', async () => {
		const tenant = new Tenant(['refused']);
		expect((await issueOne(tenant)).errors).toEqual(['No ']);
		expect([...tenant.sent.values()]).toEqual([1]);
		expect(tenant.lists).toBe(0);
	});

	it('is sent again when nothing came of it', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		expect((await issueOne(tenant)).returned).toEqual([
			expect.objectContaining({ id: '4267', removed: [], reissued: true }),
		]);
		expect(tenant.deleted).toEqual([]);
	});

	it('is sent again after the key that it made was deleted', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		expect((await issueOne(tenant)).returned).toEqual([
			expect.objectContaining({ id: '4268', removed: ['4267'] }),
		]);
		expect([...tenant.keys.keys()]).toEqual(['4268']);
	});

	it('is not sent a third time', async () => {
		const tenant = new Tenant(['lostAfterWork', 'lostAfterWork']);
		const { errors } = await issueOne(tenant);
		expect(errors).toEqual([
			expect.stringMatching(
				/The answer was lost twice\. The keys that were made .*\(id 4267, 4268\) were deleted\. No key of this call is left\./,
			),
		]);
		expect([...tenant.sent.values()]).toEqual([2]);
		expect(tenant.keys.size).toBe(0);
	});

	it('says so when neither of two lost requests made a key', async () => {
		const tenant = new Tenant(['lostBeforeWork', 'lostBeforeWork']);
		expect((await issueOne(tenant)).errors).toEqual([
			expect.stringMatching(/The answer was lost twice\. No key of this call is left\.$/),
		]);
	});

	it('says so when one of two lost requests made a key', async () => {
		const tenant = new Tenant(['lostBeforeWork', 'lostAfterWork']);
		expect((await issueOne(tenant)).errors).toEqual([
			expect.stringContaining('The key that was made without anybody knowing the secret (id 4267)'),
		]);
	});

	it('gives the second refusal as it is', async () => {
		const tenant = new Tenant(['lostBeforeWork', 'refused']);
		expect((await issueOne(tenant)).errors).toEqual(['No ']);
	});

	it('passes on what is no failure of a call', async () => {
		const tenant = new Tenant();
		tenant.generateKey = async () => {
			throw new TypeError('a defect');
		};
		await expect(new Issuance(tenant).issue(standard)).rejects.toThrow('a defect');
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', '502', '503', '504'])(
		'is not sent again after %s while the server may still be at work',
		async (code) => {
			const tenant = new Tenant();
			const request = { ...standard, comment: 'for Joe' };
			tenant.generateKey = async () => {
				throw lost(code);
			};
			const { errors } = await issueOne(tenant, request);
			expect(errors).toEqual([
				expect.stringMatching(
					/may still be at work\. Look in the console for a key that was created by 'Public API - 21' between \S+Z and \S+Z with the roles Investigator and the comment 'for Joe'/,
				),
			]);
			// Looked for twice: at once, and when the server has had time to finish.
			expect(tenant.lists).toBe(2);
		},
	);

	it('is sent again where nobody says why it was lost', async () => {
		const tenant = new Tenant();
		const generateKey = tenant.generateKey.bind(tenant);
		let calls = 0;
		tenant.generateKey = async (request) => {
			if (calls++ === 0) throw new Failure('An answer without a key', { kind: 'lost' });
			return await generateKey(request);
		};
		expect((await issueOne(tenant)).returned).toHaveLength(1);
		expect(calls).toBe(2);
	});

	it('is sent again after a timeout when its key was found', async () => {
		const tenant = new Tenant(['timeout']);
		expect((await issueOne(tenant)).returned).toEqual([
			expect.objectContaining({ id: '4268', removed: ['4267'] }),
		]);
	});

	it('stops when the keys cannot be listed', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		tenant.failListing = new Failure('Not permitted', { kind: 'refused', code: '403' });
		const { errors } = await issueOne(tenant);
		expect(errors[0]).toContain('An API key may exist whose secret nobody knows.');
		expect(errors[0]).toContain('could not be read to find out: Not permitted.');
		expect(errors[0]).toContain('with the roles Investigator and no comment, and delete it.');
		expect([...tenant.sent.values()]).toEqual([1]);
	});

	it('names the key that cannot be deleted', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		tenant.failDeletion = new Failure('Not permitted', { kind: 'refused', code: '403' });
		expect((await issueOne(tenant)).errors[0]).toMatch(
			/the key 4267, whose secret nobody knows, and it could not be deleted: delete it in the console\.$/,
		);
		expect([...tenant.sent.values()]).toEqual([1]);
	});

	it('names the key when the deletion deleted nothing', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		tenant.deleteKeys = async () => 0;
		expect((await issueOne(tenant)).errors[0]).toContain('It is the key 4267');
	});

	it('stays lost for the node while a key may exist, and only then', async () => {
		const unresolved = new Tenant(['lostAfterWork']);
		unresolved.failDeletion = lost();
		await expect(new Issuance(unresolved).issue(standard)).rejects.toMatchObject({ kind: 'lost' });
		const resolved = new Tenant(['lostAfterWork', 'lostAfterWork']);
		await expect(new Issuance(resolved).issue(standard)).rejects.toMatchObject({ kind: 'refused' });
	});
});

describe('the key of a lost call', () => {
	const request: KeyRequest = {
		roles: ['Investigator', 'Public API Action'],
		security_level: 'advanced',
		comment: 'for Joe',
		expiration: Date.now() + 86_400_000,
	};

	const emptied = {
		user_name: null,
		roles: undefined,
		security_level: null,
		comment: undefined,
		expiration: null,
	};

	it.each<[string, Partial<ApiKeyRecord>]>([
		['another creator', { user_name: 'Public API - 22' }],
		['a creator whose id begins alike', { user_name: 'Public API - 211' }],
		['a person', { user_name: 'Ada Admin' }],
		['another level', { security_level: 'standard' }],
		['another comment', { comment: 'for Jim' }],
		['fewer roles', { roles: ['Investigator'] }],
		['other roles', { roles: ['Investigator', 'Instance Administrator'] }],
		['more roles', { roles: ['Investigator', 'Public API Action', 'Auditor'] }],
		['another expiration', { expiration: Date.now() + 172_800_000 }],
		['a creation just before the call', { creation_time: Date.now() - 2_000 }],
		['a later creation', { creation_time: Date.now() + 60_000 }],
		['the id of the key in use', { id: OWN }],
	])('is not one with %s', async (_, changes) => {
		const tenant = new Tenant(['lostBeforeWork']);
		const other = tenant.add(request, changes);
		const issued = await new Issuance(tenant).issue(request);
		expect(issued.removed).toEqual([]);
		expect(tenant.deleted).toEqual([]);
		expect(tenant.keys.has(other)).toBe(true);
	});

	it.each<[string, Partial<ApiKeyRecord>]>([
		['a level in capitals', { security_level: ' Advanced ' }],
		['a comment in capitals, with space about it', { comment: ' FOR Joe\n' }],
		['roles in another order', { roles: ['Public API Action', 'Investigator'] }],
		['white space about the creator', { user_name: ' Public API - 21 ' }],
		['a creation some seconds later', { creation_time: Date.now() + 3_000 }],
	])('may have %s', async (_, changes) => {
		const tenant = new Tenant(['lostBeforeWork']);
		const orphan = tenant.add(request, changes);
		expect((await new Issuance(tenant).issue(request)).removed).toEqual([orphan]);
	});

	it('may have its expiration in whole seconds', async () => {
		const expiration = 1_900_000_000_400;
		const tenant = new Tenant(['lostBeforeWork']);
		const orphan = tenant.add({ ...request, expiration }, { expiration: 1_900_000_000_000 });
		const issued = await new Issuance(tenant).issue({ ...request, expiration });
		expect(issued.removed).toEqual([orphan]);
	});

	it.each<[string, Partial<ApiKeyRecord>]>([
		['an unknown creator', { user_name: undefined }],
		['nobody as creator', { user_name: null }],
		['an empty creator', { user_name: ' ' }],
		['a creator without a number', { user_name: 'Public API' }],
		['a creator that lacks its number', { user_name: 'Public API - ' }],
		['an unknown level', { security_level: undefined }],
		['no level', { security_level: null }],
		['an unknown comment', { comment: undefined }],
		['no comment', { comment: null }],
		['an empty comment', { comment: '' }],
		['a comment cut off', { comment: 'For J' }],
		['unknown roles', { roles: undefined }],
		['no roles', { roles: [] }],
		['an unknown expiration', { expiration: undefined }],
		['no expiration', { expiration: null }],
		['an unknown creation', { creation_time: undefined }],
		['little but an id', emptied],
	])('may be one with %s, which is named and not deleted', async (_, changes) => {
		const tenant = new Tenant(['lostBeforeWork']);
		const other = tenant.add(request, changes);
		const failure = await new Issuance(tenant).issue(request).catch((error: unknown) => error);
		expect(failure).toMatchObject({
			kind: 'lost',
			description: expect.stringContaining(
				`It may be the key ${other}, of which the list says too little.`,
			) as string,
		});
		expect(tenant.deleted).toEqual([]);
		expect([...tenant.sent.values()]).toEqual([1]);
		expect(tenant.lists).toBe(2);
	});

	it('is not one that tells little but contradicts', async () => {
		for (const changes of [
			{ user_name: 'Ada Admin' },
			{ user_name: 'Public API - 22' },
			{ security_level: 'standard' },
			{ comment: 'for Jim' },
			{ creation_time: Date.now() - 60_000 },
		]) {
			const tenant = new Tenant(['lostBeforeWork']);
			tenant.add(request, { ...emptied, ...changes });
			expect((await new Issuance(tenant).issue(request)).removed).toEqual([]);
		}
	});

	it('is deleted beside another of which the list says too little', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		const other = tenant.add(request, { comment: null });
		const issued = await new Issuance(tenant).issue(request);
		expect(issued.removed).toEqual([tenant.made[0]]);
		expect(tenant.keys.has(other)).toBe(true);
	});

	it('is found among several of which the list says too little', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		tenant.add(request, { comment: null });
		tenant.add(request, { user_name: null });
		const { errors } = await issueAll(new Issuance(tenant), [request]);
		expect(errors[0]).toContain('It may be one of the keys 4267, 4268, of which the list says');
		expect(errors[0]).toContain("The lost one was created by 'Public API - 21' between");
	});

	it('has no comment where none was given', async () => {
		for (const [comment, ending] of [
			[null, 'removed'],
			['', 'removed'],
			[undefined, 'named'],
			['for Joe', 'other'],
		] as const) {
			const tenant = new Tenant(['lostBeforeWork']);
			tenant.add(standard, { comment });
			const found = await new Issuance(tenant).issue(standard).then(
				({ removed }) => (removed.length > 0 ? 'removed' : 'other'),
				() => 'named',
			);
			expect({ comment, found }).toEqual({ comment, found: ending });
		}
	});

	const DAY = 86_400_000;

	it.each([
		[7 * DAY, 'removed'],
		[6.1 * DAY, 'removed'],
		[7.9 * DAY, 'removed'],
		[5.9 * DAY, 'other'],
		[8.1 * DAY, 'other'],
		[180 * DAY, 'other'],
		[null, 'named'],
	])('expires in a week where no date was given: %p is %s', async (validity, ending) => {
		const tenant = new Tenant(['lostBeforeWork']);
		tenant.add(standard, { expiration: validity === null ? null : Date.now() + validity });
		const found = await new Issuance(tenant).issue(standard).then(
			({ removed }) => (removed.length > 0 ? 'removed' : 'other'),
			() => 'named',
		);
		expect(found).toBe(ending);
		expect(tenant.deleted).toHaveLength(ending === 'removed' ? 1 : 0);
	});

	it('is not told apart by the lost calls of some minutes before', async () => {
		const tenant = new Tenant(['timeout', 'lostAfterWork']);
		const issuance = new Issuance(tenant);
		tenant.failListing = lost();
		await issueAll(issuance, [standard]);
		tenant.failListing = undefined;
		tenant.keys.clear();
		const later = Date.now() + 600_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		const other = tenant.add(standard);
		const { errors } = await issueAll(issuance, [{ ...standard }]);
		jest.restoreAllMocks();
		expect(errors[0]).toContain(`It may be one of the keys ${other}, `);
		expect(tenant.deleted).toEqual([]);
	});

	it.each([-600_000, 600_000])('is found when the clocks are %i ms apart', async (ahead) => {
		const tenant = new Tenant(['lostAfterWork']);
		tenant.ahead = ahead;
		const { id, removed } = await new Issuance(tenant).issue(standard);
		expect({ id, removed }).toEqual({ id: '4268', removed: ['4267'] });
	});

	it('is named and not deleted where the server does not tell its time', async () => {
		for (const [offset, isNear] of [
			[-200_000, true],
			[200_000, true],
			[-400_000, false],
			[400_000, false],
		] as const) {
			const tenant = new Tenant(['lostAfterWork']);
			tenant.ahead = offset;
			tenant.listKeys = async () => ({
				keys: [...tenant.keys.values()],
				clockAhead: undefined,
			});
			const { errors } = await issueAll(new Issuance(tenant), [standard]);
			expect({ offset, named: errors.map((text) => text.includes('the key 4267, which')) }).toEqual(
				{
					offset,
					named: isNear ? [true] : [],
				},
			);
			expect(tenant.deleted).toEqual([]);
		}
	});

	it('is named and not deleted where the time of the server is not known well', async () => {
		for (const [doubt, deleted] of [
			[2_000, ['4267']],
			[20_000, []],
		] as const) {
			const tenant = new Tenant(['lostAfterWork']);
			const listKeys = tenant.listKeys.bind(tenant);
			tenant.listKeys = async () => ({
				...(await listKeys()),
				clockAhead: { least: -doubt, most: doubt },
			});
			const { errors } = await issueAll(new Issuance(tenant), [standard]);
			expect(tenant.deleted).toEqual(deleted);
			expect(errors.join()).toMatch(
				doubt > 2_500
					? /It may be the key 4267, which was .* Check it in the console and delete it if nobody/
					: /^$/,
			);
		}
	});

	it('is sent again without a doubt where no key looks like it', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		tenant.listKeys = async () => ({ keys: [], clockAhead: undefined });
		expect((await new Issuance(tenant).issue(standard)).removed).toEqual([]);
	});

	it('is not guessed among more candidates than lost calls', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		const other = tenant.add(standard);
		const { errors } = await issueAll(new Issuance(tenant), [standard]);
		expect(errors[0]).toContain(`It may be one of the keys ${other}, 4268, which were created by`);
		expect(tenant.deleted).toEqual([]);
		expect([...tenant.sent.values()]).toEqual([1]);
	});

	it('is not one that was named in an error, for a person to check', async () => {
		const tenant = new Tenant(['lostAfterWork', 'lostBeforeWork']);
		tenant.add(standard);
		const issuance = new Issuance(tenant);
		const { errors } = await issueAll(issuance, [standard]);
		expect(errors[0]).toContain('4267, 4268');
		await issueAll(issuance, [{ ...standard }]);
		expect(tenant.deleted).toEqual([]);
	});

	it('is not the one in whose place it is issued, though made a moment before', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		const old = tenant.add(standard);
		const issued = await new Issuance(tenant).issue(standard, { instead: old });
		expect(issued).toMatchObject({ id: '4268', removed: [] });
		expect([...tenant.keys.keys()]).toEqual([old, '4268']);
	});

	it('is not the one of an earlier call that could not be deleted', async () => {
		const tenant = new Tenant(['lostAfterWork', 'lostAfterWork']);
		tenant.failDeletion = lost();
		const issuance = new Issuance(tenant);
		const first = await issueAll(issuance, [standard]);
		expect(first.errors[0]).toContain('It is the key 4267');
		tenant.failDeletion = undefined;
		const second = await issueAll(issuance, [{ ...standard }]);
		expect(second.returned).toEqual([expect.objectContaining({ id: '4269', removed: ['4268'] })]);
		expect([...tenant.keys.keys()]).toEqual(['4267', '4269']);
	});
});

describe('several calls', () => {
	it('are all sent at once while none is lost', async () => {
		let open = 0;
		let most = 0;
		const tenant = new Tenant([], async (what) => {
			open += what === 'arrival' ? 1 : -1;
			most = Math.max(most, open);
			await Promise.resolve();
		});
		await issueAll(
			new Issuance(tenant),
			Array.from({ length: 5 }, () => ({ ...standard })),
		);
		expect(most).toBe(5);
	});

	it('wait while a lost one is looked up', async () => {
		const events: string[] = [];
		const tenant = new Tenant(['lostAfterWork'], async (what) => {
			events.push(what);
			await Promise.resolve();
		});
		const issuance = new Issuance(tenant);
		const first = issuance.issue(standard);
		while (!events.includes('list')) await Promise.resolve();
		await Promise.all([first, issuance.issue({ ...standard })]);
		expect(events).toEqual([
			'arrival',
			'answer',
			'list',
			'deletion',
			'arrival',
			'answer',
			'arrival',
			'answer',
		]);
	});

	it('that differ in what a list may leave out are told apart', async () => {
		const tenant = new Tenant(['lostBeforeWork', 'lostAfterWork']);
		const { returned, errors } = await issueAll(new Issuance(tenant), [
			{ ...standard, comment: 'for Joe' },
			{ ...standard },
		]);
		expect(errors).toEqual([]);
		expect(returned.map(({ removed }) => removed)).toEqual([[], tenant.made.slice(0, 1)]);
	});

	it('that look alike are each answered for when all are lost', async () => {
		const tenant = new Tenant(['lostAfterWork', 'lostBeforeWork', 'lostAfterWork']);
		const requests = Array.from({ length: 3 }, () => ({ ...standard }));
		const { returned, errors } = await issueAll(new Issuance(tenant), requests);
		expect(errors).toEqual([]);
		expect(returned.map(({ id }) => id).sort()).toEqual([...tenant.keys.keys()].sort());
		expect(new Set(returned.map(({ key }) => key)).size).toBe(3);
		expect(tenant.deleted).toHaveLength(2);
	});
});

describe('a call with a marker', () => {
	const marker = '[n8n:0123456789ab]';
	const request: KeyRequest = { ...standard, comment: `for Joe ${marker}` };
	const marking = { marker, ifExists: 'replace' as const };
	const once = async (tenant: Tenant, issuance = new Issuance(tenant)) =>
		await issuance.issueOnce(request, marking);

	it('is resolved where the server does not tell its time', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		const listKeys = tenant.listKeys.bind(tenant);
		tenant.listKeys = async () => ({ ...(await listKeys()), clockAhead: undefined });
		expect(await once(tenant)).toMatchObject({ issued: { id: '4268', removed: ['4267'] } });
		expect([...tenant.keys.keys()]).toEqual(['4268']);
	});

	it('is resolved whatever else the list says of its key, or does not say', async () => {
		for (const changes of [
			{ roles: undefined, security_level: null, expiration: undefined },
			{ creation_time: undefined },
			{ user_name: '' },
			{ creation_time: Date.now() + 3_600_000, roles: ['other'] },
		]) {
			const tenant = new Tenant(['lostAfterWork']);
			const listKeys = tenant.listKeys.bind(tenant);
			tenant.listKeys = async () => {
				const list = await listKeys();
				return { ...list, keys: list.keys.map((key) => ({ ...key, ...changes })) };
			};
			expect(await once(tenant)).toMatchObject({ issued: { removed: ['4267'] } });
		}
	});

	it('is resolved where the request was passed on twice, and both keys go', async () => {
		const tenant = new Tenant(['lostAfterWork']);
		const generateKey = tenant.generateKey.bind(tenant);
		tenant.generateKey = async (sent) => {
			if (tenant.made.length === 0) tenant.add(sent);
			return await generateKey(sent);
		};
		expect(await once(tenant)).toMatchObject({ issued: { removed: ['4267', '4268'] } });
		expect([...tenant.keys.keys()]).toEqual(['4269']);
	});

	it('is not taken for one that another key made', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		const listKeys = tenant.listKeys.bind(tenant);
		let other = '';
		tenant.listKeys = async () => {
			const list = await listKeys();
			// Somebody rotates the key of an earlier run, and keeps its comment.
			other ||= tenant.add(request, { user_name: 'Public API - 9' });
			return list;
		};
		expect(await once(tenant)).toMatchObject({ issued: { removed: [] } });
		expect(tenant.keys.has(other)).toBe(true);
	});

	it('is not taken for one of an earlier run that has expired', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		const expired = tenant.add(request, { creation_time: 1, expiration: 2 });
		const listKeys = tenant.listKeys.bind(tenant);
		let lists = 0;
		let late = '';
		tenant.listKeys = async () => {
			// The server that lost its caller ends its work between the two looks.
			if (++lists === 3) late = tenant.add(request);
			return await listKeys();
		};
		expect(await once(tenant)).toMatchObject({ issued: { removed: ['4268'] }, replaced: [] });
		expect(late).toBe('4268');
		expect([...tenant.keys.keys()]).toEqual([expired, '4269']);
	});

	it('names the key whose comment the vendor has cut', async () => {
		const tenant = new Tenant(['lostBeforeWork']);
		let lists = 0;
		const listKeys = tenant.listKeys.bind(tenant);
		tenant.listKeys = async () => {
			if (++lists === 2) tenant.add(request, { comment: 'for Joe [n8n:01' });
			return await listKeys();
		};
		await expect(once(tenant)).rejects.toMatchObject({
			kind: 'lost',
			description: expect.stringContaining('of which the list says too little') as string,
		});
		expect(tenant.deleted).toEqual([]);
	});

	it('is made once in a run', async () => {
		const tenant = new Tenant();
		const issuance = new Issuance(tenant);
		await once(tenant, issuance);
		await expect(once(tenant, issuance)).rejects.toMatchObject({ kind: 'input' });
		expect(tenant.made).toHaveLength(1);
	});

	it('replaces every earlier key, and tells where one of them stays', async () => {
		const tenant = new Tenant();
		const [first, second] = [tenant.add(request), tenant.add(request, { creation_time: 1 })];
		expect(await once(tenant)).toMatchObject({ replaced: [first, second] });
		expect([...tenant.keys.keys()]).toEqual(['4269']);
		const other = new Tenant();
		const ids = [other.add(request), other.add(request, { creation_time: 1 })];
		const deleteKeys = other.deleteKeys.bind(other);
		other.deleteKeys = async (wanted) => {
			if (wanted[0] === ids[1]) throw new Failure('No', { kind: 'refused' });
			return await deleteKeys(wanted);
		};
		expect(await once(other)).toMatchObject({
			issued: { id: '4269' },
			replaced: [ids[0]],
			kept: { ids: [ids[1]], why: 'No' },
		});
	});

	it('hands out the new key where nobody knows what became of the earlier one', async () => {
		const tenant = new Tenant();
		const old = tenant.add(request);
		tenant.failDeletion = lost();
		tenant.existingKeys = async () => {
			throw lost();
		};
		expect(await once(tenant)).toMatchObject({ issued: { id: '4268' }, kept: { ids: [old] } });
		expect(tenant.keys.has('4268')).toBe(true);
	});

	it('is none of the others’, whatever is lost in whatever order', async () => {
		const outcomes = fc.array(
			fc.constantFrom<Outcome>('ok', 'lostAfterWork', 'lostBeforeWork', 'timeout', 'refused'),
			{ minLength: 1, maxLength: 12 },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 1, max: 6 }),
				outcomes,
				fc.integer({ min: 0, max: 3 }),
				async (scheduler, count, fates, earlier) => {
					const tenant = new Tenant(fates, async (what) => {
						await scheduler.schedule(Promise.resolve(), what);
					});
					const marks = Array.from({ length: count }, (_, index) => `[n8n:${index}]`);
					// Keys of earlier runs, and one of another run of this very moment.
					const old = marks
						.slice(0, earlier)
						.map((mark) => tenant.add({ ...standard, comment: mark }));
					const other = tenant.add({ ...standard, comment: '[n8n:other]' });
					const issuance = new Issuance(tenant);
					const all = Promise.allSettled(
						marks.map(async (mark) =>
							issuance.issueOnce({ ...standard, comment: mark }, { ...marking, marker: mark }),
						),
					);
					const ends = await scheduler.waitFor(all);
					const errors = ends.flatMap((end) => (end.status === 'rejected' ? [words(end)] : []));
					const returned = ends.flatMap((end) =>
						end.status === 'fulfilled' && 'issued' in end.value ? [end.value.issued.id] : [],
					);
					expect(new Set(returned).size).toBe(returned.length);
					expect(tenant.keys.has(other)).toBe(true);
					const unknown = tenant.made.filter((id) => tenant.keys.has(id) && !returned.includes(id));
					expect(unknown.filter((id) => !errors.some((text) => text.includes(id)))).toEqual([]);
					// An earlier key goes when there is a new one, and not before.
					old.forEach((id, index) => {
						const isReplaced = ends[index]?.status === 'fulfilled';
						expect(tenant.keys.has(id)).toBe(!isReplaced);
					});
				},
			),
			{ numRuns: 300 },
		);
	});
});

type Mishap = 'list' | 'clock' | 'delete' | 'none';

describe('whatever is lost, in whatever order', () => {
	const roles = fc.constantFrom<string[][]>(
		['Investigator'],
		['Public API Action'],
		['Auditor', 'Investigator'],
	);
	const request: fc.Arbitrary<KeyRequest> = fc
		.record({
			roles,
			security_level: fc.constantFrom('standard' as const, 'advanced' as const),
			comment: fc.constantFrom(undefined, 'for Joe'),
		})
		.map(({ comment, ...rest }) => ({ ...rest, ...(comment !== undefined && { comment }) }));
	const outcomes = (...kinds: Outcome[]) =>
		fc.array(fc.constantFrom<Outcome>('ok', ...kinds), { minLength: 1, maxLength: 12 });
	const requests = fc.oneof(
		fc.array(request, { minLength: 1, maxLength: 6 }),
		// All alike, which is the hardest to tell apart.
		fc
			.tuple(request, fc.integer({ min: 1, max: 6 }))
			.map(([one, count]) => Array.from({ length: count }, () => ({ ...one }))),
	);
	const foreign = fc.array(
		fc.record({
			request,
			changes: fc.constantFrom<Partial<ApiKeyRecord>>(
				{ user_name: 'Public API - 9' },
				{ user_name: 'Ada Admin' },
				{ comment: 'somebody else' },
				{ roles: ['Instance Administrator'] },
				{ security_level: 'other' },
				{ creation_time: Date.now() - 3_600_000 },
			),
		}),
		{ maxLength: 4 },
	);

	const play = async (
		scheduler: fc.Scheduler,
		sent: KeyRequest[],
		fates: ConstructorParameters<typeof Tenant>[0],
		others: Array<{ request: KeyRequest; changes: Partial<ApiKeyRecord> }>,
		prepare: (tenant: Tenant) => void = () => {},
	) => {
		const tenant = new Tenant(fates, async (what) => {
			await scheduler.schedule(Promise.resolve(), what);
		});
		prepare(tenant);
		const foreignIds: string[] = [];
		for (const other of others) {
			void scheduler
				.schedule(Promise.resolve(), 'somebody else')
				.then(() => foreignIds.push(tenant.add(other.request, other.changes)));
		}
		const outcome = issueAll(new Issuance(tenant), sent, async () => {
			await scheduler.schedule(Promise.resolve(), 'beginning');
		});
		const { returned, errors } = await scheduler.waitFor(outcome);
		await scheduler.waitIdle();
		return { tenant, returned, errors, foreignIds };
	};

	/** What must hold for the keys of a tenant at the end. */
	const check = (
		{ tenant, returned, errors, foreignIds }: Awaited<ReturnType<typeof play>>,
		isNamed: (id: string) => boolean,
	) => {
		const ids = returned.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(tenant.keys.has(id)).toBe(true);
		for (const id of foreignIds) expect(tenant.keys.has(id)).toBe(true);
		const unknown = tenant.made.filter((id) => tenant.keys.has(id) && !ids.includes(id));
		expect({ errors, unknown: unknown.filter((id) => !isNamed(id)) }).toEqual({
			errors,
			unknown: [],
		});
		for (const count of tenant.sent.values()) expect(count).toBeLessThanOrEqual(2);
	};

	it('leaves no key that nobody knows of and deletes none that is somebody’s', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				requests,
				outcomes('lostAfterWork', 'lostBeforeWork', 'timeout', 'refused'),
				foreign,
				async (scheduler, sent, fates, others) => {
					const end = await play(scheduler, sent, fates, others);
					check(end, (id) => end.errors.some((text) => text.includes(id)));
				},
			),
			{ numRuns: 400 },
		);
	});

	it('gives every item a key of its own where no request is lost twice', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				requests,
				outcomes('lostAfterWork', 'lostBeforeWork'),
				foreign,
				async (scheduler, sent, fates, others) => {
					const fate = (request: KeyRequest, attempt: number) =>
						(attempt === 1 ? fates[sent.indexOf(request)] : undefined) ?? 'ok';
					const end = await play(scheduler, sent, fate, others);
					check(end, () => false);
					expect({ errors: end.errors, count: end.returned.length }).toEqual({
						errors: [],
						count: sent.length,
					});
				},
			),
			{ numRuns: 200 },
		);
	});

	it('names or describes what is left where keys can be neither listed nor deleted', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				requests,
				outcomes('lostAfterWork', 'lostBeforeWork', 'refused'),
				foreign,
				fc.array(fc.constantFrom<Mishap>('list', 'clock', 'delete', 'none'), { maxLength: 8 }),
				async (scheduler, sent, fates, others, mishaps) => {
					const end = await play(scheduler, sent, fates, others, (tenant) => {
						const listKeys = tenant.listKeys.bind(tenant);
						const deleteKeys = tenant.deleteKeys.bind(tenant);
						tenant.listKeys = async () => {
							const mishap = mishaps.shift();
							if (mishap === 'list') throw lost();
							const found = await listKeys();
							return mishap === 'clock' ? { ...found, clockAhead: undefined } : found;
						};
						tenant.deleteKeys = async (ids) => {
							if (mishaps.shift() === 'delete') throw lost();
							return await deleteKeys(ids);
						};
					});
					check(end, (id) => {
						const { roles: given, comment } = end.tenant.keys.get(id) as ApiKeyRecord;
						const like = `with the roles ${(given ?? []).join(', ')} and ${comment ? `the comment '${comment}'` : 'no comment'}`;
						return end.errors.some((text) => text.includes(id) || text.includes(like));
					});
				},
			),
			{ numRuns: 300 },
		);
	});
});
