import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { runVendorTrigger, triggerProperties } from '../shared/trigger';
import { testPam360Credential } from './credentialCheck';
import { pam360Trigger } from './events';

export class Pam360Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ManageEngine PAM360 Trigger',
		name: 'pam360Trigger',
		icon: { light: 'file:../../icons/pam360.svg', dark: 'file:../../icons/pam360.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when ManageEngine PAM360 has a new audit record or a new request for access to a password, or when a certificate expires soon',
		defaults: { name: 'ManageEngine PAM360 Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'pam360Api', required: true, testedBy: 'testPam360Credential' }],
		properties: triggerProperties(pam360Trigger),
	};

	methods = { credentialTest: { testPam360Credential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runVendorTrigger(this, pam360Trigger);
	}
}
