import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Pam360Api, Pam360Call } from '../api/client';
import { RESOURCES, accountsOf } from '../api/ids';
import { LIST_PAGE, searchList } from '../../shared/editor';
import { inputFailure } from '../../shared/failure';
import { asObject, asText } from '../../shared/fields';
import type { Located } from '../../shared/locator';
import { picked } from '../resources/shared/pickers';
import { pam360 } from '../resources';

/** Resources by name, a page at a time. */
export async function searchResources(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, pam360, paginationToken, async (api: Pam360Api, from) => {
		const search = searchFor('RESOURCE', 'RESOURCENAME', filter);
		return await page(api, { ...RESOURCES, details: { ...search, ...bounds(from) } }, 'RESOURCE');
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
		return await page(api, { ...list, details: { ...search, ...bounds(from) } }, 'ACCOUNT');
	});
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

function bounds(from: number): IDataObject {
	return { STARTINDEX: from, LIMIT: LIST_PAGE };
}

function searchFor(type: string, column: string, filter = ''): IDataObject {
	const value = filter.trim();
	return value === '' ? {} : { SEARCHTYPE: type, SEARCHCOLUMN: column, SEARCHVALUE: value };
}

interface PageOf extends Pam360Call {
	rowsOf(details: unknown): unknown[];
	idOf(row: IDataObject): string | null;
}

async function page(
	api: Pam360Api,
	{ rowsOf, idOf, ...call }: PageOf,
	noun: 'RESOURCE' | 'ACCOUNT',
) {
	const { details } = await api.read(call);
	return rowsOf(details).flatMap((entry) => {
		const row = asObject(entry) ?? {};
		const id = idOf(row);
		return id === null ? [] : [{ name: asText(row[`${noun} NAME`]) ?? id, value: id }];
	});
}
