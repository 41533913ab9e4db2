import { simulatedTenant } from './simulated';

const RESULTS = '/public_api/v1/xql/get_query_results';

const tenant = simulatedTenant();

const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

it('stops asking when the execution is cancelled between two looks', async () => {
	const { sim } = tenant;
	sim.settings.xqlPendingPolls = 1_000_000;
	const execution = tenant.run('xql', 'runQuery', { query: 'dataset = xdr_data' });
	const looks = () => sim.log.filter(({ path, status }) => path === RESULTS && status === 200);
	while (looks().length === 0) await wait(10);
	await wait(50);
	execution.cancel();
	const { items } = await execution;
	expect(items).toEqual([]);
	// The first pause is half a second long, give or take a quarter.
	await wait(1_000);
	expect(looks()).toHaveLength(1);
});
