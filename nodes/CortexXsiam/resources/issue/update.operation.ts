import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import { updateFields } from '../../../shared/description';
import { choice, ifGiven, optionalText, refuse } from '../../../shared/input';
import { locatedId, locator } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { SEVERITIES, issueReasons, reasonOptions, severities } from '../shared/resolution';
import { STATUSES, statuses } from './status';

interface Changes {
	severity?: string;
	status?: string;
	resolutionReason?: string;
	resolutionComment?: string;
}

/** `POST /public_api/v1/issue/{issue-id}`. Source: "Update an issue"; fact sheet 7.2. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update issue',
	description: 'Set the severity or the status of an issue',
	fields: [
		locator({
			displayName: 'Issue',
			name: 'issue',
			description: 'The issue to change; the list shows the newest ones',
			searchListMethod: 'searchIssues',
			id: {
				regex: '^[0-9]+$',
				errorMessage: 'The ID of an issue is a number, and not its external ID',
				placeholder: 'e.g. 123',
			},
		}),
		updateFields(
			{
				displayName: 'Resolution Comment',
				name: 'resolutionComment',
				type: 'string',
				default: '',
				description: "What to note down with the reason, where the status is 'Resolved'",
			},
			{
				displayName: 'Resolution Reason',
				name: 'resolutionReason',
				type: 'options',
				options: reasonOptions(issueReasons),
				default: 'RESOLVED_TRUE_POSITIVE',
				description: "Why the issue is resolved; needed where the status is 'Resolved'",
			},
			{
				displayName: 'Severity',
				name: 'severity',
				type: 'options',
				options: SEVERITIES,
				default: 'MEDIUM',
				description: 'The severity that the issue gets',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: STATUSES,
				default: 'In Progress',
				description: 'The status that the issue gets',
			},
		),
	],
	input: z.object({
		issue: locatedId(/^\d+$/, 'must be the number of an issue'),
		updateFields: z
			.object({
				severity: ifGiven(choice(severities)),
				status: ifGiven(choice(statuses)),
				resolutionReason: ifGiven(choice(issueReasons)),
				resolutionComment: optionalText,
			})
			.superRefine(checkChanges),
	}),
	async run(api: CortexXsiamApi, { issue: id, updateFields: changes }) {
		const { severity, status, resolutionReason, resolutionComment } = changes;
		const { body } = await api.change({
			path: `public_api/v1/issue/${id}`,
			data: {
				update_data: {
					severity,
					status,
					status_resolution_reason: resolutionReason,
					status_resolution_comment: resolutionComment,
				},
			},
			answer: done,
			what: 'a word on the changed issue',
			repeatable: true,
			meanings: [
				{
					when: (_, code) => code === 400,
					message: 'Cortex XSIAM does not accept the change of the issue',
					description: "Check that 'Issue' is the number of an issue that exists.",
				},
			],
		});
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'issue',
				id,
				severity: severity ?? null,
				status: status ?? null,
				resolutionReason: resolutionReason ?? null,
				resolutionComment: resolutionComment ?? null,
				updated: true,
			},
			raw: body,
		};
	},
});

/** Which field needs which (fact sheet 7.2). */
function checkChanges(changes: Changes, context: z.RefinementCtx): void {
	const { severity, status, resolutionReason, resolutionComment } = changes;
	if (severity === undefined && status === undefined) {
		refuse(context, 'must have a severity or a status', 'Add at least one of the two.');
	}
	if (status === 'Resolved' && resolutionReason === undefined) {
		context.addIssue({
			code: 'custom',
			path: ['resolutionReason'],
			message: "is required where the status is 'Resolved'",
		});
	}
	const loose =
		resolutionReason !== undefined
			? 'resolutionReason'
			: resolutionComment !== undefined
				? 'resolutionComment'
				: undefined;
	if (status !== 'Resolved' && loose !== undefined) {
		context.addIssue({
			code: 'custom',
			path: [loose],
			message: "has a meaning only where the status is 'Resolved'",
		});
	}
}
