import { resource } from '../shared/operation';
import { create } from './create.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { finishRotation } from './finishRotation.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { rotate } from './rotate.operation';
import { upsert } from './upsert.operation';

export const sshKey = resource({
	name: 'SSH Key',
	value: 'sshKey',
	operations: [create, disable, enable, finishRotation, get, getAll, rotate, upsert],
});
