import type { IDataObject } from 'n8n-workflow';
import { epochTime } from '../../../shared/dates';
import { asId, asList, asObject, asText, asTexts } from '../../../shared/fields';

/** A user group of `GET /platform/iam/v1/user-group` (fact sheet 5.2). */
export function userGroupItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'userGroup',
		id: asId(record.group_id),
		name: asText(record.group_name),
		description: asText(record.description),
		roleId: asId(record.role_id),
		roleName: asText(record.pretty_role_name),
		groupType: asText(record.group_type),
		users: asTexts(record.users),
		nestedGroups: asList(record.nested_groups).flatMap((entry) => {
			const group = asObject(entry);
			return group ? [{ id: asId(group.group_id), name: asText(group.group_name) }] : [];
		}),
		idpGroups: asList(record.idp_groups).flatMap((name) => asText(name) ?? []),
		createdBy: asText(record.created_by),
		createdAt: epochTime(record.created_ts),
		updatedAt: epochTime(record.updated_ts),
	};
}
