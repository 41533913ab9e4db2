import { operation } from '../shared/operation';
import { deviceItem, readDevice } from './deviceItem';
import { device } from './fields';

/** `GET pam/device/{id|hostname}`. Source: docs/api/senhasegura.md, "Devices". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get device',
	description: 'Get a device with its domains and connectivities',
	params: [device],
	async run(api, { deviceId }) {
		const { value, body } = await readDevice(api, deviceId);
		return { item: deviceItem(value.device), raw: body };
	},
});
