import { readText } from '../../../shared/item';
import { SafeEntries } from '../shared/safeEntries';
import { tagFields } from '../shared/safeEntry';

/**
 * Passwords. Their secrets are the password, the seed of its one-time codes, and the code of this moment.
 * The vendor's sample calls the list by the first name, its field table by the second
 * (docs/api/senhasegura.md, "MySafe passwords"), and the third is that of a single entry.
 */
export const safePasswords = new SafeEntries({
	path: 'password',
	type: 'safePassword',
	noun: 'entry',
	entity: 'password_entity',
	list: ['password_on_list', 'passwords_on_list', 'password_entity'],
	secrets: ['password', 'secret_key', 'token'],
	fields: (entry) => ({
		username: readText(entry.username),
		url: readText(entry.url),
		...tagFields(entry),
	}),
});
