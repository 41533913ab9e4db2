import { entries, kind, param } from '../../../shared/param';
import { asText } from '../../../shared/read';
import { refuse, requiredText, vendorValue } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { counts, datasetParam } from './fields';
import type { z } from 'zod';

const created = counts.refine((reply) => asText(reply.dataset_name) !== null);

/** `POST /public_api/v1/xql/add_dataset`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create lookup dataset',
	description: 'Create a lookup dataset: a table that XQL queries can read and join',
	furtherTries: { are: 'refused' },
	params: [
		datasetParam('The name of the new dataset'),
		entries(
			{
				displayName: 'Columns',
				name: 'columns',
				required: true,
				placeholder: 'Add Column',
				description: 'The columns of the dataset',
			},
			{
				column: kind(
					'Column',
					param(
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. key_id',
							description: 'The name of the column',
						},
						requiredText,
					),
					param(
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Boolean', value: 'bool' },
								{ name: 'Date and Time', value: 'datetime' },
								{ name: 'Number', value: 'number' },
								{ name: 'Text', value: 'text' },
							],
							default: 'text',
							description: 'What the column holds',
						},
						vendorValue,
					),
				),
			},
			schemaOf,
		),
	],
	async run(api, { dataset, columns: schema }, call) {
		const lost = {
			mayHave: `The dataset '${dataset}' may have been created`,
			find: "Look for it with 'Dataset: Get Many'",
		};
		const { value, body } = await sendOnce(call, lost, async (change) => {
			return await api.change({
				path: 'public_api/v1/xql/add_dataset',
				data: { dataset_name: dataset, dataset_type: 'lookup', dataset_schema: schema },
				answer: created,
				what: 'the name of the new dataset',
				...change,
			});
		});
		return {
			item: item('dataset', {
				name: asText(value.dataset_name),
				columns: schema,
			}),
			raw: body,
		};
	},
});

/** The types of the columns, by their names. */
function schemaOf(columns: Array<{ name: string; type: string }> = [], context: z.RefinementCtx) {
	if (columns.length === 0) refuse(context, 'is required', 'Add at least one column.');
	const names = columns.map(({ name }) => name);
	if (new Set(names).size < names.length) refuse(context, 'has a column twice');
	return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
}
