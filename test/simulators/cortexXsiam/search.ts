import type { Call } from './call';
import { inputError, invalidInput } from './errors';
import { type Fields, fields, isInteger } from './fields';
import { type FilterFields, filtersOf, testOf } from './filters';

type Sortable = string | number | null | undefined;

/**
 * A list that is filtered, sorted and read by pages (docs/api/cortex-xsiam.md, "Requests and answers").
 */
export interface Search<Item> {
	/** The list as it is once the page is about to be read. */
	items(call: Call): Iterable<Item>;
	filters: FilterFields<Item>;
	filtersRequired?: boolean;
	sorts: Record<string, (item: Item) => Sortable>;
	/** Without `sort` in the request; a half one takes the other half from here. */
	sort: { field: string; keyword: 'asc' | 'desc' };
	/**
	 * Takes `ASC` and `DESC` too; documented so for one call, whose example has small letters
	 * (docs/api/cortex-xsiam.md, "Requests and answers").
	 */
	capitals?: boolean;
	/** Between what the sort finds equal. */
	tie?(a: Item, b: Item): number;
	/** The longest page; default 100. */
	maxPage?(call: Call): number;
}

export interface Found<Item> {
	page: Item[];
	/** How many the filters let through. */
	filtered: number;
	total: number;
}

function pageOf(paging: Fields, longest: number): { from: number; to: number } {
	const from = paging.search_from ?? 0;
	if (!isInteger(from) || from < 0) throw invalidInput('Invalid search_from');
	const to = paging.search_to ?? from + longest;
	if (!isInteger(to) || to < 1) throw invalidInput('Invalid search_to');
	const size = to - from;
	if (size <= 0 || size > longest) {
		throw invalidInput(`Search size must fulfill the requirement: 0 < search_size <= ${longest}`);
	}
	return { from, to };
}

function compare(a: Sortable, b: Sortable): number {
	if (typeof a === 'string' || typeof b === 'string') {
		return String(a ?? '').localeCompare(String(b ?? ''));
	}
	return (a ?? 0) - (b ?? 0);
}

function orderOf<Item>(sort: unknown, search: Search<Item>): (a: Item, b: Item) => number {
	const wanted = sort === undefined ? {} : fields(sort);
	if (!wanted) throw inputError('sort must have field and keyword');
	const { field, keyword } = { ...search.sort, ...wanted };
	const read =
		typeof field === 'string' && Object.hasOwn(search.sorts, field)
			? search.sorts[field]
			: undefined;
	if (!read) throw inputError(`Invalid parameter names: ${String(field)}`);
	const direction = search.capitals ? String(keyword).toLowerCase() : keyword;
	if (direction !== 'asc' && direction !== 'desc') throw inputError('Invalid sort keyword');
	const sign = direction === 'asc' ? 1 : -1;
	const tie = search.tie ?? (() => 0);
	return (a, b) => sign * compare(read(a), read(b)) || tie(a, b);
}

/** What `request_data` of a search may hold. */
export const searchNames = ['filters', 'search_from', 'search_to', 'sort'] as const;

/** Answers a search; `paging`: where page and order stand, if not in `request_data`. */
export function find<Item>(call: Call, search: Search<Item>, paging = call.data): Found<Item> {
	const { context, data, route } = call;
	const filters = filtersOf(data);
	if (!filters && search.filtersRequired) throw inputError('filters param is missing');
	const test = testOf(filters ?? [], search.filters, call);
	const { from, to } = pageOf(paging, search.maxPage?.(call) ?? 100);
	const order = orderOf(paging.sort, search);

	context.settings.beforePage?.({ path: route.path, from, to });
	const items = [...search.items(call)];
	const found = items.filter(test).sort(order);
	const highest = context.settings.totalsSaturateAt ?? Infinity;
	return {
		page: found.slice(from, to),
		filtered: Math.min(found.length, highest),
		total: Math.min(items.length, highest),
	};
}

/**
 * The counters and the list in capitals, or as their lower-case twins (docs/api/cortex-xsiam.md,
 * "Listing API keys").
 */
export function cased(casing: 'upper' | 'lower', page: object[], found: Found<unknown>): object {
	return casing === 'upper'
		? { DATA: page, FILTER_COUNT: found.filtered, TOTAL_COUNT: found.total }
		: { data: page, filter_count: found.filtered, total_count: found.total };
}

/** What calls answer that count without capitals, the list under a name of its own. */
export function counted(page: object[], found: Found<unknown>, name: string): object {
	return { total_count: found.filtered, result_count: page.length, [name]: page };
}
