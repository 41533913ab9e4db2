import { resource } from '../shared/operation';
import { manage } from './manage.operation';

export const organization = resource({
	name: 'Organization',
	value: 'organization',
	operations: [manage],
});
