import { z } from 'zod';
import { anyScope, differences } from '../../api/scope';
import type { Scope } from '../../api/scope';
import { entries, group, kind, oneOf, param, updateFields } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { choice, ifGiven, jsonObject, refuseEmptyUpdate, textList } from '../../../shared/input';
import { operation } from '../shared/operation';
import { owner } from './fields';
import { scopeItem } from './scopeItem';

const MODES = ['no_scope', 'see_all', 'scope'] as const;
const ENDPOINT_MODES = [...MODES, 'any'] as const;
const ROW_MODES = ['no_scope', 'see_all'] as const;

const MODE_NAMES: Record<(typeof ENDPOINT_MODES)[number], string> = {
	any: 'Any',
	no_scope: 'No Scope',
	scope: 'Scope',
	see_all: 'See All',
};

/** A mode, and what is in the scope. */
function partOf<
	const Name extends string,
	const Members extends string,
	const Modes extends readonly [keyof typeof MODE_NAMES, ...(keyof typeof MODE_NAMES)[]],
>(
	name: Name,
	label: string,
	modes: Modes,
	members: {
		name: Members;
		label: string;
		description: string;
		schema?: typeof textList | typeof groupIds;
	},
) {
	const options = modes.map((value) => ({ name: MODE_NAMES[value], value }));
	return [
		param(
			{
				displayName: `${label} Mode`,
				name: `${name}Mode`,
				type: 'options',
				options: options.sort((a, b) => a.name.localeCompare(b.name)),
				default: 'no_scope',
				description: `How ${label.toLowerCase()} are restricted, in the words of the API. Without it, giving ${members.label} sets 'Scope'; without those, 'Scope' keeps its present members.`,
			},
			ifGiven(choice(modes)),
		),
		param(
			{
				displayName: members.label,
				name: members.name,
				type: 'string',
				default: '',
				description: `${members.description}, separated by commas`,
			},
			(members.schema ?? textList).optional(),
		),
	] as const;
}

const groupIds = textList.refine(
	(ids) => ids.every((id) => /^\d+$/.test(id)),
	'must hold IDs, which are numbers',
);

const parts = group(
	...partOf('assets', 'Assets', MODES, {
		name: 'assetGroupIds',
		label: 'Asset Group IDs',
		description: 'IDs of the asset groups',
		schema: groupIds,
	}),
	...partOf('casesIssues', 'Cases and Issues', MODES, {
		name: 'casesIssues',
		label: 'Domains of Cases and Issues',
		description: 'Names of the domains',
	}),
	...partOf('endpointGroups', 'Endpoint Groups', ENDPOINT_MODES, {
		name: 'endpointGroups',
		label: 'Endpoint Groups',
		description: 'Names of the groups',
	}),
	...partOf('endpointTags', 'Endpoint Tags', ENDPOINT_MODES, {
		name: 'endpointTags',
		label: 'Endpoint Tags',
		description: 'Names of the tags',
	}),
	entries(
		{
			displayName: 'Dataset Rows',
			name: 'datasetRows',
			placeholder: 'Add Filter',
			description:
				'Which rows of datasets may be seen. Only where dataset scoping is enabled on the tenant.',
		},
		{
			row: kind(
				'Filter',
				param(
					{
						displayName: 'Dataset',
						name: 'dataset',
						type: 'string',
						default: '',
						placeholder: 'e.g. xdr_data',
						description: 'The name of the dataset',
					},
					z.string(),
				),
				param(
					{
						displayName: 'Filter',
						name: 'filter',
						type: 'string',
						default: '',
						placeholder: 'e.g. _collector_name = emea_collector',
						description: 'The condition for its rows',
					},
					z.string(),
				),
			),
		},
	),
	param(
		{
			displayName: 'Dataset Rows Mode',
			name: 'datasetRowsMode',
			type: 'options',
			options: ROW_MODES.map((value) => ({ name: MODE_NAMES[value], value })),
			default: 'no_scope',
			description:
				'What applies to datasets without a filter, in the words of the API. If you set only this, the present filters stay.',
		},
		ifGiven(choice(ROW_MODES)),
	),
);

type Parts = ValuesOf<[typeof parts]>;

function checkParts(given: Parts, context: z.RefinementCtx): void {
	if (Object.keys(given).length === 0) refuseEmptyUpdate(context);
	// What an expression left empty must not shut somebody out, nor lift a restriction.
	for (const [name, members] of [
		['assetGroupIds', given.assetsMode ? undefined : given.assetGroupIds],
		['casesIssues', given.casesIssuesMode ? undefined : given.casesIssues],
		['datasetRows', given.datasetRowsMode ? undefined : given.datasetRows],
		['endpointGroups', given.endpointGroupsMode ? undefined : given.endpointGroups],
		['endpointTags', given.endpointTagsMode ? undefined : given.endpointTags],
	] as const) {
		if (members?.length !== 0) continue;
		context.addIssue({
			code: 'custom',
			path: [name],
			message: 'must name at least one',
			params: { hint: 'For none, set the mode as well.' },
		});
	}
}

