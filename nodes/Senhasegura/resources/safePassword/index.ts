import { resource } from '../shared/operation';
import { create } from './create.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

/** Passwords in MySafe. */
export const safePassword = resource({
	name: 'MySafe Password',
	value: 'safePassword',
	operations: [getAll, get, create, update, enable, disable],
});
