import type { IDataObject } from 'n8n-workflow';
import { asId, asList, asNumber, asObject, asText } from '../../../shared/fields';

/** A rule of `GET /platform/notifications/v1/list-rules` (fact sheet 6). */
export function notificationRuleItem(record: IDataObject): IDataObject {
	const targets = asObject(record.forward_source);
	const email = asObject(targets?.email);
	return {
		vendor: 'cortexXsiam',
		type: 'notificationRule',
		id: asId(record.rule_uuid),
		name: asText(record.name),
		description: asText(record.description),
		forwardType: asText(record.forward_type),
		enabled: isEnabled(record.status),
		filter: asObject(record.filter),
		emails: asList(email?.distribution_list).flatMap((address) => asText(address) ?? []),
		slackChannels: asList(asObject(targets?.slack)?.channels).flatMap((id) => asText(id) ?? []),
		syslogId: asId(asObject(targets?.syslog)?.id),
		emailAggregation: asNumber(email?.aggregation),
		timeZone: asText(record.time_zone),
		createdBy: asText(record.created_by),
	};
}

/** How a rule tells whether it is on is not documented; setting it takes `enable` and `disable`. */
function isEnabled(status: unknown): boolean | null {
	if (typeof status === 'boolean') return status;
	const text = asText(status)?.toLowerCase() ?? '';
	if (/^enabled?$/.test(text)) return true;
	return /^disabled?$/.test(text) ? false : null;
}
