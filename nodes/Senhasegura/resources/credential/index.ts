import { resource } from '../shared/operation';
import { changePassword } from './changePassword.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { releaseCustody } from './releaseCustody.operation';
import { upsert } from './upsert.operation';

export const credential = resource({
	name: 'Credential',
	value: 'credential',
	operations: [get, changePassword, upsert, disable, enable, getAll, releaseCustody],
});
