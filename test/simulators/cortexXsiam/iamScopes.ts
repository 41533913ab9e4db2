import { audit } from './audit';
import { type Call, type Context, inPath } from './call';
import { iamInvalid } from './errors';
import { fields, integers, oneOf, refuseUnknownProperties, strings } from './fields';
import {
	type CortexXsiamDatasetFilter,
	type CortexXsiamScope,
	type CortexXsiamScopeTargets,
	type ScopeMode,
	scopeModes,
} from './state';

/** Nobody has a scope at first, new keys included (docs/api/cortex-xsiam.md, "Scope of an API key"). */
const unscoped = (): CortexXsiamScope => ({
	endpointGroups: { mode: 'no_scope', names: [] },
	endpointTags: { mode: 'no_scope', names: [] },
	casesIssues: { mode: 'no_scope', names: [] },
	assets: { mode: 'no_scope', ids: [] },
	datasetsRows: { mode: 'no_scope', filters: [] },
});

/** The place of a scope in the state, once it is certain that its owner exists. */
function placeInPath(call: Call): string {
	const { state } = call.context;
	const type = inPath(call, 'entity_type');
	const id = inPath(call, 'entity_id');
	const exists = {
		user: () => state.users.some((one) => one.user_email === id),
		'user-group': () => state.userGroups.some((one) => one.group_id === id),
		'api-key': () => /^\d{1,15}$/u.test(id) && state.keys.has(Number(id)),
	};
	if (!oneOf(['user', 'user-group', 'api-key'] as const, type)) {
		throw iamInvalid(`Invalid entity type: ${type}`);
	}
	if (!exists[type]()) throw iamInvalid(`Could not find ${type} ${id}`);
	return `${type}/${id}`;
}

type TagKind = Exclude<keyof CortexXsiamScopeTargets, 'assetGroups'>;

/** Names with the ids of their targets; `any` has a tag of its own. */
function tags({ state }: Context, kind: TagKind, part: { mode: ScopeMode; names: string[] }) {
	const shown =
		part.mode === 'any'
			? [{ tag_id: null, tag_name: 'Any' }]
			: state.scopeTargets[kind].filter((one) => part.names.includes(one.tag_name));
	return { mode: part.mode, tags: shown };
}

/** GET /platform/iam/v1/scope/{entity_type}/{entity_id}, docs/api/cortex-xsiam.md, "Scopes". */
export function getScope(call: Call): object {
	const { context } = call;
	const scope = context.state.scopes.get(placeInPath(call)) ?? unscoped();
	const { assets, datasetsRows } = scope;
	return {
		data: {
			assets: {
				mode: assets.mode,
				asset_groups: context.state.scopeTargets.assetGroups.filter((one) =>
					assets.ids.includes(one.asset_group_id),
				),
			},
			datasets_rows: { default_filter_mode: datasetsRows.mode, filters: datasetsRows.filters },
			endpoints: {
				endpoint_groups: tags(context, 'endpointGroups', scope.endpointGroups),
				endpoint_tags: tags(context, 'endpointTags', scope.endpointTags),
			},
			cases_issues: tags(context, 'casesIssues', scope.casesIssues),
		},
	};
}

/** Reads one part of a scope; `undefined` where it was not sent. */
function partOf(value: unknown, name: string, known: string[]) {
	if (value === undefined) return undefined;
	const part = fields(value);
	if (!part) throw iamInvalid(`Invalid ${name}`);
	refuseUnknownProperties(part, known);
	return part;
}

/** The modes that a part knows; only endpoints know `any`, and rows of datasets are all or none. */
const modes = {
	endpoint_groups: scopeModes,
	endpoint_tags: scopeModes,
	cases_issues: ['no_scope', 'see_all', 'scope'],
	assets: ['no_scope', 'see_all', 'scope'],
	datasets_rows: ['no_scope', 'see_all'],
} as const;

type Part = keyof typeof modes;

function modeOf(value: unknown, name: Part): ScopeMode {
	if (!oneOf<ScopeMode>(modes[name], value)) throw iamInvalid(`Invalid mode of ${name}`);
	return value;
}

/** What stands in a list in the form that is read; the tag of the mode `any` has no ID, and no name. */
function asRead(list: unknown, key: 'tag_name' | 'asset_group_id'): unknown[] {
	const entries = Array.isArray(list) ? list.map((entry) => fields(entry) ?? {}) : [];
	return entries.filter(({ tag_id: id }) => id !== null).map((entry) => entry[key]);
}

