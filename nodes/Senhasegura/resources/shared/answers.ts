import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { Failure, quoteVendor } from '../../../shared/failure';

/** A record under its name, whatever it holds. */
export const record = z.record(z.unknown()).transform((value) => value as IDataObject);

/** A list of records; PHP writes a list with gaps as a map. */
export const records = z.preprocess(
	(value) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.values(value)
			: value,
	z.array(record),
);

/**
 * Reads a list that the vault gives whole.
 *
 * @param name Of the list in the answer.
 * @throws Failure; an empty list is one where the vault's own text counts records
 */
export async function wholeList(
	api: SenhaseguraApi,
	path: string,
	name: string,
): Promise<IDataObject[]> {
	const { value, message } = await api.read({
		path,
		answer: z.object({ [name]: records }),
		what: `the list of ${name}`,
	});
	const list = value[name] ?? [];
	if (list.length > 0 || !/^\s*[1-9]/.test(message)) return list;
	throw new Failure(`senhasegura answered with an empty list, and says ${quoteVendor(message)}`, {
		kind: 'unusable',
		description: 'Run the node again. If that stays so, look at the log of the vault.',
	});
}
