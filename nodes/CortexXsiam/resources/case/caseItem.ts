import type { IDataObject } from 'n8n-workflow';
import { asObject } from '../../../shared/read';
import {
	readBoolean,
	readId,
	readList,
	readNumber,
	readObject,
	readText,
} from '../../../shared/item';
import { listedTexts } from '../shared/text';
import { readTime } from '../shared/time';
import { item } from '../shared/operation';

/**
 * A case, in the form of today's tenants or that of the older contract, whose ID is a text
 * (docs/api/cortex-xsiam.md, "Cases").
 */
export function caseItem(record: IDataObject): IDataObject {
	return item('case', {
		id: readId(record.case_id),
		name: readText(record.case_name),
		description: readText(record.description),
		domain: readText(record.case_domain),
		status: readText(record.status_progress),
		severity: readText(record.severity),
		userSeverity: readText(record.user_severity),
		score: readNumber(record.aggregated_score ?? record.score),
		assignedTo: readText(record.assigned_user_mail ?? record.assigned_to),
		assignedToName: readText(record.assigned_user_pretty_name ?? record.assigned_to_name),
		resolveReason: readText(record.resolve_reason),
		resolveComment: readText(record.resolve_comment),
		notes: readText(record.notes),
		createdAt: readTime(record.creation_time),
		lastModifiedAt: readTime(record.modification_time ?? record.last_modified),
		resolvedAt: readTime(record.resolved_timestamp),
		issueIds: listedTexts(record.issue_ids ?? record.issues),
		issueCount: readNumber(record.issue_count),
		isStarred: readBoolean(record.starred),
		isBlocked: readBoolean(record.is_blocked),
		tags: listedTexts(record.tags),
		hosts: listedTexts(record.hosts),
		users: listedTexts(record.users),
		assets: readList(asObject, record.assets),
		url: readText(record.xdr_url),
		customFields: readObject(record.custom_fields),
	});
}
