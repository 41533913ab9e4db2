import { CortexXsiamApi } from '../api/client';
import type { Vendor } from '../../shared/operation';
import { apiKey } from './apiKey';

export const cortexXsiam: Vendor<CortexXsiamApi> = {
	resources: [apiKey],
	// A tenant bears 10 requests a second over all its clients (fact sheet 3.3).
	perSecond: 8,
	connect: CortexXsiamApi.connect,
};
