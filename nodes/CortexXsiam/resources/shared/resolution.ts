import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Severities, as cases and issues have them (fact sheet 7.2). */
export const severities = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

export const SEVERITIES: INodePropertyOptions[] = [
	{ name: 'Critical', value: 'CRITICAL' },
	{ name: 'High', value: 'HIGH' },
	{ name: 'Info', value: 'INFO' },
	{ name: 'Low', value: 'LOW' },
	{ name: 'Medium', value: 'MEDIUM' },
];

/** What narrows cases and issues down to some severities. */
export function severitiesField(description: string): INodeProperties {
	return {
		displayName: 'Severities',
		name: 'severities',
		type: 'multiOptions',
		options: SEVERITIES,
		default: [],
		description,
	};
}

/** Why a case was resolved (fact sheet 7.3). */
export const caseReasons = [
	'RESOLVED_KNOWN_ISSUE',
	'RESOLVED_DUPLICATE',
	'RESOLVED_FALSE_POSITIVE',
	'RESOLVED_OTHER',
	'RESOLVED_TRUE_POSITIVE',
	'RESOLVED_SECURITY_TESTING',
	'RESOLVED_FIXED',
	'RESOLVED_DISMISSED',
] as const;

/** Why an issue was resolved (fact sheet 7.2). */
export const issueReasons = [...caseReasons, 'RESOLVED_RISK_ACCEPTED'] as const;

const NAMES: Record<(typeof issueReasons)[number], string> = {
	RESOLVED_DISMISSED: 'Dismissed',
	RESOLVED_DUPLICATE: 'Duplicate',
	RESOLVED_FALSE_POSITIVE: 'False Positive',
	RESOLVED_FIXED: 'Fixed',
	RESOLVED_KNOWN_ISSUE: 'Known Issue',
	RESOLVED_OTHER: 'Other',
	RESOLVED_RISK_ACCEPTED: 'Risk Accepted',
	RESOLVED_SECURITY_TESTING: 'Security Testing',
	RESOLVED_TRUE_POSITIVE: 'True Positive',
};

/** The same as options, sorted by what people see. */
export function reasonOptions(reasons: ReadonlyArray<keyof typeof NAMES>): INodePropertyOptions[] {
	return reasons
		.map((value) => ({ name: NAMES[value], value }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
