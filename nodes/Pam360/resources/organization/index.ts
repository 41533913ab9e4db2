import type { Pam360Api } from '../../api/client';
import { resource } from '../../../shared/operation';
import { manage } from './manage.operation';

export const organization = resource<Pam360Api>({
	name: 'Organization',
	value: 'organization',
	operations: [manage],
});
