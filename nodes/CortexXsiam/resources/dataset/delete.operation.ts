import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { flag, ifGiven, requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { datasetField, inTurn, oneWriter } from './fields';

/**
 * `POST /public_api/v2/xql/delete_dataset`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete dataset',
	description: 'Delete a dataset and all that is in it. This cannot be undone.',
	byPerson: { targets: ['dataset'], guards: ['force'] },
	fields: [
		oneWriter,
		datasetField('The dataset to delete'),
		additionalFields({
			displayName: 'Force',
			name: 'force',
			type: 'boolean',
			default: false,
			description: 'Whether to delete it although queries, rules or widgets depend on it',
		}),
	],
	input: z.object({
		dataset: requiredText,
		additionalFields: z.object({ force: ifGiven(flag) }).default({}),
	}),
	async run(api: CortexXsiamApi, { dataset, additionalFields: { force } }) {
		const { body } = await inTurn(
			api,
			dataset,
			async () =>
				await api.change({
					path: 'public_api/v2/xql/delete_dataset',
					data: { dataset_name: dataset, force },
					answer: z.unknown(),
					what: 'what became of the dataset',
					// No source shows a body.
					silent: true,
					repeatable: true,
				}),
		);
		return {
			item: { vendor: 'cortexXsiam', type: 'dataset', name: dataset, deleted: true },
			raw: body,
		};
	},
});
