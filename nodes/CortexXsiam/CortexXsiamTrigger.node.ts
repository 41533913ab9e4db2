import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { runVendorTrigger, triggerProperties } from '../shared/trigger';
import { testXsiamCredential } from './credentialCheck';
import { cortexXsiamTrigger } from './events';

export class CortexXsiamTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cortex XSIAM Trigger',
		name: 'cortexXsiamTrigger',
		icon: {
			light: 'file:../../icons/cortexXsiam.svg',
			dark: 'file:../../icons/cortexXsiam.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when API keys of Palo Alto Networks Cortex XSIAM expire soon, or something is new',
		defaults: { name: 'Cortex XSIAM Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cortexXsiamApi', required: true, testedBy: 'testXsiamCredential' }],
		properties: triggerProperties(cortexXsiamTrigger),
	};

	methods = { credentialTest: { testXsiamCredential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runVendorTrigger(this, cortexXsiamTrigger);
	}
}
