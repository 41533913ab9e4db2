import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { fieldsOf, wireField, wireInput } from './wire';
import type { WireField } from './wire';

/**
 * What narrows lists of resources and of accounts down, all by the server (docs/api/pam360.md, "Listing
 * resources" and "Listing accounts").
 */
const searchFields: WireField[] = [
	wireField('VIEWTYPE', {
		displayName: 'View',
		name: 'viewType',
		type: 'options',
		options: [
			{ name: 'All My Passwords', value: 'ALLMYPASSWORD' },
			{ name: 'Favorites', value: 'FAVOURITEPASSWORD' },
			{ name: 'Linux (SSH)', value: 'LINUXSSHPASSWORD' },
			{ name: 'Recently Accessed', value: 'RECENTLYACCESSEDPASSWORD' },
			{ name: 'Windows (RDP)', value: 'WINDOWSRDPPASSWORD' },
		],
		default: 'ALLMYPASSWORD',
		description: 'Which of the views of PAM360 to list',
	}),
	wireField('SEARCHTYPE', {
		displayName: 'Search For',
		name: 'searchType',
		type: 'options',
		options: [
			{ name: 'Accounts', value: 'ACCOUNT' },
			{ name: 'Resources', value: 'RESOURCE' },
		],
		default: 'RESOURCE',
		description: 'What the search value is compared with. Needs a search value.',
	}),
	wireField('SEARCHCOLUMN', {
		displayName: 'Search In',
		name: 'searchColumn',
		type: 'options',
		options: [
			{ name: 'All Columns', value: 'ALL' },
			{ name: 'Custom Column 0', value: 'COLUMN_CHAR0' },
			{ name: 'Custom Column 1', value: 'COLUMN_CHAR1' },
			{ name: 'Custom Column 2', value: 'COLUMN_CHAR2' },
			{ name: 'Custom Column 3', value: 'COLUMN_CHAR3' },
			{ name: 'Custom Column 4', value: 'COLUMN_CHAR4' },
			{ name: 'Custom Column 5', value: 'COLUMN_CHAR5' },
			{ name: 'Custom Column 6', value: 'COLUMN_CHAR6' },
			{ name: 'Custom Column 7', value: 'COLUMN_CHAR7' },
			{ name: 'Custom Column 8', value: 'COLUMN_CHAR8' },
			{ name: 'Custom Column 9', value: 'COLUMN_CHAR9' },
			{ name: 'Department', value: 'DEPARTMENT' },
			{ name: 'Description', value: 'RESOURCEDESC' },
			{ name: 'Domain Name', value: 'DOMAINNAME' },
			{ name: 'IP Address', value: 'IPADDRESS' },
			{ name: 'Location', value: 'LOCATION' },
			{ name: 'Login Name', value: 'LOGINNAME' },
			{ name: 'Operating System', value: 'OPERATINGSYSTEM' },
			{ name: 'Resource Name', value: 'RESOURCENAME' },
			{ name: 'Resource Type', value: 'RESOURCE_TYPE' },
			{ name: 'Resource URL', value: 'RESOURCEURL' },
		],
		default: 'ALL',
		description: 'The column that the search value is looked for in. Needs a search value.',
	}),
	wireField('SEARCHVALUE', {
		displayName: 'Search Value',
		name: 'searchValue',
		type: 'string',
		default: '',
		placeholder: 'e.g. web',
		description: 'The text to search for',
	}),
];

/** The parameters for `filters(...)`. */
export const searchFilters = fieldsOf(searchFields);

/**
 * Takes the filters and gives the fields of the call.
 *
 * @param searchType What is searched where the user did not say.
 */
export function searchInput(searchType: 'RESOURCE' | 'ACCOUNT', ...more: WireField[]) {
	return wireInput([...searchFields, ...more]).transform((details, context): IDataObject => {
		if (details.SEARCHVALUE !== undefined) {
			return { SEARCHTYPE: searchType, SEARCHCOLUMN: 'ALL', ...details };
		}
		const alone = ['SEARCHTYPE', 'SEARCHCOLUMN'].some((name) => name in details);
		if (!alone) return details;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			message: 'is required',
			path: ['searchValue'],
		});
		return z.NEVER;
	});
}
