import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties, sensitiveOutputFields } from '../shared/description';
import { editorMethods } from '../shared/editorMethods';
import { runVendorNode } from '../shared/run';
import { testXsiamCredential } from './credentialCheck';
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
		description:
			'Manage API keys, roles and users of Palo Alto Networks Cortex XSIAM, and work on cases, queries and endpoints',
		defaults: { name: 'Cortex XSIAM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		sensitiveOutputFields: sensitiveOutputFields(cortexXsiam),
		credentials: [{ name: 'cortexXsiamApi', required: true, testedBy: 'testXsiamCredential' }],
		properties: nodeProperties(cortexXsiam),
	};

	methods = {
		...editorMethods(cortexXsiam),
		credentialTest: { testXsiamCredential },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runVendorNode(this, cortexXsiam);
	}
}
