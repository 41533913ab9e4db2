import { resource } from '../shared/operation';
import { create } from './create.operation';

/** Applications of DevOps Secret Manager. */
export const application = resource({
	name: 'Application',
	value: 'application',
	operations: [create],
});
