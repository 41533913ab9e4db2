import { z } from 'zod';
import { saysNo } from '../../api/schemas';
import { additionalFields, param } from '../../../shared/param';
import { item, operation } from '../shared/operation';
import { datasetParam, writeInTurn, oneWriter } from './fields';

/**
 * `POST /public_api/v2/xql/delete_dataset`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete dataset',
	description: 'Delete a dataset and all that is in it. This cannot be undone.',
	byPerson: { targets: ['dataset'], guards: ['force'] },
	params: [
		oneWriter,
		datasetParam('The dataset to delete'),
		additionalFields(
			param({
				displayName: 'Force',
				name: 'force',
				type: 'boolean',
				default: false,
				description: 'Whether to delete it although queries, rules or widgets depend on it',
			}),
		),
	],
	async run(api, { dataset, additionalFields: { force } }) {
		const { body } = await writeInTurn(
			api,
			dataset,
			async () =>
				await api.change({
					path: 'public_api/v2/xql/delete_dataset',
					data: { dataset_name: dataset, force },
					answer: z.unknown().refine((body) => !saysNo(body)),
					what: 'what became of the dataset',
					// No source shows a body.
					silent: true,
					repeatable: true,
				}),
		);
		return {
			item: item('dataset', { name: dataset, deleted: true }),
			raw: body,
		};
	},
});
