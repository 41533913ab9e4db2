import type { IDataObject } from 'n8n-workflow';
import { epochTime } from '../../../shared/dates';
import { asBoolean, asId, asList, asObject, asText } from '../../../shared/fields';

/** A user of `GET /platform/iam/v1/user` (fact sheet 5.2). */
export function userItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'user',
		id: asId(record.user_email),
		email: asId(record.user_email),
		firstName: asText(record.user_first_name),
		lastName: asText(record.user_last_name),
		phoneNumber: asText(record.phone_number),
		// Of the role that the user has directly, not by a group.
		roleName: asText(record.role_name),
		status: asText(record.status),
		lastLoginAt: epochTime(record.last_logged_in),
		isHidden: asBoolean(record.is_hidden),
		userType: asText(record.user_type),
		groups: asList(record.groups).flatMap((entry) => {
			const group = asObject(entry);
			return group ? [{ id: asId(group.group_id), name: asText(group.group_name) }] : [];
		}),
	};
}
