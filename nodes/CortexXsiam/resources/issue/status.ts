/** How far the work on an issue has come (fact sheet 7.2). */
export const statuses = ['New', 'In Progress', 'Resolved'] as const;

export const STATUSES = [
	{ name: 'In Progress', value: 'In Progress' },
	{ name: 'New', value: 'New' },
	{ name: 'Resolved', value: 'Resolved' },
];
