import { resource } from '../shared/operation';
import { deprovision } from './deprovision.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { provision } from './provision.operation';
import { upsert } from './upsert.operation';

/** Secrets of DevOps Secret Manager (DSM). */
export const secret = resource({
	name: 'Secret',
	value: 'secret',
	operations: [deprovision, get, getAll, provision, upsert],
});
