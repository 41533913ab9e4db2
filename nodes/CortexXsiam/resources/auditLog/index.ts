import { resource } from '../shared/operation';
import { getAll } from './getAll.operation';

export const auditLog = resource({
	name: 'Audit Log',
	value: 'auditLog',
	operations: [getAll],
});
