import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { getAll } from './getAll.operation';

export const auditLog = resource<CortexXsiamApi>({
	name: 'Audit Log',
	value: 'auditLog',
	operations: [getAll],
});
