import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import type { ICredentialDataDecryptedObject, IDataObject, IWorkflowBase } from 'n8n-workflow';
import { TestCredentialsHelper, TestNodeTypes, runWorkflow } from '../../harness';
import type { RunWorkflowOptions } from '../../harness';
import {
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import type { CortexXsiamSimulator, Pam360Simulator, SenhaseguraSimulator } from '../../simulators';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';

const FOLDER = join(__dirname, '../../../examples');

export const exampleFiles = () =>
	readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.sort();

export const exampleText = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

export const exampleReadme = () => exampleText('README.md');

export function example(name: string): IWorkflowBase {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as IWorkflowBase;
}

export interface Vendors {
	pam360: Pam360Simulator;
	cortexXsiam: CortexXsiamSimulator;
	senhasegura: SenhaseguraSimulator;
}

/** The simulators of a test file; only they, and what nock stands in for, can be reached. */
export function useVendors(): Vendors {
	const vendors = {} as Vendors;

	beforeAll(async () => {
		Object.assign(vendors, {
			pam360: await startPam360Simulator(),
			cortexXsiam: await startCortexXsiamSimulator(),
			senhasegura: await startSenhaseguraSimulator(),
		});
	});

	beforeEach(() => {
		for (const vendor of Object.values(vendors) as Array<Vendors[keyof Vendors]>) vendor.reset();
		nock.disableNetConnect();
		nock.enableNetConnect(/^(localhost|127\.0\.0\.1)/);
	});

	afterEach(() => {
		nock.cleanAll();
		nock.enableNetConnect();
	});

	afterAll(async () => {
		await Promise.all(
			(Object.values(vendors) as Array<Vendors[keyof Vendors]>).map((vendor) => vendor.close()),
		);
		nock.restore();
	});

	return vendors;
}

/** Runs an example as it is, with credentials for the simulators and for what nock stands in for. */
export async function runExample(
	vendors: Vendors,
	name: string,
	more: Partial<RunWorkflowOptions> & {
		moreCredentials?: Record<string, ICredentialDataDecryptedObject>;
		/** Values of the step Settings, in place of those that the file has. */
		settings?: Record<string, string>;
	} = {},
) {
	const { moreCredentials, settings = {}, ...options } = more;
	const credentials = new TestCredentialsHelper({
		nodeTypes: new TestNodeTypes(nodeTypes),
		credentialTypes,
		credentials: {
			pam360Api: credentialFor.pam360Api(vendors.pam360.url),
			cortexXsiamApi: credentialFor.cortexXsiamApi(vendors.cortexXsiam.url),
			senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(vendors.senhasegura.url),
			slackApi: { accessToken: 'xoxb-not-a-token' },
			jiraSoftwareCloudApi: {
				domain: 'https://jira.test',
				email: 'me@example.com',
				apiToken: 'not-a-token',
			},
			...moreCredentials,
		},
	});
	const workflow = example(name);
	// As n8n does when somebody picks credentials; the files name none.
	for (const node of workflow.nodes) node.credentials = credentials.references();
	for (const assignment of assignmentsOf(workflow)) {
		assignment.value = settings[assignment.name] ?? assignment.value;
	}
	return await runWorkflow({ workflow, nodeTypes, credentialTypes, credentials, ...options });
}

function assignmentsOf({
	nodes,
}: Pick<IWorkflowBase, 'nodes'>): Array<{ name: string; value: string }> {
	const step = nodes.find(({ name }) => name === 'Settings')?.parameters as
		{ assignments: { assignments: Array<{ name: string; value: string }> } } | undefined;
	return step?.assignments.assignments ?? [];
}

/** What Slack and Jira are sent; both take everything, but for a Slack that is down. */
export function recordMessages({ slackIsDown = false } = {}) {
	const messages = { slack: [] as string[], jira: [] as IDataObject[] };
	nock('https://slack.com')
		.persist()
		.post('/api/chat.postMessage', (body: { text: string }) => {
			messages.slack.push(body.text);
			return true;
		})
		.reply(slackIsDown ? 503 : 200, { ok: true, channel: 'C1', ts: '1', message: {} });
	const jira = nock('https://jira.test').persist();
	jira.get('/rest/api/2/issuetype').reply(200, [{ id: '10001', name: 'Task', subtask: false }]);
	jira
		.post('/rest/api/2/issue', (body: IDataObject) => {
			messages.jira.push(body);
			return true;
		})
		.reply(201, { id: '10100', key: 'SEC-1', self: 'https://jira.test/rest/api/2/issue/10100' });
	return messages;
}
