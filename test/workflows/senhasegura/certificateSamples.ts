import { kit } from './kit';

export const base64 = (text: string) => Buffer.from(text).toString('base64');

const { senhaseguraOAuth1Api } = kit.credentials;

/** A credential for the paths that the vendor's pages up to 4.0 have. */
export const former: typeof kit = {
	...kit,
	credentials: { senhaseguraOAuth1Api: { ...senhaseguraOAuth1Api, certificateApi: 'upTo40' } },
};

/** The vault repeats the password of a key in its records. */
export const KEY_PASSWORD = 'canary of a password in a record';

/** An answer of today's pages, without an envelope around it. */
export const bare = (more: object) => ({ status: 200, message: 'OK', error: false, ...more });
