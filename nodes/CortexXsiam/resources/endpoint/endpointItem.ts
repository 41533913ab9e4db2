import type { IDataObject } from 'n8n-workflow';
import { readId, readText } from '../../../shared/item';
import { listedTexts } from '../shared/text';
import { readTime } from '../shared/time';
import { item } from '../shared/operation';

/** An endpoint of `endpoints/get_endpoint` (docs/api/cortex-xsiam.md, "Endpoints"). */
export function endpointItem(record: IDataObject): IDataObject {
	return item('endpoint', {
		id: readId(record.endpoint_id),
		name: readText(record.endpoint_name),
		endpointType: readText(record.endpoint_type),
		status: readText(record.endpoint_status),
		operationalStatus: readText(record.operational_status),
		osType: readText(record.os_type),
		ipAddresses: listedTexts(record.ip),
		macAddresses: listedTexts(record.mac_address),
		users: listedTexts(record.users),
		domain: readText(record.domain),
		alias: readText(record.alias),
		groups: listedTexts(record.group_name),
		isolation: readText(record.is_isolated),
		isIsolated: isIsolated(record.is_isolated),
		isolatedAt: readTime(record.isolated_date),
		firstSeenAt: readTime(record.first_seen),
		lastSeenAt: readTime(record.last_seen),
	});
}

/** Between the two, while an action is pending, it is neither. */
function isIsolated(isolation: unknown): boolean | null {
	if (isolation === 'AGENT_ISOLATED') return true;
	return isolation === 'AGENT_UNISOLATED' ? false : null;
}
