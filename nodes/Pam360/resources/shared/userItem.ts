import type { IDataObject } from 'n8n-workflow';
import { asNumber, asObject, asText } from '../../../shared/read';
import { oddPart, readBoolean, readId, readList, readText, readWith } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from './operation';
import { primaryScimValue, scimValue } from '../../../shared/scim';

/** What PAM360 adds to a user of SCIM (docs/api/pam360.md, "SCIM"). */
export const USER_EXTENSION = 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User';

/** `userType` of the extension counts them from 0. */
export const USER_TYPES = ['local', 'activeDirectory', 'entraId', 'ldap'] as const;

export type UserType = (typeof USER_TYPES)[number];

/** A user as SCIM shows it. */
export function userResult(user: IDataObject): Result {
	const name = asObject(user.name) ?? {};
	const extension = asObject(user[USER_EXTENSION]) ?? {};
	return {
		item: item('user', {
			id: readId(user.id),
			userName: readText(user.userName),
			// RFC 7643 has these below `name`; the vendor's list of attributes does not say.
			firstName: readText(name.givenName ?? user.givenName),
			lastName: readText(name.familyName ?? user.familyName),
			email: readWith(primaryScimValue, user.emails),
			roles: readList(scimValue, user.roles),
			active: readBoolean(user.active),
			userType: readWith(userTypeOf, extension.userType),
			domain: readText(extension.domain),
			...oddPart('name', user.name),
			...oddPart('extension', user[USER_EXTENSION]),
		}),
		raw: user,
	};
}

function userTypeOf(value: unknown): string | null {
	return USER_TYPES[asNumber(value) ?? -1] ?? asText(value);
}
