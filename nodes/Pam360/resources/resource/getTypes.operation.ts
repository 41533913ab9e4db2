import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { countedRows } from '../../api/envelope';
import { asList, asObject, asText } from '../../../shared/fields';
import { itemOf, readId, readText } from '../../../shared/item';
import { refuse, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';

/** `GET /resources/resourcetypes`. Source: docs/api/pam360.md, "Types of resources". */
export const getTypes = operation({
	name: 'Get Types',
	value: 'getTypes',
	action: 'Get resource types',
	description: 'List the types that resources can have, by parts of their names',
	fields: [
		{
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. linux, windows',
			description: 'Parts of the names of types, separated by commas',
		},
	],
	input: z.object({
		nameContains: textList.superRefine((parts, context) => {
			if (parts.length === 0) refuse(context, 'is required');
		}),
	}),
	async run(api: Pam360Api, { nameContains }) {
		const reply = await api.read({
			path: 'resources/resourcetypes',
			details: { RESOURCETYPE_CONTAINING: nameContains },
		});
		const isEntry = (entry: unknown) =>
			asText(entry) ?? Object.keys(asObject(entry) ?? {}).length > 0;
		const { details } = reply;
		const entries = asList(details).filter(isEntry);
		if (entries.length > 0) return entries.map(typeResult);
		const list = Array.isArray(details) ? [] : undefined;
		return countedRows(list, reply, 'the resource types');
	},
});

/** The form of an entry is not documented, so that all of it goes along. */
function typeResult(entry: unknown): Result {
	const record = asObject(entry) ?? { 'RESOURCE TYPE': asText(entry) };
	return {
		item: itemOf({
			vendor: 'pam360',
			type: 'resourceType',
			id: readId(record['RESOURCE TYPE ID'] ?? record.RESOURCETYPEID),
			name: readText(record['RESOURCE TYPE'] ?? record.RESOURCETYPE ?? record.RESOURCETYPENAME),
			details: record,
		}),
		raw: record,
	};
}
