import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { findSecrets, runWorkflow } from '../harness';
import {
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import { credentialFor, credentialTypes, nodeTypes } from './vendors';

const FOLDER = join(__dirname, '../../examples');
const NONE_SAVED = {
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveManualExecutions: false,
};

function example(name: string): IWorkflowBase {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as IWorkflowBase;
}

describe('examples', () => {
	let vendors: Awaited<ReturnType<typeof startVendors>>;

	async function startVendors() {
		return {
			pam360: await startPam360Simulator(),
			cortexXsiam: await startCortexXsiamSimulator(),
			senhasegura: await startSenhaseguraSimulator(),
		};
	}

	function credentials() {
		return {
			pam360Api: credentialFor.pam360Api(vendors.pam360.url),
			cortexXsiamApi: credentialFor.cortexXsiamApi(vendors.cortexXsiam.url),
			senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(vendors.senhasegura.url),
			slackApi: { accessToken: 'xoxb-not-a-token' },
			jiraSoftwareCloudApi: {
				domain: 'https://jira.test',
				email: 'me@example.com',
				apiToken: 'not-a-token',
			},
		};
	}

	beforeAll(async () => {
		vendors = await startVendors();
	});

	afterAll(async () => {
		await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
		nock.restore();
	});

	beforeEach(() => {
		nock.disableNetConnect();
		nock.enableNetConnect(/^(localhost|127\.0\.0\.1)/);
	});

	afterEach(() => {
		nock.cleanAll();
		nock.enableNetConnect();
	});

	it('is a list that this file and the README know', () => {
		const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
		const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
		expect(files.sort()).toEqual([
			'issue-agent-key-tell-slack-open-jira.json',
			'one-key-from-each-vendor.json',
		]);
		for (const file of files) {
			expect(readme).toContain(`(${file})`);
			expect(example(file).settings).toMatchObject(NONE_SAVED);
		}
	});

	it('issues one key from each vendor and passes on no secret', async () => {
		const result = await runWorkflow({
			workflow: example('one-key-from-each-vendor.json'),
			nodeTypes,
			credentialTypes,
			credentials: credentials(),
		});

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

	it('tells Slack and Jira that a key exists, and not the key', async () => {
		const sent: IDataObject[] = [];
		const record = (body: unknown) => {
			sent.push(body as IDataObject);
			return true;
		};
		nock('https://slack.com')
			.post('/api/chat.postMessage', record)
			.reply(200, { ok: true, channel: 'C1', ts: '1', message: {} });
		nock('https://jira.test')
			.get('/rest/api/2/issuetype')
			.reply(200, [{ id: '10001', name: 'Task', subtask: false }]);
		nock('https://jira.test')
			.post('/rest/api/2/issue', record)
			.reply(201, { id: '10100', key: 'SEC-1', self: 'https://jira.test/rest/api/2/issue/10100' });

		const result = await runWorkflow({
			workflow: example('issue-agent-key-tell-slack-open-jira.json'),
			nodeTypes,
			credentialTypes,
			credentials: credentials(),
		});

		expect(result.error()).toBeUndefined();
		const key = vendors.pam360.state.keys.at(-1);
		const item = result.output('Generate agent key')[0]?.json;
		expect(item?.secret).toBe(key!.agentKey);
		expect(sent).toHaveLength(2);
		expect(JSON.stringify(sent)).toContain(item?.expiresAtServerTime);
		expect(findSecrets(sent, [key!.agentKey])).toEqual([]);
		expect(result.output('Open an issue')[0]?.json.key).toBe('SEC-1');
	});
});
