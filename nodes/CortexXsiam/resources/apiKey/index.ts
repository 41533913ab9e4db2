import { resource } from '../shared/operation';
import { remove } from './delete.operation';
import { finishRotation } from './finishRotation.operation';
import { generate } from './generate.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { rotate } from './rotate.operation';
import { update } from './update.operation';

export const apiKey = resource({
	name: 'API Key',
	value: 'apiKey',
	operations: [generate, remove, get, getAll, rotate, update, finishRotation],
});
