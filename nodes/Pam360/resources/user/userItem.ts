import type { IDataObject } from 'n8n-workflow';
import { asNumber, asObject, asText } from '../../../shared/fields';
import { readBoolean, readId, readList, readText, readWith } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import { SCIM_USER, primaryScimValue, scimValue } from '../../../shared/scim';

/** What PAM360 adds to a user of SCIM (docs/api/pam360.md, "SCIM"). */
export const DOMAIN = 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User';

/** `userType` of the extension counts them from 0. */
export const USER_TYPES = ['local', 'activeDirectory', 'entraId', 'ldap'] as const;

export type UserType = (typeof USER_TYPES)[number];

/** A user as SCIM shows it. */
export function userResult(user: IDataObject): Result {
	const name = asObject(user.name) ?? {};
	const extension = asObject(user[DOMAIN]) ?? {};
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
		}),
		raw: user,
	};
}

function userTypeOf(value: unknown): string | null {
	return USER_TYPES[asNumber(value) ?? -1] ?? asText(value);
}

/** What can be said of a user, in the words of this node. */
export interface UserAttributes {
	userName?: string;
	firstName?: string;
	lastName?: string;
	/** The first is the primary one. */
	emails?: string[];
	roles?: string[];
	active?: boolean;
	password?: string;
}

/** The same by the attributes' paths in SCIM (RFC 7643, 4.1); what is not given is left out. */
export function attributesOf(user: UserAttributes): IDataObject {
	const emails = user.emails?.map((value, index) => ({ value, primary: index === 0 }));
	const attributes = {
		userName: user.userName,
		'name.givenName': user.firstName,
		'name.familyName': user.lastName,
		emails,
		roles: user.roles?.map((value) => ({ value })),
		active: user.active,
		password: user.password,
	};
	const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
	return Object.fromEntries(given) as IDataObject;
}

interface NewUser extends UserAttributes {
	userType?: UserType;
	domain?: string;
}

/** A whole user as SCIM takes it. */
export function scimUser({ userType, domain, ...user }: NewUser): IDataObject {
	const {
		'name.givenName': givenName,
		'name.familyName': familyName,
		...rest
	} = attributesOf(user);
	const extension = {
		...(userType !== undefined && { userType: USER_TYPES.indexOf(userType) }),
		...(domain !== undefined && { domain }),
	};
	const isExtended = Object.keys(extension).length > 0;
	return {
		schemas: isExtended ? [SCIM_USER, DOMAIN] : [SCIM_USER],
		name: { givenName, familyName },
		...rest,
		...(isExtended && { [DOMAIN]: extension }),
	};
}
