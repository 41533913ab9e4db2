import { resource } from '../shared/operation';
import { getQuota } from './getQuota.operation';
import { runQuery } from './runQuery.operation';

export const xql = resource({
	name: 'XQL',
	value: 'xql',
	operations: [runQuery, getQuota],
});
