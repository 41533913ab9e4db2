import { TestDataTables, findSecrets } from '../../harness';
import { FORM, addStore, asked, issuedKeys, sealedCredentials, storedAccounts } from './requests';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const DAY = 86_400_000;
const COMMENT = 'SIEM collector Berlin, in PAM360, for ada@example.com';

const vendors = useVendors();

/** The examples upon whose form a key goes into PAM360. */
const LEDGERS = ['keep-a-ledger.json', 'keep-a-ledger-in-xsiam.json'];
const ISSUERS = ['approve-before-issuing.json', ...LEDGERS];

/** The examples that rotate a key there, and what each is started with. */
const ROTATORS: Array<[string, { startNode: string; pinData?: object }]> = [
	['rotate-api-keys-into-pam360.json', { startNode: 'Every morning' }],
	[
		'agent-asks-for-rotation.json',
		{
			startNode: 'When an agent asks',
			pinData: {
				'When an agent asks': [{ json: { comment: COMMENT, why: 'it leaked' } }],
				'Ask a person': [{ json: { data: { approved: true } } }],
			},
		},
	],
];

describe('a key that one example issues', () => {
	const pairs = ISSUERS.flatMap((issuer) =>
		ROTATORS.map((rotator) => [issuer, ...rotator] as const),
	);

	it.each(pairs)('from %s is rotated by %s', async (issuer, rotator, start) => {
		const messages = recordMessages();
		const moreCredentials = sealedCredentials(vendors);
		const dataTables = new TestDataTables();
		addStore(vendors);
		if (LEDGERS.includes(issuer)) {
			await runExample(vendors, issuer, { startNode: 'Once, by hand', dataTables });
		}
		const issue = await runExample(vendors, issuer, {
			startNode: FORM,
			pinData: {
				[FORM]: [{ json: asked }],
				'Ask a person': [{ json: { data: { approved: true } } }],
			},
			moreCredentials,
			dataTables,
		});
		expect(issue.error()).toBeUndefined();
		const [first] = issuedKeys(vendors);
		expect(storedAccounts(vendors)).toEqual([
			expect.objectContaining({ name: COMMENT, password: `${first!.id}:${first!.secret}` }),
		]);
		// As if most of its time had passed.
		first!.expiration = Date.now() + 3 * DAY;
		first!.creationTime -= 27 * DAY;

		const rotation = await runExample(vendors, rotator, {
			...(start as object),
			moreCredentials,
		});

		expect(rotation.error()).toBeUndefined();
		expect(messages.jira).toEqual([]);
		const [, second, ...others] = issuedKeys(vendors);
		expect(others).toEqual([]);
		expect(storedAccounts(vendors)).toEqual([
			expect.objectContaining({ name: COMMENT, password: `${second!.id}:${second!.secret}` }),
		]);
		expect(findSecrets({ messages, run: issue.run }, [first!.secret, second!.secret])).toEqual([]);
	});
});
