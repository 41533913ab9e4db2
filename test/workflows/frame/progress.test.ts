import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { lanes } from '../../../nodes/shared/lanes';
import { findSecrets, runPoll } from '../../harness';
import type { LogEntry } from '../../harness';
import { answeredByNock } from '../kit/exchanges';
import { credentialFor, credentialTypes, nodeTypes, runVendor } from '../vendors';

/** What n8n's log is told of a run that waits, in each vendor's node and trigger. */

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

answeredByNock();
afterEach(() => lanes.clear());

// A gateway's address can hold what is nobody's business.
const HOST = 'https://gw.example.com';
const URL = `${HOST}/canary-path-of-a-gateway`;

const vendors = {
	pam360: {
		credential: 'pam360Api',
		parameters: { resource: 'resource', operation: 'getAll' },
		event: 'certificateExpiring',
	},
	cortexXsiam: {
		credential: 'cortexXsiamApi',
		parameters: { resource: 'apiKey', operation: 'getAll' },
		event: 'apiKeyExpiring',
	},
	senhasegura: {
		credential: 'senhaseguraOAuth1Api',
		parameters: { authentication: 'oAuth1', resource: 'device', operation: 'getAll' },
		event: 'sshKeyAged',
	},
} as const;

const names = Object.keys(vendors) as Array<keyof typeof vendors>;

/** Everything secret that the credential holds, and what its address says beyond the host. */
const secretsOf = (credential: IDataObject) => [
	'canary-path-of-a-gateway',
	...Object.values(credential).filter(
		(value): value is string => typeof value === 'string' && value.length > 12 && value !== URL,
	),
];

function refuseOnce(headers: Record<string, string>): void {
	for (const method of ['GET', 'POST']) {
		const scope = nock(HOST).persist();
		let calls = 0;
		scope.intercept(/.*/, method).reply(() => (calls++ === 0 ? [429, {}, headers] : [404, {}]));
	}
}

const waits = (logs: LogEntry[]) => logs.filter(({ message }) => message.includes('waits'));

describe.each(names)('%s: a wait is told at the level of debugging, without secrets,', (name) => {
	const { credential, parameters, event } = vendors[name];
	const data = credentialFor[credential](URL);
	const sentence =
		'gw\\.example\\.com refused a request because there were too many \\(429\\)\\. The next one is sent in [\\d.]+ seconds(, and at most [\\d.]+ a second)?\\.';

	it('by the node, with how far it is', async () => {
		refuseOnce({ 'Retry-After': '2' });
		const { logs } = await runVendor({
			vendor: name,
			onlyTheseParameters: true,
			parameters: { ...parameters },
			credentials: { [credential]: data },
			items: [{}, {}],
			node: { onError: 'continueRegularOutput' },
		});
		const told = waits(logs);
		expect(told.map(({ level }) => level)).toEqual(['debug']);
		expect(told[0]?.message).toMatch(
			new RegExp(`^Node waits\\. ${sentence} 0 of 2 items are done\\.$`),
		);
		expect(findSecrets(told, secretsOf(data))).toEqual([]);
	});

	it('and by the trigger', async () => {
		refuseOnce({ 'Retry-After': '2' });
		const { logs } = await runPoll({
			node: {
				type: `n8n-nodes-privileged-keys.${name}Trigger`,
				parameters: { ...parameters, event },
			},
			nodeTypes,
			credentialTypes,
			credentials: { [credential]: data },
		});
		const [first] = waits(logs);
		expect(first?.level).toBe('debug');
		expect(first?.message).toMatch(new RegExp(`^Trigger waits\\. ${sentence}$`));
		expect(findSecrets(waits(logs), secretsOf(data))).toEqual([]);
	});
});
