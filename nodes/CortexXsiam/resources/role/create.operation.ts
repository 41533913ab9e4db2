import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { flag, optionalText, requiredText, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { createIn, roles } from '../shared/directory';
import { permissionOptions } from './lists';

const datasetPermission = z
	.object({ category: requiredText, accessAll: flag.default(false), datasets: textList })
	.refine(({ accessAll, datasets }) => accessAll || datasets.length > 0, {
		message: "must name datasets where 'Access All' is off",
		path: ['datasets'],
	})
	.transform(({ category, accessAll, datasets }) => ({
		category,
		access_all: accessAll,
		permissions: accessAll ? [] : datasets,
	}));

/** `POST /platform/iam/v1/role`. Source: docs/api/cortex-xsiam.md, "Roles". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create role',
	description: 'Create a custom role, for example one for a key that does one thing only',
	issues: 'role',
	furtherTries: { are: 'refused', unlike: 'a role of the same name' },
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SIEM Collector',
			description: 'The display name, which no other role of the tenant may have',
		},
		{
			displayName: 'Permission Names or IDs',
			name: 'permissions',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: permissionOptions.name },
			required: true,
			default: [],
			description:
				'What the role permits. A permission to act includes the one to view; one below another needs that one too. In an expression, give names as in Get Permission Tree, separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		additionalFields(
			{
				displayName: 'Dataset Permissions',
				name: 'datasetPermissions',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Category',
				default: {},
				description: 'Which datasets may be queried, by category',
				options: [
					{
						displayName: 'Category',
						name: 'permission',
						values: [
							{
								displayName: 'Access All',
								name: 'accessAll',
								type: 'boolean',
								default: false,
								description:
									'Whether all datasets of the category may be queried, as far as the key of the credential can see them',
							},
							{
								displayName: 'Category',
								name: 'category',
								type: 'string',
								default: '',
								placeholder: 'e.g. Lookup',
								description: 'The category, as in Get Permission Tree',
							},
							{
								displayName: 'Datasets',
								name: 'datasets',
								type: 'string',
								default: '',
								placeholder: 'e.g. alerts, endpoints',
								description: "Names of datasets, separated by commas, where 'Access All' is off",
							},
						],
					},
				],
			},
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				description: 'What the role is for, shown in the console',
			},
		),
	],
	input: z.object({
		name: requiredText,
		permissions: textList.refine((names) => names.length > 0, 'must have at least one permission'),
		additionalFields: z.object({
			description: optionalText,
			datasetPermissions: z
				.object({ permission: z.array(datasetPermission).default([]) })
				.default({}),
		}),
	}),
	async run(
		api: CortexXsiamApi,
		{ name, permissions, additionalFields: { description, datasetPermissions } },
		call: Call,
	) {
		const granted = [...new Set(permissions)];
		const datasets = datasetPermissions.permission;
		const send = async () =>
			await createIn(api, roles, {
				name,
				data: {
					component_permissions: granted,
					...(datasets.length > 0 && { dataset_permissions: datasets }),
					pretty_name: name,
					...(description !== undefined && { description }),
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
							"Take view and action names from Get Permission Tree. A permission below another needs that one too, and those for datasets go into 'Dataset Permissions'.",
					},
				],
			});
		const { id, body, hints } = await sendOnce(
			call,
			`The role '${name}' may have been created`,
			send,
		);
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'role',
				id,
				name,
				description: description ?? null,
				permissions: granted,
			},
			raw: body,
			hints,
		};
	},
});
