import { nothingIssuedYet } from '../../../shared/failure';
import { nameOfNew } from '../../../shared/nameParams';
import { additionalFields } from '../../../shared/param';
import { createIn, userGroups } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { memberParams, membersOf, userGroupMeanings } from './fields';

/** `POST /platform/iam/v1/user-group`. Source: docs/api/cortex-xsiam.md, "User groups". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create user group',
	description: 'Create a user group, whose role all members have',
	issues: 'user group',
	furtherTries: { are: 'refused', unlike: 'a user group of the same name' },
	byPerson: { targets: ['role', 'users', 'nestedGroups', 'idpGroups'] },
	params: [
		nameOfNew('e.g. SOC Night Shift', 'The name, which no other user group of the tenant may have'),
		additionalFields(...memberParams),
	],
	async run(api, { name, additionalFields: members }, call) {
		const found = await membersOf(api, members).catch(nothingIssuedYet);
		const data = { group_name: name, ...found };
		const creation = { call, name, data, meanings: userGroupMeanings };
		const { id, body, hints } = await createIn(api, userGroups, creation);
		return {
			item: item('userGroup', {
				id,
				name,
				description: data.description ?? null,
				roleId: data.role_id ?? null,
				users: data.users ?? [],
				nestedGroupIds: data.nested_group_ids ?? [],
				idpGroups: data.idp_groups ?? [],
			}),
			raw: body,
			hints,
		};
	},
});
