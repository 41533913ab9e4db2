import type { Pam360Api } from '../../api/client';
import { resource } from '../../../shared/operation';
import { regenerate } from './regenerate.operation';

export const authToken = resource<Pam360Api>({
	name: 'Auth Token',
	value: 'authToken',
	operations: [regenerate],
});
