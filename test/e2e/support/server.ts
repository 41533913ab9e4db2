import { installedHost } from '../../../scripts/host/install';
import { N8n } from '../../../scripts/host/n8n';
import { installCommunityPackage } from '../../../scripts/host/package';
import { credentialsFor, startSimulators, type Simulators } from '../../../scripts/host/vendors';
import {
	exampleWorkflows,
	mainWorkflowName,
	type StoredCredential,
	type StoredWorkflow,
} from '../../../scripts/host/workflows';

/** An n8n with the packed package installed, and the simulators that its credentials are for. */
export interface Stage {
	n8n: N8n;
	simulators: Simulators;
	credentials: StoredCredential[];
	/** The main workflow, with the stored credentials. */
	mainWorkflow: StoredWorkflow;
	/** Undone in the opposite order. */
	onEnd(cleanup: () => Promise<unknown>): void;
	end(): Promise<void>;
}

export const release = process.env.E2E_RELEASE === 'oldest' ? 'oldest' : 'newest';

/** The packed package. */
export function tarball(): string {
	const file = process.env.E2E_TARBALL;
	if (file === undefined) throw new Error('Run this through npm run test:e2e.');
	return file;
}

/** Sets the stage and fills n8n's database; what was started is stopped again if that fails. */
export async function setStage(env: Record<string, string> = {}): Promise<Stage> {
	const cleanups: Array<() => Promise<unknown>> = [];
	const end = async () => {
		for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
	};
	try {
		const simulators = await startSimulators();
		cleanups.push(() => simulators.close());
		const n8n = await N8n.create(installedHost(release), env);
		cleanups.push(() => n8n.remove());

		await installCommunityPackage(tarball(), n8n.userFolder);

		const credentials = credentialsFor(simulators);
		const workflows = await exampleWorkflows(credentials);
		const mainWorkflow = workflows.get(mainWorkflowName);
		if (mainWorkflow === undefined) {
			throw new Error(`examples/${mainWorkflowName}.json is not there.`);
		}
		await n8n.importCredentials(credentials);
		await n8n.importWorkflows([...workflows.values()]);

		const onEnd = (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup);
		return { n8n, simulators, credentials, mainWorkflow, onEnd, end };
	} catch (error) {
		await end();
		throw error;
	}
}
