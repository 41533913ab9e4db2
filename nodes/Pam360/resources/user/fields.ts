import type { INodeProperties } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { userPicker } from '../shared/pickers';
import { Failure } from '../../../shared/failure';
import { textList } from '../../../shared/input';

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
