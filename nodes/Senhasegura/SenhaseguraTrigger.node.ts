import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { runVendorTrigger, triggerProperties } from '../shared/trigger';
import { authenticationField } from './authentication';
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
		credentials: [
			{
				name: 'senhaseguraOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'senhaseguraOAuth1Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth1'] } },
				testedBy: 'testOAuth1Credential',
			},
		],
		properties: [authenticationField, ...triggerProperties(senhaseguraTrigger)],
	};

	methods = { credentialTest: { testOAuth1Credential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runVendorTrigger(this, senhaseguraTrigger);
	}
}
