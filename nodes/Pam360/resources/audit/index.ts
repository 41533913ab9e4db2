import type { Pam360Api } from '../../api/client';
import { resource } from '../../../shared/operation';
import { getAll } from './getAll.operation';

export const audit = resource<Pam360Api>({
	name: 'Audit',
	value: 'audit',
	operations: [getAll],
});
