import { resource } from '../shared/operation';
import { getAll } from './getAll.operation';

export const audit = resource({
	name: 'Audit',
	value: 'audit',
	operations: [getAll],
});
