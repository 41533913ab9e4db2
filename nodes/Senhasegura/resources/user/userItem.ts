import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { asObject } from '../../../shared/read';
import { oddPart, readId, readList, readText, readWith } from '../../../shared/item';
import { primaryScimValue, scimValue } from '../../../shared/scim';
import { vaultTime } from '../shared/vaultTime';
import { readYesNo } from '../shared/coded';
import { item } from '../shared/operation';

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
		item: item('user', {
			id: readId(user.id),
			username: readText(user.userName),
			externalId: readText(user.externalId),
			name: readText(asObject(name)?.formatted ?? name),
			email: readWith(primaryScimValue, emails),
			active: readYesNo(user.active),
			roles: readList(scimValue, user.entitlements),
			accessGroups: readList(scimValue, user.groups),
			createdAt: readWith(instantOf, asObject(meta)?.created),
			updatedAt: readWith(instantOf, asObject(meta)?.lastModified),
			...oddPart('meta', meta),
		}),
		raw: user,
	};
}
