import { optionalText } from '../../../shared/input';
import { nullIfAdded, param, sentAs } from '../../../shared/param';

/**
 * Fields that several calls take under one name (docs/api/pam360.md, "Creating a resource", "Adding
 * accounts" and "Creating API users"). Where a call means something of its own by one, it says so with
 * `looking`.
 *
 * Of each text, what is taken of it can be given: an update may empty one.
 */

export const notes = (text = optionalText) =>
	sentAs(
		'NOTES',
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Created by n8n',
			description: 'Notes on the account',
		},
		text,
	);

/** A password policy by its name, which calls name in their own ways. */
export const passwordPolicy = <const Wire extends string>(wire: Wire, text = optionalText) =>
	sentAs(
		wire,
		{
			displayName: 'Password Policy',
			name: 'policy',
			type: 'string',
			default: '',
			placeholder: 'e.g. Strong',
			description: 'The name of the password policy for the account',
		},
		text,
	);

export const sapUserType = (text = optionalText) =>
	sentAs(
		'SAP_USER_TYPE',
		{
			displayName: 'SAP User Type',
			name: 'sapUserType',
			type: 'string',
			default: '',
			placeholder: 'e.g. A',
			description: 'The type of an SAP user, by its letter',
		},
		text,
	);

export const domainName = (text = optionalText) =>
	sentAs(
		'DOMAINNAME',
		{
			displayName: 'Domain Name',
			name: 'domainName',
			type: 'string',
			default: '',
			placeholder: 'e.g. EXAMPLE',
		},
		text,
	);

export const owner = (text = optionalText) =>
	sentAs(
		'OWNERNAME',
		{
			displayName: 'Owner',
			name: 'ownerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. admin',
			description: 'The username of the owner',
		},
		text,
	);

/** @param wire The calls name it differently. */
export const description = <const Wire extends string>(wire: Wire, text = optionalText) =>
	sentAs(
		wire,
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
		},
		text,
	);

export const location = (text = optionalText) =>
	sentAs(
		'LOCATION',
		{
			displayName: 'Location',
			name: 'location',
			type: 'string',
			default: '',
			placeholder: 'e.g. Chennai',
		},
		text,
	);

export const department = (text = optionalText) =>
	sentAs(
		'DEPARTMENT',
		{
			displayName: 'Department',
			name: 'department',
			type: 'string',
			default: '',
			placeholder: 'e.g. IT',
		},
		text,
	);

export const resourceName = (text = optionalText) =>
	sentAs(
		'RESOURCENAME',
		{
			displayName: 'Resource Name',
			name: 'resourceName',
			type: 'string',
			default: '',
			placeholder: 'e.g. WEB-LINUX-01',
			description: 'The name under which PAM360 keeps the resource',
		},
		text,
	);

export const userName = param({
	displayName: 'Username',
	name: 'userName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jdoe',
	description: 'The name with which the user logs in',
});

export const accountName = (text = optionalText) =>
	sentAs(
		'ACCOUNTNAME',
		{
			displayName: 'Account Name',
			name: 'accountName',
			type: 'string',
			default: '',
			placeholder: 'e.g. administrator',
			description: 'The name to log in with',
		},
		text,
	);

/** Of an account that is created. */
export const accountPassword = nullIfAdded(
	sentAs('PASSWORD', {
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'The password, white space at its ends included. Without it PAM360 makes one by policy.',
	}),
);

/** Something that is on or off. @param description Completes `Whether`. */
export function switchField<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	description: string,
) {
	return sentAs(wire, {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description: `Whether ${description}`,
	});
}
