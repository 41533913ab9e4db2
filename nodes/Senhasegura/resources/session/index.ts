import { resource } from '../shared/operation';
import { createWebProxySession } from './createWebProxySession.operation';
import { drop } from './drop.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** Remote sessions through the vault's proxies. */
export const session = resource({
	name: 'Session',
	value: 'session',
	operations: [getAll, get, createWebProxySession, drop],
});
