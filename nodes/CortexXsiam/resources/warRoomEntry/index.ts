import { resource } from '../shared/operation';
import { create } from './create.operation';

export const warRoomEntry = resource({
	name: 'War Room Entry',
	value: 'warRoomEntry',
	operations: [create],
});
