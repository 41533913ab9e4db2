import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import type { KeyRequest } from '../../../nodes/CortexXsiam/api/issuance';
import { Failure } from '../../../nodes/shared/failure';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import { reply } from './support';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const URL = 'https://api-acme.xdr.us.paloaltonetworks.com';
const KEY = 'k'.repeat(128);
const standard: KeyRequest = { roles: ['Investigator'], security_level: 'standard' };

type Answer = (request: Request, count: number) => Partial<Reply> | Failure;

/** The API over a wire that answers as told, by the last part of the path. */
function tenant(answers: Record<string, Answer>) {
	const sent: Array<Request & { data: unknown }> = [];
	const send = async (request: Request): Promise<Reply> => {
		const name = request.url.split('/').at(-1) as string;
		const count = sent.filter(({ url }) => url === request.url).length;
		const text = request.bodyOfEach?.() ?? request.body;
		const body = text === undefined ? {} : (JSON.parse(text) as object);
		sent.push({ ...request, data: (body as { request_data?: unknown }).request_data });
		const answer = answers[name]?.(request, count);
		if (answer === undefined) throw new Error(`No answer to ${name}`);
		if (answer instanceof Failure) throw answer;
		return reply(answer);
	};
	const wire = { send, evenIfCancelled: () => wire };
	const api = new CortexXsiamApi(wire as unknown as Transport, {
		url: URL,
		apiKeyId: '21',
		apiKey: KEY,
	});
	return { api, sent };
}

const json = (body: unknown, headers: Reply['headers'] = {}): Partial<Reply> => ({
	text: JSON.stringify(body),
	headers,
});
const record = (id: number, creation_time = Date.now()) => ({
	id,
	creation_time,
	created_by: 'N/A',
	user_name: 'Public API - 21',
	roles: ['Investigator'],
	security_level: 'standard',
	comment: null,
	expiration: creation_time + 7 * 86_400_000,
});

const page = (request: Request) =>
	(JSON.parse(request.body as string) as { request_data: { search_from: number } }).request_data;

const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => from + index);

