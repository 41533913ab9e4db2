import type { IDataObject } from 'n8n-workflow';
import { asBoolean, asId, asObject, asText } from '../../../shared/fields';
import { listedTexts } from '../shared/text';
import { vendorTime } from '../shared/time';

/** An issue, which was called alert before XSIAM 3 (fact sheet 7.2). */
export function issueItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'issue',
		id: asId(record.id),
		externalId: asId(record.external_id),
		name: asText(record.name),
		description: asText(record.description),
		domain: asText(record.domain),
		severity: asText(record.severity),
		status: asText(record.status),
		category: asText(record.category),
		detectionMethod: asText(record.detection_method),
		observedAt: vendorTime(record.observation_time),
		insertedAt: vendorTime(record._insert_time),
		lastModifiedAt: vendorTime(record.last_modified),
		assetNames: listedTexts(record.asset_names),
		assignedTo: asText(record.assigned_to),
		isStarred: asBoolean(record.is_starred),
		tags: listedTexts(record.tags),
		caseIds: listedTexts(record.case_ids),
		// Only where they were asked for.
		normalizedFields: asObject(record.normalized_fields),
		customFields: asObject(record.custom_fields),
	};
}
