import type { CortexXsiamPage } from '../../simulators';
import { extra, standard, tenant, where } from './xsiamTenant';

const xsiam = tenant();
const { post } = xsiam;

const newKey = { roles: ['Public API Action'], security_level: 'standard' };

const list = async (data: object) => await post('api_keys/get_api_keys', { filters: [], ...data });

/** The ids of keys, read by pages of a size. */
async function readAll(size: number): Promise<number[]> {
	const ids: number[] = [];
	for (let from = 0; ; from += size) {
		const answer = await list({ search_from: from, search_to: from + size });
		const page = answer.at('reply.DATA') as Array<{ id: number }>;
		if (page.length === 0) return ids;
		ids.push(...page.map(({ id }) => id));
	}
}

describe('Cortex XSIAM simulator: lists', () => {
	beforeEach(async () => {
		const end = Date.now() + 1e9;
		for (let count = 0; count < 7; count += 1) {
			await post('api_keys/generate', { ...newKey, expiration: end - count });
		}
	});

	it('may grow while they are read, so that an entry comes twice', async () => {
		const { settings, state } = xsiam.sim;
		const pages: CortexXsiamPage[] = [];
		settings.beforePage = (page) => {
			pages.push(page);
			const first = state.keys.get(4_267);
			if (page.from !== 4 || !first) return;
			state.keys.set(9_000, { ...first, id: 9_000, expiration: Date.now() + 2e9 });
		};
		expect(await readAll(4)).toEqual([4267, 4268, 4269, 4270, 4270, 4271, 4272, 4273, 23, 22, 21]);
		expect(pages).toEqual(
			[0, 4, 8, 12].map((from) => ({
				path: '/public_api/v1/api_keys/get_api_keys',
				from,
				to: from + 4,
			})),
		);
	});

	it('may shrink while they are read, so that an entry never comes', async () => {
		const { settings, state } = xsiam.sim;
		settings.beforePage = ({ from }) => {
			if (from === 4) state.keys.delete(4_267);
		};
		expect(await readAll(4)).toEqual([4267, 4268, 4269, 4270, 4272, 4273, 23, 22, 21]);
	});

	it('stop counting where told to', async () => {
		xsiam.sim.settings.totalsSaturateAt = 5;
		const answer = await list({ search_to: 100 });
		expect(answer.at('reply.DATA')).toHaveLength(10);
		expect(answer.at('reply')).toMatchObject({ FILTER_COUNT: 5, TOTAL_COUNT: 5 });
		const logs = await post('audits/management_logs');
		expect(logs.at('reply')).toMatchObject({ total_count: 5, result_count: 7 });
	});

	it('count what the filters let through, and all', async () => {
		const answer = await post('api_keys/get_api_keys', where('id', 'in', [4_267, 21, 99]));
		expect(answer.at('reply')).toMatchObject({ FILTER_COUNT: 2, TOTAL_COUNT: 10 });
	});
});

describe('Cortex XSIAM simulator: keys', () => {
	it('are no more than the tenant may have', async () => {
		xsiam.sim.settings.keyLimit = 4;
		expect((await post('api_keys/generate', newKey)).status).toBe(200);
		expect(extra(await post('api_keys/generate', newKey))).toMatch('maximum number');
		await post('api_keys/delete', where('id', 'in', [4_267]));
		expect((await post('api_keys/generate', newKey)).status).toBe(200);
	});

	it('lock themselves out when they are deleted', async () => {
		expect((await post('api_keys/delete', where('id', 'in', [21]))).at('reply')).toEqual({
			update_count: 1,
		});
		expect((await post('api_keys/delete', where('id', 'in', [22]), standard())).status).toBe(401);
		expect(xsiam.sim.state.keys.size).toBe(2);
	});

	it('live six months of the calendar at most, to the millisecond', async () => {
		const { settings } = xsiam.sim;
		const start = Date.parse('2026-08-31T12:00:00Z');
		settings.clockOffsetMs = start - Date.now();
		const end = Date.parse('2027-02-28T12:00:00Z');
		const generate = async (expiration: number) =>
			await post('api_keys/generate', { ...newKey, expiration });
		expect((await generate(end)).status).toBe(200);
		expect(extra(await generate(end + 3_600_000))).toMatch('six months');
	});
});

describe('Cortex XSIAM simulator: wrong input', () => {
	it.each([400, 422, 500] as const)('is answered with %i where switched', async (status) => {
		xsiam.sim.settings.inputErrorStatus = status;
		const answer = await post('api_keys/generate', { ...newKey, roles: ['nobody'] });
		expect(answer.status).toBe(status);
		expect(answer.at('reply')).toMatchObject({
			err_code: status,
			err_extra:
				status === 422
					? [{ type: 'value_error', loc: ['request_data'], msg: 'Unknown custom roles' }]
					: 'Unknown custom roles',
		});
	});
});
