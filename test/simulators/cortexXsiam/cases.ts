import { type Call, inPath } from './call';
import { inputError, invalidRequestData } from './errors';
import { fields, isText, refuseUnknown, strings } from './fields';
import { anyOf, eitherOf, type FilterField, type FilterFields, moment } from './filters';
import { cased, find, type Search, searchNames } from './search';
import type { CortexXsiamCase } from './state';
import {
	caseReasons,
	caseSeverities,
	caseStatuses,
	demand,
	domains,
	older,
	severityRank,
	userSeverities,
	type Words,
} from './words';

/** A field that holds one of the vendor's words, and may hold one of the tenant's own. */
function wordOf(
	words: Words,
	read: (one: CortexXsiamCase) => string,
	own: (call: Call) => readonly string[] = () => [],
): FilterField<CortexXsiamCase> {
	return {
		operators: ['in'],
		test({ field, value }, call) {
			if (!strings(value)) throw inputError(`Value of ${field} must be a list of strings`);
			const { vocabulary } = call.context.settings;
			const wanted = value.map((word) => demand(words, word, vocabulary, own(call)));
			return (item) => wanted.includes(read(item));
		},
	};
}

/** What both generations filter by (docs/api/cortex-xsiam.md, "Cases"). */
const olderFilters: FilterFields<CortexXsiamCase> = {
	case_id: eitherOf((one) => one.case_id),
	case_domain: wordOf(domains, (one) => one.case_domain),
	severity: wordOf(caseSeverities, (one) => one.severity),
	creation_time: moment((one) => one.creation_time),
	status_progress: wordOf(
		caseStatuses,
		(one) => one.status_progress,
		({ context }) => context.state.caseStatuses,
	),
};

/**
 * What today's tenants filter by beside these; `modification_time` is refused
 * (docs/api/cortex-xsiam.md, "Cases").
 */
const filters: FilterFields<CortexXsiamCase> = {
	...olderFilters,
	last_update_time: moment((one) => one.modification_time),
	starred: {
		operators: ['in'],
		test({ field, value }) {
			const isList = Array.isArray(value) && value.every((one) => typeof one === 'boolean');
			if (!isList) throw inputError(`Value of ${field} must be a list of booleans`);
			return ({ starred }) => value.includes(starred);
		},
	},
	assigned_user: anyOf((one) => one.assigned_user_mail),
	assigned_user_pretty: anyOf((one) => one.assigned_user_pretty_name),
	asset_ids: anyOf((one) => one.assets.map(({ asset_id: id }) => String(id))),
	asset_names: anyOf((one) => one.assets.map(({ asset_name: name }) => String(name))),
};

const search: Search<CortexXsiamCase> = {
	items: ({ context }) => context.state.cases,
	filters,
	sorts: {
		case_id: (one) => one.case_id,
		severity: severityRank,
		creation_time: (one) => one.creation_time,
		modification_time: (one) => one.modification_time,
	},
	sort: { field: 'creation_time', keyword: 'desc' },
	tie: (a, b) => b.case_id - a.case_id,
};

/**
 * POST case/search: docs/api/cortex-xsiam.md, "Cases" and docs/api/cortex-xsiam.md, "Cases"; for both
 * forms of an item and both vocabularies.
 */
export function searchCases(call: Call): object {
	refuseUnknown(call.data, searchNames);
	const { settings } = call.context;
	const isOlder = settings.vocabulary === '3.4';
	const found = find(call, isOlder ? { ...search, filters: olderFilters } : search);
	const page = settings.caseForm === 'seen' ? found.page : found.page.map(olderForm);
	return { reply: cased(settings.listCasing, page, found) };
}

/**
 * An item as the contract of XSIAM 3.4 has it: its schema and its sample (docs/api/cortex-xsiam.md,
 * "Cases").
 */
function olderForm(one: CortexXsiamCase): object {
	return {
		case_id: String(one.case_id),
		creation_time: new Date(one.creation_time).toISOString(),
		case_domain: older(domains, one.case_domain),
		status_progress: older(caseStatuses, one.status_progress),
		severity: older(caseSeverities, one.severity),
		score: one.aggregated_score,
		description: one.description,
		assigned_to: one.assigned_user_mail,
		assigned_to_name: one.assigned_user_pretty_name,
		resolve_reason: one.resolve_reason && older(caseReasons, one.resolve_reason),
		resolve_comment: one.resolve_comment,
		last_modified: one.modification_time,
		custom_fields: one.custom_fields,
		issues: one.issue_ids.map(String),
		assets: [],
		artifacts: [],
	};
}

/** The `update_data` of a case or an issue, with no other names than these. */
export function updateData({ data }: Call, known: readonly string[]) {
	const update = fields(data.update_data);
	if (!update || Object.keys(data).length > 1) throw invalidRequestData();
	if (Object.keys(update).some((name) => !known.includes(name))) throw invalidRequestData();
	return update;
}

