import type { IDataObject } from 'n8n-workflow';
import { TestDataTables, findSecrets } from '../../harness';
import {
	FORM,
	addStore,
	asked,
	issuedKeys,
	refused,
	sealedCredentials,
	storedAccounts,
} from './requests';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const NAME = 'keep-a-ledger.json';

const vendors = useVendors();

describe('the ledger', () => {
	let dataTables: TestDataTables;
	const rows = () => dataTables.rowsOf('privileged_keys');
	const run = async (form: IDataObject, executionId = '4711') =>
		await runExample(vendors, NAME, {
			startNode: FORM,
			pinData: { [FORM]: [{ json: form }] },
			moreCredentials: sealedCredentials(vendors),
			dataTables,
			executionId,
		});

	beforeEach(async () => {
		dataTables = new TestDataTables();
		const made = await runExample(vendors, NAME, { startNode: 'Once, by hand', dataTables });
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
				valid_until: new Date(key!.expiration!).toISOString(),
			}),
		]);
		expect(storedAccounts(vendors)[0]?.password).toBe(`${key!.id}:${key!.secret}`);
		expect(findSecrets({ rows: rows(), run: result.run }, [key!.secret])).toEqual([]);
		expect(JSON.stringify(rows())).not.toContain('eyJ');
	});

	it('has the request before the key is issued', async () => {
		vendors.cortexXsiam.trouble.add({ kind: 'status', status: 403, match: { path: /generate/ } });
		addStore(vendors);
		const result = await run(asked);
		expect(result.error()?.message).toContain('Not done: ');
		expect(rows()).toEqual([
			expect.objectContaining({ state: 'failed', key_id: '', for_whom: 'ada@example.com' }),
		]);
		expect(result.output('Write down the request')[0]?.json).toMatchObject({ request: '4711' });
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
			asked_at: new Date(Date.now() - 2 * 3_600_000).toISOString(),
		});
		const result = await runExample(vendors, NAME, { startNode: 'Every morning', dataTables });
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
		await runExample(vendors, NAME, { startNode: 'Once, by hand', dataTables });
		expect(rows()).toHaveLength(1);
	});
});
