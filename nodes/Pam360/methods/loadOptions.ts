import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Pam360Api } from '../api/client';
import { RESOURCES } from '../api/ids';
import { loadOptions } from '../../shared/editor';
import { asText } from '../../shared/fields';
import { pam360 } from '../resources';

/** A list without search gets no better with more entries than this. */
const MOST = 1000;

/** Resources to choose several of. */
export async function getResources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await resourceOptions(this, {});
}

/** The same of Windows domains. */
export async function getDomainResources(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await resourceOptions(this, {
		SEARCHTYPE: 'RESOURCE',
		SEARCHCOLUMN: 'RESOURCE_TYPE',
		SEARCHVALUE: 'WindowsDomain',
	});
}

async function resourceOptions(
	context: ILoadOptionsFunctions,
	details: IDataObject,
): Promise<INodePropertyOptions[]> {
	return await loadOptions(context, pam360, async (api: Pam360Api) => {
		const options: INodePropertyOptions[] = [];
		for await (const row of api.list({ ...RESOURCES, details, most: MOST })) {
			const id = RESOURCES.idOf(row);
			if (id !== null) options.push({ name: asText(row['RESOURCE NAME']) ?? id, value: id });
		}
		return options;
	});
}
