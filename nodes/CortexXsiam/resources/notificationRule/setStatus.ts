import { done } from '../../api/schemas';
import { switchedResult } from '../../../shared/switching';
import { pathSegment } from '../../../shared/url';
import { idOf, notificationRules } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { NO_SUCH_RULE, ruleParam } from './fields';

interface Status {
	name: string;
	value: 'enable' | 'disable';
	action: string;
	description: string;
}

/**
 * `PATCH /platform/notifications/v1/update-rule-status/{rule_uuid}`, whose answer is empty. Source:
 * docs/api/cortex-xsiam.md, "Notification rules". Turning a rule on and off differ in nothing else.
 */
export function setStatus(texts: Status) {
	return operation({
		...texts,
		byPerson: { targets: ['rule'] },
		params: [ruleParam(`The rule to ${texts.value}`)],
		async run(api, { rule }) {
			const id = await idOf(api, notificationRules, rule);
			const { body } = await api.change({
				method: 'PATCH',
				path: `platform/notifications/v1/update-rule-status/${pathSegment(id)}`,
				data: { status: texts.value },
				answer: done,
				what: 'a confirmation that the notification rule was changed',
				repeatable: true,
				meanings: [NO_SUCH_RULE],
			});
			const enabled = texts.value === 'enable';
			return switchedResult(item('notificationRule', { id, enabled }), body);
		},
	});
}
