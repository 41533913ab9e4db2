import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties, sensitiveOutputFields } from '../shared/description';
import { runVendorNode } from '../shared/run';
import { getRoles } from './methods/loadOptions';
import { cortexXsiam } from './resources';

export class CortexXsiam implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cortex XSIAM',
		name: 'cortexXsiam',
		icon: {
			light: 'file:../../icons/cortexXsiam.svg',
			dark: 'file:../../icons/cortexXsiam.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Issue API keys of Palo Alto Networks Cortex XSIAM',
		defaults: { name: 'Cortex XSIAM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		sensitiveOutputFields: sensitiveOutputFields(cortexXsiam),
		credentials: [{ name: 'cortexXsiamApi', required: true }],
		properties: nodeProperties(cortexXsiam),
	};

	methods = { loadOptions: { getRoles } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runVendorNode(this, cortexXsiam);
	}
}
