import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { asBoolean, asId, asList, asObject, asText } from '../../../shared/fields';
import { vaultTime } from '../shared/vaultTime';

/** The `value` of each entry of a multi-valued attribute (RFC 7643, 2.4). */
function values(attribute: unknown): string[] {
	return asList(attribute).flatMap((entry) => asText(asObject(entry)?.value ?? entry) ?? []);
}

/** A user as SCIM has one; `entitlements` are roles, `groups` access groups (fact sheet 11). */
export function userResult(user: IDataObject): Result {
	const { name, emails, meta } = user;
	return {
		item: {
			vendor: 'senhasegura',
			type: 'user',
			id: asId(user.id),
			username: asText(user.userName),
			externalId: asText(user.externalId),
			name: asText(asObject(name)?.formatted),
			email: values(emails)[0] ?? null,
			active: asBoolean(user.active),
			roles: values(user.entitlements),
			accessGroups: values(user.groups),
			createdAt: vaultTime(asObject(meta)?.created).at,
			updatedAt: vaultTime(asObject(meta)?.lastModified).at,
		},
		raw: user,
	};
}
