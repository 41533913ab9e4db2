import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { anyScope, differences } from '../../api/scope';
import type { Scope } from '../../api/scope';
import { updateFields } from '../../../shared/description';
import { choice, ifGiven, jsonObject, refuseEmptyUpdate, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { ownerFields, ownerInput, withOwner } from './fields';
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
function partFields(
	name: string,
	label: string,
	modes: readonly (keyof typeof MODE_NAMES)[],
	members: { name: string; label: string; description: string },
): INodeProperties[] {
	const options = modes.map((value) => ({ name: MODE_NAMES[value], value }));
	return [
		{
			displayName: `${label} Mode`,
			name: `${name}Mode`,
			type: 'options',
			options: options.sort((a, b) => a.name.localeCompare(b.name)),
			default: 'no_scope',
			description: `How ${label.toLowerCase()} are restricted, in the words of the API. Without it, ${members.label} mean 'Scope'; without them, 'Scope' keeps what is in it.`,
		},
		{
			displayName: members.label,
			name: members.name,
			type: 'string',
			default: '',
			description: `${members.description}, separated by commas`,
		},
	];
}

const rows = z
	.object({
		row: z.array(z.object({ dataset: z.string(), filter: z.string() })).default([]),
	})
	.optional();

const changes = z
	.object({
		assetsMode: ifGiven(choice(MODES)),
		assetGroupIds: textList
			.refine((ids) => ids.every((id) => /^\d+$/.test(id)), 'must hold IDs, which are numbers')
			.optional(),
		casesIssuesMode: ifGiven(choice(MODES)),
		casesIssues: textList.optional(),
		datasetRowsMode: ifGiven(choice(ROW_MODES)),
		datasetRows: rows,
		endpointGroupsMode: ifGiven(choice(ENDPOINT_MODES)),
		endpointGroups: textList.optional(),
		endpointTagsMode: ifGiven(choice(ENDPOINT_MODES)),
		endpointTags: textList.optional(),
	})
	.superRefine((given, context) => {
		const isGiven = Object.values(given).some((value) => value !== undefined);
		if (!isGiven) refuseEmptyUpdate(context);
	})
	.superRefine((given, context) => {
		// What an expression left empty must not shut somebody out, nor lift a restriction.
		for (const [name, members] of [
			['assetGroupIds', given.assetsMode ? undefined : given.assetGroupIds],
			['casesIssues', given.casesIssuesMode ? undefined : given.casesIssues],
			['datasetRows', given.datasetRowsMode ? undefined : given.datasetRows?.row],
			['endpointGroups', given.endpointGroupsMode ? undefined : given.endpointGroups],
			['endpointTags', given.endpointTagsMode ? undefined : given.endpointTags],
		] as const) {
			if (members?.length !== 0) continue;
			context.addIssue({
				code: 'custom',
				path: [name],
				message: 'must name at least one',
				params: { hint: 'If there is to be none, set the mode as well.' },
			});
		}
	})
	.transform((given) => (before: Scope): Scope => {
		const { assetsMode, assetGroupIds, datasetRowsMode, datasetRows } = given;
		const assets = part(assetsMode, assetGroupIds?.map(Number), before.assets?.assetGroupIds);
		const hasRows = datasetRowsMode !== undefined || datasetRows !== undefined;
		return {
			assets: assets && { mode: assets.mode, assetGroupIds: assets.members },
			casesIssues: named(given.casesIssuesMode, given.casesIssues, before.casesIssues),
			datasetRows: hasRows
				? {
						mode: datasetRowsMode ?? before.datasetRows?.mode ?? 'no_scope',
						filters: datasetRows?.row ?? before.datasetRows?.filters ?? [],
					}
				: undefined,
			endpointGroups: named(given.endpointGroupsMode, given.endpointGroups, before.endpointGroups),
			endpointTags: named(given.endpointTagsMode, given.endpointTags, before.endpointTags),
		};
	});

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
	)
	.transform((scope) => () => scope);

/**
 * `PUT /platform/iam/v1/scope/{entity_type}/{entity_id}`. Source: docs/api/cortex-xsiam.md, "Scopes".
 */
export const set = operation({
	name: 'Set',
	value: 'set',
	action: 'Set scope',
	description:
		'Restrict what an API key, a user or a user group may see. Parts that are not named stay as they are.',
	fields: [
		...ownerFields,
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
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'json',
			required: true,
			displayOptions: { show: { specify: ['json'] } },
			default: '={{ $json }}',
			description:
				'The scope as the operation Get gives it, simplified or not, or as the API takes it. With Get before this node, the default copies that scope.',
		},
		{
			...updateFields(
				...partFields('assets', 'Assets', MODES, {
					name: 'assetGroupIds',
					label: 'Asset Group IDs',
					description: 'IDs of the asset groups',
				}),
				...partFields('casesIssues', 'Cases and Issues', MODES, {
					name: 'casesIssues',
					label: 'Domains of Cases and Issues',
					description: 'Names of the domains',
				}),
				...partFields('endpointGroups', 'Endpoint Groups', ENDPOINT_MODES, {
					name: 'endpointGroups',
					label: 'Endpoint Groups',
					description: 'Names of the groups',
				}),
				...partFields('endpointTags', 'Endpoint Tags', ENDPOINT_MODES, {
					name: 'endpointTags',
					label: 'Endpoint Tags',
					description: 'Names of the tags',
				}),
				{
					displayName: 'Dataset Rows',
					name: 'datasetRows',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Filter',
					default: {},
					description:
						'Which rows of datasets may be seen. Only where dataset scoping is enabled on the tenant.',
					options: [
						{
							displayName: 'Filter',
							name: 'row',
							values: [
								{
									displayName: 'Dataset',
									name: 'dataset',
									type: 'string',
									default: '',
									placeholder: 'e.g. xdr_data',
									description: 'The name of the dataset',
								},
								{
									displayName: 'Filter',
									name: 'filter',
									type: 'string',
									default: '',
									placeholder: 'e.g. _collector_name = emea_collector',
									description: 'The condition for its rows',
								},
							],
						},
					],
				},
				{
					displayName: 'Dataset Rows Mode',
					name: 'datasetRowsMode',
					type: 'options',
					options: ROW_MODES.map((value) => ({ name: MODE_NAMES[value], value })),
					default: 'no_scope',
					description:
						'What holds for datasets without a filter, in the words of the API. Alone, it keeps the filters that are there.',
				},
			),
			displayOptions: { show: { specify: ['fields'] } },
		},
	],
	input: z
		.object({
			...ownerInput,
			specify: choice(['fields', 'json']),
			scope: z.unknown(),
			updateFields: z.unknown(),
		})
		.transform(withOwner)
		.transform(({ specify, scope, updateFields: fields, ...owner }, context) => {
			const [name, parsed] =
				specify === 'json'
					? (['scope', wholeScope.safeParse(scope)] as const)
					: (['updateFields', changes.safeParse(fields ?? {})] as const);
			if (parsed.success) return { ...owner, scopeAfter: parsed.data };
			for (const issue of parsed.error.issues) {
				context.addIssue({ ...issue, path: [name, ...issue.path] });
			}
			return z.NEVER;
		}),
	async run(api: CortexXsiamApi, { entityType, entityId, scopeAfter }) {
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
