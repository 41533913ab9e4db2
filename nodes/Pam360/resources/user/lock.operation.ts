import { setLock } from './setLock';

/** `PUT /user/lock`. Source: docs/api/pam360.md, "Other calls for users". */
export const lock = setLock({
	name: 'Lock',
	value: 'lock',
	action: 'Lock user',
	description: 'Lock a user out of PAM360. An API user’s token stops working, too.',
	mayHave: 'The user may have been locked',
});
