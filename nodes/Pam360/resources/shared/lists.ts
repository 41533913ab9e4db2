import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Pam360List } from '../../api/calls';
import type { Pam360Api } from '../../api/client';
import { RESOURCES, RESOURCE_GROUPS, accountsOf, resourceGroupsNamed } from '../../api/listings';
import { LIST_PAGE, MOST_OPTIONS, optionList, searchList, searched } from '../../../shared/editor';
import type { Entries } from '../../../shared/editor';
import { inputFailure } from '../../../shared/failure';
import { asText } from '../../../shared/read';
import { located } from '../../../shared/locator';
import type { Located } from '../../../shared/locator';
import { userResult } from './userItem';

const BY_NAME = "Choose 'By Name' or 'By ID' in place of 'From List'";

/** Resources by name, a page at a time. */
export const resourceList = searchList({
	name: 'searchResources',
	wayOut: BY_NAME,
	async load(api: Pam360Api, { filter, from }) {
		const details = searchFor('RESOURCE', 'RESOURCENAME', filter);
		return await page(api, { ...RESOURCES, details }, 'RESOURCE NAME', from);
	},
});

/** Accounts of the resource that is chosen in the same node. */
export const accountList = searchList({
	name: 'searchAccounts',
	reads: ['resourceId.value'],
	wayOut: BY_NAME,
	async load(api: Pam360Api, { filter, from, parameter }) {
		const list = accountsOf(await api.ids.resource(chosenResource(parameter('resourceId'))));
		const details = searchFor('ACCOUNT', 'LOGINNAME', filter);
		return await page(api, { ...list, details }, 'ACCOUNT NAME', from);
	},
});

/** Resource groups by name. */
export const resourceGroupList = searchList({
	name: 'searchResourceGroups',
	wayOut: BY_NAME,
	async load(api: Pam360Api, { filter, from }) {
		const details = resourceGroupsNamed(filter.trim());
		return await page(api, { ...RESOURCE_GROUPS, details }, 'resourceGroupName', from);
	},
});

/**
 * Users by name, with what they are called. SCIM is the only documented call that lists users; which
 * filters it takes is not known, so that they are compared here.
 */
export const userList = searchList({
	name: 'searchUsers',
	wayOut: "Choose 'By Name' in place of 'From List'",
	async load(api: Pam360Api, { filter, from }) {
		const entries: INodePropertyOptions[] = [];
		for await (const user of api.scim.users({ most: Infinity })) {
			entries.push(...searched(userEntry(user), filter, 0));
			if (entries.length === from + LIST_PAGE) break;
		}
		return entries.slice(from);
	},
});

/** Resources to choose several of. */
export const resourceOptions = optionList({
	name: 'getResources',
	load: async (api: Pam360Api) => await firstResources(api, {}),
});

/** The same of Windows domains. */
export const domainResourceOptions = optionList({
	name: 'getDomainResources',
	load: async (api: Pam360Api) =>
		await firstResources(api, {
			SEARCHTYPE: 'RESOURCE',
			SEARCHCOLUMN: 'RESOURCE_TYPE',
			SEARCHVALUE: 'WindowsDomain',
		}),
});

async function firstResources(api: Pam360Api, details: IDataObject): Promise<Entries> {
	const entries: INodePropertyOptions[] = [];
	for await (const row of api.list({ ...RESOURCES, details, most: MOST_OPTIONS + 1 })) {
		entries.push(...entryOf(row, RESOURCES, 'RESOURCE NAME'));
	}
	const isCut = entries.length > MOST_OPTIONS;
	return {
		entries: entries.slice(0, MOST_OPTIONS),
		...(isCut && {
			note: `Only the first ${MOST_OPTIONS}: give others by their IDs in an expression`,
		}),
	};
}

/** Only a user who has a name can be found by it. */
function userEntry(user: IDataObject): INodePropertyOptions[] {
	const { userName, firstName, lastName } = userResult(user).item;
	const value = asText(userName);
	if (value === null) return [];
	const fullName = [firstName, lastName].filter(Boolean).join(' ');
	return [{ name: fullName === '' ? value : `${value} (${fullName})`, value }];
}

/** @throws Failure where there is none, or one that only a run can tell */
function chosenResource(given: unknown): Located {
	const resource = located.safeParse(given);
	// n8n 1 shows the message only.
	if (!resource.success || resource.data.value.startsWith('=')) {
		throw inputFailure(
			"The list holds the accounts of the resource: choose that first. If it is an expression, choose the account 'By Name' or 'By ID'",
		);
	}
	return resource.data;
}

function searchFor(type: string, column: string, filter: string): IDataObject {
	const value = filter.trim();
	return value === '' ? {} : { SEARCHTYPE: type, SEARCHCOLUMN: column, SEARCHVALUE: value };
}

type Listed = Pick<Pam360List, 'path' | 'key' | 'details' | 'subject' | 'noun' | 'rowsOf' | 'idOf'>;
/** What a row calls its name. */
type NameKey = 'RESOURCE NAME' | 'ACCOUNT NAME' | 'resourceGroupName';

/** One page: the entries after the first `from`, and whether more follow. */
async function page(
	api: Pam360Api,
	list: Listed,
	nameKey: NameKey,
	from: number,
): Promise<Entries> {
	const rows: IDataObject[] = [];
	for await (const row of api.list({ ...list, most: LIST_PAGE + 1, start: from })) rows.push(row);
	return {
		entries: rows.slice(0, LIST_PAGE).flatMap((row) => entryOf(row, list, nameKey)),
		more: rows.length > LIST_PAGE,
	};
}

function entryOf(
	row: IDataObject,
	{ idOf }: Pick<Listed, 'idOf'>,
	nameKey: NameKey,
): INodePropertyOptions[] {
	const id = idOf(row);
	return id === null ? [] : [{ name: asText(row[nameKey]) ?? id, value: id }];
}
