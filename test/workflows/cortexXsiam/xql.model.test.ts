import type { IDataObject } from 'n8n-workflow';
import { cortexXsiamDemo } from '../../simulators';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/** A query that a model fills, in a step of a workflow: what is wrong with one item is that item's. */

const START = 'POST /public_api/v1/xql/start_xql_query';
const FINE = 'dataset = xdr_data | fields xdm.target.ipv4';
const SAVING = 'dataset = xdr_data | target type = dataset kept';

const tenant = simulatedTenant();

async function run(items: IDataObject[], query: string, onError?: 'continueRegularOutput') {
	tenant.sim.state.xqlRows = [{ n: 1 }];
	const more = { items, ...(onError && { node: { onError } }) };
	return await tenant.run('xql', 'runQuery', { query }, more);
}

const started = () => tenant.calls().filter((call) => call === START).length;

/** Without a model n8n gives the last argument; without a query in the item the expression fails. */
const FILLED = "={{ $fromAI('none', '', 'string', $json.query ?? $('Nowhere').item.json.query) }}";
const OF_ITEM = "={{ $json.child ?? $('Nowhere').item.json.child }}";

it('fails for one item where its expression fails, and for no other', async () => {
	const items = [{ query: FINE }, {}, { query: FINE }];
	const { nodeError, items: out } = await run(items, FILLED, 'continueRegularOutput');
	expect(nodeError).toBeUndefined();
	expect(out.map(({ json }) => typeof json.error)).toEqual(['undefined', 'string', 'undefined']);
	expect(out[1]?.json.error).toMatch(/Referenced node doesn't exist/);
	expect(started()).toBe(2);
});

it('names the item whose expression failed where the node stops', async () => {
	const { nodeError } = await run([{ query: FINE }, {}], FILLED);
	expect(nodeError?.context.itemIndex).toBe(1);
});

it('stays closed for the item whose query would save what it finds', async () => {
	const items = [{ query: FINE }, { query: SAVING }, {}];
	const { items: out } = await run(items, FILLED, 'continueRegularOutput');
	expect(out.map(({ json }) => json.error !== undefined)).toEqual([false, true, true]);
	expect(out[1]?.json.error).toMatch(/^'Query' was filled by an AI model, and nothing was sent/);
	expect(out[1]?.json.message).toMatch(/With 'target' it changes something/);
	expect(started()).toBe(1);
});

it('looks at the very text that is sent, though an expression gives another one each time', async () => {
	const turns = `={{ $fromAI('none', '', 'string', Math.random() < 0.5 ? '${FINE}' : '${SAVING}') }}`;
	const items = Array.from({ length: 30 }, (_, n) => ({ n }));
	const { items: out } = await run(items, turns, 'continueRegularOutput');
	const refused = out.filter(({ json }) => json.error !== undefined).length;
	expect(started()).toBe(30 - refused);
	const sent = tenant.sim.log.filter(({ path }) => path.endsWith('start_xql_query'));
	for (const { body } of sent) expect(body).not.toContain('target type');
});

it('fails for one item where an option of its own cannot be evaluated, be it the first', async () => {
	const parameters = {
		query: FINE,
		options: { childTenantId: OF_ITEM },
	};
	tenant.sim.state.xqlRows = [{ n: 1 }];
	const { items } = await tenant.run('xql', 'runQuery', parameters, {
		items: [{}, { child: cortexXsiamDemo.childTenantId }],
		node: { onError: 'continueRegularOutput' },
	});
	expect(items.map(({ json }) => json.error !== undefined)).toEqual([true, false]);
});

it('says so where no item has an option that can be evaluated', async () => {
	const options = { childTenantId: OF_ITEM };
	const result = await tenant.run('xql', 'runQuery', { query: FINE, options });
	expect(said(result)).toMatch(/Referenced node doesn't exist/);
	expect(tenant.calls()).toEqual([]);
});
