import { resource } from '../shared/operation';
import { create } from './create.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

/** Short texts in MySafe. */
export const safeNote = resource({
	name: 'MySafe Note',
	value: 'safeNote',
	operations: [getAll, get, create, update, enable, disable],
});
