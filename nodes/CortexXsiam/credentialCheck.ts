import { z } from 'zod';
import { signXsiamRequest } from './api/signing';
import { credentialCheck } from '../shared/credentialCheck';
import { cortexXsiam } from './resources';

/**
 * `GET /public_api/v1/healthcheck`, which needs a valid key and no role (docs/api/cortex-xsiam.md,
 * "Testing a credential"). HTTP 200 with any JSON is the word that the key is accepted.
 */
export const testXsiamCredential = credentialCheck({
	vendor: cortexXsiam,
	sign: signXsiamRequest,
	call: async (api) =>
		await api.read({
			method: 'GET',
			path: 'public_api/v1/healthcheck',
			answer: z.unknown(),
			what: 'the status of the tenant',
		}),
});
