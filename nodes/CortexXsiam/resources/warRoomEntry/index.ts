import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { create } from './create.operation';

export const warRoomEntry = resource<CortexXsiamApi>({
	name: 'War Room Entry',
	value: 'warRoomEntry',
	operations: [create],
});
