import type { Permission } from './permissions';

export type SecurityLevel = 'standard' | 'advanced';

export interface CortexXsiamKey {
	id: number;
	secret: string;
	securityLevel: SecurityLevel;
	/** Display names of roles. */
	roles: string[];
	comment: string | null;
	/** Milliseconds since the epoch; `null`: never. */
	expiration: number | null;
	/** Milliseconds since the epoch. */
	creationTime: number;
	createdBy: string;
	userName: string;
	/** The tenant named by the call that issued the key. */
	childTenantId: string | null;
	/** In place of what its roles permit. */
	permissions?: Permission[];
}

export interface CortexXsiamRole {
	role_id: string;
	/** The display name; never the same as `role_id`. */
	pretty_name: string;
	description: string;
	is_custom: boolean;
	created_by: string;
	created_ts: number;
	updated_ts: number;
	permissions: Permission[];
}

/** A user as both families know it; what one is without is left out of its answers. */
export interface CortexXsiamUser {
	user_email?: string;
	user_first_name?: string;
	user_last_name?: string;
	phone_number?: string | null;
	/** Display name of the direct role; empty: none. */
	role_name?: string | null;
	status?: string;
	last_logged_in?: number | null;
	is_hidden?: boolean;
	user_type?: string;
	scope?: unknown[];
}

export interface CortexXsiamUserGroup {
	group_id: string;
	group_name: string;
	description: string | null;
	role_id: string | null;
	created_by: string;
	created_ts: number;
	updated_ts: number;
	/** Emails. */
	users: string[];
	group_type: 'custom' | 'ad_type';
	nested_group_ids: string[];
	idp_groups: string[];
}

export const scopeModes = ['no_scope', 'see_all', 'scope', 'any'] as const;

export type ScopeMode = (typeof scopeModes)[number];

export interface CortexXsiamDatasetFilter {
	dataset: string;
	filter: string;
}

/** What a user, a user group or a key may see. */
export interface CortexXsiamScope {
	endpointGroups: { mode: ScopeMode; names: string[] };
	endpointTags: { mode: ScopeMode; names: string[] };
	casesIssues: { mode: ScopeMode; names: string[] };
	assets: { mode: ScopeMode; ids: number[] };
	datasetsRows: { mode: ScopeMode; filters: CortexXsiamDatasetFilter[] };
}

interface Tag {
	tag_id: string;
	tag_name: string;
}

/** What a scope can name. */
export interface CortexXsiamScopeTargets {
	endpointGroups: Tag[];
	endpointTags: Tag[];
	casesIssues: Tag[];
	assetGroups: Array<{ asset_group_id: number; asset_group_name: string }>;
}

/**
 * A record of the management audit log, as the vendor sends it (docs/api/cortex-xsiam.md, "Audit log").
 */
export interface CortexXsiamAuditRecord {
	AUDIT_ID: number;
	AUDIT_OWNER_NAME: string;
	AUDIT_OWNER_EMAIL: string;
	AUDIT_ASSET_JSON: string;
	AUDIT_ASSET_NAMES: string;
	AUDIT_HOSTNAME: string;
	AUDIT_RESULT: string;
	AUDIT_REASON: string;
	AUDIT_DESCRIPTION: string;
	AUDIT_ENTITY: string;
	AUDIT_ENTITY_SUBTYPE: string;
	AUDIT_SESSION_ID: number | null;
	AUDIT_CASE_ID: number | null;
	AUDIT_INSERT_TIME: number;
	AUDIT_SEVERITY: string;
	AUDIT_LINK: string | null;
	AUDIT_SOURCE_IP: string;
	AUDIT_USER_AGENT: string;
	AUDIT_USER_ROLES: string[];
	AUDIT_ADDITIONAL_INFORMATION: Record<string, unknown> | null;
	AUDIT_OBJECT_ID: string | null;
}

export interface CortexXsiamNotificationRule {
	rule_uuid: string;
	name: string;
	description: string;
	forward_type: 'alert' | 'audit' | 'agent_audit' | 'case';
	filter: unknown;
	forward_source: unknown;
	applications: unknown[];
	time_zone: unknown;
	mail_format: unknown;
	syslog_format: unknown;
	slack_format: unknown;
	created_by: string;
	status: 'enable' | 'disable';
}

