import { Pam360Api } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { agentKey } from './agentKey';

export const pam360: Vendor<Pam360Api> = {
	resources: [agentKey],
	connect: Pam360Api.connect,
};
