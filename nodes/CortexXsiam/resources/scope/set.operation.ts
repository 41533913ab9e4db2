import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { anyScope, differences } from '../../api/scope';
import type { Scope } from '../../api/scope';
import { updateFields } from '../../../shared/description';
import { choice, ifGiven, jsonObject, textList } from '../../../shared/input';
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
function part(
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
			description: `How ${label.toLowerCase()} are restricted, in the words of the API. Without it, names mean 'Scope'.`,
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
	.refine(
		(given) => Object.values(given).some((value) => value !== undefined),
		'must name at least one thing to change',
	)
	.transform((given): Scope => {
		const { assetsMode, assetGroupIds: ids, datasetRowsMode, datasetRows: filters } = given;
		const named = (mode: string | undefined, names: string[] | undefined) =>
			mode === undefined && names === undefined
				? undefined
				: { mode: mode ?? 'scope', names: names ?? [] };
		const hasRows = datasetRowsMode !== undefined || filters !== undefined;
		return {
			assets: (assetsMode ?? ids) && {
				mode: assetsMode ?? 'scope',
				assetGroupIds: (ids ?? []).map(Number),
			},
			casesIssues: named(given.casesIssuesMode, given.casesIssues),
			datasetRows: hasRows
				? { mode: datasetRowsMode ?? 'no_scope', filters: filters?.row ?? [] }
				: undefined,
			endpointGroups: named(given.endpointGroupsMode, given.endpointGroups),
			endpointTags: named(given.endpointTagsMode, given.endpointTags),
		};
	});

const wholeScope = jsonObject
	.transform((given) =>
		'data' in given ? given.data : 'request_data' in given ? given.request_data : given,
	)
	.pipe(anyScope)
	.refine(
		(scope) => Object.keys(scope).length > 0,
		'must have at least one part, such as assets or endpointGroups',
	);

/** `PUT /platform/iam/v1/scope/{entity_type}/{entity_id}`. Source: "Update scope"; fact sheet 5.2. */
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
				...part('assets', 'Assets', MODES, {
					name: 'assetGroupIds',
					label: 'Asset Group IDs',
					description: 'IDs of the asset groups',
				}),
				...part('casesIssues', 'Cases and Issues', MODES, {
					name: 'casesIssues',
					label: 'Domains of Cases and Issues',
					description: 'Names of the domains',
				}),
				...part('endpointGroups', 'Endpoint Groups', ENDPOINT_MODES, {
					name: 'endpointGroups',
					label: 'Endpoint Groups',
					description: 'Names of the groups',
				}),
				...part('endpointTags', 'Endpoint Tags', ENDPOINT_MODES, {
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
					description: 'What holds for datasets without a filter, in the words of the API',
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
			if (parsed.success) return { ...owner, scope: parsed.data };
			for (const issue of parsed.error.issues) {
				context.addIssue({ ...issue, path: [name, ...issue.path] });
			}
			return z.NEVER;
		}),
	async run(api: CortexXsiamApi, { entityType, entityId, scope: wanted }) {
		// What becomes of parts that are left out is not documented: all are sent that the tenant takes.
		const before = await api.scope(entityType, entityId);
		const given = Object.fromEntries(
			Object.entries(wanted).filter(([, value]) => value !== undefined),
		) as Scope;
		const after: Scope = { ...before, ...given };
		const { datasetRows, ...others } = after;
		const changed = differences(after, before);
		const body = changed.datasetRows || hasRows(datasetRows) ? after : others;
		const raw = await api.setScope(entityType, entityId, body);
		return { item: scopeItem(entityType, entityId, after), raw };
	},
});

/** Tenants without dataset scoping refuse rows, and have none. */
function hasRows(rowsOf: Scope['datasetRows']): boolean {
	return rowsOf !== undefined && (rowsOf.mode !== 'no_scope' || rowsOf.filters.length > 0);
}
