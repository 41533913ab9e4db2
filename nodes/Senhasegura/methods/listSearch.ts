import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { SenhaseguraApi } from '../api/client';
import { searchList, searched } from '../../shared/editor';
import { asId } from '../../shared/fields';
import { senhasegura } from '../resources';
import { deviceName, listDevices } from '../resources/device/deviceItem';
import { isSshKey, listCredentials, listedName } from '../resources/shared/listed';

/** A list of the vault, which comes in one piece: searched, sorted and cut into pages here. */
function search(
	load: (api: SenhaseguraApi) => Promise<IDataObject[]>,
	nameOf: (record: IDataObject) => string,
) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await searchList(this, senhasegura, paginationToken, async (api, from) => {
			const records = await load(api);
			const entries = records.flatMap((record): INodePropertyOptions[] => {
				const value = asId(record.id);
				return value === null ? [] : [{ name: nameOf(record), value }];
			});
			entries.sort((a, b) => a.name.localeCompare(b.name));
			return searched(entries, filter, from);
		});
	};
}

/** The list takes no custody. */
export const searchCredentials = search(async (api) => {
	const listed = await listCredentials(api);
	return listed.filter((record) => !isSshKey(record));
}, listedName);

export const searchDevices = search(listDevices, deviceName);

export const searchSshKeys = search(async (api) => {
	const listed = await listCredentials(api);
	return listed.filter(isSshKey);
}, listedName);
