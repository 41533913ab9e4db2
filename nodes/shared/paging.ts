import { Failure } from './failure';

/** A page of records, and how many there are on all pages where the vendor tells. */
export interface Page<Row> {
	rows: Row[];
	total?: number;
	/** Whether the total may be of others as well, as where nobody documents what it is beside filters. */
	isUnsure?: boolean;
}

export interface Paging<Row> {
	/** The most records that one call returns, at least 2. */
	pageSize: number;
	/** How many records are wanted at most. */
	limit: number;
	/** Where to begin; the first record where it is left out. */
	start?: number;
	/** Fetches up to `size` records from the given offset on, in an order that stays the same. */
	fetch(from: number, size: number): Promise<Page<Row>>;
	/** What tells one record from another; undefined where nothing does. */
	idOf(row: Row): string | undefined;
	/** What the list is of, for messages. */
	noun: string;
	/** Whether the vendor documents that its count is of all records, and not of those that it gives. */
	countsAll?: boolean;
	/** After how many pages a list counts as endless. */
	mostPages?: number;
	/** Told, in sentences, where the list has ended, and was always counted to be longer. */
	onShort?(what: string, counted: number): void;
}

const MOST_PAGES = 10_000;

/** A vendor that gives the very same records again this often does not page at all. */
const MOST_REPEATS = 10;

const REPEATED = 'The same records came more than once.';

/** No operator lets a server give fewer records at a time; most lists are shorter, and are asked for once. */
const LOWEST_CAP = 10;

/**
 * Reads a list by offsets, page by page, and fetches no more than is wanted.
 *
 * A list may change while it is read. Records that move to the right come twice and are told apart by
 * id. Records that move to the left would be skipped: so every page repeats the last record of the
 * one before it, and where nothing of a page is known the reading goes back until it meets what is.
 *
 * A server may give fewer records at a time than it is asked for, and need not count them: a page that is
 * short is the last one only where nothing comes behind it.
 *
 * @throws Failure when the vendor gives the same records for every offset, has no last page, or counts records
 * and gives none
 */
export async function* byOffset<Row>(paging: Paging<Row>): AsyncGenerator<Row> {
	const { pageSize, limit, start = 0, fetch, idOf, noun, countsAll = false } = paging;
	const { mostPages = MOST_PAGES, onShort } = paging;
	/** Every id that was given, and whether nothing can be missing before it. */
	const given = new Map<string, boolean>();
	let count = 0;
	let from = start;
	let last = '';
	let repeats = 0;
	/** Whether a page was short that was not the last one. */
	let isCapped = false;
	/** The lowest count so far: records that are added meanwhile need not come. */
	let counted = Infinity;
	for (let pages = 1; ; pages++) {
		if (count >= limit) return;
		if (pages > mostPages) throw unreadable(noun, `It did not end after ${mostPages} pages.`);
		const size = Math.min(pageSize, limit - count + (from > start ? 1 : 0));
		const found = await fetch(from, size);
		const { rows, total: told, isUnsure = false } = found;
		if (pages === 1) demandCounted(found, paging);
		counted = Math.min(counted, isUnsure ? 0 : (told ?? 0));
		const ids = rows.map(idOf);
		const hasIds = ids.every((id) => id !== undefined);
		// An empty page of a list without ids connects to nothing, and to go back would repeat it.
		const isBlind = !hasIds || given.size === 0;
		const connects = from === start || isBlind || ids.some((id) => given.get(id as string));
		const page = JSON.stringify(hasIds ? ids : rows);
		// Without ids, a short page that comes for the next offset once more is one of a server that does not page.
		if (!hasIds && isCapped && page === last) break;
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
			from = Math.max(start, from - size + 1);
			continue;
		}
		const end = from + rows.length;
		const isNews = count > before;
		// A count that there are more records than is the count of a page, or of nothing at all.
		const total = told !== undefined && start + count > told ? undefined : told;
		// A server that knows no limit gives all at once.
		const isAll = rows.length > pageSize && (!isNews || total === undefined || end >= total);
		if (isAll) break;
		const isRepeated = page === last && rows.length > 1 && hasIds;
		const isShort = rows.length < size;
		const place = { rows: rows.length, end, total, countsAll, pages };
		if (isShort && isLast({ ...place, isNews, isRepeated, isCapped })) break;
		isCapped ||= isShort;
		if (!isNews && total !== undefined && end >= total) {
			// Too few, and the end was reached by counting alone. A list that has grown by just a page gives the
			// same records again, too, but not as its first ones.
			if (!isRepeated || start + count >= total) break;
			const head = await fetch(start, size);
			if (JSON.stringify(head.rows.map(idOf)) === page) throw unreadable(noun, REPEATED);
			break;
		}
		repeats = isRepeated ? repeats + 1 : 0;
		last = page;
		if (repeats === MOST_REPEATS) throw unreadable(noun, REPEATED);
		from = hasIds ? Math.max(end - 1, from + 1) : end;
	}
	const returned = start + count;
	if (counted > returned) {
		onShort?.(
			`The list of ${noun} may not be whole: ${counted} are counted, and ${returned} were returned.`,
			counted,
		);
	}
}

interface ShortPage {
	rows: number;
	/** The offset behind it. */
	end: number;
	/** How many records there are, where that is known. */
	total: number | undefined;
	/** Whether that is known to be the count of all. */
	countsAll: boolean;
	/** Whether any of it was not known before. */
	isNews: boolean;
	/** Whether it is the page before it once more. */
	isRepeated: boolean;
	/** Whether a page before it was short, too, and not the last one. */
	isCapped: boolean;
	/** How many pages were read, with this one. */
	pages: number;
}

/** Whether nothing comes behind a page that is shorter than was asked for. */
function isLast(page: ShortPage): boolean {
	const { rows, end, total, countsAll, isNews, isRepeated, isCapped, pages } = page;
	// The same page for another offset says nothing of what comes behind it.
	if (!isNews) return !isRepeated;
	if (total !== undefined && end < total) return false;
	// A count that was more than one page once is no page's.
	if ((countsAll && total !== undefined) || isCapped) return total !== undefined;
	// By the page before it, the server has shown that it gives as many as it is asked for. The first one may
	// be as long as the server's operator allows, whatever number that is.
	return pages > 1 || rows < LOWEST_CAP;
}

/**
 * What to make of a first page without records, although some are counted: it is no empty list. To take it for
 * one would mean that a key is not there, or needs nothing done.
 *
 * @throws Failure where the count is of what was asked for
 */
export function demandCounted(
	{ rows, total = 0, isUnsure }: Page<unknown>,
	{ noun, start = 0, onShort }: Pick<Paging<never>, 'noun' | 'start' | 'onShort'>,
): void {
	if (rows.length > 0 || total <= start) return;
	if (!isUnsure) {
		throw new Failure(
			`The list of ${noun} could not be read: ${total} are counted, and none came`,
			{
				kind: 'refused',
				description: 'Try again, and compare the list with the console.',
			},
		);
	}
	onShort?.(
		`No ${noun} came, but ${total} are counted. That may be the count of all: if some should match the filters, try again, and compare the list with the console.`,
		total,
	);
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
