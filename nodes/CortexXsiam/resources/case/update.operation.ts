import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import { choice, ifGiven, optionalText } from '../../../shared/input';
import { locatedId, locator } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { caseReasons, reasonOptions } from '../shared/resolution';
import { STATUSES, statuses } from './status';

const RESOLVED = { show: { status: ['RESOLVED'] } };

const resolution = z.object({
	resolveReason: ifGiven(choice(caseReasons)),
	resolveComment: optionalText,
});

/** `POST /public_api/v1/case/update/{case-id}`. Source: "Update a case"; fact sheet 7.3. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description: 'Set the status of a case, with the reason where it is resolved',
	fields: [
		locator({
			displayName: 'Case',
			name: 'case',
			description: 'The case to change; the list shows the newest ones',
			searchListMethod: 'searchCases',
			id: {
				regex: '^[0-9]+$',
				errorMessage: 'The ID of a case is a number',
				placeholder: 'e.g. 123',
			},
		}),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: STATUSES,
			default: 'UNDER_INVESTIGATION',
			description: 'The status that the case gets',
		},
		{
			displayName: 'Resolve Reason',
			name: 'resolveReason',
			type: 'options',
			options: reasonOptions(caseReasons),
			displayOptions: RESOLVED,
			default: 'RESOLVED_OTHER',
			description: 'Why the case is resolved',
		},
		{
			displayName: 'Resolve Comment',
			name: 'resolveComment',
			type: 'string',
			typeOptions: { rows: 2 },
			displayOptions: RESOLVED,
			default: '',
			description: 'What to note down with the reason',
		},
	],
	input: z
		.object({
			case: locatedId(/^\d+$/, 'must be the number of a case'),
			status: choice(statuses),
			resolveReason: z.unknown(),
			resolveComment: z.unknown(),
		})
		.transform(({ status, resolveReason, resolveComment, case: id }, context) => {
			// Hidden for other statuses, and then nobody minds what they hold.
			const given = status === 'RESOLVED' ? { resolveReason, resolveComment } : {};
			const resolved = resolution.safeParse(given);
			if (resolved.success) return { id, status, ...resolved.data };
			for (const issue of resolved.error.issues) context.addIssue(issue);
			return z.NEVER;
		}),
	async run(api: CortexXsiamApi, { id, status, resolveReason, resolveComment }) {
		const { body } = await api.change({
			path: `public_api/v1/case/update/${id}`,
			data: {
				update_data: {
					status_progress: status,
					resolve_reason: resolveReason,
					resolve_comment: resolveComment,
				},
			},
			answer: done,
			what: 'a word on the changed case',
			repeatable: true,
			meanings: [
				{
					when: (_, code) => code === 400,
					message: 'Cortex XSIAM does not accept the change of the case',
					description: "Check that 'Case' is the number of a case that exists.",
				},
			],
		});
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'case',
				id,
				status,
				resolveReason: resolveReason ?? null,
				resolveComment: resolveComment ?? null,
				updated: true,
			},
			raw: body,
		};
	},
});
