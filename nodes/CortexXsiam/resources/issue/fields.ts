import type { z } from 'zod';
import { param } from '../../../shared/param';
import { issueSeverities } from '../shared/words';

/** @param description What the severity is to be. */
export function severityParam<Schema extends z.ZodTypeAny>(description: string, schema: Schema) {
	return param(
		{
			displayName: 'Severity',
			name: 'severity',
			type: 'options',
			options: issueSeverities.options,
			default: 'MEDIUM',
			description,
		},
		schema,
	);
}
