import { randomUUID } from 'node:crypto';
import { type Call, inPath } from './call';
import { caseReasons, severities, severityRank, updateData } from './cases';
import { inputError, invalidRequestData } from './errors';
import { fields, isInteger, isText, oneOf, refuseUnknown, strings } from './fields';
import { anyNumberOf, anyOf, eitherOf, type FilterFields, moment } from './filters';
import { find, type Search, searchNames } from './search';
import type { CortexXsiamIssue } from './state';

/** Filters for what the simulator's issues do not have: known to the vendor, never met. */
const unmet: FilterFields<CortexXsiamIssue> = Object.fromEntries(
	[
		'detection.rule_id',
		'asset_ids',
		'asset_classes',
		'asset_group_ids',
		'asset_categories',
		'asset_regions',
		'asset_providers',
		'asset_accounts',
		'asset_types',
		'asset_external_provider_ids',
		'asset_cloud_account_names',
	].map((name) => [name, eitherOf<CortexXsiamIssue>(() => null)]),
);

const search: Search<CortexXsiamIssue> = {
	items: ({ context }) => context.state.issues.filter((one) => one.visible_from <= context.now()),
	filters: {
		...unmet,
		id: anyNumberOf((one) => one.id),
		external_id: anyOf((one) => one.external_id),
		'detection.method': anyOf((one) => one.detection_method),
		issue_domain: anyOf((one) => one.domain),
		severity: anyOf((one) => one.severity),
		_insert_time: moment((one) => Date.parse(one._insert_time)),
		last_modified: moment((one) => one.last_modified),
		'status.progress': anyOf((one) => one.status),
		assigned_to: anyOf((one) => one.assigned_to),
		assigned_to_pretty: anyOf((one) => one.assigned_to),
		observation_time: moment((one) => one.observation_time),
		category: anyOf((one) => one.category),
		asset_names: anyOf((one) => one.asset_names),
	},
	sorts: {
		id: (one) => one.id,
		severity: severityRank,
		observation_time: (one) => one.observation_time,
	},
	sort: { field: 'observation_time', keyword: 'desc' },
	tie: (a, b) => b.id - a.id,
};

const extraFields = ['normalized_fields', 'custom_fields'] as const;

/** POST issue/search, fact sheet 7.2. */
export function searchIssues(call: Call): object {
	const { body, context, data } = call;
	const { settings } = context;
	refuseUnknown(data, [...searchNames, 'include_fields']);
	const where = settings.issuePaging === 'inside' ? data : body;
	const found = find(call, search, where);
	const { include_fields: wanted = [] } = where;
	if (!strings(wanted) || !wanted.every((name) => oneOf(extraFields, name))) {
		throw inputError('Invalid include_fields');
	}
	const page = found.page.map((one) => ({
		...one,
		visible_from: undefined,
		...Object.fromEntries(
			extraFields.map((name) => [name, wanted.includes(name) ? one[name] : undefined]),
		),
	}));
	return {
		reply:
			settings.issueListForm === 'seen'
				? { DATA: page, FILTER_COUNT: found.filtered, TOTAL_COUNT: found.total }
				: { total_count: found.filtered, result_count: page.length, issues: page },
	};
}

const textNames = ['name', 'description', 'domain', 'category'] as const;

const optionalNames = [
	'owner',
	'asset_ids',
	'mitre_tactics',
	'mitre_techniques',
	'type',
	'remediation',
	'extended_description',
	'impact',
	'initial_evidence',
	'tags',
	'is_excluded',
	'is_starred',
	'assigned_to',
	'assigned_to_pretty',
	'normalized_fields',
	'custom_fields',
];

/** POST issue, fact sheet 7.2: accepted, and found by a search some time later. */
export function createIssue(call: Call): object {
	const { context, data } = call;
	const { settings, state } = context;
	const issue = fields(data.issue);
	if (!issue || Object.keys(data).length > 1) throw invalidRequestData();
	const known = [...textNames, 'observation_time', 'severity', ...optionalNames];
	if (Object.keys(issue).some((name) => !known.includes(name))) throw invalidRequestData();
	const [name, description, domain, category] = textNames.map((one) => issue[one]);
	const { observation_time: observed, severity, tags = [], assigned_to: owner } = issue;
	if (![name, description, domain, category].every(isText)) throw invalidRequestData();
	if (!isInteger(observed) || !oneOf(severities, severity)) throw invalidRequestData();
	if (!strings(tags) || (owner !== undefined && !isText(owner))) throw invalidRequestData();
	const normalized = fields(issue.normalized_fields ?? {});
	const custom = fields(issue.custom_fields ?? {});
	if (!normalized || !custom) throw invalidRequestData();

	const now = context.now();
	const created: CortexXsiamIssue = {
		id: state.issues.reduce((highest, one) => Math.max(highest, one.id), 0) + 1,
		external_id: randomUUID().replaceAll('-', ''),
		name: String(name),
		description: String(description),
		domain: String(domain),
		severity,
		status: 'New',
		category: String(category),
		detection_method: 'CREATE_ALERT_PUBLIC_API',
		observation_time: observed,
		_insert_time: new Date(now).toISOString(),
		last_modified: now,
		asset_names: [],
		assigned_to: owner ?? null,
		is_starred: issue.is_starred === true,
		tags,
		case_ids: [],
		normalized_fields: normalized,
		custom_fields: custom,
		visible_from: now + settings.issueDelayMs,
	};
	state.issues.push(created);
	return { external_id: created.external_id, detection_method: created.detection_method };
}

/** POST issue/{issue-id}, fact sheet 7.2: no body. */
export function updateIssue(call: Call): undefined {
	const { context } = call;
	const id = inPath(call, 'id');
	const target = context.state.issues.find((one) => String(one.id) === id);
	if (!target) throw invalidRequestData();
	const update = updateData(call, [
		'severity',
		'status',
		'status_resolution_reason',
		'status_resolution_comment',
	]);
	const { severity = target.severity, status = target.status } = update;
	const { status_resolution_reason: reason, status_resolution_comment: comment } = update;
	if (update.severity === undefined && update.status === undefined) throw invalidRequestData();
	if (!oneOf(severities, severity)) throw invalidRequestData();
	if (!oneOf(['New', 'In Progress', 'Resolved'] as const, status)) throw invalidRequestData();
	if (reason !== undefined && !oneOf([...caseReasons, 'RESOLVED_RISK_ACCEPTED'] as const, reason)) {
		throw invalidRequestData();
	}
	if (update.status === 'Resolved' && reason === undefined) throw invalidRequestData();
	if (comment !== undefined && !isText(comment)) throw invalidRequestData();
	Object.assign(target, { severity, status, last_modified: context.now() });
	if (reason !== undefined) target.status_resolution_reason = reason;
	if (comment !== undefined) target.status_resolution_comment = comment;
}
