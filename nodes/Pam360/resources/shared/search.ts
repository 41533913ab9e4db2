import { z } from 'zod';
import { filters, group, sentAs } from '../../../shared/param';
import type { Param } from '../../../shared/param';

/**
 * What narrows lists of resources and of accounts down, all by the server (docs/api/pam360.md, "Listing
 * resources" and "Listing accounts").
 */
const search = group(
	sentAs('VIEWTYPE', {
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
	sentAs('SEARCHTYPE', {
		displayName: 'Search For',
		name: 'searchType',
		type: 'options',
		options: [
			{ name: 'Accounts', value: 'ACCOUNT' },
			{ name: 'Resources', value: 'RESOURCE' },
		],
		default: 'RESOURCE',
		description: "What to look for. Needs 'Search Value'.",
	}),
	sentAs('SEARCHCOLUMN', {
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
		description: "Where to look. Needs 'Search Value'.",
	}),
	sentAs('SEARCHVALUE', {
		displayName: 'Search Value',
		name: 'searchValue',
		type: 'string',
		default: '',
		placeholder: 'e.g. web',
		description: 'The text to search for',
	}),
);

/**
 * The filters of a list, which are fields of its call.
 *
 * @param searchType What is searched where the user did not say.
 */
export function searchFilters<const More extends readonly Param[]>(
	searchType: 'RESOURCE' | 'ACCOUNT',
	...more: More
) {
	const checked = search.as((given, context) => {
		if (given.SEARCHVALUE !== undefined) {
			const { SEARCHTYPE = searchType, SEARCHCOLUMN = 'ALL', ...rest } = given;
			return { SEARCHTYPE, SEARCHCOLUMN, ...rest };
		}
		if (given.SEARCHTYPE === undefined && given.SEARCHCOLUMN === undefined) return given;
		context.addIssue({ code: 'custom', message: 'is required', path: ['searchValue'] });
		return z.NEVER;
	});
	return filters(checked, ...more);
}
