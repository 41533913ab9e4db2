import type { IDataObject } from 'n8n-workflow';
import { SCIM_USER } from '../../../shared/scim';
import { USER_EXTENSION, USER_TYPES } from '../shared/userItem';
import type { UserType } from '../shared/userItem';

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
export function newScimUser({ userType, domain, ...user }: NewUser): IDataObject {
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
		schemas: isExtended ? [SCIM_USER, USER_EXTENSION] : [SCIM_USER],
		name: { givenName, familyName },
		...rest,
		...(isExtended && { [USER_EXTENSION]: extension }),
	};
}
