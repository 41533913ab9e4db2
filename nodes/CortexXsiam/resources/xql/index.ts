import { resource } from '../shared/operation';
import { runQuery } from './runQuery.operation';

export const xql = resource({
	name: 'XQL',
	value: 'xql',
	operations: [runQuery],
});
