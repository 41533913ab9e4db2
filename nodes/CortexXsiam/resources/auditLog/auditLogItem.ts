import type { IDataObject } from 'n8n-workflow';
import { vendorTime } from '../shared/time';
import { asId, asText, asTexts } from '../../../shared/fields';

/** An entry of the management audit log (fact sheet 6). */
export function auditLogItem(record: IDataObject): IDataObject {
	return {
		vendor: 'cortexXsiam',
		type: 'auditLog',
		id: asId(record.AUDIT_ID),
		insertedAt: vendorTime(record.AUDIT_INSERT_TIME),
		auditType: asText(record.AUDIT_ENTITY),
		subType: asText(record.AUDIT_ENTITY_SUBTYPE),
		result: asText(record.AUDIT_RESULT),
		reason: asText(record.AUDIT_REASON),
		description: asText(record.AUDIT_DESCRIPTION),
		severity: asText(record.AUDIT_SEVERITY),
		userName: asText(record.AUDIT_OWNER_NAME),
		email: asText(record.AUDIT_OWNER_EMAIL),
		userRoles: asTexts(record.AUDIT_USER_ROLES),
		sourceIp: asText(record.AUDIT_SOURCE_IP),
		hostName: asText(record.AUDIT_HOSTNAME),
		caseId: asId(record.AUDIT_CASE_ID),
		objectId: asId(record.AUDIT_OBJECT_ID),
	};
}
