import type { SenhaseguraApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

/** Passwords in MySafe; its notes and API secrets are not documented well enough. */
export const safePassword = resource<SenhaseguraApi>({
	name: 'MySafe Password',
	value: 'safePassword',
	operations: [getAll, get, create, update],
});
