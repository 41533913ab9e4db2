import type { SenhaseguraApi } from '../api/client';
import type { VendorTrigger } from '../../shared/trigger';
import { senhasegura } from '../resources';
import { certificateExpiring } from './certificateExpiring.event';
import { credentialAged } from './credentialAged.event';
import { credentialExpiring } from './credentialExpiring.event';
import { deviceCreated } from './deviceCreated.event';
import { sshKeyAged } from './sshKeyAged.event';
import { sshKeyRotationUnfinished } from './sshKeyRotationUnfinished.event';

export const senhaseguraTrigger: VendorTrigger<SenhaseguraApi> = {
	vendor: senhasegura,
	events: [
		sshKeyAged,
		sshKeyRotationUnfinished,
		credentialAged,
		credentialExpiring,
		certificateExpiring,
		deviceCreated,
	],
};
