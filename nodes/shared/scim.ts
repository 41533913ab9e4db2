import type { IDataObject } from 'n8n-workflow';
import {
	asBoolean,
	asId,
	asList,
	asNumber,
	asObject,
	asRecords,
	asText,
	isSaid,
	recordsIn,
} from './read';
import { Failure } from './failure';
import { ifLost } from './lost';
import { byOffset } from './paging';
import type { Page } from './paging';

/** What SCIM 2.0 says, whatever the vendor (RFC 7643, RFC 7644). */

export const SCIM_JSON = 'application/scim+json';

export const SCIM_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Whether an answer that is no success is SCIM's own (RFC 7644, 3.12); gateways name no schemas. */
export function isScimError(body: unknown): boolean {
	return Array.isArray(asObject(body)?.schemas);
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * The body of a change that replaces attributes and leaves the others alone (RFC 7644, 3.5.2).
 *
 * @param attributes Values by the attributes' paths, such as `name.givenName`.
 */
export function scimPatch(attributes: IDataObject): IDataObject {
	const operations = Object.entries(attributes).map(([path, value]) => ({
		op: 'replace',
		path,
		value,
	}));
	return { schemas: [PATCH_OP], Operations: operations };
}

/**
 * The user after a change, which sets what it sets and may be sent again.
 *
 * @param sending Gives the user of the answer; undefined for an answer without one (RFC 7644, 3.5.2).
 * @param read Reads the user then.
 */
export async function scimChanged(
	sending: Promise<IDataObject | undefined>,
	read: () => Promise<IDataObject>,
): Promise<IDataObject> {
	const mayHave = 'The user may have been changed';
	const user = await sending.catch(ifLost({ mayHave, repeatable: true }));
	return (
		user ??
		(await read().catch((thrown: unknown) => {
			throw thrown instanceof Failure
				? thrown.plus('The user was changed; only reading it afterwards went wrong.')
				: thrown;
		}))
	);
}

interface ScimList {
	pageSize: number;
	/** How many users are wanted. */
	limit: number;
	/**
	 * Reads one page.
	 *
	 * @param page `startIndex` and `count`, for the query (RFC 7644, 3.4.2.4).
	 */
	read(page: { startIndex: string; count: string }): Promise<Page<IDataObject>>;
	/** As of `byOffset`. */
	onShort(what: string): void;
}

/** The users of a list, page by page. */
export function scimUsers({
	pageSize,
	limit,
	read,
	onShort,
}: ScimList): AsyncGenerator<IDataObject> {
	return byOffset({
		pageSize,
		limit,
		noun: 'users',
		onShort,
		// RFC 7644, 3.4.2: the total of all pages.
		countsAll: true,
		idOf: ({ id }: IDataObject) => asId(id) ?? undefined,
		fetch: async (from, size) => await read({ startIndex: String(from + 1), count: String(size) }),
	});
}

/**
 * The records of a ListResponse; `Resources` may be absent where there are none (RFC 7644, 3.4.2).
 *
 * @returns undefined where it is no list
 */
export function scimPage(body: unknown): Page<IDataObject> | undefined {
	const { Resources: resources, totalResults } = asObject(body) ?? {};
	const total = asNumber(totalResults);
	const isEmpty = (resources ?? null) === null && total === 0;
	if (!isEmpty && !Array.isArray(resources) && asObject(resources) === null) return undefined;
	const rows = asRecords((recordsIn(resources) ?? []).filter(isSaid));
	return rows && { rows, ...(total !== null && { total }) };
}

/** The text of a multi-valued attribute's entry: an object with `value`, or the bare text (RFC 7643, 2.4). */
export function scimValue(entry: unknown): string | null {
	const object = asObject(entry);
	return object ? (asText(object.value) ?? asText(object.display)) : asText(entry);
}

/** The primary one of several, else the first. */
export function primaryScimValue(attribute: unknown): string | null {
	const entries = asList(attribute);
	const primary = entries.find((entry) => asBoolean(asObject(entry)?.primary) === true);
	return scimValue(primary ?? entries[0]);
}
