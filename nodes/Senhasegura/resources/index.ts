import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { SenhaseguraApi } from '../api/client';
import type { Authentication } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { sshKey } from './sshKey';

export const senhasegura: Vendor<SenhaseguraApi> = {
	resources: [sshKey],
	connect: async (caller, settings) =>
		await SenhaseguraApi.connect(caller, authenticationOf(caller), settings),
};

function authenticationOf(caller: IExecuteFunctions | ILoadOptionsFunctions): Authentication {
	const value = (caller as IExecuteFunctions).getNodeParameter('authentication', 0, 'oAuth2');
	return value === 'oAuth1' ? 'oAuth1' : 'oAuth2';
}
