import type { IDataObject } from 'n8n-workflow';
import { done } from '../../api/schemas';
import { group, param, picker, sentAs, updateFields } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { ifGiven, refuseNothing, vendorValue } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { defined } from '../shared/text';
import { inEitherSpelling, issueReasons, issueSeverities, issueStatuses } from '../shared/words';
import type { Spelling } from '../shared/words';
import { item, operation } from '../shared/operation';
import { severityParam } from './fields';
import { issueList } from './lists';

const changed = group(
	severityParam('The severity that the issue gets', ifGiven(vendorValue)),
	param({
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: issueStatuses.options,
		default: 'In Progress',
		description: 'The status that the issue gets',
	}),
	sentAs('status_resolution_reason', {
		displayName: 'Resolution Reason',
		name: 'resolutionReason',
		type: 'options',
		options: issueReasons.options,
		default: 'Resolved - True Positive',
		description:
			"Why the issue is resolved; tenants may want it with the status 'Resolved'. An expression can give another reason that the tenant has.",
	}),
	sentAs('status_resolution_comment', {
		displayName: 'Resolution Comment',
		name: 'resolutionComment',
		type: 'string',
		default: '',
		description: 'What to note down with the reason',
	}),
);

type Changes = ValuesOf<[typeof changed]>;

/** `POST /public_api/v1/issue/{issue-id}`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update issue',
	description: 'Set the severity or the status of an issue',
	byPerson: { targets: ['status'] },
	params: [
		picker(
			{
				displayName: 'Issue',
				name: 'issue',
				description: 'The issue to change; the list shows the newest ones',
				list: issueList,
				id: {
					regex: '^[0-9]+$',
					errorMessage: 'The ID of an issue is a number, and not its external ID',
					placeholder: 'e.g. 123',
				},
			},
			locatedId(/^\d+$/, 'must be the number of an issue'),
		),
		updateFields(changed.check(refuseNothing)),
	],
	async run(api, { issue: id, updateFields: changes }) {
		const { body, sent } = await inEitherSpelling(
			(spelling) => updateData(changes, spelling),
			async (data) => ({
				...(await api.change({
					path: `public_api/v1/issue/${id}`,
					data: { update_data: data },
					answer: done,
					what: 'a confirmation that the issue was changed',
					repeatable: true,
					meanings: [
						{
							when: (_, code) => code === 400,
							message: 'Cortex XSIAM does not accept the change of the issue',
							description:
								"Check that 'Issue' is the number of an issue that exists, and that the tenant has this severity, status and reason. With the status 'Resolved' it may want 'Resolution Reason'; with another status it may refuse 'Resolution Reason' and 'Resolution Comment'.",
						},
					],
				})),
				sent: data,
			}),
		);
		return {
			item: item('issue', {
				id,
				severity: sent.severity ?? null,
				status: sent.status ?? null,
				resolutionReason: sent.status_resolution_reason ?? null,
				resolutionComment: changes.status_resolution_comment ?? null,
				updated: true,
			}),
			raw: body,
		};
	},
});

function updateData(changes: Changes, spelling: Spelling): IDataObject {
	const { severity, status, status_resolution_reason: reason } = changes;
	return defined({
		...changes,
		severity: severity && issueSeverities.in(spelling, severity),
		status: status && issueStatuses.in(spelling, status),
		status_resolution_reason: reason && issueReasons.in(spelling, reason),
	});
}
