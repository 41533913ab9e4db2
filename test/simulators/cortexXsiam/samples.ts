import type {
	CortexXsiamCase,
	CortexXsiamEndpoint,
	CortexXsiamIssue,
	CortexXsiamState,
} from './state';

/** What a new tenant has to look at: little, and after the vendor's own samples. */
export function samples(): Pick<
	CortexXsiamState,
	| 'tenantInfo'
	| 'notificationRules'
	| 'cases'
	| 'caseStatuses'
	| 'caseReasons'
	| 'caseFields'
	| 'issues'
	| 'issueFields'
	| 'endpoints'
	| 'xqlRows'
> {
	return {
		tenantInfo: {
			xsiam_premium_expiration: 12_478_046_378,
			purchased_xsiam_premium: { users: 100, gb: 100, agents: 500 },
			pro_per_endpoint_expiration: 'Nov 7th 2025 07:59:59',
			purchased_pro_per_endpoint: { agents: 200 },
			data_enabled_pro_per_endpoint: 26,
			prevent_expiration: 0,
			purchased_prevent: 0,
			installed_prevent: 27,
			compute_unit_expiration: 0,
			purchased_compute_unit: 16,
			forensics_expiration: 0,
			enabled_forensics: 12,
		},
		notificationRules: [],
		cases: [oneCase(123, 'high', 'New'), oneCase(124, 'low', 'In Progress')],
		caseStatuses: ['Waiting for Vendor'],
		caseReasons: ['Resolved - Handed Over'],
		caseFields: [
			{ field_name: 'cost_center', field_pretty_name: 'Cost Center', data_type: 'TEXT' },
		],
		issueFields: [{ field_name: 'owner', field_pretty_name: 'Owner', data_type: 'TEXT' }],
		issues: [issue(123, 'HIGH', 'New'), issue(124, 'LOW', 'In Progress')],
		endpoints: [
			endpoint('e1', 'CONNECTED', 'AGENT_OS_WINDOWS'),
			endpoint('e2', 'CONNECTED', 'AGENT_OS_LINUX'),
			endpoint('e3', 'DISCONNECTED', 'AGENT_OS_MAC'),
		],
		xqlRows: [
			{
				event_id: 'eventID1',
				_vendor: 'PANW',
				_product: 'Fusion',
				insert_timestamp: 1_621_541_825_324,
				_time: 1_621_541_523_000,
				event_type: 'STORY',
				event_sub_type: 'NULL',
			},
		],
	};
}

/** With the examples of the contract for its fields (docs/api/cortex-xsiam.md, "Cases"). */
function artifact(id: number): Record<string, unknown> {
	return {
		artifact_id: `A${id}`,
		file_name: 'test',
		file_sha256: '1'.repeat(64),
		file_signature_status: 'SIGNATURE_UNAVAILABLE',
		file_wildfire_verdict: 'BENIGN',
		is_malicious: true,
		is_manual: false,
		is_process: false,
		low_confidence: false,
		type: 'HASH',
	};
}

function oneCase(id: number, severity: string, status: string): CortexXsiamCase {
	return {
		case_id: id,
		case_name: `Unauthorized access to host-${id}`,
		case_domain: 'Security',
		description: 'Unauthorized access detected',
		creation_time: 1_708_950_896_000 + id,
		modification_time: 1_708_950_896_000,
		resolved_timestamp: null,
		severity,
		user_severity: null,
		status_progress: status,
		aggregated_score: 85,
		assigned_user_mail: null,
		assigned_user_pretty_name: null,
		resolve_reason: null,
		resolve_comment: null,
		notes: null,
		starred: false,
		is_blocked: false,
		tags: [],
		hosts: [`host-${id}:e1`],
		users: ['XDR'],
		issue_ids: [id],
		issue_count: 1,
		assets: [{ asset_id: `a${id}`, asset_name: `host-${id}` }],
		custom_fields: {},
		xdr_url: `https://acme.xdr.us.paloaltonetworks.com/case-management/case/${id}`,
		artifacts: { file_artifacts: [artifact(id)], network_artifacts: [] },
	};
}

function issue(id: number, severity: string, status: string): CortexXsiamIssue {
	return {
		id,
		external_id: `abc-${id}-def`,
		name: 'Publicly Exposed Storage Bucket',
		description: 'A bucket is open to everyone',
		domain: 'Cloud Security',
		severity,
		status,
		category: 'CONFIGURATION',
		detection_method: 'CSPM_SCANNER',
		observation_time: 1_705_312_200_000 + id,
		_insert_time: '2024-01-15T10:30:00Z',
		last_modified: 1_705_312_200_000,
		asset_names: ['my-data-bucket'],
		assigned_to: null,
		is_starred: false,
		tags: [],
		case_ids: [101],
		normalized_fields: {},
		custom_fields: {},
		visible_from: 0,
	};
}

function endpoint(id: string, status: string, os: string): CortexXsiamEndpoint {
	return {
		endpoint_id: id,
		endpoint_name: `host-${id}`,
		endpoint_type: 'AGENT_TYPE_SERVER',
		endpoint_status: status,
		os_type: os,
		ip: ['10.0.0.1'],
		users: ['XDR'],
		domain: 'WORKGROUP',
		alias: '',
		first_seen: 1_606_218_761_377,
		last_seen: 1_606_218_769_163,
		is_isolated: 'AGENT_UNISOLATED',
		isolated_date: null,
		group_name: [],
		operational_status: 'PARTIALLY_PROTECTED',
		scan_status: 'SCAN_STATUS_NONE',
		content_status: 'up_to_date',
		mac_address: ['42:00:00:00:00:00'],
		active_directory: null,
	};
}
