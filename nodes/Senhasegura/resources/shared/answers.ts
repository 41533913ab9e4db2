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
 * @param what The list, for messages: `the sessions`.
 * @throws Failure; also where the vault's own text counts more records than it gives
 */
export async function wholeList(
	api: SenhaseguraApi,
	path: string,
	name: string,
	what = `the list of ${name}`,
): Promise<IDataObject[]> {
	const { value, message } = await api.read({
		path,
		answer: z.object({ [name]: records }),
		what,
	});
	return demandWhole(value[name] ?? [], message);
}

/** How the vault counts: `2 credentials found`. A number with a colon behind it is a code. */
const COUNT = /^\s*(\d+)\s+\p{L}/u;

/**
 * A list as it came: the vault's lists have no pages, so that what is missing cannot be asked for, and what
 * is there must not be taken for all.
 *
 * @param message The vault's text.
 * @throws Failure where that counts more records
 */
export function demandWhole(list: IDataObject[], message: string): IDataObject[] {
	const count = Number(COUNT.exec(message)?.[1] ?? 0);
	if (count <= list.length) return list;
	const given = list.length === 0 ? 'an empty list' : `a list of ${list.length}`;
	throw new Failure(`senhasegura returned ${given}, but says ${quoteVendor(message)}`, {
		kind: 'unusable',
		description:
			'The missing records cannot be requested. Run the node again. If it goes on, look at the log of the vault, and at proxies in between.',
	});
}
