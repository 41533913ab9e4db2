import { resource } from '../shared/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { removeRole } from './removeRole.operation';
import { setRole } from './setRole.operation';
import { update } from './update.operation';

export const user = resource({
	name: 'User',
	value: 'user',
	operations: [getAll, get, update, setRole, removeRole],
});
