import { setLock } from './setLock';

/** `PUT /user/unlock`. Fact sheet 7.3, confirmed for Password Manager Pro. */
export const unlock = setLock({
	name: 'Unlock',
	value: 'unlock',
	action: 'Unlock user',
	description: 'Let a locked user into PAM360 again',
	mayHave: 'The user may have been unlocked',
});
