import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { LIST_PAGE, loadOptions, searchList, searched } from '../../shared/editor';
import { asId, asText } from '../../shared/fields';
import type { CortexXsiamApi } from '../api/client';
import type { List } from '../api/calls';
import { cortexXsiam } from '../resources';
import { notificationRules, roles, userGroups, users } from '../resources/shared/directory';
import type { Directory } from '../resources/shared/directory';
import { grants, readPermissionTree } from '../resources/role/permissionTree';

/** The lists that the editor shows for parameters other than an API key's. */

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Entries that have an ID, sorted by name. */
function entriesOf(
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

function searchDirectory(directory: Directory): ListSearch {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		return await searchList(this, cortexXsiam, paginationToken, async (api, from) =>
			searched(await entriesIn(api, directory), filter, from),
		);
	};
}

export const searchRoles = searchDirectory(roles);
export const searchUserGroups = searchDirectory(userGroups);
export const searchNotificationRules = searchDirectory(notificationRules);

async function userEntries(api: CortexXsiamApi): Promise<INodePropertyOptions[]> {
	return entriesOf(await api.all(users.path, users.many), users.id, (record) => {
		const email = asText(record.user_email) ?? '';
		const name = [asText(record.user_first_name), asText(record.user_last_name)];
		return [...name, `<${email}>`].filter(Boolean).join(' ');
	});
}

export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, cortexXsiam, paginationToken, async (api: CortexXsiamApi, from) =>
		searched(await userEntries(api), filter, from),
	);
}

export async function getUsers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, cortexXsiam, userEntries);
}

export async function getUserGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(
		this,
		cortexXsiam,
		async (api: CortexXsiamApi) => await entriesIn(api, userGroups),
	);
}

export async function getPermissions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, cortexXsiam, async (api: CortexXsiamApi) =>
		grants(await readPermissionTree(api)).sort((a, b) => a.name.localeCompare(b.name)),
	);
}

/** How many records of a long list the editor looks through. */
const LONGEST_LIST = 1_000;

async function recordsOf(
	api: CortexXsiamApi,
	list: Omit<List, 'filters' | 'most'>,
	most = LONGEST_LIST,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const row of api.list({ ...list, filters: [], most })) records.push(row);
	return records;
}

/** In an order that stays the same while the list is read. */
export async function getEndpoints(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, cortexXsiam, async (api: CortexXsiamApi) => {
		const records = await recordsOf(api, {
			path: 'public_api/v1/endpoints/get_endpoint',
			sort: { field: 'first_seen', keyword: 'asc' },
			rows: 'endpoints',
			noun: 'endpoints',
			idOf: ({ endpoint_id: id }) => asId(id),
		});
		return entriesOf(records, 'endpoint_id', (record) => {
			const status = asText(record.endpoint_status)?.toLowerCase();
			return [asText(record.endpoint_name), status && `(${status})`].filter(Boolean).join(' ');
		});
	});
}

/** Newest first; searched among the newest thousand, since the tenant cannot search by text. */
function searchNewest(
	list: Omit<List, 'filters' | 'most'>,
	id: string,
	nameOf: (record: IDataObject) => string | null,
): ListSearch {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		return await searchList(this, cortexXsiam, paginationToken, async (api, from) => {
			const isSearch = (filter?.trim() ?? '') !== '';
			const records = await recordsOf(api, list, isSearch ? LONGEST_LIST : from + LIST_PAGE);
			const entries = records.flatMap((record) => {
				const value = asId(record[id]);
				return value === null ? [] : [{ name: `${value}: ${nameOf(record) ?? ''}`, value }];
			});
			return searched(entries, filter, from);
		});
	};
}

export const searchCases = searchNewest(
	{
		path: 'public_api/v1/case/search',
		sort: { field: 'creation_time', keyword: 'desc' },
		noun: 'cases',
		idOf: ({ case_id: id }) => asId(id),
	},
	'case_id',
	(record) => asText(record.case_name) ?? asText(record.description),
);

export const searchIssues = searchNewest(
	{
		path: 'public_api/v1/issue/search',
		sort: { field: 'observation_time', keyword: 'desc' },
		rows: 'issues',
		noun: 'issues',
		idOf: ({ id }) => asId(id),
	},
	'id',
	(record) => asText(record.name),
);
