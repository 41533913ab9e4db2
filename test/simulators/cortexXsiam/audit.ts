import { type Call, header } from './call';
import { refuseUnknown } from './fields';
import { anyOf, moment } from './filters';
import { counted, find, type Search, searchNames } from './search';
import type { CortexXsiamAuditRecord } from './state';

/** What happened, in the words of the management audit log. */
interface Event {
	/** One of the vendor's entities, which the filter `type` takes. */
	entity: 'API_KEY' | 'PERMISSIONS' | 'RESPONSE' | 'EVENT_FORWARDING';
	subtype: string;
	description: string;
	objectId: string;
}

/** Records a change; the creator of keys is named as in their list. */
export function audit(call: Call, { entity, subtype, description, objectId }: Event): void {
	const { context, key, request } = call;
	const { audits } = context.state;
	audits.push({
		AUDIT_ID: (audits.at(-1)?.AUDIT_ID ?? 0) + 1,
		AUDIT_OWNER_NAME: `Public API - ${key.id}`,
		AUDIT_OWNER_EMAIL: 'N/A',
		AUDIT_ASSET_JSON: '{}',
		AUDIT_ASSET_NAMES: '',
		AUDIT_HOSTNAME: '',
		AUDIT_RESULT: 'SUCCESS',
		AUDIT_REASON: '',
		AUDIT_DESCRIPTION: description,
		AUDIT_ENTITY: entity,
		AUDIT_ENTITY_SUBTYPE: subtype,
		AUDIT_SESSION_ID: null,
		AUDIT_CASE_ID: null,
		AUDIT_INSERT_TIME: context.now(),
		AUDIT_SEVERITY: 'SEV_020_LOW',
		AUDIT_LINK: null,
		AUDIT_SOURCE_IP: request.ip,
		AUDIT_USER_AGENT: header(request, 'user-agent') ?? '',
		AUDIT_USER_ROLES: key.roles,
		AUDIT_ADDITIONAL_INFORMATION: null,
		AUDIT_OBJECT_ID: objectId,
	});
}

const search: Search<CortexXsiamAuditRecord> = {
	items: ({ context }) => context.state.audits,
	filters: {
		email: anyOf((record) => record.AUDIT_OWNER_EMAIL),
		type: anyOf((record) => record.AUDIT_ENTITY),
		sub_type: anyOf((record) => record.AUDIT_ENTITY_SUBTYPE),
		result: anyOf((record) => record.AUDIT_RESULT),
		timestamp: moment((record) => record.AUDIT_INSERT_TIME),
	},
	// The schema has `sub-type`, the examples `timestamp` (docs/api/cortex-xsiam.md, "Audit log").
	sorts: {
		type: (record) => record.AUDIT_ENTITY,
		'sub-type': (record) => record.AUDIT_ENTITY_SUBTYPE,
		result: (record) => record.AUDIT_RESULT,
		timestamp: (record) => record.AUDIT_INSERT_TIME,
	},
	sort: { field: 'timestamp', keyword: 'desc' },
	tie: (a, b) => a.AUDIT_ID - b.AUDIT_ID,
};

/** POST audits/management_logs, docs/api/cortex-xsiam.md, "Audit log". */
export function managementLogs(call: Call): object {
	refuseUnknown(call.data, searchNames);
	const found = find(call, search);
	return { reply: counted(found.page, found, 'data') };
}