/** A case as today's tenants send it (docs/api/cortex-xsiam.md, "Cases"), in their words. */
export interface CortexXsiamCase {
	case_id: number;
	case_name: string;
	case_domain: string;
	description: string;
	creation_time: number;
	modification_time: number;
	resolved_timestamp: number | null;
	severity: string;
	user_severity: string | null;
	status_progress: string;
	aggregated_score: number | null;
	assigned_user_mail: string | null;
	assigned_user_pretty_name: string | null;
	resolve_reason: string | null;
	resolve_comment: string | null;
	notes: string | null;
	starred: boolean;
	is_blocked: boolean;
	tags: string[];
	hosts: string[];
	users: string[];
	issue_ids: number[];
	issue_count: number;
	assets: Array<Record<string, unknown>>;
	custom_fields: Record<string, unknown>;
	xdr_url: string;
	/** Of a call of their own; never sent with the case. */
	artifacts: {
		file_artifacts: Array<Record<string, unknown>>;
		network_artifacts: Array<Record<string, unknown>>;
	};
}

/** A field of the schema of cases or issues. */
export interface CortexXsiamField {
	field_name: string;
	field_pretty_name: string;
	data_type: string;
}

export interface CortexXsiamIssue {
	id: number;
	external_id: string;
	name: string;
	description: string;
	domain: string;
	severity: string;
	status: string;
	status_resolution_reason?: string;
	status_resolution_comment?: string;
	category: string;
	detection_method: string;
	observation_time: number;
	/** ISO 8601. */
	_insert_time: string;
	last_modified: number;
	asset_names: string[];
	assigned_to: string | null;
	is_starred: boolean;
	tags: string[];
	case_ids: number[];
	normalized_fields: Record<string, unknown>;
	custom_fields: Record<string, unknown>;
	/** Since when a search finds it; never sent. */
	visible_from: number;
}

export interface CortexXsiamEndpoint {
	endpoint_id: string;
	endpoint_name: string;
	endpoint_type: string;
	/** `CONNECTED`: carries out actions; others leave them pending. */
	endpoint_status: string;
	os_type: string;
	ip: string[];
	users: string[];
	domain: string;
	alias: string;
	first_seen: number;
	last_seen: number;
	is_isolated: string;
	isolated_date: number | null;
	group_name: string[];
	operational_status: string;
	scan_status: string;
	content_status: string;
	mac_address: string[];
	active_directory: unknown;
}

/** An isolation, or the end of one. */
export interface CortexXsiamAction {
	isolate: boolean;
	endpointIds: string[];
	/** How many more times it is not done yet. */
	pendingPolls: number;
	fails: boolean;
}

export interface CortexXsiamQuery {
	id: string;
	query: string;
	startedAt: number;
	/** How many more times it is PENDING. */
	pendingPolls: number;
	rows: Array<Record<string, unknown>>;
}

export interface CortexXsiamDataset {
	schema: Record<string, 'text' | 'number' | 'bool' | 'datetime'>;
	rows: Array<Record<string, unknown>>;
}

export interface CortexXsiamState {
	keys: Map<number, CortexXsiamKey>;
	roles: CortexXsiamRole[];
	users: CortexXsiamUser[];
	userGroups: CortexXsiamUserGroup[];
	/** By `<entity type>/<entity id>`; none: unscoped. */
	scopes: Map<string, CortexXsiamScope>;
	scopeTargets: CortexXsiamScopeTargets;
	childTenants: Set<string>;
	/** Oldest first. */
	audits: CortexXsiamAuditRecord[];
	tenantInfo: Record<string, unknown>;
	notificationRules: CortexXsiamNotificationRule[];
	cases: CortexXsiamCase[];
	/** Statuses that the tenant has beside the vendor's. */
	caseStatuses: string[];
	/** Reasons for which cases are resolved that the tenant has beside the vendor's. */
	caseReasons: string[];
	/** Fields that the tenant has beside the vendor's. */
	caseFields: CortexXsiamField[];
	issueFields: CortexXsiamField[];
	issues: CortexXsiamIssue[];
	endpoints: CortexXsiamEndpoint[];
	/** Lookup datasets, by name. */
	datasets: Map<string, CortexXsiamDataset>;
	/** What was written into war rooms. */
	entries: Array<{ room: string; text: string; isCommand: boolean }>;
	/** By the number that isolate and unisolate answer as a string. */
	actions: Map<number, CortexXsiamAction>;
	nextActionId: number;
	/** What every query finds. */
	xqlRows: Array<Record<string, unknown>>;
	/** Of the day, by id. */
	xqlQueries: Map<string, CortexXsiamQuery>;
	/** Queries refused because too many ran at once. */
	xqlRejected: number;
	nextKeyId: number;
	/** The next number in the ids of roles and groups. */
	nextNumber: number;
	/** `<key id>:<nonce>` of all advanced calls. */
	nonces: Set<string>;
}
