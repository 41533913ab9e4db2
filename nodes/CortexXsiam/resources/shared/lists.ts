import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { XsiamList } from '../../api/calls';
import type { CortexXsiamApi } from '../../api/client';
import { LIST_PAGE, MOST_OPTIONS, optionList, searchList, searched } from '../../../shared/editor';
import type { Entries } from '../../../shared/editor';
import { asId, asText } from '../../../shared/read';
import { notificationRules, roles, userGroups, users } from './directory';
import type { Directory } from './directory';

/** Lists in the editor of what several resources name, and how such lists are made. */

/** Entries that have an ID, sorted by name. */
export function entriesOf(
	records: IDataObject[],
	id: string,
	nameOf: (record: IDataObject) => string | null,
): INodePropertyOptions[] {
	return records
		.flatMap((record) => {
			const value = asId(record[id]);
			return value === null ? [] : [{ name: nameOf(record) ?? value, value }];
		})
		.sort((a, b) => a.name.localeCompare(b.name));
}

async function entriesIn(api: CortexXsiamApi, directory: Directory) {
	const { path, many, id, name } = directory;
	return entriesOf(await api.all(path, many), id, (record) => asText(record[name]));
}

const BY_NAME = "Choose 'By Name' or 'By ID' in place of 'From List'";

function searchDirectory<const Name extends string>(
	name: Name,
	directory: Directory,
	wayOut?: string,
) {
	return searchList({
		name,
		...(wayOut !== undefined && { wayOut }),
		load: async (api: CortexXsiamApi, { filter, from }) =>
			searched(await entriesIn(api, directory), filter, from),
	});
}

export const roleList = searchDirectory('searchRoles', roles, BY_NAME);
export const userGroupList = searchDirectory('searchUserGroups', userGroups);
export const notificationRuleList = searchDirectory(
	'searchNotificationRules',
	notificationRules,
	BY_NAME,
);

async function userEntries(api: CortexXsiamApi): Promise<INodePropertyOptions[]> {
	return entriesOf(await api.all(users.path, users.many), users.id, (record) => {
		const email = asText(record.user_email) ?? '';
		const name = [asText(record.user_first_name), asText(record.user_last_name)];
		return [...name, `<${email}>`].filter(Boolean).join(' ');
	});
}

export const userList = searchList({
	name: 'searchUsers',
	wayOut: "Choose 'By ID' and give the email address",
	load: async (api: CortexXsiamApi, { filter, from }) =>
		searched(await userEntries(api), filter, from),
});

export const userOptions = optionList({
	name: 'getUsers',
	wayOut: 'Turn the field into an expression and give email addresses, separated by commas',
	load: userEntries,
});

export const userGroupOptions = optionList({
	name: 'getUserGroups',
	wayOut: 'Turn the field into an expression and give names or IDs, separated by commas',
	load: async (api: CortexXsiamApi) => await entriesIn(api, userGroups),
});

export type LongList = Omit<XsiamList, 'filters' | 'most'>;

async function firstOf(api: CortexXsiamApi, list: LongList, most: number) {
	const records: IDataObject[] = [];
	for await (const row of api.list({ ...list, filters: [], most })) records.push(row);
	return records;
}

/**
 * The first records of a list that is too long to be shown as a whole.
 *
 * @param order Which the first ones are, for the note: `that were seen first`.
 */
export async function cutList(
	api: CortexXsiamApi,
	list: LongList,
	order: string,
	entriesFor: (records: IDataObject[]) => INodePropertyOptions[],
): Promise<Entries> {
	const records = await firstOf(api, list, MOST_OPTIONS + 1);
	const isCut = records.length > MOST_OPTIONS;
	return {
		entries: entriesFor(records.slice(0, MOST_OPTIONS)),
		...(isCut && { note: `Only the ${MOST_OPTIONS} ${order}: give others in an expression` }),
	};
}

/** How many of the newest records are looked through for a text: the tenant cannot search by text. */
const SEARCHED = 1_000;

/** Newest first. */
export function newestList<const Name extends string>(
	name: Name,
	list: LongList,
	id: string,
	nameOf: (record: IDataObject) => string | null,
) {
	return searchList({
		name,
		async load(api: CortexXsiamApi, { filter, from }) {
			const pageOf = (records: IDataObject[]) => {
				const entries = records.flatMap((record) => {
					const value = asId(record[id]);
					return value === null ? [] : [{ name: `${value}: ${nameOf(record) ?? ''}`, value }];
				});
				return searched(entries, filter, from);
			};
			if (filter.trim() === '') return pageOf(await firstOf(api, list, from + LIST_PAGE));
			const records = await firstOf(api, list, SEARCHED + 1);
			const isCut = records.length > SEARCHED;
			return {
				entries: pageOf(records.slice(0, SEARCHED)),
				...(isCut && { note: `Only the ${SEARCHED} newest were searched: give others 'By ID'` }),
			};
		},
	});
}
