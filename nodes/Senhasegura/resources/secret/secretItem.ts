import type { IDataObject } from 'n8n-workflow';
import type { DsmSecret } from '../../api/dsm';
import { readId, readText } from '../../../shared/item';
import { timeFields } from '../shared/vaultTime';
import { item } from '../shared/operation';

/** What is told of a secret without its values. */
export function secretFields(
	{ id, identity, data, record, application }: DsmSecret,
	zone: string | undefined,
): IDataObject {
	return item('secret', {
		id: readId(record.secret_id) ?? id,
		identity: readText(record.identity) ?? identity,
		name: readText(record.secret_name),
		version: readText(record.version),
		engine: readText(record.engine),
		...timeFields('expiresAt', record.expiration_date, zone),
		application: readText(application.name),
		system: readText(application.system),
		environment: readText(application.environment),
		properties: [...new Set(data.flatMap((group) => Object.keys(group)))],
	});
}

/** The vendor's record without values: a list of secrets is no place for them. */
export function withoutValues({ record, data }: DsmSecret): IDataObject {
	const hidden = data.map((group) =>
		Object.fromEntries(Object.keys(group).map((property) => [property, null])),
	);
	return { ...record, data: hidden };
}
