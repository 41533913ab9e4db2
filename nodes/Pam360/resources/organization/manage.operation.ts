import { idList } from '../shared/pickers';
import { choice } from '../../../shared/input';
import { additionalFields, param } from '../../../shared/param';
import { item, operation } from '../shared/operation';

/** This call takes IDs as numbers; what JavaScript cannot hold as one stays text. */
function wireId(id: string): number | string {
	const number = Number(id);
	return Number.isSafeInteger(number) ? number : id;
}

const someIds = idList.refine((ids) => ids.length > 0, 'is required');

/** `POST /organizations/manage`. Source: docs/api/pam360.md, "Organizations". */
export const manage = operation({
	name: 'Manage',
	value: 'manage',
	action: 'Manage organization access',
	description: 'Grant or revoke the permission to manage client organizations (MSP edition)',
	byPerson: { targets: ['managePermission', 'orgIds', 'userIds'] },
	params: [
		param(
			{
				displayName: 'Permission',
				name: 'managePermission',
				type: 'options',
				options: [
					{ name: 'Grant', value: 'grant' },
					{ name: 'Revoke', value: 'revoke' },
				],
				default: 'grant',
				description: 'What to do with the permission to manage the organizations',
			},
			choice(['grant', 'revoke']),
		),
		param(
			{
				displayName: 'Organization IDs',
				name: 'orgIds',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 2, 3',
				description: 'IDs of the organizations, separated by commas',
			},
			someIds,
		),
		param(
			{
				displayName: 'User IDs',
				name: 'userIds',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 21, 22',
				description: 'IDs of the users whose permission changes, separated by commas',
			},
			someIds,
		),
		additionalFields(
			param({
				displayName: 'Approval Admin ID',
				name: 'approvalAdminId',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 0,
				placeholder: 'e.g. 1',
				description: 'The ID of the administrator who approves',
			}),
			param(
				{
					displayName: 'User Group IDs',
					name: 'userGroupIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1, 2',
					description: 'IDs of user groups whose permission changes, separated by commas',
				},
				idList,
			),
		),
	],
	async run(api, { managePermission, orgIds, userIds, additionalFields: more }) {
		const { userGroupIds, ...approval } = more;
		const { body } = await api.change({
			method: 'POST',
			path: 'organizations/manage',
			details: {
				...(userGroupIds.length > 0 && { userGroupIds: userGroupIds.map(wireId) }),
				userIds: userIds.map(wireId),
				managePermission,
				orgIds: orgIds.map(wireId),
				...approval,
			},
			repeatable: true,
			mayHave: 'The permission may have been changed',
		});
		return {
			item: item('organizationPermission', {
				id: null,
				granted: managePermission === 'grant',
				organizationIds: orgIds,
				userIds,
				userGroupIds,
			}),
			raw: body,
		};
	},
});
