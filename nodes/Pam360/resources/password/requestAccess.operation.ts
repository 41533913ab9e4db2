import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import { inputFailure } from '../../../shared/failure';
import { choice, ifGiven, instant, refuse, wholeNumber } from '../../../shared/input';
import type { Located } from '../../../shared/locator';
import { additionalFields, filledBy, group, oneOf, param, sentAs } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { reason } from '../shared/justification';
import { resourceOptions } from '../shared/lists';
import { oddPart } from '../../../shared/item';
import { item, operation } from '../shared/operation';
import { account, idList, nameOf, resourceIfNeeded } from '../shared/pickers';
import { recordText } from '../shared/recordValues';

/**
 * As PAM360 takes it (docs/api/pam360.md, "Asking for access"): the server's local time, day first,
 * without seconds.
 */
const WIRE_FORMAT = 'dd/MM/yyyy HH:mm';
const SERVER_TIME = /^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/;

/** A time as PAM360 writes it, meant as it stands, or a point in time in epoch milliseconds. */
const time = z.unknown().transform((given, context): string | number => {
	const text = typeof given === 'string' ? given.trim() : '';
	if (SERVER_TIME.test(text) && DateTime.fromFormat(text, WIRE_FORMAT).isValid) return text;
	if (given === undefined || given === null || given === '') return refuse(context, 'is required');
	const parsed = instant.safeParse(given);
	if (parsed.success) return parsed.data;
	for (const issue of parsed.error.issues) context.addIssue(issue);
	return z.NEVER;
});

const requestedAccount = group(resourceIfNeeded, account).check(
	({ resourceId, accountId }, context) => {
		if (resourceId !== undefined || accountId.by === 'id') return;
		context.addIssue({ code: 'custom', path: ['resourceId'], message: 'is required' });
	},
);

const accessTime = oneOf(
	param(
		{
			displayName: 'Access',
			name: 'access',
			type: 'options',
			options: [
				{ name: 'Later', value: 'later' },
				{ name: 'Now', value: 'now' },
			],
			default: 'now',
			description: 'When the password is needed',
		},
		choice(['now', 'later']),
	),
	{
		now: [],
		later: [
			param(
				{
					displayName: 'Start Time',
					name: 'startTime',
					type: 'dateTime',
					required: true,
					default: '',
					description:
						"When the access begins. Needs the credential's 'Server Time Zone', unless an expression gives the server's own time as 31/12/2026 17:50.",
				},
				time,
			),
			param(
				{
					displayName: 'End Time',
					name: 'endTime',
					type: 'dateTime',
					required: true,
					default: '',
					description: 'When the access ends, given in the same way',
				},
				time,
			),
		],
	},
).as((period) => ({ period: period.access === 'later' ? period : undefined }));

const LOST = {
	mayHave: 'The request may have been submitted',
	find: "Look for it with 'Password: Get Access Requests'",
};

/**
 * `POST /accounts/{ACCOUNTID}/requestpassword`. Source: docs/api/pam360.md, "Asking for access".
 */
export const requestAccess = operation({
	name: 'Request Access',
	value: 'requestAccess',
	action: 'Request password access',
	description: 'Ask for approval to read a password, now or at a later time',
	issues: 'access request',
	furtherTries: { are: 'refused' },
	params: [
		requestedAccount,
		accessTime,
		additionalFields(
			reason.looking({
				placeholder: 'e.g. Patching',
				description: 'Why the password is needed, for those who approve',
			}),
			sentAs(
				'REMAINDERTIME',
				{
					displayName: 'Reminder',
					name: 'reminder',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 59, numberPrecision: 0 },
					default: 15,
					description: 'How many minutes before the access PAM360 sends a reminder',
				},
				ifGiven(wholeNumber({ unit: 'minutes', min: 1, max: 59 })),
			),
			filledBy(resourceOptions, (loadOptionsMethod) =>
				sentAs(
					'SELECTED_RESOURCEIDS',
					{
						displayName: 'Selected Resource Names or IDs',
						name: 'selectedResourceIds',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod },
						default: [],
						description:
							'For accounts of a Windows domain: the shared resources that the access is for. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					idList,
				),
			),
		),
	],
	async run(
		api,
		{ resourceId: inResource, accountId: given, period, additionalFields: more },
		call,
	) {
		const times = period && periodOf(period, api.serverTimeZone);
		const accountId = await accountIdOf(api, inResource, given);
		const { REASON, REMAINDERTIME, SELECTED_RESOURCEIDS: selected } = more;
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.change({
				method: 'POST',
				path: `accounts/${accountId}/requestpassword`,
				details: {
					REASON,
					ACCESS: times ? 'later' : 'now',
					...times,
					REMAINDERTIME,
					...(selected.length > 0 && {
						RESOURCES_TO_BE_ACCESSED_OPTION: '3',
						SELECTED_RESOURCEIDS: selected,
					}),
				},
				...change,
			});
		});
		return {
			item: item('accessRequest', {
				// PAM360 gives none: a request is known by its account and its requester.
				id: null,
				accountId,
				accountName: nameOf(given),
				resourceName: inResource ? nameOf(inResource) : null,
				status: statusIn(reply.details),
				...oddPart('details', [reply.details].flat()[0]),
				message: reply.message || null,
			}),
			raw: reply.body,
		};
	},
});

/** The account is all that the call takes; its resource is needed only to look it up. */
async function accountIdOf(
	api: Pam360Api,
	resource: Located | undefined,
	account: Located,
): Promise<string> {
	if (account.by === 'id' || resource === undefined) return account.value;
	return (await api.ids.account(resource, account)).accountId;
}

/** The key of the status is not documented. */
function statusIn(details: unknown) {
	const record = recordOf(details);
	return recordText(record.STATUS ?? record['REQUEST STATUS'] ?? record.REQUESTSTATUS);
}

interface Period {
	startTime: string | number;
	endTime: string | number;
}

/** @throws Failure when a time cannot be told in the server's zone, or the end is not after the start */
function periodOf({ startTime, endTime }: Period, zone: string | undefined): IDataObject {
	const start = wireTime(startTime, zone);
	const end = wireTime(endTime, zone);
	const order = (text: string) =>
		DateTime.fromFormat(text, WIRE_FORMAT, { zone: 'utc' }).toMillis();
	if (order(end) <= order(start)) {
		throw inputFailure("'End Time' must be later than 'Start Time'", 'PAM360 counts in minutes.');
	}
	return { STARTTIME: start, ENDTIME: end };
}

function wireTime(given: string | number, zone: string | undefined): string {
	if (typeof given === 'string') return given;
	if (zone !== undefined) return DateTime.fromMillis(given, { zone }).toFormat(WIRE_FORMAT);
	throw inputFailure(
		"'Start Time' and 'End Time' need the 'Server Time Zone' of the credential",
		"PAM360 takes its server's local time. Enter the zone in the credential, or give the times as PAM360 writes them, such as 31/12/2026 17:50.",
	);
}
