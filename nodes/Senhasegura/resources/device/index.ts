import type { SenhaseguraApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { upsert } from './upsert.operation';

export const device = resource<SenhaseguraApi>({
	name: 'Device',
	value: 'device',
	operations: [upsert, disable, enable, get, getAll],
});
