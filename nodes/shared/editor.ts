import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { connectionOf } from './connections';
import { timeout } from './description';
import { toNodeError } from './failure';
import type { Vendor } from './operation';

/**
 * Fills a list in the editor from the vendor.
 *
 * @throws n8n's own error, without secrets, when the vendor refuses
 */
export async function loadOptions<Api>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Api>,
	load: (api: Api) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	return await inEditor(context, vendor, load);
}

/** How many entries a page of a resource locator's list has. */
export const LIST_PAGE = 100;

/**
 * One page of the list of a resource locator. n8n hands the token of the last page back to ask for
 * the next one; it is the offset of that page here.
 *
 * @param load Gives up to `LIST_PAGE` entries from an offset on; fewer end the list.
 */
export async function searchList<Api>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Api>,
	paginationToken: string | undefined,
	load: (api: Api, from: number) => Promise<INodePropertyOptions[]>,
): Promise<INodeListSearchResult> {
	const from = Number(paginationToken ?? 0);
	const results = await inEditor(context, vendor, async (api) => await load(api, from));
	const isLast = results.length < LIST_PAGE;
	return {
		results: results.map(({ name, value }) => ({ name, value })),
		...(!isLast && { paginationToken: String(from + results.length) }),
	};
}

/** The entries of a list that comes in one piece, searched and cut into pages here. */
export function searched(
	entries: INodePropertyOptions[],
	filter: string | undefined,
	from: number,
): INodePropertyOptions[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const fits = ({ name, value }: INodePropertyOptions) =>
		name.toLowerCase().includes(wanted) || String(value).toLowerCase() === wanted;
	return entries.filter(fits).slice(from, from + LIST_PAGE);
}

async function inEditor<Api, Entries>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Api>,
	load: (api: Api) => Promise<Entries>,
): Promise<Entries> {
	const secrets: string[] = [];
	try {
		const settings = { timeout: Number(timeout.default), perSecond: 0 };
		const connection = await connectionOf(context, vendor, settings);
		secrets.push(...connection.secrets);
		return await load(connection.api);
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0, secrets);
	}
}
