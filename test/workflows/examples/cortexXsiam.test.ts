import { findSecrets } from '../../harness';
import { addPam360Account, addPam360Resource, cortexXsiamDemo } from '../../simulators';
import { foreignKey } from '../../unit/cortexXsiam/support';
import type { Trouble } from '../../simulators/shared/trouble';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

const DAY = 86_400_000;
const NAME = 'rotate-expiring-api-keys.json';

const vendors = useVendors();

/** A key that expires in three days, and the account in which PAM360 keeps it. */
function expiringKey() {
	const key = foreignKey({
		id: 100,
		comment: 'SIEM collector',
		creationTime: Date.now() - 87 * DAY,
		expiration: Date.now() + 3 * DAY,
		userName: 'Ada Admin',
	});
	vendors.cortexXsiam.state.keys.set(key.id, key);
	const { state } = vendors.pam360;
	const resource = addPam360Resource(state, { id: '700', name: 'Cortex XSIAM' });
	return { key, account: addPam360Account(state, resource, { id: '700', name: 'SIEM collector' }) };
}

/** Those that were not there at the start. */
const newKeys = () => {
	const known = Object.values(cortexXsiamDemo).flatMap((demo) =>
		typeof demo === 'string' ? [] : [Number(demo.apiKeyId)],
	);
	return [...vendors.cortexXsiam.state.keys.values()].filter(
		({ id }) => id !== 100 && !known.includes(id),
	);
};

describe('rotating API keys that expire soon', () => {
	it('issues and stores a new one, tells Slack, and leaves the old one', async () => {
		const messages = recordMessages();
		const { account } = expiringKey();

		const result = await runExample(vendors, NAME, { startNode: 'Every morning' });

		expect(result.error()).toBeUndefined();
		const [key, ...others] = newKeys();
		expect(others).toEqual([]);
		expect(key).toMatchObject({ comment: 'SIEM collector', roles: ['Investigator'] });
		expect(account.password).toBe(key?.secret);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(messages.slack).toEqual([
			expect.stringContaining(
				`"SIEM collector" was rotated: its new ID is ${key?.id}, valid until `,
			),
		]);
		expect(messages.jira).toEqual([]);
		expect(findSecrets({ messages, logs: result.logs }, [key!.secret])).toEqual([]);
	});

	it('takes the new key back where PAM360 does not take it, and opens an issue', async () => {
		const messages = recordMessages();
		vendors.cortexXsiam.state.keys.set(
			100,
			foreignKey({ id: 100, comment: 'Nowhere', expiration: Date.now() + 3 * DAY }),
		);

		const result = await runExample(vendors, NAME, { startNode: 'Every morning' });

		expect(result.error()).toBeUndefined();
		expect(newKeys()).toEqual([]);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(messages.slack).toEqual([]);
		expect(JSON.stringify(messages.jira)).toContain('It was deleted again.');
		expect(JSON.stringify(messages.jira)).toContain('The old one, 100, is as it was');
	});

	const forbidden = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: null } };

	it.each<[string, Trouble]>([
		[
			'the key is not issued',
			{ kind: 'status', status: 403, match: /\/generate$/, body: forbidden },
		],
		['the new key does not work', { kind: 'cutBeforeWork', match: /\/healthcheck$/ }],
	])('opens an issue when %s, and leaves the old key alone', async (_, trouble) => {
		const messages = recordMessages();
		expiringKey();
		vendors.cortexXsiam.trouble.add(trouble);

		const result = await runExample(vendors, NAME, { startNode: 'Every morning' });

		expect(result.error()).toBeUndefined();
		expect(newKeys()).toEqual([]);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(messages.slack).toEqual([]);
		expect(messages.jira).toHaveLength(1);
	});

	it('revokes the old key when the new one is a day old, and not before', async () => {
		const messages = recordMessages();
		expiringKey();
		const successor = foreignKey({
			id: 101,
			comment: 'SIEM collector',
			creationTime: Date.now() - DAY / 2,
			expiration: Date.now() + 90 * DAY,
		});
		vendors.cortexXsiam.state.keys.set(101, successor);
		await runExample(vendors, NAME, { startNode: 'An hour later' });
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);

		successor.creationTime = Date.now() - 2 * DAY;
		const result = await runExample(vendors, NAME, { startNode: 'An hour later' });

		expect(result.error()).toBeUndefined();
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(false);
		expect(vendors.cortexXsiam.state.keys.has(101)).toBe(true);
		expect(messages.slack).toEqual([
			'The old Cortex XSIAM API key "SIEM collector", ID 100, was revoked.',
		]);
	});
});
