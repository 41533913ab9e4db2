import { CREDENTIAL_TYPE, Pam360Api } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { account } from './account';
import { agentKey } from './agentKey';
import { audit } from './audit';
import { authToken } from './authToken';
import { certificate } from './certificate';
import { organization } from './organization';
import { password } from './password';
import { resource } from './resource';
import { resourceGroup } from './resourceGroup';
import { sshKey } from './sshKey';
import { tunnel } from './tunnel';
import { user } from './user';

export const pam360: Vendor<Pam360Api> = {
	// The first that can be listed is what a new node starts with.
	resources: [
		agentKey,
		account,
		resource,
		audit,
		authToken,
		certificate,
		organization,
		password,
		resourceGroup,
		sshKey,
		tunnel,
		user,
	],
	rateKey: Pam360Api.rateKey,
	credential: () => ({ type: CREDENTIAL_TYPE }),
	serverOf: ({ serverName }) => serverName,
	connect: Pam360Api.connect,
};
