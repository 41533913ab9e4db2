import type { INodeTypeDescription } from 'n8n-workflow';

/** What every node has to say of itself, and no more. */
export const sample: INodeTypeDescription = {
	displayName: 'Sample',
	name: 'sample',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'Sample' },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
};
