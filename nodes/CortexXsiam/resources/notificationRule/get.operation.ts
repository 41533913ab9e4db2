import { idOf, notificationRules } from '../shared/directory';
import { operation } from '../shared/operation';
import { ruleParam } from './fields';
import { notificationRuleItem } from './notificationRuleItem';
import { readRule } from './rule';

/**
 * `GET /platform/notifications/v1/rule/{rule_uuid}`. Source: docs/api/cortex-xsiam.md, "Notification
 * rules".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get notification rule',
	description: 'Get one notification rule',
	params: [ruleParam('The rule to get')],
	async run(api, { rule }) {
		const record = await readRule(api, await idOf(api, notificationRules, rule));
		return { item: notificationRuleItem(record), raw: record };
	},
});
