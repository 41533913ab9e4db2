import type { Scope, Scoped } from '../../api/scope';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';

/** A scope with all its parts; null where the tenant does not tell one. Set takes it as it is. */
export function scopeItem(entityType: Scoped, entityId: string, scope: Scope): Result['item'] {
	const { assets, casesIssues, datasetRows, endpointGroups, endpointTags } = scope;
	return item('scope', {
		id: `${entityType}/${entityId}`,
		entityType,
		entityId,
		assets: assets ?? null,
		casesIssues: casesIssues ?? null,
		datasetRows: datasetRows ?? null,
		endpointGroups: endpointGroups ?? null,
		endpointTags: endpointTags ?? null,
	});
}
