import { countedRows } from '../../api/rows';
import { asList, asRecord, asText, isSaid } from '../../../shared/read';
import { readId, readText } from '../../../shared/item';
import { textList } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { sentAs } from '../../../shared/param';
import { item, operation } from '../shared/operation';

/** `GET /resources/resourcetypes`. Source: docs/api/pam360.md, "Types of resources". */
export const getTypes = operation({
	name: 'Get Types',
	value: 'getTypes',
	action: 'Get resource types',
	description: 'List the types that resources can have, by parts of their names',
	params: [
		sentAs(
			'RESOURCETYPE_CONTAINING',
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. linux, windows',
				description: 'Parts of the names of types, separated by commas',
			},
			textList.refine((parts) => parts.length > 0, 'is required'),
		),
	],
	async run(api, details) {
		const reply = await api.read({ path: 'resources/resourcetypes', details });
		const entries = asList(reply.details).filter(isSaid);
		if (entries.length > 0) return entries.map(typeResult);
		const list = Array.isArray(reply.details) ? [] : undefined;
		return countedRows(list, reply, 'the resource types');
	},
});

/** The form of an entry is not documented, so that all of it goes along. */
function typeResult(entry: unknown): Result {
	const name = asText(entry);
	const record = name === null ? asRecord(entry) : { 'RESOURCE TYPE': name };
	return {
		item: item('resourceType', {
			id: readId(record['RESOURCE TYPE ID'] ?? record.RESOURCETYPEID),
			name: readText(record['RESOURCE TYPE'] ?? record.RESOURCETYPE ?? record.RESOURCETYPENAME),
			details: record,
		}),
		raw: record,
	};
}
