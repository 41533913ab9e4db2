import { resource } from '../shared/operation';
import { generate } from './generate.operation';

export const agentKey = resource({
	name: 'Agent Key',
	value: 'agentKey',
	operations: [generate],
});