/** What a scope becomes by the parts that are given. */
function scopeWith(given: Parts, before: Scope): Scope {
	const { assetsMode, assetGroupIds, datasetRowsMode, datasetRows } = given;
	const assets = part(assetsMode, assetGroupIds?.map(Number), before.assets?.assetGroupIds);
	const hasRows = datasetRowsMode !== undefined || datasetRows !== undefined;
	return {
		assets: assets && { mode: assets.mode, assetGroupIds: assets.members },
		casesIssues: named(given.casesIssuesMode, given.casesIssues, before.casesIssues),
		datasetRows: hasRows
			? {
					mode: datasetRowsMode ?? before.datasetRows?.mode ?? 'no_scope',
					filters: datasetRows ?? before.datasetRows?.filters ?? [],
				}
			: undefined,
		endpointGroups: named(given.endpointGroupsMode, given.endpointGroups, before.endpointGroups),
		endpointTags: named(given.endpointTagsMode, given.endpointTags, before.endpointTags),
	};
}

/** What is given of a part and what it had: only the mode 'scope' keeps members that are not given. */
function part<Member>(mode: string | undefined, given?: Member[], before: Member[] = []) {
	if (mode === undefined && given === undefined) return undefined;
	return { mode: mode ?? 'scope', members: given ?? (mode === 'scope' ? before : []) };
}

function named(mode: string | undefined, names?: string[], before?: Scope['casesIssues']) {
	const found = part(mode, names, before?.names);
	return found && { mode: found.mode, names: found.members };
}

const wholeScope = jsonObject
	.transform((given) =>
		'data' in given ? given.data : 'request_data' in given ? given.request_data : given,
	)
	.pipe(anyScope)
	.refine(
		(scope) => Object.keys(scope).length > 0,
		'must have at least one part, such as assets or endpointGroups',
	);

/**
 * `PUT /platform/iam/v1/scope/{entity_type}/{entity_id}`. Source: docs/api/cortex-xsiam.md, "Scopes".
 */
export const set = operation({
	name: 'Set',
	value: 'set',
	action: 'Set scope',
	description:
		'Restrict what an API key, a user or a user group may see. Parts that are not named stay as they are.',
	byPerson: { targets: ['apiKey', 'user', 'userGroup', 'scope', 'updateFields'] },
	params: [
		owner,
		oneOf(
			param(
				{
					displayName: 'Specify Scope',
					name: 'specify',
					type: 'options',
					options: [
						{ name: 'Using Fields Below', value: 'fields' },
						{ name: 'Using JSON', value: 'json' },
					],
					default: 'fields',
					description: 'How the scope is given',
				},
				choice(['fields', 'json']),
			),
			{
				json: [
					param(
						{
							displayName: 'Scope',
							name: 'scope',
							type: 'json',
							required: true,
							default: '={{ $json }}',
							description:
								"The scope as 'Scope: Get' gives it, simplified or not, or as the API takes it. With 'Scope: Get' before this node, the default copies that scope.",
						},
						wholeScope,
					).as(({ scope }) => ({ scopeAfter: (): Scope => scope })),
				],
				fields: [
					updateFields(parts.check(checkParts)).as(({ updateFields: given }) => ({
						scopeAfter: (before: Scope) => scopeWith(given, before),
					})),
				],
			},
		),
	],
	async run(api, { entityType, entityId, scopeAfter }) {
		// Another item's change between reading and writing would be undone.
		return await api.inTurn(`scope/${entityType}/${entityId}`, async () => {
			// What becomes of parts that are left out is not documented: all are sent that the tenant takes.
			const before = await api.scope(entityType, entityId);
			const given = Object.fromEntries(
				Object.entries(scopeAfter(before)).filter(([, value]) => value !== undefined),
			) as Scope;
			const after: Scope = { ...before, ...given };
			const { datasetRows, ...others } = after;
			const changed = differences(after, before);
			const body = changed.datasetRows || hasRows(datasetRows) ? after : others;
			const raw = await api.setScope(entityType, entityId, body);
			return { item: scopeItem(entityType, entityId, after), raw };
		});
	},
});

/** Tenants without dataset scoping refuse rows, and have none. */
function hasRows(rowsOf: Scope['datasetRows']): boolean {
	return rowsOf !== undefined && (rowsOf.mode !== 'no_scope' || rowsOf.filters.length > 0);
}
