import { resource } from '../shared/operation';
import { getAll } from './getAll.operation';
import { getArtifacts } from './getArtifacts.operation';
import { getFields } from './getFields.operation';
import { update } from './update.operation';

export const caseResource = resource({
	name: 'Case',
	value: 'case',
	operations: [getAll, getArtifacts, getFields, update],
});
