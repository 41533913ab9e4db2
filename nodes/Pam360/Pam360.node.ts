import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties, sensitiveOutputFields } from '../shared/description';
import { runVendorNode } from '../shared/run';
import * as listSearch from './methods/listSearch';
import * as loadOptions from './methods/loadOptions';
import { pam360 } from './resources';

export class Pam360 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ManageEngine PAM360',
		name: 'pam360',
		icon: { light: 'file:../../icons/pam360.svg', dark: 'file:../../icons/pam360.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Manage privileged accounts, passwords and keys in ManageEngine PAM360',
		defaults: { name: 'ManageEngine PAM360' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		sensitiveOutputFields: sensitiveOutputFields(pam360),
		credentials: [{ name: 'pam360Api', required: true }],
		properties: nodeProperties(pam360),
	};

	methods = { listSearch: { ...listSearch }, loadOptions: { ...loadOptions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runVendorNode(this, pam360);
	}
}
