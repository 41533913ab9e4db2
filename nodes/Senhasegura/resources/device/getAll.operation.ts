import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { fits, pattern, patternFilter } from '../shared/listFilters';
import { deviceItem, listDevices } from './deviceItem';

/** `GET pam/device`. Source: docs/api/senhasegura.md, "Devices". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many devices',
	description: 'List the devices that the authorization sees',
	fields: [
		...listFields,
		filters(
			patternFilter('Hostname', 'hostname', 'e.g. web-*'),
			patternFilter('IP', 'ip', 'e.g. 10.66.33.*', 'address'),
			patternFilter('Model', 'model', 'e.g. Ubuntu*'),
			patternFilter('Site', 'site', 'e.g. Headquarters'),
			patternFilter('Type', 'deviceType', 'e.g. Server'),
			patternFilter('Vendor', 'deviceVendor', 'e.g. Linux'),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				hostname: pattern,
				ip: pattern,
				model: pattern,
				site: pattern,
				deviceType: pattern,
				deviceVendor: pattern,
			}),
		})
		.transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: wanted }) {
		const devices = await listDevices(api);
		const found = devices.filter(({ hostname, ip, model, site, type, vendor }) =>
			fits([
				[wanted.hostname, hostname],
				[wanted.ip, ip],
				[wanted.model, model],
				[wanted.site, site],
				[wanted.deviceType, type],
				[wanted.deviceVendor, vendor],
			]),
		);
		return first(found, most).map((device) => ({ item: deviceItem(device), raw: device }));
	},
});
