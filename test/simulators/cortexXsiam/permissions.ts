/** What a role may permit: one line of the permission tree (docs/api/cortex-xsiam.md, "Roles"). */
interface Component {
	name: string;
	view_name: string | null;
	action_name: string | null;
	sub_permissions: ReadonlyArray<{ action_name: string; name: string }>;
}

interface Category {
	category_name: string;
	sub_categories: ReadonlyArray<{
		sub_category_name: string | null;
		permissions: readonly Component[];
	}>;
}

/**
 * The permission tree. The two first categories are the vendor's sample; the simulator names the
 * other permissions itself, since the vendor publishes no list of them.
 */
export const permissionTree = [
	{
		category_name: 'Dashboards & Reports',
		sub_categories: [
			{
				sub_category_name: null,
				permissions: [
					{
						name: 'Dashboards',
						view_name: 'dashboard_view',
						action_name: 'dashboard_action',
						sub_permissions: [],
					},
				],
			},
		],
	},
	{
		category_name: 'Investigation & Response',
		sub_categories: [
			{
				sub_category_name: 'Response',
				permissions: [
					{
						name: 'Action Center',
						view_name: 'actions_center',
						action_name: 'actions_center_action',
						sub_permissions: [
							{ action_name: 'isolate', name: 'Isolate' },
							{ action_name: 'quarantine', name: 'Quarantine' },
						],
					},
				],
			},
			{
				sub_category_name: 'Investigation',
				permissions: [
					{
						name: 'Cases & Issues',
						view_name: 'cases_view',
						action_name: 'cases_action',
						sub_permissions: [],
					},
					{
						name: 'Query Center',
						view_name: 'query_center_view',
						action_name: 'query_center_action',
						sub_permissions: [],
					},
				],
			},
		],
	},
	{
		category_name: 'Detection & Threat Intel',
		sub_categories: [
			{
				sub_category_name: null,
				permissions: [
					{
						name: 'Rules',
						view_name: 'rules_view',
						action_name: 'rules_action',
						sub_permissions: [
							{ action_name: 'wf_verdict_change', name: 'Change WildFire Verdict' },
						],
					},
				],
			},
		],
	},
	{
		category_name: 'Inventory',
		sub_categories: [
			{
				sub_category_name: null,
				permissions: [
					{
						name: 'Endpoints',
						view_name: 'endpoints_view',
						action_name: 'endpoints_action',
						sub_permissions: [],
					},
				],
			},
		],
	},
	{
		category_name: 'Settings',
		sub_categories: [
			{
				sub_category_name: null,
				permissions: [
					{
						name: 'Public API',
						view_name: 'papi_view',
						action_name: 'papi_edit',
						sub_permissions: [],
					},
					{
						name: 'Access Management',
						view_name: 'access_management_view',
						action_name: 'access_management_action',
						sub_permissions: [],
					},
					{
						name: 'Auditing',
						view_name: 'auditing_view',
						action_name: null,
						sub_permissions: [],
					},
					{
						name: 'Notifications',
						view_name: 'notifications_view',
						action_name: 'notifications_action',
						sub_permissions: [],
					},
					{
						name: 'Data Management',
						view_name: null,
						action_name: 'data_management_action',
						sub_permissions: [],
					},
				],
			},
		],
	},
] as const satisfies readonly Category[];

type Entry = (typeof permissionTree)[number]['sub_categories'][number]['permissions'][number];

/** A name of the permission tree. */
export type Permission =
	| NonNullable<Entry['view_name'] | Entry['action_name']>
	| Entry['sub_permissions'][number]['action_name'];

const components: readonly Component[] = permissionTree.flatMap((category) =>
	category.sub_categories.flatMap((sub): readonly Component[] => sub.permissions),
);

const namesOf = ({ view_name, action_name, sub_permissions }: Component) =>
	[view_name, action_name, ...sub_permissions.map((one) => one.action_name)].filter(
		(name) => name !== null,
	);

const allNames = new Set(components.flatMap(namesOf));

export const isPermission = (name: string): name is Permission => allNames.has(name);

export const everyPermission: Permission[] = [...allNames].filter(isPermission);

/** The permission to change implies the one to look (docs/api/cortex-xsiam.md, "Roles"). */
export function withImplied(granted: Iterable<Permission>): Set<Permission> {
	const all = new Set<Permission>(granted);
	for (const { view_name: view, action_name: action } of components) {
		if (view && action && isPermission(view) && isPermission(action) && all.has(action)) {
			all.add(view);
		}
	}
	return all;
}

/** The permission without which this one can not be granted, if it is not granted with it. */
export function missingParent(granted: Set<string>): string | undefined {
	const orphan = components.find(
		({ action_name: action, sub_permissions: subs }) =>
			action !== null && !granted.has(action) && subs.some((sub) => granted.has(sub.action_name)),
	);
	return orphan?.action_name ?? undefined;
}

/** Datasets to which a role may give access, by category (docs/api/cortex-xsiam.md, "Roles"). */
export const datasetGroups = [
	{ datasets: ['alerts', 'cases', 'endpoints', 'incidents'], dataset_category: 'System' },
	{ datasets: [] as string[], dataset_category: 'Lookup' },
];
