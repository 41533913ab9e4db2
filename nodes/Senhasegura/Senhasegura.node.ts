import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties, sensitiveOutputFields } from '../shared/description';
import { runVendorNode } from '../shared/run';
import { authenticationField, credentialTypes } from './authentication';
import * as listSearch from './methods/listSearch';
import { senhasegura } from './resources';

export class Senhasegura implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Senhasegura',
		name: 'senhasegura',
		icon: {
			light: 'file:../../icons/senhasegura.svg',
			dark: 'file:../../icons/senhasegura.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Store, read and rotate SSH keys and credentials of the senhasegura (Segura) vault',
		defaults: { name: 'Senhasegura' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		sensitiveOutputFields: sensitiveOutputFields(senhasegura),
		credentials: credentialTypes,
		properties: [authenticationField, ...nodeProperties(senhasegura)],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runVendorNode(this, senhasegura);
	}
}
