import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { credentialsFor, startSimulators, type Simulators } from '../../../scripts/host/vendors';
import { waitUntil } from '../../../scripts/host/ports';
import {
	credentialTypeOf,
	freshId,
	type FinishedRun,
	type StoredCredential,
	type StoredWorkflow,
	vendors,
} from '../../../scripts/host/workflows';
import type { Scenario } from '../scenarios/scenario';
import { Clock } from './clock';
import { Hosts } from './hosts';
import { Journal } from './journal';
import { type Messages, startMessages } from './messages';
import { type Run, Subject, type Tested } from './n8n';
import { OwnApi } from './ownApi';

export type { Tested };

const dayMs = 86_400_000;

/** How far n8n's clock may seem to be off: it tells whole seconds, and some of them twice. */
const toleranceMs = 3_000;

/**
 * What a point is run in: an n8n with the scenarios' workflows, the vendors, and the clock that all of
 * them follow. It serves one point after the other, as an n8n that runs for years: the vendors begin
 * anew each time, n8n and the clock go on.
 */
export class Lane {
	private current: Scenario | undefined;

	/** What n8n keeps for each scenario. */
	private readonly credentials = new Map<Scenario, StoredCredential[]>();

	private constructor(
		readonly clock: Clock,
		readonly journal: Journal,
		readonly simulators: Simulators,
		readonly messages: Messages,
		readonly hosts: Hosts,
		readonly n8n: Subject,
		readonly ownApi: OwnApi,
		private readonly folder: string,
	) {}

	static async create(scenarios: Scenario[], tested: Tested): Promise<Lane> {
		const folder = await mkdtemp(path.join(tmpdir(), 'lane-'));
		process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
		const [simulators, messages] = await Promise.all([startSimulators(), startMessages(folder)]);
		const clock = new Clock(
			path.join(folder, 'offset'),
			vendors.map((vendor) => simulators[vendor]),
		);
		const journal = new Journal(() => clock.now());
		const specs = scenarios.flatMap((scenario) => scenario.hosts ?? []);
		const hosts = await Hosts.prepare(folder, specs, journal, clock);
		const n8n = await Subject.create(tested, clock, messages.env);
		const ownApi = await OwnApi.start(journal, () => n8n.url);
		const lane = new Lane(clock, journal, simulators, messages, hosts, n8n, ownApi, folder);
		try {
			await n8n.setUp();
			for (const scenario of scenarios) await lane.add(scenario);
			return lane;
		} catch (error) {
			await lane.remove();
			throw error;
		}
	}

	private async add(scenario: Scenario) {
		const ofVendors = credentialsFor(this.simulators);
		const stored = await this.n8n.addCredentials([
			...(scenario.changeCredentials?.(ofVendors) ?? ofVendors),
			...messageCredentials(this.messages.jiraUrl),
			...(scenario.credentials?.(this.hosts.port) ?? []),
			...(scenario.needsOwnApi ? [await this.ownApiCredential()] : []),
		]);
		this.credentials.set(scenario, stored);
		const workflow = withCredentials(scenario.workflow(), stored);
		scenario.fillIn?.(workflow, this);
		await this.n8n.addWorkflow(scenario.name, workflow);
	}

	private async ownApiCredential(): Promise<StoredCredential> {
		const data = { apiKey: await this.n8n.openApi(), baseUrl: `${this.ownApi.url}/api/v1` };
		return { id: freshId(), name: 'n8n API', type: 'n8nApi', data };
	}

	/** The one of that type in a scenario's workflow. */
	credential(scenario: Scenario, type: string): StoredCredential {
		const found = this.credentials.get(scenario)?.find((one) => one.type === type);
		if (found === undefined) throw new Error(`${scenario.name} has no credential ${type}.`);
		return found;
	}

	/** The one that it was made ready for last. */
	get scenario(): Scenario {
		if (this.current === undefined) throw new Error('The lane was made ready for no scenario.');
		return this.current;
	}

	/** The vendors as they are at the start of every point, a day later than all that was before. */
	async reset(scenario: Scenario) {
		this.current = scenario;
		this.clock.moveTo(this.clock.now() + dayMs);
		for (const vendor of vendors) this.simulators[vendor].reset();
		this.clock.tell();
		this.messages.texts.length = 0;
		if (!this.n8n.running) await this.n8n.start();
		await waitUntil('n8n follows the clock', async () => {
			return Math.abs((await this.n8n.now()) - this.clock.now()) < toleranceMs;
		});
	}

	/** Has the journal see what n8n asks of the scenario's vendors. */
	watch() {
		for (const vendor of this.scenario.vendors) {
			this.simulators[vendor].gate.keeper = this.journal.keeper(vendor);
		}
	}

	/** Starts a run; the journal knows of it until it has ended. */
	async start(trigger: string): Promise<Run> {
		const run = await this.n8n.run(this.scenario.name, trigger);
		this.journal.runs.add(run.name);
		const ended = run.ended.finally(() => this.journal.runs.delete(run.name));
		return { name: run.name, ended };
	}

	async remove() {
		await this.n8n.remove();
		this.ownApi.close();
		await Promise.all([this.simulators.close(), this.messages.close(), this.hosts.close()]);
		await rm(this.folder, { recursive: true });
	}
}

export type Ended = FinishedRun | 'killed';

function messageCredentials(jiraUrl: string): StoredCredential[] {
	const jira = { domain: jiraUrl, email: 'me@example.com', apiToken: 'not-a-token' };
	return [
		{ id: freshId(), name: 'Slack', type: 'slackApi', data: { accessToken: 'xoxb-not-a-token' } },
		{ id: freshId(), name: 'Jira', type: 'jiraSoftwareCloudApi', data: jira },
	];
}

/** The workflow as it is after its user has picked the credentials. */
function withCredentials(workflow: StoredWorkflow, stored: StoredCredential[]): StoredWorkflow {
	const pick = (type: string, name: string | undefined) => {
		const ofType = stored.filter((one) => one.type === type);
		return ofType.find((one) => one.name === name) ?? ofType[0];
	};
	const nodes = workflow.nodes.map((node) => {
		const types = node.credentials
			? Object.keys(node.credentials)
			: [credentialTypeOf(node) ?? []].flat();
		const picked = types.flatMap((type) => {
			const found = pick(type, node.credentials?.[type]?.name);
			return found ? [[type, { id: found.id, name: found.name }] as const] : [];
		});
		return picked.length > 0 ? { ...node, credentials: Object.fromEntries(picked) } : node;
	});
	return { ...workflow, nodes };
}
