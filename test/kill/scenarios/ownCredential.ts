import type { StoredWorkflow } from '../../../scripts/host/workflows';
import type { Allowance, Observer } from '../observers/observer';
import type { Lane } from '../world/lane';
import { watchedKey } from './apiKeys';
import { example, type Scenario } from './scenario';

const comment = 'The key that n8n uses';

/** In the step that has them: what a user fills in by hand. */
function fillIn(workflow: StoredWorkflow, lane: Lane, credentialId: string) {
	const settings = workflow.nodes.find(({ name }) => name === 'Settings')?.parameters as
		{ assignments: { assignments: Array<{ name: string; value: string }> } } | undefined;
	const values: Record<string, string> = {
		n8nUrl: lane.ownApi.url,
		credentialId,
		tenantUrl: lane.simulators.cortexXsiam.url,
	};
	for (const setting of settings?.assignments.assignments ?? []) {
		setting.value = values[setting.name] ?? setting.value;
	}
}

async function seed(lane: Lane, allowance: Allowance): Promise<Observer> {
	const { key, observe } = watchedKey(lane, allowance, {
		comment,
		dueWithinDays: 30,
		// May do what the rotation needs.
		roles: ['Instance Administrator'],
		provedByUse: true,
	});
	const { id } = lane.credential(ownCredential, 'cortexXsiamApi');
	const { secret, securityLevel } = key;
	await lane.n8n.changeCredential(id, {
		url: lane.simulators.cortexXsiam.url,
		apiKeyId: String(key.id),
		apiKey: secret,
		securityLevel,
	});
	return observe(async () => {
		const { apiKeyId, apiKey } = await lane.n8n.readCredential(id);
		return `${apiKeyId}:${apiKey}`;
	});
}

export const ownCredential: Scenario = {
	name: 'own-credential',
	title: "n8n's own Cortex XSIAM credential (renew-own-credential.json)",
	vendors: ['cortexXsiam'],
	workflow: () => example('renew-own-credential.json'),
	schedule: [{ trigger: 'Every morning', afterMs: 0 }],
	needsOwnApi: true,
	fillIn: (workflow, lane) =>
		fillIn(workflow, lane, lane.credential(ownCredential, 'cortexXsiamApi').id),
	seed,
};