describe('listing keys', () => {
	const list = async (answer: Answer) => {
		const { api, sent } = tenant({ get_api_keys: answer });
		const { keys } = await api.listKeys();
		return { ids: keys.map(({ id }) => Number(id)), pages: sent.map(({ data }) => data) };
	};

	it('asks for what the vendor wants: filters, and a page by its ends', async () => {
		const { ids, pages } = await list(() => json({ reply: { DATA: [record(1)] } }));
		expect(ids).toEqual([1]);
		expect(pages).toEqual([{ filters: [], search_from: 0, search_to: 100 }]);
	});

	it('takes every page', async () => {
		const { ids, pages } = await list((request) => {
			const { search_from: from } = page(request);
			const DATA = range(from, Math.min(from + 100, 250)).map((id) => record(id));
			return json({ reply: { DATA, FILTER_COUNT: 250, TOTAL_COUNT: 250 } });
		});
		expect(ids).toEqual(range(0, 250));
		expect(pages).toHaveLength(3);
	});

	it('takes every page where the vendor does not count', async () => {
		const { ids } = await list((request) => {
			const { search_from: from } = page(request);
			return json({
				reply: { data: range(from, Math.min(from + 100, 200)).map((id) => record(id)) },
			});
		});
		expect(ids).toEqual(range(0, 200));
	});

	it('takes every page where the vendor’s are shorter', async () => {
		const { ids, pages } = await list((request) => {
			const { search_from: from } = page(request);
			const DATA = range(from, Math.min(from + 30, 70)).map((id) => record(id));
			return json({ reply: { DATA, FILTER_COUNT: '70' } });
		});
		expect(ids).toEqual(range(0, 70));
		expect(pages).toHaveLength(3);
	});

	it('takes every page where the vendor counts one page only', async () => {
		const { ids } = await list((request) => {
			const { search_from: from } = page(request);
			const DATA = range(from, Math.min(from + 100, 250)).map((id) => record(id));
			return json({ reply: { DATA, FILTER_COUNT: DATA.length } });
		});
		expect(ids).toEqual(range(0, 250));
	});

	it('ends where the vendor gives the same page again, and that is all', async () => {
		const { ids, pages } = await list(() =>
			json({ reply: { DATA: range(0, 100).map((id) => record(id)), FILTER_COUNT: 100 } }),
		);
		expect(ids).toEqual(range(0, 100));
		expect(pages).toHaveLength(2);
	});

	it('fails where the vendor gives the same page again, and there is more', async () => {
		const answer = list(() =>
			json({ reply: { DATA: range(0, 100).map((id) => record(id)), FILTER_COUNT: 400 } }),
		);
		await expect(answer).rejects.toMatchObject({
			message: 'The list of API keys cannot be read page by page',
			description: expect.stringContaining('more than once') as string,
		});
	});

	it('stops where the vendor never ends', async () => {
		let pages = 0;
		const answer = list(() => {
			const DATA = pages++ < 600 ? [record(pages), record(pages + 1)] : [];
			return json({ reply: { DATA, FILTER_COUNT: 1_000_000 } });
		});
		await expect(answer).rejects.toMatchObject({
			message: 'The list of API keys cannot be read page by page',
			description: expect.stringContaining('did not end after 500 pages') as string,
		});
		expect(pages).toBe(500);
	});

	it('takes a list of nearly 500 pages', async () => {
		const { ids } = await list((request) => {
			const { search_from: from } = page(request);
			const DATA = range(from, Math.min(from + 100, 49_000)).map((id) => record(id));
			return json({ reply: { DATA, FILTER_COUNT: 49_000 } });
		});
		expect(ids).toHaveLength(49_000);
	});

	it.each([
		{ errors: [] },
		{ error: '' },
		{ err_code: null, err_msg: null },
		{ err_code: '', err_msg: '' },
	])('does not take %j beside it for an error', async (nothing) => {
		const { ids } = await list(() =>
			json({ ...nothing, reply: { DATA: [record(1)], ...nothing } }),
		);
		expect(ids).toEqual([1]);
	});

	it.each([
		['upper case', { DATA: [record(7)], FILTER_COUNT: 1, TOTAL_COUNT: 70 }],
		['lower case', { data: [record(7)], filter_count: 1, total_count: 70 }],
		['a bare list', [record(7)]],
		['without a count', { DATA: [record(7)] }],
		['with an odd count', { data: [record(7)], filter_count: 'many' }],
	])('finds the list in %s', async (_, reply) => {
		const { ids, pages } = await list(() => json({ reply }));
		expect(ids).toEqual([7]);
		expect(pages).toHaveLength(1);
	});

	it.each([{ reply: {} }, { reply: { DATA: null } }, { DATA: [] }, null])(
		'finds none in %j',
		async (body) => {
			await expect(list(() => json(body))).rejects.toThrow('without a list of API keys');
		},
	);

	it.each([
		{ DATA: [], FILTER_COUNT: 70, TOTAL_COUNT: 70 },
		{ data: [], total_count: '70' },
	])('does not take a list for empty that counts keys and gives none: %j', async (reply) => {
		await expect(list(() => json({ reply }))).rejects.toThrow(
			'The list of API keys could not be read: 70 are counted, and none came',
		);
	});

	it('takes a list for empty of which none matches, whatever there is', async () => {
		const empty = { DATA: [], TOTAL_COUNT: 70 };
		const { api } = tenant({ get_api_keys: () => json({ reply: empty }) });
		expect(await api.existingKeys(['1'])).toEqual([]);
	});

	it('leaves out what is no key', async () => {
		const { ids } = await list(() => json({ reply: { DATA: [null, record(1), {}, 'x'] } }));
		expect(ids).toEqual([1]);
	});

	it('fails where there is no list', async () => {
		await expect(list(() => json({ reply: { keys: [] } }))).rejects.toThrow(
			'Cortex XSIAM answered without a list of API keys (HTTP 200)',
		);
	});
});

