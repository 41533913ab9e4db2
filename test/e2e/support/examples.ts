import type { Rest } from '../../../scripts/host/rest';
import {
	exampleWorkflows,
	type StoredCredential,
	type StoredWorkflow,
} from '../../../scripts/host/workflows';

const form = { user: 'me', password: 'not-a-password' };

/** What opens the forms of the examples, as a header. */
export const formPassword = `Basic ${Buffer.from(Object.values(form).join(':')).toString('base64')}`;

/** What the examples use beside the vendors. Nothing of it is real. */
const services: Array<Pick<StoredCredential, 'name' | 'type' | 'data'>> = [
	{ name: 'Slack', type: 'slackApi', data: { accessToken: 'xoxb-not-a-token' } },
	{
		name: 'Jira',
		type: 'jiraSoftwareCloudApi',
		data: { domain: 'https://jira.test', email: 'me@example.com', apiToken: 'not-a-token' },
	},
	{
		name: 'Mail',
		type: 'smtp',
		data: { host: 'mail.test', port: 465, secure: true, user: 'me', password: 'not-a-password' },
	},
	{
		name: 'Hosts',
		type: 'sshPrivateKey',
		data: { host: 'host.test', port: 22, username: 'deploy', privateKey: 'not-a-key' },
	},
	{ name: 'Form', type: 'httpBasicAuth', data: form },
	{ name: 'AWX', type: 'httpHeaderAuth', data: { name: 'Authorization', value: 'not-a-token' } },
	{
		name: 'n8n',
		type: 'n8nApi',
		data: { apiKey: 'not-a-key', baseUrl: 'https://n8n.test/api/v1' },
	},
];

/** The examples by file name, as they are when their user has picked a credential in every node. */
export async function examplesWithCredentials(
	rest: Rest,
	vendors: StoredCredential[],
): Promise<Map<string, StoredWorkflow>> {
	const stored = await Promise.all(
		services.map(async (service) => ({ ...service, ...(await rest.createCredential(service)) })),
	);
	return await exampleWorkflows([...vendors, ...stored]);
}
