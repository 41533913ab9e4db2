import { nameOfNew } from '../../../shared/nameParams';
import { additionalFields, entries, filledBy, group, kind, param } from '../../../shared/param';
import { flag, requiredText, textList } from '../../../shared/input';
import { createIn, roles } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { permissionOptions } from './lists';

const datasetPermission = group(
	param(
		{
			displayName: 'Access All',
			name: 'accessAll',
			type: 'boolean',
			default: false,
			description:
				"Whether all datasets of the category may be queried that the credential's key can see",
		},
		flag.default(false),
	),
	param(
		{
			displayName: 'Category',
			name: 'category',
			type: 'string',
			default: '',
			placeholder: 'e.g. Lookup',
			description: "The category, as in 'Role: Get Permission Tree'",
		},
		requiredText,
	),
	param(
		{
			displayName: 'Datasets',
			name: 'datasets',
			type: 'string',
			default: '',
			placeholder: 'e.g. alerts, endpoints',
			description: "Names of datasets, separated by commas, where 'Access All' is off",
		},
		textList,
	),
)
	.check(({ accessAll, datasets }, context) => {
		if (accessAll || datasets.length > 0) return;
		context.addIssue({
			code: 'custom',
			path: ['datasets'],
			message: "must name datasets where 'Access All' is off",
		});
	})
	.as(({ category, accessAll, datasets }) => ({
		category,
		access_all: accessAll,
		permissions: accessAll ? [] : datasets,
	}));

const datasetPermissions = entries(
	{
		displayName: 'Dataset Permissions',
		name: 'datasetPermissions',
		placeholder: 'Add Category',
		description: 'Which datasets may be queried, by category',
	},
	{ permission: kind('Category', datasetPermission) },
).as(({ datasetPermissions: datasets = [] }) =>
	datasets.length > 0 ? { dataset_permissions: datasets } : {},
);

/** `POST /platform/iam/v1/role`. Source: docs/api/cortex-xsiam.md, "Roles". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create role',
	description: 'Create a custom role, for example one for a key that does one thing only',
	issues: 'role',
	furtherTries: { are: 'refused', unlike: 'a role of the same name' },
	byPerson: { targets: ['permissions', 'datasetPermissions'] },
	params: [
		nameOfNew(
			'e.g. SIEM Collector',
			'The display name, which no other role of the tenant may have',
		),
		filledBy(permissionOptions, (loadOptionsMethod) =>
			param(
				{
					displayName: 'Permission Names or IDs',
					name: 'permissions',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod },
					required: true,
					default: [],
					description:
						'What the role permits. A permission to edit includes the one to view; a permission below another one also needs that one. In an expression, give names as in \'Role: Get Permission Tree\', separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				textList.refine((names) => names.length > 0, 'must have at least one permission'),
			),
		),
		additionalFields(
			datasetPermissions,
			param({
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				description: 'What the role is for, shown in the console',
			}),
		),
	],
	async run(api, { name, permissions, additionalFields: { description, ...datasets } }, call) {
		const granted = [...new Set(permissions)];
		const { id, body, hints } = await createIn(api, roles, {
			call,
			name,
			data: {
				component_permissions: granted,
				...datasets,
				pretty_name: name,
				description,
			},
			meanings: [
				{
					when: ({ extra }) => /already utilized/i.test(extra),
					message: `'Name' is taken: the tenant has a role '${name}'`,
					description: 'Choose another name, or use the role that is there.',
				},
				{
					when: ({ extra }) => /permission/i.test(extra),
					message: "Cortex XSIAM does not accept the permissions in 'Permission Names or IDs'",
					description:
						"Use view and action names from 'Role: Get Permission Tree'. A permission below another one also needs that one, and permissions for datasets go into 'Dataset Permissions'.",
				},
			],
		});
		return {
			item: item('role', {
				id,
				name,
				description: description ?? null,
				permissions: granted,
			}),
			raw: body,
			hints,
		};
	},
});
