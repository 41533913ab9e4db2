import type { INodeProperties } from 'n8n-workflow';
import type { Words } from './words';

/** What narrows cases or issues down to some severities. */
export function severitiesField(words: Words, description: string): INodeProperties {
	return {
		displayName: 'Severities',
		name: 'severities',
		type: 'multiOptions',
		options: words.options,
		default: [],
		description,
	};
}

/** The same for statuses. */
export function statusesField(words: Words): INodeProperties {
	return {
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: words.options,
		default: [],
		description: 'One of these statuses. An expression can give others that the tenant has.',
	};
}
