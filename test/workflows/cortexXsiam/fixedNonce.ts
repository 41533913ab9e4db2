const { randomBytes, ...others } = jest.requireActual<typeof import('node:crypto')>('node:crypto');

/**
 * node:crypto, in which six random bytes are 1 to 6: the end of a nonce. For
 * `jest.mock('node:crypto', …)`.
 */
export = {
	...others,
	randomBytes: (size: number) => (size === 6 ? Buffer.from([1, 2, 3, 4, 5, 6]) : randomBytes(size)),
};
