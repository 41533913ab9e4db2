import { Failure } from './failure';

/** A page of records, and how many there are on all pages where the vendor tells. */
export interface Page<Row> {
	rows: Row[];
	total?: number;
}

export interface Paging<Row> {
	/** The most records that one call returns, at least 2. */
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

/** A vendor that gives the very same records again this often does not page at all. */
const MOST_REPEATS = 10;

const REPEATED = 'The same records came again and again.';

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
	/** Every id that was given, and whether nothing can be missing before it. */
	const given = new Map<string, boolean>();
	let count = 0;
	let from = 0;
	let last = '';
	let repeats = 0;
	for (let pages = 1; count < limit; pages++) {
		if (pages > mostPages) throw unreadable(noun, `It did not end after ${mostPages} pages.`);
		const size = Math.min(pageSize, limit - count + (from > 0 ? 1 : 0));
		const { rows, total } = await fetch(from, size);
		const ids = rows.map(idOf);
		const hasIds = ids.every((id) => id !== undefined);
		const connects = from === 0 || !hasIds || ids.some((id) => given.get(id as string));
		const before = count;
		for (const [index, row] of rows.entries()) {
			const id = ids[index];
			const isKnown = id !== undefined && given.has(id);
			if (id !== undefined && (connects || !isKnown)) given.set(id, connects);
			if (isKnown) continue;
			if (count === limit) return;
			count++;
			yield row;
		}
		if (!connects) {
			from = Math.max(0, from - size + 1);
			continue;
		}
		const end = from + rows.length;
		const isNews = count > before;
		// A server that knows no limit gives all at once.
		const isShort = rows.length < size || rows.length > pageSize;
		if (isShort && (!isNews || total === undefined || end >= total)) return;
		const page = JSON.stringify(ids);
		const isRepeated = page === last && hasIds;
		if (!isNews && total !== undefined && end >= total) {
			// Too few, and the end was reached by counting alone. A list that has grown by just a page gives the
			// same records again, too, but not as its first ones.
			if (!isRepeated || count >= total) return;
			const head = await fetch(0, size);
			if (JSON.stringify(head.rows.map(idOf)) === page) throw unreadable(noun, REPEATED);
			return;
		}
		repeats = isRepeated ? repeats + 1 : 0;
		last = page;
		if (repeats === MOST_REPEATS) throw unreadable(noun, REPEATED);
		from = hasIds ? Math.max(end - 1, from + 1) : end;
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
