import { pam360Demo } from '../../simulators';
import type { VendorKit } from '../kit/operation';

export const HOST = 'https://pam360.example.com:8282';

/** A failure as docs/api/pam360.md, "Failures" shows it: HTTP 200, and `Failed` in the envelope. */
const failed = {
	operation: { name: 'ANY', result: { status: 'Failed', message: 'No such account found' } },
};

export const kit: VendorKit = {
	vendor: 'pam360',
	folder: 'Pam360',
	host: HOST,
	credentials: { pam360Api: { url: HOST, authToken: pam360Demo.authToken } },
	secrets: [pam360Demo.authToken],
	refusal: { status: 200, reply: failed, says: /No such account found/ },
};

/** INPUT_DATA as a form field or query parameter, made by the platform and not by the node. */
export function inputData(details: object, key: 'Details' | 'details' = 'Details'): string {
	const json = JSON.stringify({ operation: { [key]: details } });
	return `INPUT_DATA=${encodeURIComponent(json).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	)}`;
}

/** The envelope of a success (docs/api/pam360.md, "The envelope"). */
export function success(name: string, details?: unknown, more: object = {}): object {
	return {
		operation: {
			name,
			result: { status: 'Success', message: `${name} done` },
			...more,
			...(details !== undefined && { Details: details }),
		},
	};
}
