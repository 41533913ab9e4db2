import type { IDataObject } from 'n8n-workflow';
import { confirmed } from '../../api/envelope';
import { itemOf, readText } from '../../../shared/item';
import {
	entryList,
	namedFields,
	oneEntry,
	rightFields,
	sharedFields,
	storedFields,
	tagFields,
	withOnly,
} from '../shared/safeEntry';

/** The secrets of an entry: the password, the seed of its one-time codes, and the code of this moment. */
const SECRET_NAMES = ['password', 'secret_key', 'token'] as const;

/** Where an answer holds them. */
export const SECRETS = SECRET_NAMES.map((name) => `password_entity.${name}`);

export const onePassword = oneEntry('password_entity');

/** What is said of an entry that was stored, which may be less. */
export const storedPassword = confirmed.pipe(onePassword);

/**
 * The list: the vendor's sample calls it by the first name, its field table by the second
 * (docs/api/senhasegura.md, "MySafe passwords"), and the third is that of a single entry.
 */
export const allPasswords = entryList('password_on_list', 'passwords_on_list', 'password_entity');

function passwordFields(entry: IDataObject): Record<string, unknown> {
	return {
		...namedFields(entry, 'safePassword'),
		username: readText(entry.username),
		url: readText(entry.url),
		...tagFields(entry),
	};
}

/** What is told of an entry without its secrets. */
export function safePasswordFields(entry: IDataObject): IDataObject {
	return itemOf({ ...passwordFields(entry), ...sharedFields(entry) });
}

/** An entry of the list. */
export function listedPassword(entry: IDataObject): IDataObject {
	return itemOf({ ...passwordFields(entry), ...rightFields(entry) });
}

/** An entry that was stored. */
export function storedPasswordFields(entry: IDataObject): IDataObject {
	return { ...safePasswordFields(entry), ...storedFields(entry) };
}

/** The vendor's record, of its secrets only the one that was asked for. */
export function withOnlySecret(
	entry: IDataObject,
	secret: Partial<Record<string, string>> = {},
): IDataObject {
	return withOnly(entry, SECRET_NAMES, secret);
}
