import type { IDataObject } from 'n8n-workflow';
import { epochTime } from '../../../shared/dates';
import { asBoolean, asId, asText } from '../../../shared/fields';

/** A role of `GET /platform/iam/v1/role` (fact sheet 5.2). */
export function roleItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'role',
		id: asId(record.role_id),
		name: asText(record.pretty_name),
		description: asText(record.description),
		isCustom: asBoolean(record.is_custom),
		createdBy: asText(record.created_by),
		createdAt: epochTime(record.created_ts),
		updatedAt: epochTime(record.updated_ts),
	};
}
