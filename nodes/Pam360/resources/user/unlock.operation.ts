import { setLock } from './setLock';

/** `PUT /user/unlock`. Source: docs/api/pam360.md, "Other calls for users". */
export const unlock = setLock({
	name: 'Unlock',
	value: 'unlock',
	action: 'Unlock user',
	description: 'Let a locked user into PAM360 again',
	mayHave: 'The user may have been unlocked',
});
