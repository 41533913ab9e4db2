import { done } from '../../api/schemas';
import { idOf, notificationRules } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { NO_SUCH_RULE, ruleParam } from './fields';
import { pathOfRule } from './rule';

/**
 * `DELETE /platform/notifications/v1/rule/{rule_uuid}`. Source: docs/api/cortex-xsiam.md, "Notification
 * rules".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete notification rule',
	description: 'Delete a notification rule. Its events are no longer forwarded.',
	byPerson: { targets: ['rule'] },
	params: [ruleParam('The rule to delete')],
	async run(api, { rule }) {
		const id = await idOf(api, notificationRules, rule);
		const { body } = await api.change({
			method: 'DELETE',
			path: pathOfRule(id),
			answer: done,
			what: 'a confirmation that the notification rule was deleted',
			repeatable: true,
			meanings: [NO_SUCH_RULE],
		});
		return {
			item: item('notificationRule', { id, deleted: true }),
			raw: body,
		};
	},
});