describe('an answer to generate', () => {
	const answered = async (answer: Partial<Reply>) => {
		const { api, sent } = tenant({ generate: () => answer });
		const outcome = await api.generateKey(standard).then(
			({ id, key, body }) => ({ id, key, body }),
			(error: unknown) => error,
		);
		expect(sent).toHaveLength(1);
		return outcome;
	};

	it.each<[string, number, object]>([
		['an empty list of errors in the reply', 200, { reply: { id: 1, key: 'new', errors: [] } }],
		['an empty list of errors', 200, { reply: { id: 1, key: 'new' }, errors: [] }],
		['an empty error', 200, { reply: { id: 1, key: 'new' }, error: '' }],
		['an error', 200, { reply: { id: 1, key: 'new' }, error: 'Audit failed' }],
		['no code', 200, { reply: { id: 1, key: 'new', err_code: null, err_msg: null } }],
		['a code', 200, { reply: { id: 1, key: 'new', err_code: 500, err_msg: 'Bad' } }],
		['another success', 201, { reply: { id: '1', key: 'new' } }],
		['a redirect', 302, { reply: { id: 1, key: 'new' } }],
		['a refusal', 400, { reply: { id: 1, key: 'new' } }],
		['a failure', 500, { reply: { id: 1, key: 'new', err_code: 500 } }],
		['a gateway', 504, { reply: { id: 1, key: 'new' } }],
	])('that has a key is a key, with %s', async (_, status, body) => {
		expect(await answered({ status, ...json(body) })).toEqual({ id: '1', key: 'new', body });
	});

	it.each<[string, Partial<Reply>]>([
		['without its id', json({ reply: { key: 'new-secret' } })],
		['with an odd id', json({ reply: { id: {}, key: 'new-secret' } })],
		['in another place', json({ data: { id: 1, key: 'new-secret' } })],
		['that is cut off', { text: '{"reply":{"id":1,"key":"new-secret' }],
		['after a byte order mark', { text: '\uFEFF {"reply":{"key":"new-secret"}}' }],
		['in words', { text: 'The server said {"reply":{"id":1,"key":"new-secret"}}' }],
	])('is not quoted where it has a key %s', async (_, answer) => {
		for (const status of [200, 400, 403, 500, 502]) {
			const failure = await answered({ status, ...answer });
			expect(failure).toBeInstanceOf(Failure);
			const { message, description } = failure as Failure;
			expect(`${message} ${description}`).not.toContain('new-secret');
			expect(`${message} ${description}`).toContain(`HTTP ${status}`);
		}
	});

	it.each<[string, unknown]>([
		['object', { id: 1, key: 'new-secret' }],
		['list', [{ id: 1, key: 'new-secret' }]],
		['nested object', { reply: { id: 1, key: 'new-secret' } }],
	])('is not quoted where its error holds the key in an %s', async (_, err_extra) => {
		const body = { reply: { err_code: 500, err_msg: 'Bad', err_extra } };
		const failure = (await answered({ status: 500, ...json(body) })) as Failure;
		expect(failure.description).toContain('[500] Bad');
		expect(`${failure.message} ${failure.description}`).not.toContain('new-secret');
	});

	it.each(['', ' ', '\n'])('is lost where its key is %j', async (key) => {
		expect(await answered(json({ reply: { id: 1, key } }))).toMatchObject({ kind: 'lost' });
	});

	it.each([
		['that nests without end', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
		['of objects without end', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
		['that has no text', '[{"loc":[{"toString":1}],"msg":{"toString":1,"valueOf":2}}]'],
	])('with a reason %s is a failure like others', async (_, extra) => {
		const text = `{"reply":{"err_code":500,"err_msg":"Bad","err_extra":${extra}}}`;
		expect(await answered({ status: 500, text })).toMatchObject({ name: 'Failure', kind: 'lost' });
	});

	it('that breaks the node is lost, and its error quotes nothing', async () => {
		const { api } = tenant({});
		const failure = await api.generateKey(standard).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(Failure);
		expect(failure).toMatchObject({
			kind: 'lost',
			message: 'The answer of Cortex XSIAM could not be processed (Error)',
		});
	});

	it.each([
		[400, { reply: { errors: [] } }],
		[200, { reply: { error: '' } }],
		[200, { reply: { err_code: '', err_msg: '' } }],
	])('of HTTP %i without a key fails', async (status, body) => {
		expect(await answered({ status, ...json(body) })).toBeInstanceOf(Failure);
	});
});

describe('the server’s clock', () => {
	let now: number;

	beforeEach(() => {
		now = Date.UTC(2026, 0, 15, 12);
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());

	const clockOf = async (headers: Reply['headers']) => {
		const { api } = tenant({
			get_api_keys: (_, count) => {
				// The first page takes a second to arrive, and further ones tell nothing new.
				now += 1_000;
				const told = count === 0 ? headers : { date: 'Thu, 01 Jan 1970 00:00:00 GMT' };
				const DATA = count === 0 ? range(0, 100) : range(99, 150);
				return json({ reply: { DATA: DATA.map((id) => record(id)), FILTER_COUNT: 150 } }, told);
			},
		});
		const { clock, keys } = await api.listKeys();
		expect(keys).toHaveLength(150);
		return clock;
	};

	it.each([-600_000, 0, 600_000])('is read %i ms apart from this one', async (ahead) => {
		const date = new Date(now + ahead).toUTCString();
		const clock = await clockOf({ date });
		// What it said a second ago it has reached by now, and a second more for the second page.
		expect(clock.isTold).toBe(true);
		expect(clock.now()).toBe(Date.UTC(2026, 0, 15, 12) + ahead + 1_000);
		expect(clock.atLeast()).toBe(clock.now());
		now += 60_000;
		expect(clock.now()).toBe(Date.UTC(2026, 0, 15, 12) + ahead + 61_000);
	});

	it.each<[string, Reply['headers']]>([
		['no date', {}],
		['a date that is none', { date: 'soon' }],
		['an empty date', { date: '' }],
	])('is this one, less five minutes, where the answer has %s', async (_, headers) => {
		const clock = await clockOf(headers);
		expect(clock.isTold).toBe(false);
		expect(clock.now()).toBe(now);
		expect(clock.atLeast()).toBe(now - 300_000);
	});
});

describe('deleting keys', () => {
	it('names them by number', async () => {
		const { api, sent } = tenant({ delete: () => json({ reply: { update_count: '2' } }) });
		expect(await api.deleteKeys(['121', '134'])).toBe(2);
		expect(sent[0]?.data).toEqual({
			filters: [{ field: 'id', operator: 'in', value: [121, 134] }],
		});
	});

	it('never sends an empty list', async () => {
		const { api, sent } = tenant({});
		await expect(api.deleteKeys([])).rejects.toThrow('No API key was named for deletion');
		expect(sent).toEqual([]);
	});

	it.each<[string, number[], number]>([
		['is counted where the first attempt deleted it', [], 2],
		['is not where it is there all the same', [121], 1],
	])('a key %s, the answer to that being lost', async (_, left, deleted) => {
		const { api } = tenant({
			delete: () => ({ ...json({ reply: { update_count: 0 } }), repeated: true }),
			get_api_keys: () => json({ reply: { DATA: left.map((id) => record(id)) } }),
		});
		expect(await api.deleteKeys(['121', '134'])).toBe(deleted);
	});

	it('stay lost where nobody can look what the first attempt deleted', async () => {
		const { api } = tenant({
			delete: () => ({ ...json({ reply: { update_count: 0 } }), repeated: true }),
			get_api_keys: () => ({ status: 403, ...json({}) }),
		});
		await expect(api.deleteKeys(['121'])).rejects.toMatchObject({ kind: 'lost' });
	});

	it('fails where the vendor does not count', async () => {
		const { api } = tenant({ delete: () => json({ reply: true }) });
		await expect(api.deleteKeys(['1'])).rejects.toThrow('without the number of deleted keys');
	});
});

describe('a change', () => {
	const changes = { roles: ['a'], security_level: 'standard', comment: null };

	it.each([
		[204, ''],
		[202, '{}'],
		[200, '{"data":{"message":"API key updated successfully"}}'],
	])('is made with HTTP %i and %j', async (status, text) => {
		const { api, sent } = tenant({ 123: () => ({ status, text }) });
		const body: unknown = text === '' ? {} : JSON.parse(text);
		expect(await api.updateKey('123', changes)).toEqual(body);
		expect(await api.setScope('api-key', '123', {})).toEqual(body);
		expect(sent.map(({ method, url, repeatable }) => [method, url, repeatable])).toEqual([
			['PUT', `${URL}/platform/iam/v1/api-key/123`, true],
			['PUT', `${URL}/platform/iam/v1/scope/api-key/123`, true],
		]);
	});

	it('is not made with HTTP 200 and no text', async () => {
		const { api } = tenant({ 123: () => ({ text: '' }) });
		await expect(api.updateKey('123', changes)).rejects.toMatchObject({ kind: 'lost' });
	});
});

describe('a single key', () => {
	const forbidden = (status: number): Partial<Reply> => ({ status, ...json({ error: 'no' }) });

	it.each([403, 404])('is not asked for again after a %i', async (status) => {
		const { api, sent } = tenant({
			7: () => forbidden(status),
			get_api_keys: () => json({ reply: { DATA: [record(7), record(8)] } }),
		});
		expect(await api.getKey('7')).toMatchObject({ id: 7 });
		expect(await api.getKey('8')).toMatchObject({ id: 8 });
		await expect(api.getKey('9')).rejects.toThrow('The tenant has no API key 9');
		expect(sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'POST']);
	});

	it.each([400, 401, 500])('is not looked for in the list after a %i', async (status) => {
		const { api, sent } = tenant({ 7: () => forbidden(status) });
		await expect(api.getKey('7')).rejects.toBeInstanceOf(Failure);
		expect(sent).toHaveLength(1);
	});
});

describe('what may not be done side by side', () => {
	it('is known to one object for each tenant, however an item comes to name it', () => {
		const wire = {} as Transport;
		const credential = { url: URL, apiKeyId: '21', apiKey: KEY, childTenantId: ' 91 ' };
		const api = new CortexXsiamApi(wire, credential);
		expect(api.inTenant('91')).toBe(api);
		expect(api.inTenant('92')).toBe(api.inTenant('92'));
		expect(api.inTenant('92')).not.toBe(api);
		expect(api.inTenant('92').inTenant('92')).toBe(api.inTenant('92'));
	});

	it('is done one after the other, whatever becomes of each', async () => {
		const { api } = tenant({});
		const done: string[] = [];
		const task = async (name: string) =>
			await api.inTurn('writing', async () => {
				done.push(`${name} begins`);
				await Promise.resolve();
				done.push(`${name} ends`);
				if (name === 'a') throw new Error('a fails');
				return name;
			});
		const ends = await Promise.allSettled([task('a'), task('b')]);
		expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
		expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
	});
});

describe('the vendor’s words', () => {
	it('hold no part of the key, wherever they are cut', async () => {
		for (const length of [0, 100, 230, 290, 299]) {
			const { api } = tenant({
				generate: () => ({
					status: 400,
					...json({
						reply: { err_code: 400, err_msg: 'Bad', err_extra: `${'x'.repeat(length)} ${KEY}` },
					}),
				}),
			});
			const failure = await api.generateKey(standard).catch((error: unknown) => error as Failure);
			expect(`${failure instanceof Failure}${JSON.stringify(failure)}`).not.toContain('kkkk');
		}
	});
});

describe('names of roles', () => {
	const names = async (answers: Record<string, Answer>) => await tenant(answers).api.roleNames();
	const forbidden: Partial<Reply> = {
		status: 403,
		...json({ data: { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: 'no' } } }),
	};

	it('are those of the tenant, each once and sorted', async () => {
		expect(
			await names({
				role: () =>
					json({ data: ['b', 'a', 'b'].map((pretty_name) => ({ pretty_name, role_id: 'x' })) }),
			}),
		).toEqual({ names: ['a', 'b'], isWhole: true });
	});

	it('are those of users where the roles are not shown', async () => {
		expect(
			await names({
				role: () => forbidden,
				get_users: () =>
					json({ reply: [{ role_name: 'b' }, { role_name: '' }, { role_name: 'a' }, {}] }),
			}),
		).toEqual({ names: ['a', 'b'], isWhole: false });
	});

	it('are refused with the reason of the first call', async () => {
		await expect(
			names({ role: () => forbidden, get_users: () => ({ status: 402, text: '' }) }),
		).rejects.toThrow("The role of the credential's API key does not permit this call");
	});

	it.each([{ data: {} }, { reply: [] }, []])('are not in %j', async (body) => {
		await expect(
			names({ role: () => json(body), get_users: () => json({ reply: {} }) }),
		).rejects.toThrow('Cortex XSIAM answered without a list of roles (HTTP 200)');
	});
});
