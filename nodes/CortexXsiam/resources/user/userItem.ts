import type { IDataObject } from 'n8n-workflow';
import { listedGroups } from '../shared/text';
import { readTime } from '../shared/time';
import { readBoolean, readId, readText } from '../../../shared/item';
import { item } from '../shared/operation';

/** A user of `GET /platform/iam/v1/user` (docs/api/cortex-xsiam.md, "Users"). */
export function userItem(record: IDataObject): IDataObject {
	return item('user', {
		id: readId(record.user_email),
		email: readId(record.user_email),
		firstName: readText(record.user_first_name),
		lastName: readText(record.user_last_name),
		phoneNumber: readText(record.phone_number),
		// Of the role that the user has directly, not by a group.
		roleName: readText(record.role_name),
		status: readText(record.status),
		lastLoginAt: readTime(record.last_logged_in),
		isHidden: readBoolean(record.is_hidden),
		userType: readText(record.user_type),
		groups: listedGroups(record.groups),
	});
}
