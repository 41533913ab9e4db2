import { resource } from '../shared/operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { upsert } from './upsert.operation';

export const device = resource({
	name: 'Device',
	value: 'device',
	operations: [upsert, disable, enable, get, getAll],
});
