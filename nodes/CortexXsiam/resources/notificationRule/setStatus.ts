import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import type { Located } from '../../../shared/locator';
import type { Result } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { idOf, notificationRules } from '../shared/directory';
import { NO_SUCH_RULE } from './fields';

/** Turns a rule on or off; the answer is empty (docs/api/cortex-xsiam.md, "Notification rules"). */
export async function setStatus(
	api: CortexXsiamApi,
	rule: Located,
	status: 'enable' | 'disable',
): Promise<Result> {
	const id = await idOf(api, notificationRules, rule);
	const { body } = await api.change({
		method: 'PATCH',
		path: `platform/notifications/v1/update-rule-status/${pathSegment(id)}`,
		data: { status },
		answer: done,
		what: 'a confirmation that the notification rule was changed',
		repeatable: true,
		meanings: [NO_SUCH_RULE],
	});
	return {
		item: {
			vendor: 'cortexXsiam',
			type: 'notificationRule',
			id,
			enabled: status === 'enable',
		},
		raw: body,
	};
}
