import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { runVendorTrigger, triggerProperties } from '../shared/trigger';
import { authenticationField, credentials } from './authentication';
import { testOAuth1Credential } from './credentialCheck';
import { senhaseguraTrigger } from './events';

export class SenhaseguraTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Senhasegura Trigger',
		name: 'senhaseguraTrigger',
		icon: {
			light: 'file:../../icons/senhasegura.svg',
			dark: 'file:../../icons/senhasegura.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when SSH keys or credentials of the senhasegura (Segura) vault get old or expire, or a device is new',
		defaults: { name: 'Senhasegura Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authenticationField, ...triggerProperties(senhaseguraTrigger)],
	};

	methods = { credentialTest: { testOAuth1Credential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runVendorTrigger(this, senhaseguraTrigger);
	}
}
