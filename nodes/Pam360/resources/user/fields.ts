import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { userPicker } from '../shared/pickers';
import { wireField } from '../shared/wire';
import type { WireField } from '../shared/wire';
import { Failure } from '../../../shared/failure';
import { optionalText, refuse, textList } from '../../../shared/input';

export const userField: INodeProperties = { ...userPicker, description: 'The user of PAM360' };

export const userName: INodeProperties = {
	displayName: 'User Name',
	name: 'userName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jdoe',
	description: 'The name with which the user logs in',
};

export const firstName: INodeProperties = {
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Jane',
};

export const lastName: INodeProperties = {
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Doe',
};

export const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. jdoe@example.com',
};

export const emails: INodeProperties = {
	...email,
	description: 'Email address; several separated by commas, the first is the primary one',
};

export const roles: INodeProperties = {
	displayName: 'Roles',
	name: 'roles',
	type: 'string',
	default: '',
	placeholder: 'e.g. Password User',
	description: 'Names of roles in PAM360, separated by commas',
};

export const active: INodeProperties = {
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether the user can log in',
};

/** A list that holds something. */
export const someTexts = textList.refine((list) => list.length > 0, 'is required');

/**
 * For `catch` on the creation of a user: after a lost answer the name is looked up, so that the error
 * says whether the user exists.
 */
export function lookedUp(api: Pam360Api, name: string) {
	return async (failure: Failure): Promise<never> => {
		if (failure.kind !== 'lost') throw failure;
		const found = await api.ids
			.user({ by: 'name', value: name })
			.then((id) => `PAM360 has a user of this name now: its ID is ${id}.`)
			.catch((no: Error) => `A look-up of the user ended with: ${no.message}.`);
		throw failure.plus(found);
	};
}

/** A day as PAM360 takes it: what the editor's date picker gives, without the time. */
const expiryDate = z
	.unknown()
	.transform((value) => (value instanceof Date ? value.toISOString() : value))
	.pipe(optionalText)
	.transform((text, context) => {
		if (text === undefined || text === 'NeverExpires') return text;
		const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
		return day ?? refuse(context, 'must be a date such as 2026-12-31, or NeverExpires');
	});

/** What new API users and other users take alike (docs/api/pam360.md, "Creating API users"). */
export const userFields: WireField[] = [
	wireField('DEPARTMENT', {
		displayName: 'Department',
		name: 'department',
		type: 'string',
		default: '',
		placeholder: 'e.g. IT',
	}),
	wireField(
		'EXPIRYDATE',
		{
			displayName: 'Expiry Date',
			name: 'expiryDate',
			type: 'dateTime',
			default: '',
			description: 'The last day of the user; the time of the day does not count',
		},
		expiryDate,
	),
	wireField('LOCATION', {
		displayName: 'Location',
		name: 'location',
		type: 'string',
		default: '',
		placeholder: 'e.g. Chennai',
	}),
	wireField('ROLE', {
		displayName: 'Role',
		name: 'role',
		type: 'string',
		default: '',
		placeholder: 'e.g. Password User',
		description: 'The name of a role in PAM360',
	}),
	wireField('ROLEID', {
		displayName: 'Role ID',
		name: 'roleId',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 0,
		placeholder: 'e.g. 301',
		description: "The ID of a role in PAM360, in place of 'Role'",
	}),
	wireField('SECONDARYEMAILID', {
		displayName: 'Secondary Email',
		name: 'secondaryEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. it@example.com',
	}),
	wireField('USERGROUPNAME', {
		displayName: 'User Group',
		name: 'userGroup',
		type: 'string',
		default: '',
		placeholder: 'e.g. Automation',
		description: 'The name of the user group that the user joins',
	}),
];
