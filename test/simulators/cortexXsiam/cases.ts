import { type Call, inPath } from './call';
import { invalidRequestData } from './errors';
import { fields, isText, oneOf, refuseUnknown } from './fields';
import { anyOf, eitherOf, moment } from './filters';
import { cased, find, type Search, searchNames } from './search';
import type { CortexXsiamCase } from './state';

/** Reasons for which a case is resolved (fact sheet 7.2, 7.3). */
export const caseReasons = [
	'RESOLVED_KNOWN_ISSUE',
	'RESOLVED_DUPLICATE',
	'RESOLVED_FALSE_POSITIVE',
	'RESOLVED_OTHER',
	'RESOLVED_TRUE_POSITIVE',
	'RESOLVED_SECURITY_TESTING',
	'RESOLVED_FIXED',
	'RESOLVED_DISMISSED',
] as const;

/** From harmless to grave. */
export const severities = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

export const severityRank = ({ severity }: { severity: string }): number =>
	severities.findIndex((one) => one === severity);

const search: Search<CortexXsiamCase> = {
	items: ({ context }) => context.state.cases,
	filters: {
		case_id: eitherOf((one) => one.case_id),
		case_domain: anyOf((one) => one.case_domain),
		severity: anyOf((one) => one.severity),
		creation_time: moment((one) => one.creation_time),
		status_progress: anyOf((one) => one.status_progress),
	},
	sorts: {
		case_id: (one) => one.case_id,
		severity: severityRank,
		creation_time: (one) => one.creation_time,
	},
	sort: { field: 'creation_time', keyword: 'desc' },
	tie: (a, b) => b.case_id - a.case_id,
};

/** POST case/search, fact sheet 7.3. */
export function searchCases(call: Call): object {
	refuseUnknown(call.data, searchNames);
	const { settings } = call.context;
	const found = find(call, search);
	const page = found.page.map((one) =>
		settings.caseForm === 'seen'
			? one
			: {
					...one,
					case_id: String(one.case_id),
					creation_time: new Date(one.creation_time).toISOString(),
				},
	);
	return { reply: cased(settings.listCasing, page, found) };
}

/** The `update_data` of a case or an issue, with no other names than these. */
export function updateData({ data }: Call, known: readonly string[]) {
	const update = fields(data.update_data);
	if (!update || Object.keys(data).length > 1) throw invalidRequestData();
	if (Object.keys(update).some((name) => !known.includes(name))) throw invalidRequestData();
	return update;
}

/** POST case/update/{case-id}, fact sheet 7.3: no body. */
export function updateCase(call: Call): undefined {
	const id = inPath(call, 'id');
	const target = call.context.state.cases.find((one) => String(one.case_id) === id);
	if (!target) throw invalidRequestData();
	const update = updateData(call, ['status_progress', 'resolve_reason', 'resolve_comment']);
	const { status_progress: status, resolve_reason: reason, resolve_comment: comment } = update;
	if (!oneOf(['NEW', 'UNDER_INVESTIGATION', 'RESOLVED'] as const, status)) {
		throw invalidRequestData();
	}
	if (reason !== undefined && !oneOf(caseReasons, reason)) throw invalidRequestData();
	if (comment !== undefined && !isText(comment)) throw invalidRequestData();
	target.status_progress = status;
	target.resolve_reason = reason ?? null;
	target.resolve_comment = comment ?? null;
	target.last_modified = call.context.now();
}
