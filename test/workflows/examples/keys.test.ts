import { findSecrets } from '../../harness';
import {
	example,
	exampleFiles,
	exampleReadme,
	recordMessages,
	runExample,
	useVendors,
} from './support';

const NONE_SAVED = {
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveManualExecutions: false,
};

describe('examples', () => {
	const vendors = useVendors();

	it('are all in their README, and save no executions', () => {
		expect(exampleFiles().length).toBeGreaterThanOrEqual(6);
		for (const file of exampleFiles()) {
			expect(exampleReadme()).toContain(`(${file})`);
			expect(example(file).settings).toMatchObject(NONE_SAVED);
		}
	});

	it('hold no secret and no credential of anybody', () => {
		for (const file of exampleFiles()) {
			const { nodes, pinData } = example(file);
			expect(pinData).toEqual({});
			for (const { credentials = {} } of nodes) {
				for (const { id } of Object.values(credentials)) expect(id).toBeNull();
			}
		}
	});

	it('issue one key from each vendor and pass on no secret', async () => {
		const result = await runExample(vendors, 'one-key-from-each-vendor.json');

		expect(result.run.status).toBe('success');
		const [agentKey] = vendors.pam360.state.keys;
		const apiKey = [...vendors.cortexXsiam.state.keys.values()].at(-1);
		const secrets = [agentKey!.agentKey, apiKey!.secret];
		expect(result.output('Generate agent key')[0]?.json.secret).toBe(agentKey!.agentKey);
		expect(result.output('Generate API key')[0]?.json.secret).toBe(apiKey!.secret);
		const passedOn = result.output('Without the secrets').map(({ json }) => json);
		expect(passedOn.map(({ vendor, type }) => [vendor, type])).toEqual([
			['pam360', 'agentKey'],
			['cortexXsiam', 'apiKey'],
			['senhasegura', 'sshKey'],
		]);
		expect(passedOn.every((json) => !('secret' in json))).toBe(true);
		expect(findSecrets({ passedOn, logs: result.logs }, secrets)).toEqual([]);
		expect(JSON.stringify(result.run)).not.toContain('PRIVATE KEY');
	});

	it('tell Slack and Jira that a key exists, and not the key', async () => {
		const messages = recordMessages();

		const result = await runExample(vendors, 'issue-agent-key-tell-slack-open-jira.json');

		expect(result.error()).toBeUndefined();
		const key = vendors.pam360.state.keys.at(-1);
		const item = result.output('Generate agent key')[0]?.json;
		expect(item?.secret).toBe(key!.agentKey);
		expect(messages.slack).toHaveLength(1);
		expect(messages.jira).toHaveLength(1);
		expect(JSON.stringify(messages)).toContain(item?.expiresAtServerTime);
		expect(findSecrets(messages, [key!.agentKey])).toEqual([]);
		expect(result.output('Open an issue')[0]?.json.key).toBe('SEC-1');
	});
});
