import { randomUUID } from 'node:crypto';
import { type Call, inPath } from './call';
import { updateData } from './cases';
import { inputError, invalidRequestData } from './errors';
import { fields, isInteger, isText, oneOf, refuseUnknown, strings } from './fields';
import { anyNumberOf, anyOf, eitherOf, type FilterFields, moment } from './filters';
import { counted, find, type Search, searchNames } from './search';
import type { CortexXsiamSettings } from './settings';
import type { CortexXsiamIssue } from './state';
import {
	demand,
	domains,
	issueReasons,
	issueSeverities,
	issueStatuses,
	meant,
	severityRank,
	type Words,
} from './words';

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

/** POST issue/search, docs/api/cortex-xsiam.md, "Issues". */
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
		...(settings.issueListForm === 'seen' ? seenForm(one) : one),
		visible_from: undefined,
		...Object.fromEntries(
			extraFields.map((name) => [name, wanted.includes(name) ? one[name] : undefined]),
		),
	}));
	return {
		reply:
			settings.issueListForm === 'seen'
				? { DATA: page, FILTER_COUNT: found.filtered, TOTAL_COUNT: found.total }
				: counted(page, found, 'issues'),
	};
}

/** Of a live tenant, two names have a dot in them (docs/api/cortex-xsiam.md, "Issues"). */
function seenForm({ status, detection_method: method, ...one }: CortexXsiamIssue): object {
	return { ...one, 'status.progress': status, 'detection.method': method };
}

const textNames = ['name', 'description', 'category'] as const;

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

/**
 * POST issue: accepted, and found by a search some time later. Today's tenants demand `issue_domain`
 * and a severity (docs/api/cortex-xsiam.md, "Issues"), the contract of 3.4 `domain`
 * (docs/api/cortex-xsiam.md, "Issues").
 */
export function createIssue(call: Call): object {
	const { context, data } = call;
	const { settings, state } = context;
	const issue = fields(data.issue);
	if (!issue || Object.keys(data).length > 1) throw invalidRequestData();
	const { vocabulary } = settings;
	const domainName =
		vocabulary === '3.4' || (vocabulary === 'both' && issue.issue_domain === undefined)
			? 'domain'
			: 'issue_domain';
	const known = [...textNames, domainName, 'observation_time', 'severity', ...optionalNames];
	if (Object.keys(issue).some((name) => !known.includes(name))) throw invalidRequestData();
	const [name, description, category] = textNames.map((one) => issue[one]);
	const { observation_time: observed, tags = [], assigned_to: owner } = issue;
	if (![name, description, category].every(isText)) throw invalidRequestData();
	const isLeftOut = vocabulary === '3.4' && issue.severity === undefined;
	const severity = isLeftOut ? 'MEDIUM' : demand(issueSeverities, issue.severity, vocabulary);
	// What a tenant names its domains is its own affair.
	const domain = issue[domainName];
	if (!isText(domain) || !isTaken(domain, vocabulary)) throw invalidRequestData();
	if (!isInteger(observed)) throw invalidRequestData();
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
		domain: meant(domains, domain, vocabulary) ?? domain,
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

/** A tenant takes its own words for a domain, and not those of the other vocabulary. */
function isTaken(domain: string, vocabulary: CortexXsiamSettings['vocabulary']): boolean {
	const isKnown = meant(domains, domain, 'both') !== undefined;
	return !isKnown || meant(domains, domain, vocabulary) !== undefined;
}

/**
 * POST issue/{issue-id}: no body. docs/api/cortex-xsiam.md, "Issues"; and docs/api/cortex-xsiam.md,
 * "Issues" for today's words.
 */
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
	const { status_resolution_reason: reason, status_resolution_comment: comment } = update;
	if (update.severity === undefined && update.status === undefined) throw invalidRequestData();
	const { vocabulary } = context.settings;
	const said = (words: Words, value: unknown, now: string) =>
		value === undefined ? now : demand(words, value, vocabulary);
	const severity = said(issueSeverities, update.severity, target.severity);
	const status = said(issueStatuses, update.status, target.status);
	if (update.status !== undefined && status === 'Resolved' && reason === undefined) {
		throw invalidRequestData();
	}
	const meantReason = reason === undefined ? undefined : demand(issueReasons, reason, vocabulary);
	if (comment !== undefined && !isText(comment)) throw invalidRequestData();
	Object.assign(target, { severity, status, last_modified: context.now() });
	if (meantReason !== undefined) target.status_resolution_reason = meantReason;
	if (comment !== undefined) target.status_resolution_comment = comment;
}

/**
 * POST issue/schema, without a body: `reply.DATA`, or `reply.data` as the contract of 3.4 has it
 * (docs/api/cortex-xsiam.md, "Issues"); custom fields are among them.
 */
export function issueSchema({ context }: Call): object {
	const own = ['id', 'name', 'severity', 'status.progress'].map((name) => ({
		field_name: name,
		field_pretty_name: name.replaceAll(/[_.]/gu, ' '),
		data_type: name === 'id' ? 'NUMBER' : 'TEXT',
	}));
	const rows = [...own, ...context.state.issueFields];
	return { reply: context.settings.issueListForm === 'seen' ? { DATA: rows } : { data: rows } };
}
