import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { address, deviceName } from '../shared/place';
import { upserted } from '../shared/upserted';
import { deviceMore, deviceMoreBody } from './deviceInput';
import { deviceAnswer, deviceItem } from './deviceItem';
import { deviceMoreFields } from './fields';

function required(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder,
		description,
	};
}

/** `POST pam/device`. Source: docs/api/senhasegura.md, "Devices". */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update device',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'device',
	furtherTries: { are: 'resolved', by: 'its host name' },
	fields: [
		required(
			'Hostname',
			'hostname',
			'e.g. web-01',
			'The name of the device. The one that has it is updated; where there is none, one is created.',
		),
		required('IP', 'ip', 'e.g. 10.66.33.15', 'The address of the device'),
		required('Type', 'deviceType', 'e.g. Server', 'The type of the device, as the vault calls it'),
		required(
			'Vendor',
			'deviceVendor',
			'e.g. Linux',
			'The vendor of the device. A name that is new to the vault is added there.',
		),
		required(
			'Model',
			'model',
			'e.g. Ubuntu',
			'The model of the device. A name that is new to the vault is added there.',
		),
		required(
			'Site',
			'site',
			'e.g. Headquarters',
			'Where the device stands. A name that is new to the vault is added there.',
		),
		additionalFields(...deviceMoreFields),
	],
	input: z.object({
		hostname: deviceName,
		ip: address,
		deviceType: requiredText,
		deviceVendor: requiredText,
		model: requiredText,
		site: requiredText,
		additionalFields: z.object(deviceMore),
	}),
	async run(api: SenhaseguraApi, values, call: Call) {
		const { hostname, ip, deviceType, deviceVendor, model, site, additionalFields: more } = values;
		const { value, body, created, changed, hints } = await upserted(api, call, 'device', {
			path: 'pam/device',
			body: {
				ip,
				hostname,
				model,
				type: deviceType,
				vendor: deviceVendor,
				site,
				...deviceMoreBody(more),
			},
			answer: deviceAnswer,
			what: 'the device',
		});
		const { vendor, type, id, ...rest } = deviceItem(value.device);
		return { item: { vendor, type, id, created, changed, ...rest }, raw: body, hints };
	},
});
