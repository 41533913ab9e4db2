import type { CortexXsiamApi } from '../api/client';
import type { VendorTrigger } from '../../shared/trigger';
import { cortexXsiam } from '../resources';
import { apiKeyCreated } from './apiKeyCreated.event';
import { apiKeyDeleted } from './apiKeyDeleted.event';
import { apiKeyExpiring } from './apiKeyExpiring.event';
import { caseCreated } from './caseCreated.event';
import { issueCreated } from './issueCreated.event';
import { rotationUnfinished } from './rotationUnfinished.event';

export const cortexXsiamTrigger: VendorTrigger<CortexXsiamApi> = {
	vendor: cortexXsiam,
	events: [
		apiKeyExpiring,
		apiKeyCreated,
		apiKeyDeleted,
		rotationUnfinished,
		caseCreated,
		issueCreated,
	],
};
