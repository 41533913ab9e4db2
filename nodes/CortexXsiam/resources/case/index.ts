import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const caseResource = resource<CortexXsiamApi>({
	name: 'Case',
	value: 'case',
	operations: [getAll, update],
});
