import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Pam360Api, Pam360List } from '../api/client';
import { RESOURCES, accountsOf } from '../api/ids';
import { LIST_PAGE, searchList, searched } from '../../shared/editor';
import { inputFailure } from '../../shared/failure';
import { asText } from '../../shared/fields';
import type { Located } from '../../shared/locator';
import { picked } from '../resources/shared/pickers';
import { pam360 } from '../resources';
import { userResult } from '../resources/user/userItem';

/** Resources by name, a page at a time. */
export async function searchResources(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, pam360, paginationToken, async (api: Pam360Api, from) => {
		const search = searchFor('RESOURCE', 'RESOURCENAME', filter);
		return await page(api, { ...RESOURCES, details: search }, 'RESOURCE', from);
	});
}

/** Accounts of the resource that is chosen in the same node. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, pam360, paginationToken, async (api: Pam360Api, from) => {
		const list = accountsOf(await api.ids.resource(chosenResource(this)));
		const search = searchFor('ACCOUNT', 'LOGINNAME', filter);
		return await page(api, { ...list, details: search }, 'ACCOUNT', from);
	});
}

/**
 * Users by name, with what they are called. SCIM is the only documented call that lists users; which
 * filters it takes is not known, so that they are compared here.
 */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, pam360, paginationToken, async (api: Pam360Api, from) => {
		const entries: INodePropertyOptions[] = [];
		for await (const user of api.scim.users({ most: Infinity })) {
			entries.push(...searched(userEntry(user), filter, 0));
			if (entries.length === from + LIST_PAGE) break;
		}
		return entries.slice(from);
	});
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
function chosenResource(context: ILoadOptionsFunctions): Located {
	const resource = picked.safeParse(context.getCurrentNodeParameter('resourceId'));
	// The editor shows the message only.
	if (!resource.success || resource.data.value.startsWith('=')) {
		throw inputFailure(
			"The list holds the accounts of the resource: choose that first. If it is an expression, choose the account 'By Name' or 'By ID'",
		);
	}
	return resource.data;
}

function searchFor(type: string, column: string, filter = ''): IDataObject {
	const value = filter.trim();
	return value === '' ? {} : { SEARCHTYPE: type, SEARCHCOLUMN: column, SEARCHVALUE: value };
}

/** A page of the editor's, which may take several of a server that gives fewer at a time. */
async function page(
	api: Pam360Api,
	list: Omit<Pam360List, 'most' | 'start'>,
	noun: 'RESOURCE' | 'ACCOUNT',
	from: number,
): Promise<INodePropertyOptions[]> {
	const entries: INodePropertyOptions[] = [];
	for await (const row of api.list({ ...list, most: LIST_PAGE, start: from })) {
		const id = list.idOf(row);
		if (id !== null) entries.push({ name: asText(row[`${noun} NAME`]) ?? id, value: id });
	}
	return entries;
}
