import type { IDataObject } from 'n8n-workflow';
import type { DsmSecret } from '../../api/dsm';
import { asText } from '../../../shared/fields';
import { vaultTime } from '../shared/vaultTime';

/** What is told of a secret without its values. */
export function secretFields(
	{ id, identity, data, record, application }: DsmSecret,
	zone: string | undefined,
): IDataObject {
	const expires = vaultTime(record.expiration_date, zone);
	return {
		vendor: 'senhasegura',
		type: 'secret',
		id,
		identity,
		name: asText(record.secret_name),
		version: asText(record.version),
		engine: asText(record.engine),
		expiresAt: expires.at,
		expiresAtServerTime: expires.serverTime,
		application: asText(application.name),
		system: asText(application.system),
		environment: asText(application.environment),
		properties: [...new Set(data.flatMap((group) => Object.keys(group)))],
	};
}

/** The vendor's record without values: a list of secrets is no place for them. */
export function withoutValues({ record, data }: DsmSecret): IDataObject {
	const hidden = data.map((group) =>
		Object.fromEntries(Object.keys(group).map((property) => [property, null])),
	);
	return { ...record, data: hidden };
}
