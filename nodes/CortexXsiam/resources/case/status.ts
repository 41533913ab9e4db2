/** How far the work on a case has come (fact sheet 7.3). */
export const statuses = ['NEW', 'UNDER_INVESTIGATION', 'RESOLVED'] as const;

export const STATUSES = [
	{ name: 'New', value: 'NEW' },
	{ name: 'Resolved', value: 'RESOLVED' },
	{ name: 'Under Investigation', value: 'UNDER_INVESTIGATION' },
];
