import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { located } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { idOf, notificationRules } from '../shared/directory';
import { ruleField } from './fields';
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
	fields: [ruleField('The rule to get')],
	input: z.object({ rule: located }),
	async run(api: CortexXsiamApi, { rule }) {
		const record = await readRule(api, await idOf(api, notificationRules, rule));
		return { item: notificationRuleItem(record), raw: record };
	},
});
