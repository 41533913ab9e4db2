import { returnAllOrLimit } from '../../../shared/list';
import { filters } from '../../../shared/param';
import { first } from '../../../shared/paging';
import { fits, patternFilter } from '../shared/listFilters';
import { operation } from '../shared/operation';
import { deviceItem, listDevices } from './deviceItem';

/** `GET pam/device`. Source: docs/api/senhasegura.md, "Devices". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many devices',
	description: 'List the devices that the authorization sees',
	params: [
		returnAllOrLimit,
		filters(
			patternFilter('Hostname', 'hostname', 'e.g. web-*'),
			patternFilter('IP', 'ip', 'e.g. 10.66.33.*', 'address'),
			patternFilter('Model', 'model', 'e.g. Ubuntu*'),
			patternFilter('Site', 'site', 'e.g. Headquarters'),
			patternFilter('Type', 'deviceType', 'e.g. Server'),
			patternFilter('Vendor', 'deviceVendor', 'e.g. Linux'),
		),
	],
	async run(api, { most, filters: wanted }) {
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
