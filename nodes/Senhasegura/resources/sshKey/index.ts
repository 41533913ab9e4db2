import type { SenhaseguraApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { create } from './create.operation';

export const sshKey = resource<SenhaseguraApi>({
	name: 'SSH Key',
	value: 'sshKey',
	operations: [create],
});
