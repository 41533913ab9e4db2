import type { IDataObject } from 'n8n-workflow';
import { asObject, asText } from '../../../shared/read';
import {
	oddPart,
	readId,
	readList,
	readNumber,
	readObject,
	readText,
	readWith,
	unread,
} from '../../../shared/item';
import { item } from '../shared/operation';

/**
 * A rule of `GET /platform/notifications/v1/list-rules` (docs/api/cortex-xsiam.md, "Notification
 * rules").
 */
export function notificationRuleItem(record: IDataObject): IDataObject {
	const targets = asObject(record.forward_source);
	const email = asObject(targets?.email);
	const slack = asObject(targets?.slack);
	const syslog = asObject(targets?.syslog);
	return item('notificationRule', {
		id: readId(record.rule_uuid),
		name: readText(record.name),
		description: readText(record.description),
		forwardType: readText(record.forward_type),
		enabled: readWith(isEnabled, record.enabled ?? record.status),
		filter: readObject(record.filter),
		emails: readList(asText, email ? email.distribution_list : targets?.email),
		slackChannels: readList(asText, slack ? slack.channels : targets?.slack),
		syslogId: syslog ? readId(syslog.id) : unread(targets?.syslog),
		emailAggregation: readNumber(email?.aggregation),
		timeZone: readText(record.time_zone),
		createdBy: readText(record.created_by),
		...oddPart('targets', record.forward_source),
	});
}

/**
 * The vendor's SDK reads a Boolean `enabled`; setting it takes the words `enable` and `disable`
 * (docs/api/cortex-xsiam.md, "Notification rules").
 */
function isEnabled(status: unknown): boolean | null {
	if (typeof status === 'boolean') return status;
	const text = asText(status)?.toLowerCase() ?? '';
	if (/^enabled?$/.test(text)) return true;
	return /^disabled?$/.test(text) ? false : null;
}
