import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { apiKeyResult } from './apiKeyItem';
import { apiKeyField, apiKeyId } from './fields';

/**
 * `GET /platform/iam/v1/api-key/{id}`, or the list. Source: docs/api/cortex-xsiam.md, "Listing API
 * keys" and "Reading and changing one API key".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get API key',
	description: 'Get an API key without its secret, which Cortex XSIAM shows only once',
	fields: [apiKeyField('The API key to get')],
	input: z.object({ apiKey: apiKeyId }),
	async run(api: CortexXsiamApi, { apiKey }) {
		return apiKeyResult(await api.getKey(apiKey));
	},
});