const resolutionNames = ['status_progress', 'resolve_reason', 'resolve_comment'];

/**
 * POST case/update/{case-id}: no body. Today's form by docs/api/cortex-xsiam.md, "Cases"; the older one
 * by docs/api/cortex-xsiam.md, "Cases".
 */
export function updateCase(call: Call): undefined {
	const id = inPath(call, 'id');
	const target = call.context.state.cases.find((one) => String(one.case_id) === id);
	if (!target) throw invalidRequestData();
	if (call.context.settings.vocabulary === '3.4') updateOlder(call, target);
	else updateToday(call, target);
	target.modification_time = call.context.now();
}

function updateOlder(call: Call, target: CortexXsiamCase): void {
	const update = updateData(call, resolutionNames);
	const { resolve_reason: reason, resolve_comment: comment } = update;
	const status = demand(caseStatuses, update.status_progress, '3.4');
	if (comment !== undefined && !isText(comment)) throw invalidRequestData();
	target.resolve_reason = reason === undefined ? null : demand(caseReasons, reason, '3.4');
	target.status_progress = status;
	target.resolve_comment = comment ?? null;
}

function updateToday(call: Call, target: CortexXsiamCase): void {
	const { settings, state, now } = call.context;
	const { vocabulary } = settings;
	const custom = state.caseFields.map(({ field_name: name }) => name);
	const update = updateData(call, [
		...resolutionNames,
		'user_severity',
		'assigned_user',
		'notes',
		...custom,
	]);
	const values = Object.values(update);
	if (values.length === 0 || values.includes(null)) throw invalidRequestData();
	const { status_progress, resolve_reason: reason, resolve_comment: comment } = update;
	const status =
		status_progress === undefined
			? target.status_progress
			: demand(caseStatuses, status_progress, vocabulary, state.caseStatuses);
	const isResolved = status === 'Resolved' && status_progress !== undefined;
	if (isResolved !== (reason !== undefined)) throw invalidRequestData();
	if (comment !== undefined && (!isResolved || !isText(comment))) throw invalidRequestData();
	const { user_severity: severity, assigned_user: user, notes } = update;
	const isUser = (email: unknown) => state.users.some((one) => one.user_email === email);
	if (user !== undefined && !isUser(user)) throw invalidRequestData();
	if (notes !== undefined && !isText(notes)) throw invalidRequestData();
	const given =
		severity === undefined || severity === '' ? null : demand(userSeverities, severity, vocabulary);
	if (isResolved) {
		target.resolve_reason = demand(caseReasons, reason, vocabulary, state.caseReasons);
		target.resolve_comment = comment ?? null;
		target.resolved_timestamp = now();
	} else if (status_progress !== undefined) {
		target.resolve_reason = null;
		target.resolve_comment = null;
		target.resolved_timestamp = null;
	}
	target.status_progress = status;
	if (severity !== undefined) target.user_severity = given;
	if (user !== undefined) target.assigned_user_mail = user as string;
	if (notes !== undefined) target.notes = String(notes);
	for (const name of custom) if (name in update) target.custom_fields[name] = update[name];
}

/**
 * GET case/schema: docs/api/cortex-xsiam.md, "Cases"; of the vendor's current page; custom fields are
 * among them.
 */
export function caseSchema({ context }: Call): object {
	const own = ['case_id', 'case_name', 'status_progress', 'severity'].map((name) => ({
		field_name: name,
		field_pretty_name: name.replaceAll('_', ' '),
		data_type: name === 'case_id' ? 'NUMBER' : 'TEXT',
	}));
	return { reply: [...own, ...context.state.caseFields] };
}

/**
 * GET case/artifacts/{case-id}: a bare list, as the vendor's current page and a live tenant have it, or
 * `reply.DATA`, as the contract of XSIAM 3.4 has it with its misspelt field (docs/api/cortex-xsiam.md,
 * "Cases").
 */
export function caseArtifacts(call: Call): object {
	const { settings, state } = call.context;
	const id = inPath(call, 'id');
	const found = state.cases.find((one) => String(one.case_id) === id);
	if (!found) throw invalidRequestData();
	const { file_artifacts: files, network_artifacts: networks } = found.artifacts;
	const flag = settings.caseForm === 'seen' ? 'is_malicious' : 'is_malicous';
	const listed = (rows: Array<Record<string, unknown>>) => ({
		DATA: rows.map(({ is_malicious: malicious, ...row }) => ({ ...row, [flag]: malicious })),
		TOTAL_COUNT: rows.length,
	});
	const record = {
		case_id: found.case_id,
		file_artifacts: listed(files),
		network_artifacts: listed(networks),
	};
	return settings.caseForm === 'seen' ? [record] : { reply: { DATA: [record] } };
}
