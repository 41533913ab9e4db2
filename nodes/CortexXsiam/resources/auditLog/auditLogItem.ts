import type { IDataObject } from 'n8n-workflow';
import { readTime } from '../shared/time';
import { readId, readText, readTexts } from '../../../shared/item';
import { item } from '../shared/operation';

/** An entry of the management audit log (docs/api/cortex-xsiam.md, "Audit log"). */
export function auditLogItem(record: IDataObject): IDataObject {
	return item('auditLog', {
		id: readId(record.AUDIT_ID),
		insertedAt: readTime(record.AUDIT_INSERT_TIME),
		auditType: readText(record.AUDIT_ENTITY),
		subType: readText(record.AUDIT_ENTITY_SUBTYPE),
		result: readText(record.AUDIT_RESULT),
		reason: readText(record.AUDIT_REASON),
		description: readText(record.AUDIT_DESCRIPTION),
		severity: readText(record.AUDIT_SEVERITY),
		userName: readText(record.AUDIT_OWNER_NAME),
		email: readText(record.AUDIT_OWNER_EMAIL),
		userRoles: readTexts(record.AUDIT_USER_ROLES),
		sourceIp: readText(record.AUDIT_SOURCE_IP),
		hostName: readText(record.AUDIT_HOSTNAME),
		caseId: readId(record.AUDIT_CASE_ID),
		objectId: readId(record.AUDIT_OBJECT_ID),
	});
}
