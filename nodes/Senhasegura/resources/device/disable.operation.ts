import { Failure } from '../../../shared/failure';
import { disableOrEnable, succeedIf } from '../shared/transition';
import { operation } from '../shared/operation';
import { devicePath, readDevice } from './deviceItem';
import { device } from './fields';

/**
 * `DELETE pam/device/{id|hostname}`. Source: docs/api/senhasegura.md, "Devices". The vault answers
 * alike for a device that is disabled and for one that is not there, so the second question is whether
 * it is there.
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable device',
	description: 'Disable a device, and with it all its credentials and keys',
	byPerson: { targets: ['deviceId'] },
	params: [device, succeedIf('Already Disabled')],
	async run(api, { deviceId, additionalFields: { succeedIfAlready } }) {
		const result = await disableOrEnable(api, {
			type: 'device',
			id: deviceId,
			enabled: false,
			path: devicePath(deviceId),
			alreadyCodes: [1011],
			succeedIfAlready: true,
		});
		if (result.item.changed === true) return result;
		await readDevice(api, deviceId);
		if (succeedIfAlready || result.item.changed === null) return result;
		throw new Failure('The device is disabled already', {
			kind: 'refused',
			description: "To treat this as a success, add 'Succeed If Already Disabled'.",
		});
	},
});
