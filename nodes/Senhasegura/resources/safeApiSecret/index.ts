import { resource } from '../shared/operation';
import { create } from './create.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** Pairs of client ID and secret in MySafe. */
export const safeApiSecret = resource({
	name: 'MySafe API Secret',
	value: 'safeApiSecret',
	operations: [getAll, get, create, update, upsert, enable, disable],
});
