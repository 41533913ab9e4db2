import { randomBytes } from 'node:crypto';

/** The owner of a throw-away n8n on this machine; printed by `npm start`. */
export const owner = {
	email: 'demo@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: `Demo-1${randomBytes(6).toString('hex')}`,
};

/** The part of n8n's internal REST API that the editor uses, called as the owner. */
export class Rest {
	private cookie = '';
	private lastChange: Promise<unknown> = Promise.resolve();

	constructor(private readonly url: string) {}

	async setUpOwner() {
		await this.call('POST', 'owner/setup', owner);
	}

	async login() {
		const { email, password } = owner;
		await this.call('POST', 'login', { emailOrLdapLoginId: email, password });
	}

	async createWorkflow(workflow: object): Promise<{ id: string }> {
		return await this.call('POST', 'workflows', workflow);
	}

	async createCredential(credential: object): Promise<{ id: string }> {
		return await this.call('POST', 'credentials', credential);
	}

	/** A key of n8n's public API that does not expire. */
	async createApiKey(scopes: string[]): Promise<string> {
		const key = { label: 'API', expiresAt: null, scopes };
		return (await this.call<{ rawApiKey: string }>('POST', 'api-keys', key)).rawApiKey;
	}

	/** Makes the workflow listen to its triggers. */
	async publishWorkflow(id: string) {
		const { versionId } = await this.call<{ versionId: string }>('GET', `workflows/${id}`);
		await this.call('POST', `workflows/${id}/activate`, { versionId });
	}

	/** Starts a run as the editor's button does; comes back before it has ended. */
	async runByHand(id: string, trigger: string) {
		const workflowData = await this.call<object>('GET', `workflows/${id}`);
		const run = { workflowData, triggerToStartFrom: { name: trigger } };
		await this.call('POST', `workflows/${id}/run`, run);
	}

	/** The executions of a workflow that are saved, and those that are under way. */
	async executionsOf(workflowId: string): Promise<Array<{ id: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `executions?filter=${filter}`;
		return (await this.call<{ results: Array<{ id: string }> }>('GET', path)).results;
	}

	/**
	 * Changes one after another: transactions that begin at once on n8n's older SQLite driver share one
	 * connection, and one of them ends in "no such savepoint".
	 */
	private async call<T>(method: string, path: string, body?: object): Promise<T> {
		const send = async () => await this.send<T>(method, path, body);
		if (method === 'GET') return await send();
		const answer = this.lastChange.then(send, send);
		this.lastChange = answer;
		return await answer;
	}

	private async send<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		}
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		return (JSON.parse(text) as { data: T }).data;
	}
}
