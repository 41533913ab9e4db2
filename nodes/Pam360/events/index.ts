import type { Pam360Api } from '../api/client';
import { pam360 } from '../resources';
import type { VendorTrigger } from '../../shared/trigger';
import { accessRequest } from './accessRequest.event';
import { auditRecord } from './auditRecord.event';
import { certificateExpiring } from './certificateExpiring.event';

export const pam360Trigger: VendorTrigger<Pam360Api> = {
	vendor: pam360,
	events: [auditRecord, accessRequest, certificateExpiring],
};
