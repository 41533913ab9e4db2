import type { IDataObject } from 'n8n-workflow';
import { readTime } from '../shared/time';
import { readBoolean, readId, readText } from '../../../shared/item';
import { item } from '../shared/operation';

/** A role of `GET /platform/iam/v1/role` (docs/api/cortex-xsiam.md, "Roles"). */
export function roleItem(record: IDataObject): IDataObject {
	return item('role', {
		id: readId(record.role_id),
		name: readText(record.pretty_name),
		description: readText(record.description),
		isCustom: readBoolean(record.is_custom),
		createdBy: readText(record.created_by),
		createdAt: readTime(record.created_ts),
		updatedAt: readTime(record.updated_ts),
	});
}
