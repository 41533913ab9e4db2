import type { Pam360Api } from '../../api/client';
import { resource } from '../../../shared/operation';
import { generate } from './generate.operation';

export const agentKey = resource<Pam360Api>({
	name: 'Agent Key',
	value: 'agentKey',
	operations: [generate],
});
