import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import { additionalFields } from '../../../shared/description';
import { inputFailure } from '../../../shared/failure';
import { itemOf } from '../../../shared/item';
import { choice, ifGiven, instant, optionalText, refuse, wholeNumber } from '../../../shared/input';
import type { Located } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { resourceOptions } from '../shared/lists';
import {
	accountPicker,
	idList,
	nameOf,
	optionalPicked,
	picked,
	resourcePicker,
} from '../shared/pickers';
import { recordText } from '../shared/values';

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

const input = z
	.object({
		resourceId: optionalPicked,
		accountId: picked,
		access: choice(['now', 'later'] as const),
		startTime: z.unknown(),
		endTime: z.unknown(),
		additionalFields: z
			.object({
				reason: optionalText,
				reminder: ifGiven(wholeNumber({ unit: 'minutes', min: 1, max: 59 })),
				selectedResourceIds: idList,
			})
			.default({}),
	})
	.superRefine(({ resourceId, accountId }, context) => {
		if (resourceId !== undefined || accountId.by === 'id') return;
		context.addIssue({ code: 'custom', path: ['resourceId'], message: 'is required' });
	})
	.transform(({ access, startTime, endTime, ...rest }, context) => {
		if (access === 'now') return { ...rest, period: undefined };
		const parsed = z.object({ startTime: time, endTime: time }).safeParse({ startTime, endTime });
		if (parsed.success) return { ...rest, period: parsed.data };
		for (const issue of parsed.error.issues) context.addIssue(issue);
		return z.NEVER;
	});

const MAY_HAVE = 'The request may have been submitted';

/**
 * `POST /accounts/{ACCOUNTID}/requestpassword`. Source: docs/api/pam360.md, "Asking for access".
 */
export const requestAccess = operation({
	name: 'Request Access',
	value: 'requestAccess',
	action: 'Request password access',
	description: 'Ask for an approval to read a password, for now or for a time to come',
	issues: 'access request',
	furtherTries: { are: 'refused' },
	fields: [
		resourcePicker,
		accountPicker,
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
		{
			displayName: 'Start Time',
			name: 'startTime',
			type: 'dateTime',
			required: true,
			displayOptions: { show: { access: ['later'] } },
			default: '',
			description:
				"When the access begins. Needs the credential's 'Server Time Zone', unless an expression gives the server's own time as 31/12/2026 17:50.",
		},
		{
			displayName: 'End Time',
			name: 'endTime',
			type: 'dateTime',
			required: true,
			displayOptions: { show: { access: ['later'] } },
			default: '',
			description: 'When the access ends, given in the same way',
		},
		additionalFields(
			{
				displayName: 'Reason',
				name: 'reason',
				type: 'string',
				default: '',
				placeholder: 'e.g. Patching',
				description: 'Why the password is needed, for those who approve',
			},
			{
				displayName: 'Reminder',
				name: 'reminder',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 59, numberPrecision: 0 },
				default: 15,
				description: 'How many minutes before the access PAM360 sends a reminder',
			},
			{
				displayName: 'Selected Resource Names or IDs',
				name: 'selectedResourceIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: resourceOptions.name },
				default: [],
				description:
					'For accounts of a Windows domain: the shared resources that the access is for. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		),
	],
	input,
	async run(
		api: Pam360Api,
		{ resourceId: resource, accountId: account, period, additionalFields: more },
		call: Call,
	) {
		const times = period && periodOf(period, api.serverTimeZone);
		const accountId = await accountIdOf(api, resource, account);
		const { reason, reminder, selectedResourceIds: selected } = more;
		const send = async () =>
			await api.change({
				method: 'POST',
				path: `accounts/${accountId}/requestpassword`,
				details: {
					...(reason !== undefined && { REASON: reason }),
					ACCESS: times ? 'later' : 'now',
					...times,
					...(reminder !== undefined && { REMAINDERTIME: reminder }),
					...(selected.length > 0 && {
						RESOURCES_TO_BE_ACCESSED_OPTION: '3',
						SELECTED_RESOURCEIDS: selected,
					}),
				},
				repeatable: false,
				mayHave: MAY_HAVE,
				find: "Look for it with 'Password: Get Access Requests'",
			});
		const reply = await sendOnce(call, MAY_HAVE, send);
		return {
			item: itemOf({
				vendor: 'pam360',
				type: 'accessRequest',
				// PAM360 gives none: a request is known by its account and its requester.
				id: null,
				accountId,
				accountName: nameOf(account),
				resourceName: resource ? nameOf(resource) : null,
				status: statusIn(reply.details),
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
	return (await api.ids.place(resource, account)).accountId;
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
