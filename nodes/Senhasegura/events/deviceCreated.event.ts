import type { SenhaseguraApi } from '../api/client';
import { asId } from '../../shared/read';
import { triggerEvent } from '../resources/shared/operation';
import { newcomers } from '../../shared/watch';
import { deviceItem, listDevices } from '../resources/device/deviceItem';

/** From `GET pam/device` (docs/api/senhasegura.md, "Devices"). */
export const deviceCreated = triggerEvent({
	name: 'Device Created',
	value: 'deviceCreated',
	action: 'On device created',
	description:
		'The list has a device that it did not have at the last look: one that was registered, enabled again, or made visible to the authorization',
	params: [],
	look: async (api, _, memory) => newcomers(memory, await devices(api)),
	async latest(api, _, count) {
		const all = await devices(api);
		// The vault numbers them one after the other, and tells no date.
		return all
			.sort((a, b) => Number(b.id) - Number(a.id))
			.slice(0, count)
			.map(({ result }) => result);
	},
});

async function devices(api: SenhaseguraApi) {
	const listed = await listDevices(api);
	return listed.flatMap((device) => {
		const id = asId(device.id);
		return id === null ? [] : [{ id, result: { item: deviceItem(device), raw: device } }];
	});
}
