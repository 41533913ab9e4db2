import { issueToken, refuseTokenByGet } from './authentication';
import type { Route } from './call';
import { credentialRoutes } from './credentials';
import { deviceRoutes } from './devices';
import { keyRoutes } from './keys';

const tokenRoutes: Route[] = [
	{ method: 'POST', path: '/oauth2/token', resource: null, answer: issueToken },
	{ method: 'GET', path: '/oauth2/token', resource: null, answer: refuseTokenByGet },
];

/** Every call that the simulator answers. */
export const senhaseguraRoutes: readonly Route[] = [
	...tokenRoutes,
	...keyRoutes,
	...credentialRoutes,
	...deviceRoutes,
];
