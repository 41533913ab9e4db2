import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { ifGiven, optionalText, vendorValue } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { FILTERED_HERE, hasPart, textFilter } from '../../../shared/textFilter';
import { notificationRules } from '../shared/directory';
import { FORWARD_TYPES } from './forwardTypes';
import { notificationRuleItem } from './notificationRuleItem';

/**
 * `GET /platform/notifications/v1/list-rules`. Source: docs/api/cortex-xsiam.md, "Notification rules".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many notification rules',
	description: 'List the rules by which the tenant forwards events to e-mail, Slack and syslog',
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Forward Type',
				name: 'forwardType',
				type: 'options',
				options: FORWARD_TYPES,
				default: 'audit',
				description: `What the rules forward. ${FILTERED_HERE}.`,
			},
			textFilter({ displayName: 'Name Contains', name: 'name' }, 'A part of the name'),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({ forwardType: ifGiven(vendorValue), name: optionalText }),
		})
		.transform(mostOf),
	async run(api: CortexXsiamApi, { most, filters: { forwardType, name } }) {
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
