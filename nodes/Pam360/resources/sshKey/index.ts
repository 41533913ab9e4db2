import { resource } from '../shared/operation';
import { getAll } from './getAll.operation';
import { getAssociatedUsers } from './getAssociatedUsers.operation';
import { getForUser } from './getForUser.operation';

export const sshKey = resource({
	name: 'SSH Key',
	value: 'sshKey',
	operations: [getAll, getAssociatedUsers, getForUser],
});
