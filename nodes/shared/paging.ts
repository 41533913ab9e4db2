import { Failure } from './failure';

/** A page of records, and how many there are on all pages where the vendor tells. */
export interface Page<Row> {
	rows: Row[];
	total?: number;
}

export interface Paging<Row> {
	/** The most records that one call returns. */
	pageSize: number;
	/** How many records are wanted at most. */
	limit: number;
	/** Fetches up to `size` records from the given offset on, in an order that stays the same. */
	fetch(from: number, size: number): Promise<Page<Row>>;
	/** What tells one record from another; undefined where nothing does. */
	idOf(row: Row): string | undefined;
	/** What the list is of, for messages. */
	noun: string;
	/** After how many pages a list counts as endless. */
	mostPages?: number;
}

const MOST_PAGES = 10_000;

/** A vendor that gives the same records again this often does not page at all. */
const MOST_IDLE_PAGES = 3;

/**
 * Reads a list by offsets, page by page, and fetches no more than is wanted.
 *
 * A list may change while it is read. Records that move to the right come twice and are told apart by
 * id. Records that move to the left would be skipped: so every page repeats the last record of the
 * one before it, and where nothing of a page is known the reading goes back until it meets what is.
 *
 * @throws Failure when the vendor gives the same records for every offset, or has no last page
 */
export async function* byOffset<Row>(paging: Paging<Row>): AsyncGenerator<Row> {
	const { pageSize, limit, fetch, idOf, noun, mostPages = MOST_PAGES } = paging;
	const seen = new Set<string>();
	let given = 0;
	let from = 0;
	let furthest = 0;
	let idle = 0;
	for (let pages = 1; given < limit; pages++) {
		if (pages > mostPages) throw unreadable(noun, `It did not end after ${mostPages} pages.`);
		const size = Math.min(pageSize, limit - given + (from > 0 ? 1 : 0));
		const { rows, total } = await fetch(from, size);
		const ids = rows.map(idOf);
		const meetsKnown = ids.some((id) => id !== undefined && seen.has(id));
		const canMeet = ids.every((id) => id !== undefined);
		const before = given;
		for (const [index, row] of rows.entries()) {
			const id = ids[index];
			if (id !== undefined && seen.has(id)) continue;
			if (id !== undefined) seen.add(id);
			if (given === limit) return;
			given++;
			yield row;
		}
		if (from > 0 && canMeet && !meetsKnown) {
			from = Math.max(0, from - size + 1);
			continue;
		}
		const end = from + rows.length;
		// A server that knows no limit gives all at once.
		const isShort = rows.length < size || rows.length > pageSize;
		if (isShort && (total === undefined || end >= total || rows.length === 0)) return;
		idle = given === before && end >= furthest ? idle + 1 : 0;
		if (idle > 0 && total !== undefined && given >= total) return;
		if (idle === MOST_IDLE_PAGES)
			throw unreadable(noun, `From record ${from} on, nothing new came.`);
		furthest = Math.max(furthest, end);
		from = canMeet ? Math.max(end - 1, from + 1) : end;
	}
}

function unreadable(noun: string, how: string): Failure {
	return new Failure(`The list of ${noun} cannot be read page by page`, {
		kind: 'refused',
		description: `${how} Set a limit, or narrow the list with filters.`,
	});
}

/** The first records of a list that comes in one piece. */
export function first<Row>(rows: Row[], limit: number): Row[] {
	return limit >= rows.length ? rows : rows.slice(0, limit);
}
