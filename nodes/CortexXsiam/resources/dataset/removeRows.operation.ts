import { asNumber } from '../../../shared/read';
import { readNumber } from '../../../shared/item';
import { item, operation } from '../shared/operation';
import {
	MATCHING,
	counts,
	datasetParam,
	jsonRows,
	matchParam,
	oneWriter,
	writeInTurn,
} from './fields';

const removed = counts.refine((reply) => reply.deleted !== undefined && reply.deleted !== null);

/**
 * `POST /public_api/v1/xql/lookups/remove_data`. Source: docs/api/cortex-xsiam.md, "Lookups and
 * datasets".
 */
export const removeRows = operation({
	name: 'Remove Rows',
	value: 'removeRows',
	action: 'Remove rows of lookup dataset',
	description: 'Remove the rows of a lookup dataset that match. This cannot be undone.',
	byPerson: { targets: ['dataset', 'match'] },
	params: [
		oneWriter,
		datasetParam('The dataset to remove rows from'),
		matchParam(
			{
				required: true,
				placeholder: 'e.g. [{ "key_id": 4267 }, { "owner": "Ana", "active": false }]',
				description: `${MATCHING} If one of the objects matches no row, nothing is removed at all.`,
			},
			jsonRows,
		),
	],
	async run(api, { dataset, match }) {
		const { value, body, reply } = await writeInTurn(
			api,
			dataset,
			async () =>
				await api.change({
					path: 'public_api/v1/xql/lookups/remove_data',
					data: { dataset_name: dataset, filters: match },
					answer: removed,
					what: 'the number of removed rows',
					repeatable: true,
				}),
		);
		return {
			item: item('datasetRows', {
				dataset,
				// The attempt whose answer was lost is not in this count.
				removed: reply.repeated ? null : readNumber(value.deleted),
			}),
			raw: body,
			hints: hintsOf(asNumber(value.deleted), reply.repeated),
		};
	},
});

function hintsOf(count: number | null, repeated: boolean | undefined): string[] {
	if (repeated) {
		return [
			'An answer was lost and the call repeated, so how many rows were removed is not known.',
		];
	}
	if (count !== 0) return [];
	return [
		"No row was removed. Cortex XSIAM removes nothing if one of the objects in 'Match' matches no row.",
	];
}
