import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import {
	FORM,
	addStore,
	asked,
	issuedKeys,
	recipientPrivateKey,
	refused,
	sealedCredentials,
	storedAccounts,
} from './requests';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const NAME = 'approve-before-issuing.json';
const DAY = 86_400_000;

const vendors = useVendors();

describe('an API key that somebody has to approve', () => {
	const run = async (form: IDataObject, answer: IDataObject = { data: { approved: true } }) =>
		await runExample(vendors, NAME, {
			startNode: FORM,
			pinData: { [FORM]: [{ json: form }], 'Ask a person': [{ json: answer }] },
			moreCredentials: sealedCredentials(vendors),
		});

	it('is issued after the answer, kept in PAM360, and seen by nobody on the way', async () => {
		addStore(vendors);
		const messages = recordMessages();
		const result = await run(asked);
		expect(result.error()).toBeUndefined();
		const [key, ...others] = issuedKeys(vendors);
		expect(others).toEqual([]);
		expect(key?.comment).toMatch(
			/^SIEM collector Berlin, in PAM360, for ada@example\.com \[n8n call /,
		);
		expect((key!.expiration! - Date.now()) / DAY).toBeCloseTo(30, 1);
		const [account] = storedAccounts(vendors);
		expect(account).toMatchObject({
			name: 'SIEM collector Berlin, in PAM360, for ada@example.com',
			password: `${key!.id}:${key!.secret}`,
		});
		expect(messages.slack).toEqual([expect.stringContaining(`The API key ${key!.id} for`)]);
		expect(findSecrets({ run: result.run, messages }, [key!.secret, recipientPrivateKey])).toEqual(
			[],
		);
	});

	it.each([{ data: { approved: false } }, {}])('is not issued for %j', async (answer) => {
		addStore(vendors);
		const messages = recordMessages();
		const result = await run(asked, answer);
		expect(result.error()).toBeUndefined();
		expect(issuedKeys(vendors)).toEqual([]);
		expect(messages.slack).toEqual([expect.stringContaining('Nothing was issued')]);
	});

	it.each(refused)('is not even asked for: %j', async (form) => {
		recordMessages();
		const result = await run(form);
		expect(result.error()?.message).toContain('Nothing was issued');
		expect(result.runCount('Ask a person')).toBe(0);
		expect(issuedKeys(vendors)).toEqual([]);
	});

	it('is issued once, however often it is asked for', async () => {
		addStore(vendors);
		const messages = recordMessages();
		await run(asked);
		await run(asked);
		expect(issuedKeys(vendors)).toHaveLength(1);
		expect(messages.slack.at(-1)).toContain('is not done');
	});

	it('is told of without what Slack would obey in the answer of PAM360', async () => {
		const messages = recordMessages();
		addStore(vendors);
		vendors.pam360.trouble.add({
			kind: 'rawBody',
			match: { method: 'POST', path: /\/accounts/ },
			body: JSON.stringify({
				operation: { name: 'ADD', result: { status: 'Failed', message: 'No <!here>' } },
			}),
		});
		await run(asked);
		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*No !here[^<>]*$/)]);
	});

	it('is told of where PAM360 does not take it', async () => {
		const messages = recordMessages();
		const result = await run(asked);
		expect(result.error()?.message).toContain('This execution is kept');
		expect(messages.slack).toEqual([expect.stringContaining('was approved and is not done')]);
		expect(findSecrets({ run: result.run, messages }, [issuedKeys(vendors)[0]!.secret])).toEqual(
			[],
		);
	});
});
