import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { runQuery } from './runQuery.operation';

export const xql = resource<CortexXsiamApi>({
	name: 'XQL',
	value: 'xql',
	operations: [runQuery],
});
