import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { asList, asObject, asText } from '../../../shared/fields';
import { itemOf, readBoolean, readId, readList, readText, readWith } from '../../../shared/item';
import { vaultTime } from '../shared/vaultTime';

/** The `value` of an entry of a multi-valued attribute (RFC 7643, 2.4). */
function valueOf(entry: unknown): string | null {
	return asText(asObject(entry)?.value ?? entry);
}

/** The first of several. */
function firstOf(attribute: unknown): string | null {
	return asList(attribute).flatMap((entry) => valueOf(entry) ?? [])[0] ?? null;
}

/** SCIM's dates have an offset (RFC 7643, 2.3.5). */
function instantOf(value: unknown): string | null {
	return vaultTime(value).at;
}

/**
 * A user as SCIM has one; `entitlements` are roles, `groups` access groups (docs/api/senhasegura.md,
 * "SCIM").
 */
export function userResult(user: IDataObject): Result {
	const { name, emails, meta } = user;
	return {
		item: itemOf({
			vendor: 'senhasegura',
			type: 'user',
			id: readId(user.id),
			username: readText(user.userName),
			externalId: readText(user.externalId),
			name: readText(asObject(name)?.formatted ?? name),
			email: readWith(firstOf, emails),
			active: readBoolean(user.active),
			roles: readList(valueOf, user.entitlements),
			accessGroups: readList(valueOf, user.groups),
			createdAt: readWith(instantOf, asObject(meta)?.created),
			updatedAt: readWith(instantOf, asObject(meta)?.lastModified),
		}),
		raw: user,
	};
}
