import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import type { Pam360Reply } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { optionalText, refuse, textList } from '../../../shared/input';
import { group, param, required, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import type { Once } from '../../../shared/sendOnce';
import { department, location, userName } from '../shared/commonFields';

export const firstName = param({
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Jane',
});

export const lastName = param({
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Doe',
});

const email = param({
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. jdoe@example.com',
});

/** What names a user of the REST calls (docs/api/pam360.md, "Creating API users"). */
export const newUser = group(userName, required(firstName), required(lastName), required(email));

/** `POST /user`, which makes users of both kinds: what else is said of the user stands in `details`. */
export async function createUser(
	api: Pam360Api,
	call: Once,
	user: ValuesOf<[typeof newUser]>,
	{ details, ...lost }: { details: IDataObject; mayHave: string; find: string },
): Promise<Pam360Reply> {
	const { firstName: FIRSTNAME, lastName: LASTNAME, userName: USERNAME, email: EMAIL } = user;
	return await sendOnce(call, lost, async (change) => {
		return await api
			.change({
				method: 'POST',
				path: 'user',
				details: { FIRSTNAME, LASTNAME, USERNAME, EMAIL, ...details },
				...change,
			})
			.catch(lookedUp(api, USERNAME));
	});
}

const texts = textList.transform((list) => (list.length > 0 ? list : undefined));

export const emails = sentAs(
	'emails',
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. jdoe@example.com',
		description: 'Email address; several separated by commas, the first is the primary one',
	},
	texts,
);

export const roles = param(
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'string',
		default: '',
		placeholder: 'e.g. Password User',
		description: 'Names of roles in PAM360, separated by commas',
	},
	texts,
);

/** @param schema An update may leave it as it is. */
export const active = <Schema extends z.ZodTypeAny>(schema: Schema) =>
	param(
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the user can log in',
		},
		schema,
	);

/**
 * For `catch` on the creation of a user: after a lost answer the name is looked up, so that the error
 * says whether the user exists.
 */
export function lookedUp(api: Pam360Api, name: string) {
	return async (failure: Failure): Promise<never> => {
		if (failure.kind !== 'lost') throw failure;
		const found = await api.ids
			.user({ by: 'name', value: name })
			.then((id) => `: PAM360 has one of this name, with the ID ${id}`)
			.catch(({ kind, declared, message }: Failure) =>
				kind === 'refused' && declared === undefined
					? `, and PAM360 shows none of this name yet: ${message}`
					: `, but the look-up failed: ${message}`,
			);
		throw failure.plus(`The node looked for the user${found}.`);
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
export const userFields = group(
	department(),
	sentAs(
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
	location(),
	sentAs('ROLE', {
		displayName: 'Role',
		name: 'role',
		type: 'string',
		default: '',
		placeholder: 'e.g. Password User',
		description: 'The name of a role in PAM360',
	}),
	sentAs('ROLEID', {
		displayName: 'Role ID',
		name: 'roleId',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 0,
		placeholder: 'e.g. 301',
		description: "The ID of a role in PAM360, in place of 'Role'",
	}),
	sentAs('SECONDARYEMAILID', {
		displayName: 'Secondary Email',
		name: 'secondaryEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. it@example.com',
	}),
	sentAs('USERGROUPNAME', {
		displayName: 'User Group',
		name: 'userGroup',
		type: 'string',
		default: '',
		placeholder: 'e.g. Automation',
		description: 'The name of the user group that the user joins',
	}),
);
