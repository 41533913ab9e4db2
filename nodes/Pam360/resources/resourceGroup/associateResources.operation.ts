import { resourceOptions } from '../shared/lists';
import { item, operation } from '../shared/operation';
import { nameOf, numericIds, resourceGroup, resourcesParam } from '../shared/pickers';

/** `POST /resourcegroup/{id}/associateResources`. Source: docs/api/pam360.md, "Resource groups". */
export const associateResources = operation({
	name: 'Associate Resources',
	value: 'associateResources',
	action: 'Associate resources with resource group',
	description: 'Add resources to a resource group whose resources are chosen one by one',
	byPerson: { targets: ['resourceGroupId', 'resourceIds'] },
	params: [
		resourceGroup,
		resourcesParam(resourceOptions, 'The resources that join the group', numericIds),
	],
	async run(api, { resourceGroupId: group, resourceIds }) {
		const id = await api.ids.resourceGroup(group);
		const { body } = await api.change({
			method: 'POST',
			path: `resourcegroup/${id}/associateResources`,
			details: { RESOURCEIDS: resourceIds.map(Number) },
			repeatable: true,
			mayHave: 'The resources may have joined the group',
		});
		return {
			item: item('resourceGroup', {
				id,
				name: nameOf(group),
				resourceIds,
				associated: true,
			}),
			raw: body,
		};
	},
});
