import { SenhaseguraApi } from '../api/client';
import type { Authentication, Caller } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { sshKey } from './sshKey';

export const senhasegura: Vendor<SenhaseguraApi> = {
	resources: [sshKey],
	connect: async (caller, settings) =>
		await SenhaseguraApi.connect(caller, authenticationOf(caller), settings),
};

/** The parameter takes no expression, so it is the same for every item. */
function authenticationOf(caller: Caller): Authentication {
	return caller.getNode().parameters.authentication === 'oAuth1' ? 'oAuth1' : 'oAuth2';
}
