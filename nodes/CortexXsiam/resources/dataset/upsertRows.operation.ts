import type { IDataObject } from 'n8n-workflow';
import { group, param } from '../../../shared/param';
import { textList } from '../../../shared/input';
import { readNumber } from '../../../shared/item';
import type { Change } from '../../../shared/lost';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { counts, datasetParam, writeInTurn, jsonRows, oneWriter } from './fields';

const stored = counts.refine((reply) =>
	['added', 'updated', 'skipped'].some((name) => reply[name] !== undefined),
);

const rowsAndKeys = group(
	param(
		{
			displayName: 'Rows',
			name: 'rows',
			type: 'json',
			required: true,
			default: '[]',
			placeholder: 'e.g. [{ "key_id": 4267, "owner": "Ana", "active": true }]',
			description: 'The rows: objects with columns and their values, as JSON',
		},
		jsonRows,
	),
	param(
		{
			displayName: 'Key Columns',
			name: 'keyColumns',
			type: 'string',
			default: '',
			placeholder: 'e.g. key_id',
			description:
				'Columns that identify a row, separated by commas: a row that exists is updated. Without them, rows are always added.',
		},
		textList,
	),
).check(({ rows, keyColumns }, context) => {
	if (keyColumns.length === 0) return;
	const lacking = rows.findIndex((row) =>
		keyColumns.some((name) => row[name] === undefined || row[name] === null),
	);
	if (lacking >= 0) {
		context.addIssue({
			code: 'custom',
			path: ['rows'],
			message: `has no value of a key column in row ${lacking + 1}`,
			params: { hint: "Every row needs a value of each of the 'Key Columns'." },
		});
	} else if (!haveSameColumns(rows)) {
		context.addIssue({
			code: 'custom',
			path: ['rows'],
			message: 'has rows with different columns',
			params: {
				hint: 'If only some rows of a call have a column, Cortex XSIAM empties it in the others. Give all rows the same columns, or write them with several items.',
			},
		});
	}
});

/**
 * `POST /public_api/v1/xql/lookups/add_data`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets".
 */
export const upsertRows = operation({
	name: 'Add or Update Rows',
	value: 'upsertRows',
	action: 'Add or update rows of lookup dataset',
	description: 'Write rows into a lookup dataset',
	// With key columns, a row that is there is updated.
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['dataset'] },
	params: [oneWriter, datasetParam('The dataset to write into'), rowsAndKeys],
	async run(api, { dataset, rows, keyColumns }, call) {
		const isRepeatable = keyColumns.length > 0;
		const send = async (change: Change) =>
			await writeInTurn(
				api,
				dataset,
				async () =>
					await api.change({
						path: 'public_api/v1/xql/lookups/add_data',
						data: {
							dataset_name: dataset,
							...(isRepeatable && { key_fields: keyColumns }),
							data: rows,
						},
						answer: stored,
						what: 'the number of stored rows',
						...change,
					}),
			);
		const { value, body, reply } = isRepeatable
			? await send({ ...LOST, repeatable: true })
			: await sendOnce(call, LOST, send);
		return {
			item: item('datasetRows', {
				dataset,
				added: readNumber(value.added),
				updated: readNumber(value.updated),
				skipped: readNumber(value.skipped),
			}),
			raw: body,
			hints: reply.repeated
				? [
						'An answer was lost and the call repeated, so rows that the first attempt had added count as updated or skipped.',
					]
				: [],
		};
	},
});

const LOST = {
	mayHave: 'The rows may have been stored',
	find: "Look for them with 'Dataset: Get Rows'",
};

function haveSameColumns(rows: IDataObject[]): boolean {
	const [first = '', ...others] = rows.map((row) => Object.keys(row).sort().join('\n'));
	return others.every((columns) => columns === first);
}
