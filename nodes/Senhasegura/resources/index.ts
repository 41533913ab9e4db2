import { SenhaseguraApi, credentialTypeOf } from '../api/client';
import type { Authentication, Caller } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { application } from './application';
import { certificate } from './certificate';
import { certificatePublication } from './certificatePublication';
import { certificateRequest } from './certificateRequest';
import { credential } from './credential';
import { credentialV2 } from './credentialV2';
import { device } from './device';
import { protectedInformation } from './protectedInformation';
import { relatedUser } from './relatedUser';
import { safeApiSecret } from './safeApiSecret';
import { safeNote } from './safeNote';
import { safePassword } from './safePassword';
import { secret } from './secret';
import { session } from './session';
import { sshKey } from './sshKey';
import { user } from './user';

export const senhasegura: Vendor<SenhaseguraApi> = {
	// The first one is the default.
	resources: [
		sshKey,
		application,
		certificate,
		certificatePublication,
		certificateRequest,
		credential,
		credentialV2,
		device,
		protectedInformation,
		relatedUser,
		safeApiSecret,
		safeNote,
		safePassword,
		secret,
		session,
		user,
	],
	rateKey: SenhaseguraApi.rateKey,
	credential: (caller) => {
		const authentication = authenticationOf(caller);
		return {
			type: credentialTypeOf(authentication),
			...(authentication === 'oAuth2' && {
				instead:
					"Choose OAuth1 as 'Authentication': a credential for OAuth 1.0 may differ from item to item.",
			}),
		};
	},
	credentialParameters: ['authentication'],
	serverOf: ({ vault }) => vault,
	connect: (caller, credentials, settings) =>
		SenhaseguraApi.connect(caller, authenticationOf(caller), credentials, settings),
};

/** The parameter takes no expression, so it is the same for every item. */
function authenticationOf(caller: Caller): Authentication {
	return caller.getNode().parameters.authentication === 'oAuth1' ? 'oAuth1' : 'oAuth2';
}
