import type { IDataObject } from 'n8n-workflow';
import { readBoolean, readId, readObject, readText } from '../../../shared/item';
import { listedTexts } from '../shared/text';
import { readTime } from '../shared/time';
import { item } from '../shared/operation';

/**
 * An issue, which was called alert before XSIAM 3. Today's tenants have some fields under names with a
 * dot in them, which the older contract has not (docs/api/cortex-xsiam.md, "Issues").
 */
export function issueItem(record: IDataObject): IDataObject {
	return item('issue', {
		id: readId(record.id),
		externalId: readId(record.external_id),
		name: readText(record.name),
		description: readText(record.description),
		domain: readText(record.issue_domain ?? record.domain),
		severity: readText(record.severity),
		status: readText(record['status.progress'] ?? record.status),
		category: readText(record.category),
		detectionMethod: readText(record['detection.method'] ?? record.detection_method),
		observedAt: readTime(record.observation_time),
		insertedAt: readTime(record._insert_time),
		lastModifiedAt: readTime(record.last_modified),
		assetNames: listedTexts(record.asset_names),
		assignedTo: readText(record.assigned_to),
		assignedToName: readText(record.assigned_to_pretty),
		isStarred: readBoolean(record.is_starred ?? record.starred),
		tags: listedTexts(record.tags),
		caseIds: listedTexts(record.case_ids),
		// Only where they were asked for.
		normalizedFields: readObject(record.normalized_fields),
		customFields: readObject(record.custom_fields),
	});
}
