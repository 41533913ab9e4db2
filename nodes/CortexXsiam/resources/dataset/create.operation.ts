import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { ifLost } from '../shared/lost';
import { asText } from '../../../shared/fields';
import { refuse, requiredText, vendorValue } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { counts, datasetField } from './fields';

const columns = z
	.object({
		column: z.array(z.object({ name: requiredText, type: vendorValue })).default([]),
	})
	.default({})
	.transform(({ column }, context) => {
		if (column.length === 0) refuse(context, 'is required', 'Add at least one column.');
		const names = column.map(({ name }) => name);
		if (new Set(names).size < names.length) refuse(context, 'has a column twice');
		return Object.fromEntries(column.map(({ name, type }) => [name, type]));
	});

const created = counts.refine((reply) => asText(reply.dataset_name) !== null);

/** `POST /public_api/v1/xql/add_dataset`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create lookup dataset',
	description: 'Create a lookup dataset: a table that XQL queries can read and join',
	furtherTries: { are: 'refused' },
	fields: [
		datasetField('The name of the new dataset'),
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			required: true,
			default: {},
			placeholder: 'Add Column',
			options: [
				{
					displayName: 'Column',
					name: 'column',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. key_id',
							description: 'The name of the column',
						},
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
					],
				},
			],
			description: 'The columns of the dataset',
		},
	],
	input: z.object({ dataset: requiredText, columns }),
	async run(api: CortexXsiamApi, { dataset, columns: schema }, call: Call) {
		const send = async () =>
			await api
				.change({
					path: 'public_api/v1/xql/add_dataset',
					data: { dataset_name: dataset, dataset_type: 'lookup', dataset_schema: schema },
					answer: created,
					what: 'the name of the new dataset',
					repeatable: false,
				})
				.catch(ifLost("The dataset may be there all the same: look with 'Get Many'."));
		const mayHave = `The dataset '${dataset}' may have been created`;
		const { value, body } = await sendOnce(call, mayHave, send);
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'dataset',
				name: asText(value.dataset_name),
				columns: schema,
			},
			raw: body,
		};
	},
});
