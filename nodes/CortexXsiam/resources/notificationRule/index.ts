import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const notificationRule = resource({
	name: 'Notification Rule',
	value: 'notificationRule',
	operations: [getAll, get, create, update, remove, enable, disable],
});
