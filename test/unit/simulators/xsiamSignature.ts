import { createHash, randomBytes } from 'node:crypto';

export interface XsiamKey {
	apiKeyId: string;
	apiKey: string;
}

/**
 * The headers of one call with an advanced key, made without the nodes' own code. Source:
 * docs/api/cortex-xsiam.md, "Advanced keys".
 *
 * @param timestamp Epoch milliseconds.
 */
export function advanced(
	{ apiKey, apiKeyId }: XsiamKey,
	timestamp = String(Date.now()),
	nonce = randomBytes(32).toString('hex'),
): Record<string, string> {
	return {
		Authorization: createHash('sha256')
			.update(apiKey + nonce + timestamp)
			.digest('hex'),
		'x-xdr-auth-id': apiKeyId,
		'x-xdr-timestamp': timestamp,
		'x-xdr-nonce': nonce,
	};
}
