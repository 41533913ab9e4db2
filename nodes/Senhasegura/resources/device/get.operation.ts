import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { deviceItem, readDevice } from './deviceItem';
import { deviceField, deviceReference } from './fields';

/** `GET pam/device/{id|hostname}`. Source: docs/api/senhasegura.md, "Devices". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get device',
	description: 'Get a device with its domains and connectivities',
	fields: [deviceField],
	input: z.object({ deviceId: deviceReference }),
	async run(api: SenhaseguraApi, { deviceId }) {
		const { value, body } = await readDevice(api, deviceId);
		return { item: deviceItem(value.device), raw: body };
	},
});
