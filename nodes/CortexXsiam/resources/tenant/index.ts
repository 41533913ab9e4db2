import { resource } from '../shared/operation';
import { getInfo } from './getInfo.operation';
import { healthCheck } from './healthCheck.operation';

export const tenant = resource({
	name: 'Tenant',
	value: 'tenant',
	operations: [getInfo, healthCheck],
});
