import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { devicePath } from './deviceItem';
import { deviceField, deviceReference } from './fields';

/** `PUT pam/device/{id}`. Source: docs/api/senhasegura.md, "Devices". */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable device',
	description: 'Enable a disabled device. Its credentials and keys stay disabled.',
	fields: [deviceField, succeedIf('Already Enabled')],
	input: z.object({ deviceId: deviceReference, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, { deviceId, additionalFields }) {
		return await disableOrEnable(api, {
			type: 'device',
			id: deviceId,
			enabled: true,
			path: devicePath(deviceId),
			alreadyCodes: [1044],
			...additionalFields,
		});
	},
});
