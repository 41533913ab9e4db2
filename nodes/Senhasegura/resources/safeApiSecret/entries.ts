import { readText } from '../../../shared/item';
import { SafeEntries } from '../shared/safeEntries';
import { tagFields } from '../shared/safeEntry';

/**
 * API secrets. An entry that was stored stands under another name than one that is read, and repeats the
 * secret; the list tells little (docs/api/senhasegura.md, "MySafe API secrets").
 */
export const apiSecrets = new SafeEntries({
	path: 'secretapi',
	type: 'safeApiSecret',
	noun: 'entry',
	entity: 'api_secret_entity',
	stored: ['api_entity', 'api_secret_entity'],
	list: ['api_secret_on_list'],
	secrets: ['client_secret'],
	fields: (entry) => ({
		identifierCode: readText(entry.identifier_code),
		url: readText(entry.url),
		clientId: readText(entry.client_id),
		method: readText(entry.method),
		...tagFields(entry),
	}),
	listFields: () => ({}),
});
