import type { z } from 'zod';
import { additionalFields, sentAs } from '../../../shared/param';
import { address, deviceName } from '../shared/deviceAddress';
import { upserted } from '../shared/upserted';
import { operation } from '../shared/operation';
import { requiredText } from '../../../shared/input';
import { deviceAnswer, deviceItem } from './deviceItem';
import { deviceMore } from './fields';

function field<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
	schema: z.ZodType<string, z.ZodTypeDef, unknown> = requiredText,
) {
	return sentAs(
		wire,
		{
			displayName,
			name,
			type: 'string',
			required: true,
			default: '',
			placeholder,
			description,
		},
		schema,
	);
}

/** `POST pam/device`. Source: docs/api/senhasegura.md, "Devices". */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update device',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'device',
	furtherTries: { are: 'resolved', by: 'its host name' },
	// Where the vault sends its passwords.
	byPerson: { targets: ['hostname', 'ip'] },
	params: [
		field(
			'hostname',
			'Hostname',
			'hostname',
			'e.g. web-01',
			'The name of the device. The device with this name is updated; if there is none, one is created.',
			deviceName,
		),
		field('ip', 'IP', 'ip', 'e.g. 10.66.33.15', 'The address of the device', address),
		field(
			'type',
			'Type',
			'deviceType',
			'e.g. Server',
			'The type of the device, as the vault calls it',
		),
		field(
			'vendor',
			'Vendor',
			'deviceVendor',
			'e.g. Linux',
			'The vendor of the device. The vault adds a name that is new to it.',
		),
		field(
			'model',
			'Model',
			'model',
			'e.g. Ubuntu',
			'The model of the device. The vault adds a name that is new to it.',
		),
		field(
			'site',
			'Site',
			'site',
			'e.g. Headquarters',
			'Where the device stands. The vault adds a name that is new to it.',
		),
		additionalFields(deviceMore),
	],
	async run(api, { additionalFields: more, ...device }, call) {
		const { ip, hostname, model, ...others } = device;
		const { value, body, created, changed, hints } = await upserted(api, call, 'device', {
			path: 'pam/device',
			body: {
				ip,
				hostname,
				model,
				...others,
				...more,
			},
			answer: deviceAnswer,
			what: 'the device',
		});
		const { vendor, type, id, ...rest } = deviceItem(value.device);
		return { item: { vendor, type, id, created, changed, ...rest }, raw: body, hints };
	},
});
