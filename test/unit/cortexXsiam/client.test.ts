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
		const body = request.body === undefined ? {} : (JSON.parse(request.body) as object);
		sent.push({ ...request, data: (body as { request_data?: unknown }).request_data });
		const answer = answers[name]?.(request, count);
		if (answer === undefined) throw new Error(`No answer to ${name}`);
		if (answer instanceof Failure) throw answer;
		return reply(answer);
	};
	const api = new CortexXsiamApi({ send } as unknown as Transport, {
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
	expiration: 1,
});
const lost = new Failure('Closed', { kind: 'lost', code: 'ECONNRESET' });

const page = (request: Request) =>
	(JSON.parse(request.body as string) as { request_data: { search_from: number } }).request_data;

describe('listing keys', () => {
	const list = async (answer: Answer) => {
		const { api, sent } = tenant({ get_api_keys: answer });
		const { keys } = await api.listKeys();
		return { ids: keys.map(({ id }) => Number(id)), pages: sent.map(({ data }) => data) };
	};
	const range = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, index) => from + index);

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

	it('ends where the vendor gives the same page again', async () => {
		const { ids, pages } = await list(() =>
			json({ reply: { DATA: range(0, 100).map((id) => record(id)), FILTER_COUNT: 400 } }),
		);
		expect(ids).toEqual(range(0, 100));
		expect(pages).toHaveLength(2);
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

describe('a lost call', () => {
	/** Loses the first answer; the key 4267 exists all the same, made at `created`. */
	const afterLoss = (get_api_keys: Answer) =>
		tenant({
			generate: (_, count) => (count === 0 ? lost : json({ reply: { id: 4268, key: 'new' } })),
			get_api_keys,
			delete: () => json({ reply: { update_count: 1 } }),
		});
	const outcome = async ({ api, sent }: ReturnType<typeof tenant>) => {
		const said = await api.issueKey(standard).then(
			({ removed }) => `removed ${removed.join()}`,
			(failure: Failure) => failure.description,
		);
		return { said, deletions: sent.filter(({ url }) => url.endsWith('/delete')).length };
	};
	const named = {
		said: expect.stringContaining('It may be the key 4267, which was created by') as string,
		deletions: 0,
	};

	let now: number;

	beforeEach(() => {
		now = Date.UTC(2026, 0, 15, 12);
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());

	it.each([-600_000, 0, 600_000])('is resolved with clocks %i ms apart', async (ahead) => {
		const wire = afterLoss(() => {
			now += 700;
			const answer = json(
				{ reply: { DATA: [record(4267, now + ahead - 700)] } },
				{ date: new Date(now + ahead).toUTCString() },
			);
			now += 700;
			return answer;
		});
		expect(await outcome(wire)).toEqual({ said: 'removed 4267', deletions: 1 });
	});

	it.each<[string, Reply['headers']]>([
		['no date', {}],
		['a date that is none', { date: 'soon' }],
		['an empty date', { date: '' }],
	])('is named where the list has %s', async (_, headers) => {
		const wire = afterLoss(() => json({ reply: { DATA: [record(4267)] } }, headers));
		expect(await outcome(wire)).toEqual(named);
	});

	it.each([
		['to be made', 30_000, 0],
		['to arrive', 0, 30_000],
	])('is named where the list takes half a minute %s', async (_, before, after) => {
		const start = now;
		const wire = afterLoss(() => {
			now += before;
			const headers = { date: new Date(now).toUTCString() };
			now += after;
			return json({ reply: { DATA: [record(4267, start)] } }, headers);
		});
		expect(await outcome(wire)).toEqual(named);
	});

	it('is resolved where many pages take long, but not each of them', async () => {
		const start = now;
		const wire = afterLoss((request) => {
			const { search_from: from } = page(request);
			const headers = { date: new Date(now + 600_000).toUTCString() };
			now += 2_000;
			const DATA =
				from < 900
					? Array.from({ length: 100 }, (__, index) => record(10_000 + from + index, 1))
					: [record(4267, start + 600_000)];
			return json({ reply: { DATA } }, headers);
		});
		expect(await outcome(wire)).toEqual({ said: 'removed 4267', deletions: 1 });
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

	it('counts a key as deleted when the answer to the first attempt was lost', async () => {
		const { api } = tenant({
			delete: () => ({ ...json({ reply: { update_count: 0 } }), repeated: true }),
		});
		expect(await api.deleteKeys(['121'])).toBe(1);
	});

	it('fails where the vendor does not count', async () => {
		const { api } = tenant({ delete: () => json({ reply: true }) });
		await expect(api.deleteKeys(['1'])).rejects.toThrow('without the number of deleted keys');
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
			const failure = await api.issueKey(standard).catch((error: unknown) => error as Failure);
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
		).toEqual(['a', 'b']);
	});

	it('are those of users where the roles are not shown', async () => {
		expect(
			await names({
				role: () => forbidden,
				get_users: () =>
					json({ reply: [{ role_name: 'b' }, { role_name: '' }, { role_name: 'a' }, {}] }),
			}),
		).toEqual(['a', 'b']);
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
