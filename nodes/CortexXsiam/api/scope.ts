import { z } from 'zod';

/** Whose scope it is (docs/api/cortex-xsiam.md, "Scopes"). */
export const SCOPED = ['api-key', 'user', 'user-group'] as const;

export type Scoped = (typeof SCOPED)[number];

/** What may be seen of one kind of thing. */
interface Named {
	/** `no_scope`, `see_all`, `scope` or `any`. */
	mode: string;
	names: string[];
}

/** What somebody may see. A part that is not there was not told, and is left as it is when set. */
export interface Scope {
	endpointGroups?: Named;
	endpointTags?: Named;
	casesIssues?: Named;
	assets?: { mode: string; assetGroupIds: number[] };
	datasetRows?: { mode: string; filters: Array<{ dataset: string; filter: string }> };
}

const mode = z.string().min(1);
const wholeNumber = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);

/** What needs no members. */
const WHOLE = new Set(['no_scope', 'see_all', 'any']);

/**
 * The members of a part. Without a list of them a part that is narrowed cannot be told from an empty one: what
 * is set by it would take away, or give, what nobody meant.
 */
function membersOf<Member>(
	list: Member[] | null | undefined,
	how: string | undefined,
	context: z.RefinementCtx,
): Member[] {
	if (list) return list;
	if (how !== undefined && WHOLE.has(how)) return [];
	context.addIssue({
		code: 'custom',
		message: 'has a part without the list of what is in it',
		params: {
			hint: "A part with the mode 'scope' needs its names or IDs, and dataset rows need their filters, even if the list is empty.",
		},
	});
	return z.NEVER;
}

/** The vendor gives `tags`, and takes `names`. */
const named = z
	.object({
		mode,
		names: z.array(z.string()).nullish(),
		tags: z.array(z.object({ tag_name: z.string() })).nullish(),
	})
	.transform(({ mode: how, names, tags }, context) => ({
		mode: how,
		// What stands for "Any" is no name.
		names:
			how === 'any'
				? []
				: membersOf(names ?? tags?.map(({ tag_name: name }) => name), how, context),
	}))
	.nullish();

/** The vendor gives `asset_groups`, and takes `asset_group_ids`. */
const assets = z
	.object({
		mode,
		assetGroupIds: z.array(wholeNumber).nullish(),
		asset_group_ids: z.array(wholeNumber).nullish(),
		asset_groups: z.array(z.object({ asset_group_id: wholeNumber })).nullish(),
	})
	.transform(
		({ mode: how, assetGroupIds, asset_group_ids: ids, asset_groups: groups }, context) => ({
			mode: how,
			assetGroupIds: membersOf(
				assetGroupIds ?? ids ?? groups?.map(({ asset_group_id: id }) => id),
				how,
				context,
			),
		}),
	)
	.nullish();

const datasetRows = z
	.object({
		mode: mode.nullish(),
		default_filter_mode: mode.nullish(),
		filters: z.array(z.object({ dataset: z.string(), filter: z.string() })).nullish(),
	})
	.transform(({ mode: own, default_filter_mode: theirs, filters }, context) => {
		const how = own ?? theirs;
		// Nothing is told of them, as on a tenant without scopes of datasets.
		if (!how && !filters) return undefined;
		// Whatever the mode, filters narrow it.
		return { mode: how ?? 'no_scope', filters: membersOf(filters, undefined, context) };
	})
	.nullish();

/** A scope as the vendor gives it, as the vendor takes it, or as an item has it. */
export const anyScope = z
	.object({
		endpoints: z.object({ endpoint_groups: named, endpoint_tags: named }).nullish(),
		cases_issues: named,
		assets,
		datasets_rows: datasetRows,
		endpointGroups: named,
		endpointTags: named,
		casesIssues: named,
		datasetRows,
	})
	.transform((given): Scope => {
		const found = {
			endpointGroups: given.endpointGroups ?? given.endpoints?.endpoint_groups,
			endpointTags: given.endpointTags ?? given.endpoints?.endpoint_tags,
			casesIssues: given.casesIssues ?? given.cases_issues,
			assets: given.assets,
			datasetRows: given.datasetRows ?? given.datasets_rows,
		};
		return Object.fromEntries(
			Object.entries(found).filter(([, part]) => part !== undefined && part !== null),
		);
	});

/** `GET /platform/iam/v1/scope/...` (docs/api/cortex-xsiam.md, "Scopes"). */
export const scopeAnswer = z.object({ data: anyScope });

/** A scope as `PUT /platform/iam/v1/scope/...` takes it. */
export function scopeBody(scope: Scope): object {
	const { endpointGroups, endpointTags, casesIssues, assets: groups, datasetRows: rows } = scope;
	const endpoints = {
		...(endpointGroups && { endpoint_groups: namedBody(endpointGroups) }),
		...(endpointTags && { endpoint_tags: namedBody(endpointTags) }),
	};
	return {
		...((endpointGroups ?? endpointTags) && { endpoints }),
		...(casesIssues && { cases_issues: namedBody(casesIssues) }),
		...(groups && { assets: { mode: groups.mode, asset_group_ids: groups.assetGroupIds } }),
		...(rows && { datasets_rows: { default_filter_mode: rows.mode, filters: rows.filters } }),
	};
}

function namedBody({ mode: how, names }: Named): object {
	return { mode: how, names };
}

/** Those parts of a scope in which another one differs; both of the endpoints where one does. */
export function differences(wanted: Scope, actual: Scope): Scope {
	const differs = (part: keyof Scope) =>
		wanted[part] !== undefined && canonical(wanted[part]) !== canonical(actual[part]);
	const endpoints = differs('endpointGroups') || differs('endpointTags');
	const isSent: Record<keyof Scope, boolean> = {
		endpointGroups: endpoints,
		endpointTags: endpoints,
		casesIssues: differs('casesIssues'),
		assets: differs('assets'),
		datasetRows: differs('datasetRows'),
	};
	return Object.fromEntries(Object.entries(wanted).filter(([part]) => isSent[part as keyof Scope]));
}

/** The same text for the same part, in whatever order its members come. */
function canonical(part: Scope[keyof Scope]): string {
	if (!part) return '';
	const { mode: how, ...rest } = part;
	const members: unknown[] = Object.values(rest).flat();
	return [how, ...members.map((member) => JSON.stringify(member)).sort()].join('\n');
}

/** Whether somebody may see less than everything of something. */
export function isRestricted(scope: Scope): boolean {
	return Object.values(scope).some(
		(part: object) =>
			Object.values(part).includes('scope') ||
			Object.values(part).some((members) => Array.isArray(members) && members.length > 0),
	);
}
