import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { get } from './get.operation';
import { set } from './set.operation';

export const scope = resource<CortexXsiamApi>({
	name: 'Scope',
	value: 'scope',
	operations: [get, set],
});
