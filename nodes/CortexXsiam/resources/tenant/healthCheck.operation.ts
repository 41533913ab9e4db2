import { z } from 'zod';
import { asObject, asText } from '../../../shared/read';
import { readWith } from '../../../shared/item';
import { item, operation } from '../shared/operation';

/**
 * The tenant's word, `{"status":"available"}`; the vendor's SDK reads it within `reply`
 * (docs/api/cortex-xsiam.md, "Testing a credential"), and other answers say with HTTP 200 alone that
 * the tenant answers and takes the key.
 */
function statusOf(json: unknown): string | null {
	const body = asObject(json);
	const reply = asObject(body?.reply);
	const told = body ? (body.status ?? reply?.status ?? body.reply) : json;
	return asText(told);
}

/**
 * `GET /public_api/v1/healthcheck`. Source: docs/api/cortex-xsiam.md, "Testing a credential" and
 * "Tenant information".
 */
export const healthCheck = operation({
	name: 'Health Check',
	value: 'healthCheck',
	action: 'Check tenant health',
	description: 'Find out whether the tenant answers and accepts the API key',
	params: [],
	async run(api) {
		const { value, body } = await api.read({
			method: 'GET',
			path: 'public_api/v1/healthcheck',
			answer: z.unknown(),
			what: 'the status of the tenant',
		});
		const status = statusOf(value);
		return {
			item: item('tenant', {
				status: readWith(statusOf, value),
				available: status === null || status.toLowerCase() === 'available',
			}),
			raw: body,
		};
	},
});
