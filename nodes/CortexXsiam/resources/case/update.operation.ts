import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import { updateFields } from '../../../shared/description';
import {
	ifGiven,
	jsonObject,
	optionalText,
	refuseEmptyUpdate,
	vendorValue,
} from '../../../shared/input';
import { locatedId, locator } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { defined } from '../shared/text';
import { caseReasons, caseSeverities, caseStatuses, inEitherSpelling } from '../shared/words';
import type { Spelling } from '../shared/words';
import { caseList } from './lists';

/** The status stays as it is. */
const UNCHANGED = 'unchanged';

/** The severity that users gave is taken away. */
const NONE = 'none';

const severityOptions = [...caseSeverities.options, { name: 'None', value: NONE }];

const statusOptions = [...caseStatuses.options, { name: 'Leave As It Is', value: UNCHANGED }];

const RESOLVED = { show: { status: ['Resolved'] } };

const caseField = locator({
	displayName: 'Case',
	name: 'case',
	description: 'The case to change; the list shows the newest ones',
	list: caseList,
	id: {
		regex: '^[0-9]+$',
		errorMessage: 'The ID of a case is a number',
		placeholder: 'e.g. 123',
	},
});

const moreFields: INodeProperties[] = [
	{
		displayName: 'Assigned User',
		name: 'assignedUser',
		type: 'string',
		default: '',
		placeholder: 'e.g. user1@acme.com',
		description: 'The e-mail address of the user who is to look after the case',
	},
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "cost_center": "4711" }',
		description: 'Fields that the tenant defines, by their names, as a JSON object',
	},
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'The notes of the case, in place of those that it has',
	},
	{
		displayName: 'User Severity',
		name: 'userSeverity',
		type: 'options',
		options: severityOptions,
		default: 'medium',
		description: "The severity that users give the case; 'None' takes it away",
	},
];

/** What a case is to become; what is undefined stays as it is. */
interface Changes {
	status?: string;
	resolveReason?: string;
	resolveComment?: string;
	assignedUser?: string;
	customFields?: IDataObject;
	notes?: string;
	userSeverity?: string;
}

const input = z
	.object({
		case: locatedId(/^\d+$/, 'must be the number of a case'),
		status: vendorValue,
		resolveReason: z.unknown(),
		resolveComment: z.unknown(),
		updateFields: z
			.object({
				assignedUser: optionalText,
				customFields: ifGiven(jsonObject),
				notes: optionalText,
				userSeverity: ifGiven(vendorValue),
			})
			.default({}),
	})
	.transform(({ case: id, status, updateFields: more, ...resolution }, context) => {
		const isResolved = caseStatuses.is(status, 'Resolved');
		// Hidden for other statuses, and then what they hold does not matter.
		const resolved = resolutionInput.safeParse(isResolved ? resolution : {});
		if (!resolved.success) {
			for (const issue of resolved.error.issues) context.addIssue(issue);
			return z.NEVER;
		}
		const changes: Changes = {
			...(status !== UNCHANGED && { status }),
			...resolved.data,
			...more,
		};
		if (Object.keys(defined({ ...changes })).length > 0) return { id, changes };
		return refuseEmptyUpdate(context, { collection: 'updateFields', or: "choose a 'Status'" });
	});

const resolutionInput = z.object({
	resolveReason: ifGiven(vendorValue),
	resolveComment: optionalText,
});

/**
 * `POST /public_api/v1/case/update/{case-id}`. Source: docs/api/cortex-xsiam.md, "Cases".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description:
		'Set the status of a case, with the reason where it is resolved, who looks after it, and more',
	fields: [
		caseField,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: statusOptions,
			default: 'In Progress',
			description:
				'The status that the case gets. An expression can give another one that the tenant has.',
		},
		{
			displayName: 'Resolve Reason',
			name: 'resolveReason',
			type: 'options',
			options: caseReasons.options,
			displayOptions: RESOLVED,
			default: 'Resolved - Other',
			description:
				'Why the case is resolved. An expression can give another reason that the tenant has.',
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
		updateFields(...moreFields),
	],
	input,
	async run(api: CortexXsiamApi, { id, changes }) {
		const { body, sent } = await inEitherSpelling(
			(spelling) => updateData(changes, spelling),
			async (data) => ({
				...(await api.change({
					path: `public_api/v1/case/update/${id}`,
					data: { update_data: data },
					answer: done,
					what: 'a confirmation that the case was changed',
					repeatable: true,
					meanings: [
						{
							when: (_, code) => code === 400,
							message: 'Cortex XSIAM does not accept the change of the case',
							description:
								"Check that 'Case' is the number of a case that exists, and that the tenant has this status, reason, severity and user. A reason is needed with 'Resolved'.",
						},
					],
				})),
				sent: data,
			}),
		);
		return {
			item: {
				vendor: 'cortexXsiam',
				type: 'case',
				id,
				status: sent.status_progress ?? null,
				resolveReason: sent.resolve_reason ?? null,
				resolveComment: changes.resolveComment ?? null,
				assignedTo: changes.assignedUser ?? null,
				userSeverity: sent.user_severity || null,
				notes: changes.notes ?? null,
				customFields: changes.customFields ?? null,
				updated: true,
			},
			raw: body,
		};
	},
});

/**
 * The fields of a request; custom fields stand beside the others (docs/api/cortex-xsiam.md, "Cases").
 */
function updateData(changes: Changes, spelling: Spelling): IDataObject {
	const { status, resolveReason: reason, userSeverity: severity, customFields } = changes;
	return defined({
		...customFields,
		status_progress: status && caseStatuses.in(spelling, status),
		resolve_reason: reason && caseReasons.in(spelling, reason),
		resolve_comment: changes.resolveComment,
		assigned_user: changes.assignedUser,
		user_severity: severity === NONE ? '' : severity && caseSeverities.in(spelling, severity),
		notes: changes.notes,
	});
}
