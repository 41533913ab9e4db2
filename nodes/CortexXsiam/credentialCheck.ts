import { z } from 'zod';
import { signXsiamRequest } from './api/signing';
import { credentialCheck } from '../shared/credentialCheck';
import { cortexXsiam } from './resources';

const health = z.object({ status: z.unknown() }).or(z.object({ reply: z.unknown() }));

/**
 * `GET /public_api/v1/healthcheck`, which needs a valid key and no role (docs/api/cortex-xsiam.md,
 * "Testing a credential").
 */
export const testXsiamCredential = credentialCheck({
	vendor: cortexXsiam,
	sign: signXsiamRequest,
	call: async (api) =>
		await api.read({
			method: 'GET',
			path: 'public_api/v1/healthcheck',
			answer: health.refine((answer) => Object.values(answer).some((value) => value !== undefined)),
			what: 'the status of the tenant',
		}),
});
