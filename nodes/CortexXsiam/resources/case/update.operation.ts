import type { IDataObject } from 'n8n-workflow';
import { done } from '../../api/schemas';
import { group, param, sentAs, shown, updateFields } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { ifGiven, jsonObject, refuse, refuseEmptyUpdate, vendorValue } from '../../../shared/input';
import { defined } from '../shared/text';
import { caseReasons, caseStatuses, inEitherSpelling, userSeverities } from '../shared/words';
import type { Spelling } from '../shared/words';
import { item, operation } from '../shared/operation';
import { caseParam } from './fields';

/** The status stays as it is. */
const UNCHANGED = 'unchanged';

/** The severity that users gave is taken away. */
const NONE = 'none';

const statusOptions = [...caseStatuses.options, { name: 'Leave As It Is', value: UNCHANGED }];

const severityOptions = [...userSeverities.options, { name: 'None', value: NONE }];

const status = sentAs(
	'status_progress',
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: statusOptions,
		default: 'In Progress',
		description:
			'The status that the case gets. An expression can give another one that the tenant has.',
	},
	vendorValue,
);

const resolution = shown(
	// The spellings of older contracts, too: n8n drops the fields of a choice that it does not find here.
	{ status: ['Resolved', 'RESOLVED', 'resolved'] },
	sentAs('resolve_reason', {
		displayName: 'Resolve Reason',
		name: 'resolveReason',
		type: 'options',
		options: caseReasons.options,
		default: 'Resolved - Other',
		description:
			'Why the case is resolved. An expression can give another reason that the tenant has.',
	}),
	sentAs('resolve_comment', {
		displayName: 'Resolve Comment',
		name: 'resolveComment',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'What to note down with the reason',
	}),
);

const more = [
	sentAs('assigned_user', {
		displayName: 'Assigned User',
		name: 'assignedUser',
		type: 'string',
		default: '',
		placeholder: 'e.g. user1@acme.com',
		description: 'The email address of the user to assign the case to',
	}),
	sentAs('user_severity', {
		displayName: 'User Severity',
		name: 'userSeverity',
		type: 'options',
		options: severityOptions,
		default: 'medium',
		description: "The severity that users give the case; 'None' takes it away",
	}),
	param({
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'The notes of the case, which replace those that it has',
	}),
] as const;

/** What stands beside custom fields in a request, and the parameter that sets it. */
const OWN_FIELDS = new Map(
	[status, resolution, ...more].flatMap(({ fields, names }) =>
		fields.map(({ name, displayName }) => [
			Object.keys(names).find((wire) => names[wire] === name),
			displayName,
		]),
	) as Array<[string, string]>,
);

const customFields = param(
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "cost_center": "4711" }',
		description: 'Fields that the tenant defines, by their names, as a JSON object',
	},
	ifGiven(
		jsonObject.superRefine((given, context) => {
			const own = Object.keys(given).find((name) => OWN_FIELDS.has(name));
			if (own === undefined) return;
			refuse(
				context,
				`must not have '${own}', which is no custom field`,
				`Set it with '${OWN_FIELDS.get(own)}'.`,
			);
		}),
	),
);

/** What a case is to become; what is undefined stays as it is. */
const changed = group(status, resolution, updateFields(customFields, ...more)).as(
	({ status_progress: wanted, updateFields: others, ...resolved }, context) => {
		const kept = wanted === UNCHANGED ? {} : { status_progress: wanted };
		const changes = { ...kept, ...resolved, ...others };
		if (Object.keys(changes).length > 0) return { changes };
		return refuseEmptyUpdate(context, { collection: 'updateFields', or: "choose a 'Status'" });
	},
);

type Changes = ValuesOf<[typeof changed]>['changes'];

/**
 * `POST /public_api/v1/case/update/{case-id}`. Source: docs/api/cortex-xsiam.md, "Cases".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update case',
	description:
		'Set the status of a case, the reason why it is resolved, its assigned user, and more',
	byPerson: { targets: ['status'] },
	params: [caseParam('The case to change'), changed],
	async run(api, { case: id, changes }) {
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
			item: item('case', {
				id,
				status: sent.status_progress ?? null,
				resolveReason: sent.resolve_reason ?? null,
				resolveComment: changes.resolve_comment ?? null,
				assignedTo: changes.assigned_user ?? null,
				userSeverity: sent.user_severity || null,
				notes: changes.notes ?? null,
				customFields: changes.customFields ?? null,
				updated: true,
			}),
			raw: body,
		};
	},
});

/**
 * The fields of a request; custom fields stand beside the others (docs/api/cortex-xsiam.md, "Cases").
 */
function updateData(changes: Changes, spelling: Spelling): IDataObject {
	const { customFields: own, ...others } = changes;
	const { status_progress: status, resolve_reason: reason, user_severity: severity } = others;
	return defined({
		...own,
		...others,
		status_progress: status && caseStatuses.in(spelling, status),
		resolve_reason: reason && caseReasons.in(spelling, reason),
		user_severity: severity === NONE ? '' : severity && userSeverities.in(spelling, severity),
	});
}
