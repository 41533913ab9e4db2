/**
 * Tokens have the shape of an upper-case GUID (docs/api/pam360.md, "Authentication"); these open
 * nothing.
 */
export const pam360Demo = {
	/** Of `api-user`, who sees and may do everything. */
	authToken: '00DE0000-DE00-4DE0-8DE0-00000000DE01',
	applicationToken: '00DE0000-DE00-4DE0-8DE0-00000000DE02',
	/** Of `jdoe`, a Password User, who sees what is shared with her. */
	passwordUserToken: '00DE0000-DE00-4DE0-8DE0-00000000DE03',
	orgName: 'Example Client One',
	serverTimeZone: 'Asia/Kolkata',
} as const;
