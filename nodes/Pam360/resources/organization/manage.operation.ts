import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { idList } from '../shared/pickers';
import { additionalFields } from '../../../shared/description';
import { choice, ifGiven, wholeNumber } from '../../../shared/input';
import { operation } from '../../../shared/operation';

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
	fields: [
		{
			displayName: 'Permission',
			name: 'managePermission',
			type: 'options',
			options: [
				{ name: 'Grant', value: 'grant' },
				{ name: 'Revoke', value: 'revoke' },
			],
			default: 'grant',
			description: 'What becomes of the permission to manage the organizations',
		},
		{
			displayName: 'Organization IDs',
			name: 'orgIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 2, 3',
			description: 'IDs of the organizations, separated by commas',
		},
		{
			displayName: 'User IDs',
			name: 'userIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 21, 22',
			description: 'IDs of the users whose permission changes, separated by commas',
		},
		additionalFields(
			{
				displayName: 'Approval Admin ID',
				name: 'approvalAdminId',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 0,
				placeholder: 'e.g. 1',
				description: 'The ID of the administrator who approves',
			},
			{
				displayName: 'User Group IDs',
				name: 'userGroupIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1, 2',
				description: 'IDs of user groups whose permission changes, separated by commas',
			},
		),
	],
	input: z.object({
		managePermission: choice(['grant', 'revoke']),
		orgIds: someIds,
		userIds: someIds,
		additionalFields: z
			.object({
				approvalAdminId: ifGiven(wholeNumber({ min: 1 })),
				userGroupIds: idList,
			})
			.default({}),
	}),
	async run(api: Pam360Api, { managePermission, orgIds, userIds, additionalFields: more }) {
		const { approvalAdminId, userGroupIds } = more;
		const { body } = await api.change({
			method: 'POST',
			path: 'organizations/manage',
			details: {
				...(userGroupIds.length > 0 && { userGroupIds: userGroupIds.map(wireId) }),
				userIds: userIds.map(wireId),
				managePermission,
				orgIds: orgIds.map(wireId),
				...(approvalAdminId !== undefined && { approvalAdminId }),
			},
			repeatable: true,
			mayHave: 'The permission may have been changed',
		});
		return {
			item: {
				vendor: 'pam360',
				type: 'organizationPermission',
				id: null,
				granted: managePermission === 'grant',
				organizationIds: orgIds,
				userIds,
				userGroupIds,
			},
			raw: body,
		};
	},
});
