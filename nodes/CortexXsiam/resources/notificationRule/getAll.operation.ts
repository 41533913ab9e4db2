import { ifGiven, vendorValue } from '../../../shared/input';
import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { FILTERED_HERE, hasPart, textFilterParam } from '../../../shared/textFilter';
import { notificationRules } from '../shared/directory';
import { operation } from '../shared/operation';
import { forwardTypeParam } from './forwardTypes';
import { notificationRuleItem } from './notificationRuleItem';

/**
 * `GET /platform/notifications/v1/list-rules`. Source: docs/api/cortex-xsiam.md, "Notification rules".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many notification rules',
	description: 'List the rules by which the tenant forwards events to email, Slack and syslog',
	params: [
		returnAllOrLimit,
		filters(
			forwardTypeParam(`What the rules forward. ${FILTERED_HERE}.`, ifGiven(vendorValue)),
			textFilterParam({ displayName: 'Name Contains', name: 'name' }, 'A part of the name'),
		),
	],
	async run(api, { most, filters: { forwardType, name } }) {
		const records = await api.all(notificationRules.path, notificationRules.many);
		const wanted = records.filter(
			(record) =>
				hasPart(name, record.name) &&
				(forwardType === undefined || record.forward_type === forwardType),
		);
		return first(wanted, most).map((record) => ({
			item: notificationRuleItem(record),
			raw: record,
		}));
	},
});
