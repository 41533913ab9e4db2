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
import { testPam360Credential } from './credentialCheck';
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
		credentials: [{ name: 'pam360Api', required: true, testedBy: 'testPam360Credential' }],
		properties: nodeProperties(pam360),
	};

	methods = {
		...editorMethods(pam360),
		credentialTest: { testPam360Credential },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runVendorNode(this, pam360);
	}
}
