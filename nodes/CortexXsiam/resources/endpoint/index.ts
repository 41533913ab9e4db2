import { resource } from '../shared/operation';
import { getActionStatus } from './getActionStatus.operation';
import { getAll } from './getAll.operation';
import { isolate } from './isolate.operation';
import { unisolate } from './unisolate.operation';

export const endpoint = resource({
	name: 'Endpoint',
	value: 'endpoint',
	operations: [getAll, isolate, unisolate, getActionStatus],
});
