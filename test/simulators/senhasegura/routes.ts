import { issueToken, refuseTokenByGet } from './authentication';
import type { Route } from './call';
import { certificateRoutes } from './certificates';
import { credentialRoutes } from './credentials';
import { dashboardRoutes } from './dashboards';
import { deviceRoutes } from './devices';
import { dsmRoutes } from './dsm';
import { informationRoutes } from './information';
import { keyRoutes } from './keys';
import { mySafeRoutes } from './mySafe';
import { relatedUserRoutes } from './relatedUsers';
import { scimRoutes } from './scim';
import { sessionRoutes } from './sessions';
import { systemRoutes } from './system';
import { v2Routes } from './v2';

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
	...informationRoutes,
	...sessionRoutes,
	...relatedUserRoutes,
	...dsmRoutes,
	...scimRoutes,
	...mySafeRoutes,
	...certificateRoutes,
	...dashboardRoutes,
	...systemRoutes,
	...v2Routes,
];
