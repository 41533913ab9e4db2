import { operation } from '../shared/operation';
import { apiKeyResult } from './apiKeyItem';
import { apiKeyParam } from './fields';

/**
 * `GET /platform/iam/v1/api-key/{id}`, or the list. Source: docs/api/cortex-xsiam.md, "Listing API
 * keys" and "Reading and changing one API key".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get API key',
	description: 'Get an API key without its secret, which Cortex XSIAM shows only once',
	readsKeys: true,
	params: [apiKeyParam('The API key to get')],
	async run(api, { apiKey }) {
		return apiKeyResult(await api.getKey(apiKey));
	},
});
