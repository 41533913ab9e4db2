import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { inPlace } from './advice';
import { connectionOf } from './connections';
import { LIST_PAGE } from './editor';
import type { EditorList, Entries } from './editor';
import { Failure, inputFailure, scrub, toNodeError } from './failure';
import { parseInput } from './input';
import type { Vendor } from './operation';
import { timeout } from './runOptions';

/** Nobody looks at an empty list for longer. */
const RATE_LIMIT_WAIT_MS = 10_000;

type SearchMethod = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

type OptionsMethod = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

type NamesOf<Lists, Kind> =
	Extract<Lists, { kind: Kind }> extends { name: infer Name } ? Name & string : never;

export interface EditorMethods<List> {
	listSearch: Record<NamesOf<List, 'search'>, SearchMethod>;
	loadOptions: Record<NamesOf<List, 'options'>, OptionsMethod>;
}

/** The lists of all pickers of a vendor's node, each once. */
export function listsOf<Api>({ resources }: Vendor<Api>): Array<EditorList<Api>> {
	const lists = resources.flatMap(({ operations }) =>
		operations.flatMap((operation) => operation.lists ?? []),
	);
	return [...new Set(lists)];
}

/** The methods of a node that fill its lists; n8n finds them by the names in the parameters. */
export function editorMethods<Api, const List extends EditorList<Api>>(
	vendor: Vendor<Api>,
	lists: readonly List[] = listsOf(vendor) as List[],
): EditorMethods<List> {
	const methods = { listSearch: {}, loadOptions: {} } as EditorMethods<EditorList<Api>>;
	for (const list of lists) {
		if (list.kind === 'search') methods.listSearch[list.name] = searchMethod(vendor, list);
		else methods.loadOptions[list.name] = optionsMethod(vendor, list);
	}
	return methods as EditorMethods<List>;
}

/** n8n hands the token of the last page back to ask for the next one: the offset of that page. */
function searchMethod<Api>(vendor: Vendor<Api>, list: EditorList<Api>): SearchMethod {
	return async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: string) {
		const from = Number(paginationToken ?? 0);
		const { entries, more, note, told } = await filled(this, vendor, list, filter, from);
		const isLast = !(more ?? entries.length >= LIST_PAGE);
		return {
			results: [
				...notes(from === 0 ? note : undefined),
				...told.flatMap(notes),
				...entries.map(({ name, value }) => ({ name, value })),
			],
			...(!isLast && { paginationToken: String(from + entries.length) }),
		};
	};
}

function optionsMethod<Api>(vendor: Vendor<Api>, list: EditorList<Api>): OptionsMethod {
	return async function (this: ILoadOptionsFunctions) {
		const { entries, note, told } = await filled(this, vendor, list, '', 0);
		return [...notes(note), ...told.flatMap(notes), ...entries];
	};
}

/** n8n has no place for a remark on a list but the list. An empty value counts as nothing chosen. */
function notes(note: string | undefined): INodePropertyOptions[] {
	return note === undefined ? [] : [{ name: note, value: '', disabled: true }];
}

async function filled<Api>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Api>,
	list: EditorList<Api>,
	filter: string,
	from: number,
): Promise<Entries & { told: string[] }> {
	const secrets: string[] = [];
	/** What the vendor's list has shown of itself while it was read, such as that it may not be whole. */
	const told = new Set<string>();
	try {
		const connection = await connectionOf(context, vendor, {
			timeout: Number(timeout.default),
			perSecond: vendor.perSecond ?? 0,
			rateLimitWait: RATE_LIMIT_WAIT_MS,
			onTold: (what) => void told.add(what),
		});
		secrets.push(...connection.secrets);
		const api = inItemOptions(context, vendor, connection.api);
		const request = { filter, from, parameter: reader(context, list) };
		const loaded = await list.load(api, request).catch((failure: unknown) => {
			throw withWayOut(failure, list);
		});
		const found = Array.isArray(loaded) ? { entries: loaded } : loaded;
		return { ...found, told: [...told].map((what) => scrub(what, secrets)) };
	} catch (error) {
		throw toNodeError(context.getNode(), inPlace(error), 0, secrets);
	}
}

/** @throws Failure where a list reads what it does not declare: the editor would not ask anew then */
function reader<Api>(context: ILoadOptionsFunctions, { name: list, dependsOn }: EditorList<Api>) {
	return (name: string): unknown => {
		if (!dependsOn.some((path) => path === name || path === `${name}.value`)) {
			throw inputFailure(`The list ${list} reads '${name}' and does not declare it`);
		}
		return context.getCurrentNodeParameter(name);
	};
}

/** The lists are those of the place that the node's options name, such as a child tenant. */
function inItemOptions<Api>(context: ILoadOptionsFunctions, vendor: Vendor<Api>, api: Api): Api {
	const { itemOptions } = vendor;
	if (!itemOptions) return api;
	const given = (context.getCurrentNodeParameter('options') ?? {}) as IDataObject;
	for (const { name, displayName } of itemOptions.fields) {
		const value = given[name];
		// An expression whose value only a run knows comes as null, or as it is written.
		if (name in given && (value === null || String(value).startsWith('='))) {
			throw inputFailure(
				`The list depends on '${displayName}', whose expression has no value yet. Run the previous steps, or enter the value by hand`,
			);
		}
	}
	return itemOptions.apply(api, parseInput(itemOptions.input, itemOptions.fields, given));
}

/** What is refused may be chosen all the same. n8n 1 shows the message only. */
function withWayOut<Api>(failure: unknown, { wayOut }: EditorList<Api>): unknown {
	const isClosed =
		failure instanceof Failure && failure.kind === 'refused' && failure.declared === undefined;
	if (!isClosed) return failure;
	return failure.with({
		message: `${failure.message}, so the list cannot be filled. ${wayOut}`,
	});
}
