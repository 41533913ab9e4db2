import type { z } from 'zod';
import { param } from '../../../shared/param';

/** What a rule can forward (docs/api/cortex-xsiam.md, "Notification rules"). */
const FORWARD_TYPES = [
	{ name: 'Agent Audit Log', value: 'agent_audit' },
	{ name: 'Alert', value: 'alert' },
	{ name: 'Audit Log', value: 'audit' },
	{ name: 'Case', value: 'case' },
];

/** @param description Of what is forwarded. */
export function forwardTypeParam<Schema extends z.ZodTypeAny>(description: string, schema: Schema) {
	return param(
		{
			displayName: 'Forward Type',
			name: 'forwardType',
			type: 'options',
			options: FORWARD_TYPES,
			default: 'audit',
			description,
		},
		schema,
	);
}
