import { resource } from '../shared/operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';
import { getFields } from './getFields.operation';
import { update } from './update.operation';

export const issue = resource({
	name: 'Issue',
	value: 'issue',
	operations: [create, getAll, getFields, update],
});
