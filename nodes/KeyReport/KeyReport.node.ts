import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { keyReportFields, runKeyReport } from './report/run';

export class KeyReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Key Report',
		name: 'keyReport',
		icon: { light: 'file:../../icons/keyReport.svg', dark: 'file:../../icons/keyReport.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["output"] }}',
		description: 'Make an inventory of privileged keys: a table, a page and a picture',
		defaults: { name: 'Key Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		properties: keyReportFields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runKeyReport(this);
	}
}
