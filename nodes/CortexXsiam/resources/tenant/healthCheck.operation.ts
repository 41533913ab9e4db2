import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { operation } from '../../../shared/operation';

const health = z.object({ status: z.string() });

/** `GET /public_api/v1/healthcheck`. Source: "System health check"; fact sheet 2.5, 6. */
export const healthCheck = operation({
	name: 'Health Check',
	value: 'healthCheck',
	action: 'Check tenant health',
	description: 'Find out whether the tenant answers and takes the API key',
	fields: [],
	input: z.object({}),
	async run(api: CortexXsiamApi) {
		const { value, body } = await api.read({
			method: 'GET',
			path: 'public_api/v1/healthcheck',
			answer: health,
			what: 'the status of the tenant',
		});
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'tenant',
				status: value.status,
				available: value.status.toLowerCase() === 'available',
			},
			raw: body,
		};
	},
});
