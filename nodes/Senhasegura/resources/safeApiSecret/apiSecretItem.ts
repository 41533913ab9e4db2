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

/** Where a reading holds the client secret. */
export const SECRETS = ['api_secret_entity.client_secret'];

export const oneApiSecret = oneEntry('api_secret_entity');

/**
 * What is said of an entry that was stored: it stands under another name than one that is read, and
 * repeats the secret (docs/api/senhasegura.md, "MySafe API secrets").
 */
export const storedApiSecret = confirmed.pipe(oneEntry('api_entity', 'api_secret_entity'));

export const allApiSecrets = entryList('api_secret_on_list');

/** What is told of an entry without its secret. */
export function apiSecretFields(entry: IDataObject): IDataObject {
	return itemOf({
		...namedFields(entry, 'safeApiSecret'),
		identifierCode: readText(entry.identifier_code),
		url: readText(entry.url),
		clientId: readText(entry.client_id),
		method: readText(entry.method),
		...tagFields(entry),
		...sharedFields(entry),
	});
}

/** An entry of the list, which tells little. */
export function listedApiSecret(entry: IDataObject): IDataObject {
	return itemOf({ ...namedFields(entry, 'safeApiSecret'), ...rightFields(entry) });
}

/** An entry that was stored. */
export function storedApiSecretFields(entry: IDataObject): IDataObject {
	return { ...apiSecretFields(entry), ...storedFields(entry) };
}

/** The vendor's record, with its secret only where that was asked for. */
export function withOnlySecret(
	entry: IDataObject,
	secret: { client_secret?: string } = {},
): IDataObject {
	return withOnly(entry, ['client_secret'], secret);
}

/** The answer to a creation or a change, without the secret that it repeats. */
export function storedRaw(body: IDataObject, entry: IDataObject): IDataObject {
	const name = body.api_entity === undefined ? 'api_secret_entity' : 'api_entity';
	return { ...body, [name]: withOnlySecret(entry) };
}