function namedPart({ state }: Context, value: unknown, name: Part, kind: TagKind) {
	const part = partOf(value, name, ['mode', 'names', 'tags']);
	if (!part) return undefined;
	const { names = asRead(part.tags, 'tag_name') } = part;
	if (!strings(names)) throw iamInvalid(`Invalid names of ${name}`);
	const unknown = names.find(
		(wanted) => !state.scopeTargets[kind].some((one) => one.tag_name === wanted),
	);
	if (unknown !== undefined) throw iamInvalid(`The scope name ${unknown} does not exist.`);
	return { mode: modeOf(part.mode, name), names };
}

function assetsPart({ state }: Context, value: unknown): CortexXsiamScope['assets'] | undefined {
	const part = partOf(value, 'assets', ['mode', 'asset_group_ids', 'asset_groups']);
	if (!part) return undefined;
	const { asset_group_ids: ids = asRead(part.asset_groups, 'asset_group_id') } = part;
	if (!integers(ids)) throw iamInvalid('Invalid asset_group_ids');
	const known = state.scopeTargets.assetGroups.map((one) => one.asset_group_id);
	const unknown = ids.find((id) => !known.includes(id));
	if (unknown !== undefined) throw iamInvalid(`The scope name ${unknown} does not exist.`);
	return { mode: modeOf(part.mode, 'assets'), ids };
}

function datasetFilter(value: unknown): CortexXsiamDatasetFilter {
	const { dataset, filter } = fields(value) ?? {};
	if (typeof dataset !== 'string' || typeof filter !== 'string') {
		throw iamInvalid('Invalid filters of datasets_rows');
	}
	return { dataset, filter };
}

function datasetsPart(
	{ settings }: Context,
	value: unknown,
): CortexXsiamScope['datasetsRows'] | undefined {
	const part = partOf(value, 'datasets_rows', ['default_filter_mode', 'filters']);
	if (!part) return undefined;
	if (!settings.datasetScoping) throw iamInvalid('Dataset scoping is not enabled');
	const { filters = [] } = part;
	if (!Array.isArray(filters)) throw iamInvalid('Invalid filters of datasets_rows');
	return {
		mode: modeOf(part.default_filter_mode, 'datasets_rows'),
		filters: filters.map(datasetFilter),
	};
}

/**
 * PUT /platform/iam/v1/scope/{entity_type}/{entity_id}, docs/api/cortex-xsiam.md, "Scopes": names, as the
 * contract has it, or the form that is read, as a public script has it.
 */
export function putScope(call: Call): object {
	const { context, data } = call;
	const { settings, state } = context;
	const place = placeInPath(call);
	refuseUnknownProperties(data, ['endpoints', 'cases_issues', 'assets', 'datasets_rows']);
	const endpoints = partOf(data.endpoints, 'endpoints', ['endpoint_groups', 'endpoint_tags']) ?? {};
	const { endpoint_groups: groups, endpoint_tags: endpointTags } = endpoints;
	const sent = {
		endpointGroups: namedPart(context, groups, 'endpoint_groups', 'endpointGroups'),
		endpointTags: namedPart(context, endpointTags, 'endpoint_tags', 'endpointTags'),
		casesIssues: namedPart(context, data.cases_issues, 'cases_issues', 'casesIssues'),
		assets: assetsPart(context, data.assets),
		datasetsRows: datasetsPart(context, data.datasets_rows),
	};
	const blank = unscoped();
	const before = settings.scopePutReplaces ? blank : (state.scopes.get(place) ?? blank);
	state.scopes.set(place, {
		endpointGroups: sent.endpointGroups ?? before.endpointGroups,
		endpointTags: sent.endpointTags ?? before.endpointTags,
		casesIssues: sent.casesIssues ?? before.casesIssues,
		assets: sent.assets ?? before.assets,
		datasetsRows: sent.datasetsRows ?? before.datasetsRows,
	});
	const owner = place.replace('/', ' ');
	const description = `Update scope of ${owner}`;
	audit(call, { entity: 'PERMISSIONS', subtype: 'Edit scope', description, objectId: place });
	return { data: { message: `Scope updated for ${owner} successfully` } };
}
