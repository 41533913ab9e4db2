import type { IDataObject } from 'n8n-workflow';
import { asId, asText } from '../../../shared/fields';
import { listedTexts } from '../shared/text';
import { vendorTime } from '../shared/time';

/** An endpoint of `endpoints/get_endpoint` (fact sheet 7.5). */
export function endpointItem(record: IDataObject): IDataObject {
	const isolation = asText(record.is_isolated);
	return {
		vendor: 'cortexXsiam',
		type: 'endpoint',
		id: asId(record.endpoint_id),
		name: asText(record.endpoint_name),
		endpointType: asText(record.endpoint_type),
		status: asText(record.endpoint_status),
		operationalStatus: asText(record.operational_status),
		osType: asText(record.os_type),
		ipAddresses: listedTexts(record.ip),
		macAddresses: listedTexts(record.mac_address),
		users: listedTexts(record.users),
		domain: asText(record.domain),
		alias: asText(record.alias),
		groups: listedTexts(record.group_name),
		isolation,
		isIsolated: isIsolated(isolation),
		isolatedAt: vendorTime(record.isolated_date),
		firstSeenAt: vendorTime(record.first_seen),
		lastSeenAt: vendorTime(record.last_seen),
	};
}

/** Between the two, while an action is pending, it is neither. */
function isIsolated(isolation: string | null): boolean | null {
	if (isolation === 'AGENT_ISOLATED') return true;
	return isolation === 'AGENT_UNISOLATED' ? false : null;
}
