import { resource } from '../shared/operation';
import { regenerate } from './regenerate.operation';

export const authToken = resource({
	name: 'Auth Token',
	value: 'authToken',
	operations: [regenerate],
});
