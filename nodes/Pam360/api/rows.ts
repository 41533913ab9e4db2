import { Failure, quoteVendor } from '../../shared/failure';
import { asObject } from '../../shared/read';
import { withoutNames } from '../../shared/outcome';
import type { Pam360Reply } from './envelope';

/** How a text says that there is nothing to list. */
const NONE = /\b(no|none|not any|0|zero|empty|not (found|available))\b/i;

/** Fewer records came than are counted. */
export class CountedMore extends Failure {}

/**
 * The records of a page, which may be none only where PAM360 says so: by an empty list, by its count, or in
 * words. A list that ends early must not be taken for the whole, nor what a trigger knows be forgotten.
 *
 * @param rows Undefined where nothing stands in their place.
 * @param what The records, for messages: `the SSH keys`.
 * @param from How many records come before the page.
 * @throws Failure where records are counted but not there, something else is in their place, or nothing is
 */
export function countedRows<Row>(
	rows: Row[] | undefined,
	{ totalRows, message }: Pick<Pam360Reply, 'totalRows' | 'message'>,
	what: string,
	from = 0,
): Row[] {
	const fail = (how: string, Kind = Failure) =>
		new Kind(`PAM360 answered ${how}`, {
			kind: 'unusable',
			description: `It said: ${quoteVendor(message) || 'nothing'}. This version of PAM360 seems to answer in another form.`,
		});
	if (rows !== undefined && rows.length > 0) {
		if (rows.some((row) => asObject(row) !== null)) return rows;
		throw fail(`with something other than ${what}`);
	}
	const missing = from === 0 ? '' : ` after ${from} of them`;
	if (totalRows !== undefined && totalRows > from) {
		throw fail(`without ${what}${missing}, although it counted ${totalRows}`, CountedMore);
	}
	const isSaid =
		rows !== undefined || totalRows !== undefined || from > 0 || NONE.test(withoutNames(message));
	if (isSaid) return [];
	throw fail(`without ${what}, and did not say that there are none`);
}

/**
 * The same for a list that comes in one piece, of which no further page can be asked for.
 *
 * @param most How many records are wanted.
 * @param isWanted Which ones.
 * @throws Failure also where fewer came than are counted and wanted
 */
export function wholeRows<Row>(
	rows: Row[] | undefined,
	reply: Pick<Pam360Reply, 'totalRows' | 'message'>,
	what: string,
	most: number,
	isWanted: (row: Row) => boolean,
): Row[] {
	const found = countedRows(rows, reply, what);
	const wanted = found.filter(isWanted);
	const { totalRows = 0 } = reply;
	if (totalRows <= found.length || most <= wanted.length) return wanted;
	throw new CountedMore(`PAM360 counts ${totalRows} of ${what} and gave ${found.length}`, {
		kind: 'unusable',
		description: `It has no call for the rest. ${
			wanted.length === 0
				? 'None of those that it gave fits the filters.'
				: `To get those that it gives, turn off 'Return All' and set 'Limit' to ${wanted.length} or less.`
		}`,
	});
}
