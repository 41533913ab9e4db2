import { resource } from '../shared/operation';
import { associateResources } from './associateResources.operation';
import { getAll } from './getAll.operation';
import { share } from './share.operation';

export const resourceGroup = resource({
	name: 'Resource Group',
	value: 'resourceGroup',
	operations: [getAll, associateResources, share],
});
