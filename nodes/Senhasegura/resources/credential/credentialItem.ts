import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { Failure } from '../../../shared/failure';
import { asId, asText } from '../../../shared/read';
import { itemOf, readId, readText } from '../../../shared/item';
import type { Located } from '../../../shared/locator';
import { pathSegment } from '../../../shared/url';
import {
	identifierOf,
	isSshKey,
	knownCredentials,
	listedItem,
	onlyOne,
	readIdentifier,
} from '../shared/credentialList';
import { timeFields } from '../shared/vaultTime';

export const credentialPath = (reference: string) => `pam/credential/${pathSegment(reference)}`;

/** A credential of the list, which tells no secret. */
export function listedCredentialItem(record: IDataObject, zone: string | undefined): IDataObject {
	return itemOf({
		...listedItem(record, 'credential', zone),
		credentialType: readText(record.type),
	});
}

/** A credential that was read, without its secret (docs/api/senhasegura.md, "Reading a credential"). */
export function readCredentialItem(record: IDataObject, zone: string | undefined): IDataObject {
	return itemOf({
		identifier: readIdentifier(record),
		username: readText(record.username),
		hostname: readText(record.hostname),
		ip: readText(record.ip),
		port: readText(record.port),
		domain: readText(record.domain),
		additional: readText(record.additional),
		parentCredentialId: readId(record.parent_credential_cod),
		...timeFields('availableUntil', record.expiration_time, zone),
	});
}

/**
 * The record in the list of credentials that an ID, an identifier or `username@hostname` names.
 *
 * @returns undefined where the list has none
 * @throws Failure where the list has several
 */
export async function findListed(
	api: SenhaseguraApi,
	{ by, value }: Located,
): Promise<IDataObject | undefined> {
	const known = await knownCredentials(api);
	if (by === 'id') return known.find(({ id }) => asId(id) === value);
	const login = ({ username, hostname }: IDataObject) =>
		`${asText(username) ?? ''}@${asText(hostname) ?? ''}`;
	const called = known.filter((record) => identifierOf(record) === value);
	const there = known.filter((record) => !isSshKey(record) && login(record) === value);
	return (
		onlyOne(called, `the identifier ${value}`) ?? onlyOne(there, `the user and host name ${value}`)
	);
}

/**
 * The ID of a credential, for calls whose paths take nothing else.
 *
 * @throws Failure where the list has no such credential
 */
export async function credentialIdOf(api: SenhaseguraApi, wanted: Located): Promise<string> {
	if (wanted.by === 'id') return wanted.value;
	const id = asId((await findListed(api, wanted))?.id);
	if (id !== null) return id;
	throw new Failure(`The vault lists no credential with the name ${wanted.value}`, {
		kind: 'refused',
		description:
			"Compare 'Credential' with the list, or give the ID. This call needs the ID, so the node looks up the name.",
	});
}
