import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { parseJson } from '../../../shared/answer';
import { Failure } from '../../../shared/failure';
import { additionalFields } from '../../../shared/param';
import { asNumber, asObject } from '../../../shared/read';
import { ifGiven } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import type { Result } from '../../../shared/operation';
import { item, operation } from '../shared/operation';
import { MATCHING, counts, datasetParam, jsonRows, matchParam } from './fields';

/**
 * The counts have a space in their names in the sample, and an underscore in the contract
 * (docs/api/cortex-xsiam.md, "Lookups and datasets").
 */
const found = counts
	.transform((reply) => ({
		data: reply.data,
		told: asNumber(reply['filter count'] ?? reply.filter_count),
	}))
	.pipe(z.object({ data: z.array(z.unknown()), told: z.number().nullable() }));

/** The editor leaves an empty object, which matches everything. */
const matching = z.preprocess((given) => {
	const value = typeof given === 'string' ? parseJson(given) : given;
	return asObject(value) !== null && Object.keys(value as object).length === 0 ? undefined : given;
}, jsonRows.optional());

/**
 * `POST /public_api/v1/xql/lookups/get_data`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets".
 */
export const getRows = operation({
	name: 'Get Rows',
	value: 'getRows',
	action: 'Get rows of lookup dataset',
	description: 'Get rows of a lookup dataset: all, or those that match',
	params: [
		datasetParam('The dataset to read'),
		returnAllOrLimit,
		additionalFields(
			matchParam(
				{
					placeholder: 'e.g. [{ "owner": "Ana", "active": true }, { "owner": "João" }]',
					description: MATCHING,
				},
				ifGiven(matching),
			),
		),
	],
	async run(api, { dataset, most, additionalFields: { match } }) {
		const { value } = await api.read({
			path: 'public_api/v1/xql/lookups/get_data',
			data: {
				dataset_name: dataset,
				filters: match,
				...(most !== Infinity && { limit: most }),
			},
			answer: found,
			what: 'the rows of the dataset',
		});
		const { data, told } = value;
		const rows = data.slice(0, most).map((row): Result => {
			const record = asObject(row) ?? ({ value: row } as IDataObject);
			return {
				item: item('datasetRow', { dataset, row: record }),
				raw: record,
			};
		});
		const isCut = told !== null && told > data.length && data.length < most;
		if (!isCut) return rows;
		const [one] = rows;
		if (!one) throw withoutRows(told);
		one.hints = [
			`Cortex XSIAM says that ${told} rows match, but returned ${data.length}: it returns at most 10,000 in one call. Narrow them down with 'Match'.`,
		];
		return rows;
	},
});

function withoutRows(told: number): Failure {
	return new Failure(`Cortex XSIAM says that ${told} rows match, but returned none`, {
		kind: 'unusable',
		description: 'The answer is not reliable. Try again.',
	});
}
