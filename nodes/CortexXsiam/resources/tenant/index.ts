import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { getInfo } from './getInfo.operation';
import { healthCheck } from './healthCheck.operation';

export const tenant = resource<CortexXsiamApi>({
	name: 'Tenant',
	value: 'tenant',
	operations: [getInfo, healthCheck],
});
