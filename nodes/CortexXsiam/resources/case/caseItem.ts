import type { IDataObject } from 'n8n-workflow';
import { asId, asNumber, asObject, asText } from '../../../shared/fields';
import { listedTexts } from '../shared/text';
import { vendorTime } from '../shared/time';

/** A case; its ID is a number on real tenants and a text in the contract (fact sheet 7.3). */
export function caseItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'case',
		id: asId(record.case_id),
		description: asText(record.description),
		domain: asText(record.case_domain),
		status: asText(record.status_progress),
		severity: asText(record.severity),
		score: asNumber(record.score),
		assignedTo: asText(record.assigned_to),
		assignedToName: asText(record.assigned_to_name),
		resolveReason: asText(record.resolve_reason),
		resolveComment: asText(record.resolve_comment),
		createdAt: vendorTime(record.creation_time),
		lastModifiedAt: vendorTime(record.last_modified),
		issueIds: listedTexts(record.issues),
		customFields: asObject(record.custom_fields),
	};
}
