import { disableOrEnable, succeedIf } from '../shared/transition';
import { operation } from '../shared/operation';
import { devicePath } from './deviceItem';
import { device } from './fields';

/** `PUT pam/device/{id}`. Source: docs/api/senhasegura.md, "Devices". */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable device',
	description: 'Enable a disabled device. Its credentials and keys stay disabled.',
	byPerson: { targets: ['deviceId'] },
	params: [device, succeedIf('Already Enabled')],
	async run(api, { deviceId, additionalFields }) {
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
