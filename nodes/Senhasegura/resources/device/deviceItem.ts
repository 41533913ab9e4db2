import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { asId, asText } from '../../../shared/read';
import { readId, readText, readTexts } from '../../../shared/item';
import { pathSegment } from '../../../shared/url';
import { record, wholeList } from '../shared/answers';
import { item } from '../shared/operation';

/** By ID or host name, which the vendor's paths both take (docs/api/senhasegura.md, "Addresses"). */
export const devicePath = (device: string) => `pam/device/${pathSegment(device)}`;

/** `GET pam/device`, which has no pages. Source: docs/api/senhasegura.md, "Devices". */
export async function listDevices(api: SenhaseguraApi): Promise<IDataObject[]> {
	return await wholeList(api, 'pam/device', 'devices');
}

/** `GET pam/device/{id|hostname}`. Source: docs/api/senhasegura.md, "Devices". */
export async function readDevice(api: SenhaseguraApi, device: string) {
	const read = await api.read({
		path: devicePath(device),
		answer: deviceAnswer,
		what: 'the device',
	});
	demandSame(read.value.device.id, device, 'device');
	return read;
}

export const deviceAnswer = z.object({
	device: record.refine((device) => asId(device.id) !== null),
});

/** `web-01 (10.66.33.15)`, for lists in the editor. */
export function deviceLabel(device: IDataObject): string {
	const ip = asText(device.ip);
	return `${asText(device.hostname) ?? ''}${ip === null ? '' : ` (${ip})`}`;
}

/** The list says less of a device than its own record: what it does not say is null. */
export function deviceItem(device: IDataObject): IDataObject {
	return item('device', {
		id: readId(device.id),
		hostname: readText(device.hostname),
		ip: readText(device.ip),
		model: readText(device.model),
		deviceType: readText(device.type),
		deviceVendor: readText(device.vendor),
		site: readText(device.site),
		domains: readTexts(device.device_domain, null),
		connectivities: readTexts(device.connectivities, null),
		sessionRemoteConfig: readText(device.session_remote_config),
		tags: readTexts(device.device_tags ?? device.tags, null),
	});
}
