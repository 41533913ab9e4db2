import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { getAll } from './getAll.operation';
import { getArtifacts } from './getArtifacts.operation';
import { getFields } from './getFields.operation';
import { update } from './update.operation';

export const caseResource = resource<CortexXsiamApi>({
	name: 'Case',
	value: 'case',
	operations: [getAll, getArtifacts, getFields, update],
});
