import type { IDataObject } from 'n8n-workflow';
import { listedGroups } from '../shared/text';
import { readTime } from '../shared/time';
import { asText } from '../../../shared/read';
import { readId, readList, readText, readTexts } from '../../../shared/item';
import { item } from '../shared/operation';

/** A user group of `GET /platform/iam/v1/user-group` (docs/api/cortex-xsiam.md, "User groups"). */
export function userGroupItem(record: IDataObject): IDataObject {
	return item('userGroup', {
		id: readId(record.group_id),
		name: readText(record.group_name),
		description: readText(record.description),
		roleId: readId(record.role_id),
		roleName: readText(record.pretty_role_name),
		groupType: readText(record.group_type),
		users: readTexts(record.users),
		nestedGroups: listedGroups(record.nested_groups),
		idpGroups: readList(asText, record.idp_groups),
		createdBy: readText(record.created_by),
		createdAt: readTime(record.created_ts),
		updatedAt: readTime(record.updated_ts),
	});
}
