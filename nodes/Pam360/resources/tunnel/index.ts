import { resource } from '../shared/operation';
import { create } from './create.operation';
import { createServer } from './createServer.operation';
import { remove } from './delete.operation';

export const tunnel = resource({
	name: 'Tunnel',
	value: 'tunnel',
	operations: [createServer, create, remove],
});
