import type { IDataObject } from 'n8n-workflow';
import { TestDataTables, findSecrets } from '../../harness';
import type { RunWorkflowOptions } from '../../harness';
import {
	FORM,
	addStore,
	asked,
	issuedKeys,
	refused,
	sealedCredentials,
	storedAccounts,
} from './requests';
import { example as exampleOf, recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vendors = useVendors();

let dataTables: TestDataTables;

/** Where a ledger is kept, and the example that keeps it there. */
const STORES = [
	{
		name: 'a data table of n8n',
		example: async (options: LedgerOptions) =>
			await runExample(vendors, 'keep-a-ledger.json', { ...options, dataTables }),
		rows: (): IDataObject[] => dataTables.rowsOf('privileged_keys'),
		/** A time, as it is kept there. */
		kept: (time: number) => new Date(time).toISOString(),
	},
	{
		name: 'a lookup dataset of Cortex XSIAM',
		example: async (options: LedgerOptions) =>
			await runExample(vendors, 'keep-a-ledger-in-xsiam.json', options),
		rows: (): IDataObject[] =>
			(vendors.cortexXsiam.state.datasets.get('privileged_keys')?.rows ?? []) as IDataObject[],
		kept: (time: number) => time,
	},
];

type LedgerOptions = Partial<RunWorkflowOptions> & {
	moreCredentials?: ReturnType<typeof sealedCredentials>;
};

describe.each(STORES)('the ledger in $name', ({ example, rows, kept }) => {
	const run = async (form: IDataObject, executionId = '4711') =>
		await example({
			startNode: FORM,
			pinData: { [FORM]: [{ json: form }] },
			moreCredentials: sealedCredentials(vendors),
			executionId,
		});

	beforeEach(async () => {
		dataTables = new TestDataTables();
		const made = await example({ startNode: 'Once, by hand' });
		expect(made.error()).toBeUndefined();
	});

	it('has what was issued, for whom, until when, by which execution, and no secret', async () => {
		addStore(vendors);
		const result = await run(asked);
		expect(result.error()).toBeUndefined();
		const [key] = issuedKeys(vendors);
		expect(rows()).toEqual([
			expect.objectContaining({
				request: '4711',
				execution: expect.stringMatching(/\/4711$/) as string,
				purpose: 'SIEM collector Berlin',
				for_whom: 'ada@example.com',
				state: 'issued',
				vendor: 'cortexXsiam',
				key_type: 'apiKey',
				key_id: String(key!.id),
			}),
		]);
		expect(rows()[0]?.valid_until).toBe(kept(key!.expiration!));
		const askedAt = new Date(rows()[0]?.asked_at as string).getTime();
		expect(Math.abs(askedAt - Date.now())).toBeLessThan(60_000);
		expect(storedAccounts(vendors)[0]?.password).toBe(`${key!.id}:${key!.secret}`);
		expect(findSecrets({ rows: rows(), run: result.run }, [key!.secret])).toEqual([]);
		expect(JSON.stringify(rows())).not.toContain('eyJ');
	});

	it('has the request before the key is issued', async () => {
		const body = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: null } };
		const match = { path: /generate/ };
		vendors.cortexXsiam.trouble.add({ kind: 'status', status: 403, body, match });
		addStore(vendors);
		const result = await run(asked);
		expect(result.error()?.message).toContain('Not done: ');
		expect(rows()).toEqual([
			expect.objectContaining({ request: '4711', state: 'failed', for_whom: 'ada@example.com' }),
		]);
		expect(rows()[0]?.key_id || null).toBeNull();
		const { runData } = result.run.data.resultData;
		const order = ['Write down the request', 'Generate API key'].map(
			(name) => runData[name]?.[0]?.executionIndex,
		);
		expect(order).toEqual([...order].sort((a, b) => a! - b!));
	});

	it('says of a key that PAM360 did not take that it is there', async () => {
		await run(asked);
		expect(rows()).toEqual([
			expect.objectContaining({
				state: 'issued, not kept',
				key_id: String(issuedKeys(vendors)[0]!.id),
			}),
		]);
	});

	it.each(refused)('has no row for %j', async (form) => {
		const result = await run(form);
		expect(result.error()?.message).toContain('Nothing was issued');
		expect(rows()).toEqual([]);
	});

	it('tells every morning what needs somebody, and nothing else', async () => {
		const messages = recordMessages();
		addStore(vendors);
		await run({ ...asked, 'What for': 'Long', Days: 90 }, '1');
		await run({ ...asked, 'What for': 'Short', Days: 10 }, '2');
		await run({ ...asked, 'What for': 'Just asked' }, '3');
		const third = rows().at(-1) as IDataObject;
		Object.assign(third, {
			state: 'asked',
			asked_at: kept(Date.now() - 2 * 3_600_000),
		});
		const result = await example({ startNode: 'Every morning' });
		expect(result.error()).toBeUndefined();
		expect(messages.slack.sort()).toEqual([
			expect.stringMatching(
				/^The API key \d+ for Short ends on \d{4}-\d\d-\d\d\. Asked for by ada@/,
			),
			expect.stringMatching(/^The request 3 for Just asked was begun and not ended/),
		]);
	});

	it('is made once, and then left as it is', async () => {
		addStore(vendors);
		await run(asked);
		await example({ startNode: 'Once, by hand' });
		expect(rows()).toHaveLength(1);
	});
});

describe('the ledger in Cortex XSIAM', () => {
	const { example } = STORES.find(({ name }) => name.includes('XSIAM'))!;

	it('is written once before the key is issued and once after, all columns each time', async () => {
		await example({ startNode: 'Once, by hand' });
		addStore(vendors);
		const { log, state } = vendors.cortexXsiam;
		log.splice(0);
		const result = await example({
			startNode: FORM,
			pinData: { [FORM]: [{ json: asked }] },
			moreCredentials: sealedCredentials(vendors),
		});
		expect(result.error()).toBeUndefined();
		const calls = log.filter(({ path }) => /add_data$|generate$/.test(path));
		expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual([
			'add_data',
			'generate',
			'add_data',
		]);
		const columns = Object.keys(state.datasets.get('privileged_keys')!.schema).sort();
		for (const { body } of [calls[0]!, calls[2]!]) {
			const { request_data: sent } = JSON.parse(body) as { request_data: IDataObject };
			expect(sent.key_fields).toEqual(['request']);
			const [row, ...others] = sent.data as IDataObject[];
			expect(others).toEqual([]);
			expect(Object.keys(row!).sort()).toEqual(columns);
		}
	});

	it('has dates as dates, and the columns of the ledger in n8n', async () => {
		await example({ startNode: 'Once, by hand' });
		const { schema } = vendors.cortexXsiam.state.datasets.get('privileged_keys')!;
		const inN8n = exampleOf('keep-a-ledger.json').nodes.find(
			({ name }) => name === 'Make the table',
		)!.parameters.columns as { column: Array<{ name: string }> };
		expect(Object.keys(schema)).toEqual(inN8n.column.map(({ name }) => name));
		const dates = Object.keys(schema).filter((name) => schema[name] === 'datetime');
		expect(dates).toEqual(['asked_at', 'valid_until']);
	});
});
