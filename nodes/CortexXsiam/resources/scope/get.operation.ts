import { operation } from '../shared/operation';
import { owner } from './fields';
import { scopeItem } from './scopeItem';

/**
 * `GET /platform/iam/v1/scope/{entity_type}/{entity_id}`. Source: docs/api/cortex-xsiam.md, "Scopes".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get scope',
	description: 'Get what an API key, a user or a user group may see',
	params: [owner],
	async run(api, { entityType, entityId }) {
		const { scope, body } = await api.scopeWithBody(entityType, entityId);
		return { item: scopeItem(entityType, entityId, scope), raw: body };
	},
});
