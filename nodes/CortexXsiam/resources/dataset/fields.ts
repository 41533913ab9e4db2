import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { parseJson } from '../../../shared/answer';
import { notice, param } from '../../../shared/param';
import { asObject } from '../../../shared/read';
import { DEEPEST, isTooDeep, refuse } from '../../../shared/input';

/** @param description What becomes of the dataset. */
export function datasetParam(description: string) {
	return param({
		displayName: 'Dataset Name',
		name: 'dataset',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. api_keys',
		description,
	});
}

/**
 * Rows that two callers write at the same time may be lost (docs/api/cortex-xsiam.md, "Lookups and
 * datasets"): the node cannot see the others.
 */
export const oneWriter = notice({
	displayName:
		'One writer at a time: Cortex XSIAM may lose rows if two writers change a dataset at the same time. The node writes one item after the other, for all executions of an n8n process; make sure that no other process or tool writes meanwhile. Do not use a dataset as a lock.',
	name: 'oneWriter',
	type: 'notice',
	default: '',
});

/** One write after the other, for all executions of this process. */
export async function writeInTurn<T>(
	api: CortexXsiamApi,
	dataset: string,
	write: () => Promise<T>,
): Promise<T> {
	return await api.inTurn(`dataset/${dataset.toLowerCase()}`, write);
}

export const MATCHING =
	'Columns and the values that they must have, as JSON. With a list of objects, a row must match one of them; with one object, all of its columns.';

/** Which rows are meant. */
export function matchParam<Schema extends z.ZodTypeAny>(
	look: { placeholder: string; description: string; required?: boolean },
	schema: Schema,
) {
	return param(
		{ displayName: 'Match', name: 'match', type: 'json', default: '{}', ...look },
		schema,
	);
}

/** One object or a list of them, or either as JSON text; each has something in it. */
export const jsonRows = z.unknown().transform((given, context): IDataObject[] => {
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (isTooDeep(value)) {
		return refuse(context, 'is nested too deeply', `It may have up to ${DEEPEST} levels.`);
	}
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const rows = list.map(asObject);
	if (rows.length === 0) return refuse(context, 'is empty', EXAMPLE);
	const filled = rows.filter((row) => row !== null && Object.keys(row).length > 0);
	if (filled.length < rows.length) {
		return refuse(context, 'must be a JSON object with columns, or a list of these', EXAMPLE);
	}
	// JSON would leave the column out, and an object without columns matches every row; or it would have null.
	const entries = filled.flatMap((row) => Object.entries(row ?? {}));
	const nothing = entries.find(
		([, cell]) => cell !== null && [undefined, 'null'].includes(JSON.stringify(cell)),
	);
	if (nothing) {
		const [name] = nothing;
		return refuse(context, `has no value for ${name}`, `Give one, or null for an empty ${name}.`);
	}
	return filled as IDataObject[];
});

const EXAMPLE = 'Give for example [{"key_id": 4267, "owner": "Ana"}].';

/**
 * The answers of these calls stand bare by the contract, and within `reply` in its sample
 * (docs/api/cortex-xsiam.md, "Lookups and datasets").
 */
export const counts = z
	.record(z.unknown())
	.transform((json) => asObject(json.reply) ?? (json as IDataObject));
