import { resource } from '../shared/operation';
import { get } from './get.operation';
import { set } from './set.operation';

export const scope = resource({
	name: 'Scope',
	value: 'scope',
	operations: [get, set],
});
