import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { located } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { ruleField } from './fields';
import { setStatus } from './setStatus';

/**
 * `PATCH /platform/notifications/v1/update-rule-status/{rule_uuid}`. Source: docs/api/cortex-xsiam.md,
 * "Notification rules".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable notification rule',
	description: 'Let a notification rule forward events again',
	fields: [ruleField('The rule to enable')],
	input: z.object({ rule: located }),
	async run(api: CortexXsiamApi, { rule }) {
		return await setStatus(api, rule, 'enable');
	},
});
