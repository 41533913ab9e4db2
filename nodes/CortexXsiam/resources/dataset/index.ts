import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { getAll } from './getAll.operation';
import { getRows } from './getRows.operation';
import { removeRows } from './removeRows.operation';
import { upsertRows } from './upsertRows.operation';

/** Lookup datasets: tables of the tenant that queries can join, such as an inventory of keys. */
export const dataset = resource({
	name: 'Dataset',
	value: 'dataset',
	operations: [create, remove, getAll, getRows, removeRows, upsertRows],
});
