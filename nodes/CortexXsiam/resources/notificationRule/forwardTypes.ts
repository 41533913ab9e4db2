/** What a rule can forward (fact sheet 6). */
export const FORWARD_TYPES = [
	{ name: 'Agent Audit Log', value: 'agent_audit' },
	{ name: 'Alert', value: 'alert' },
	{ name: 'Audit Log', value: 'audit' },
	{ name: 'Case', value: 'case' },
];
