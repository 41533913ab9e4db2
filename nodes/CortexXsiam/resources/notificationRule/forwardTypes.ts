/** What a rule can forward (docs/api/cortex-xsiam.md, "Notification rules"). */
export const FORWARD_TYPES = [
	{ name: 'Agent Audit Log', value: 'agent_audit' },
	{ name: 'Alert', value: 'alert' },
	{ name: 'Audit Log', value: 'audit' },
	{ name: 'Case', value: 'case' },
];
