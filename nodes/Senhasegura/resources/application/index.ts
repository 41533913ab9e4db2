import type { SenhaseguraApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { create } from './create.operation';

/** Applications of DevOps Secret Manager. */
export const application = resource<SenhaseguraApi>({
	name: 'Application',
	value: 'application',
	operations: [create],
});
