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
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable notification rule',
	description: 'Stop a notification rule from forwarding events, without deleting it',
	byPerson: { targets: ['rule'] },
	fields: [ruleField('The rule to disable')],
	input: z.object({ rule: located }),
	async run(api: CortexXsiamApi, { rule }) {
		return await setStatus(api, rule, 'disable');
	},
});
