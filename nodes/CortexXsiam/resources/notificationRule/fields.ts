import type { IDataObject } from 'n8n-workflow';
import type { Meaning } from '../../api/errors';
import { param, picker, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { ifGiven, jsonObject, textList, wholeNumber } from '../../../shared/input';
import { notificationRuleList } from '../shared/lists';
import { defined, listOf } from '../shared/text';
import type { z } from 'zod';

export function ruleParam(description: string) {
	return picker({
		displayName: 'Rule',
		name: 'rule',
		description,
		list: notificationRuleList,
		id: {
			regex: '^[0-9A-Za-z-]+$',
			errorMessage: 'An ID has letters, digits and hyphens only: choose By Name for a name',
			placeholder: 'e.g. 3f0c1f6e-8a4f-4a53-9d0c-0a5a1a2b3c4d',
		},
		byName: { placeholder: 'e.g. API key events' },
	});
}

/** What a rule has besides its name and what it forwards. */
export const contentParams = [
	param({
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the rule is for',
	}),
	param(
		{
			displayName: 'Filter',
			name: 'filter',
			type: 'json',
			default: '{}',
			description:
				"Which events are forwarded, in the form that 'Notification Rule: Get' shows for a rule made in the console",
		},
		ifGiven(jsonObject).transform((filter) =>
			filter && Object.keys(filter).length > 0 ? filter : undefined,
		),
	),
	param(
		{
			displayName: 'Applications',
			name: 'applications',
			type: 'string',
			default: '',
			description: 'The applications that the rule is for, separated by commas',
		},
		textList.transform(listOf),
	),
	sentAs('time_zone', {
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. UTC',
		description: 'The time zone of times in messages',
	}),
	sentAs('mail_format', {
		displayName: 'Email Format',
		name: 'mailFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. issue',
		description: "The format of emails, as 'Notification Rule: Get' shows it with Simplify off",
	}),
	sentAs('syslog_format', {
		displayName: 'Syslog Format',
		name: 'syslogFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. issue',
		description:
			"The format of syslog messages, as 'Notification Rule: Get' shows it with Simplify off",
	}),
	sentAs('slack_format', {
		displayName: 'Slack Format',
		name: 'slackFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. issue',
		description:
			"The format of Slack messages, as 'Notification Rule: Get' shows it with Simplify off",
	}),
	sentAs(
		'distribution_list',
		{
			displayName: 'Email Addresses',
			name: 'emails',
			type: 'string',
			default: '',
			placeholder: 'e.g. soc@acme.com, oncall@acme.com',
			description: 'Who gets an email, separated by commas',
		},
		textList.transform(listOf),
	),
	sentAs(
		'aggregation',
		{
			displayName: 'Email Aggregation',
			name: 'emailAggregation',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'How long events are collected for one email, in the unit of the console',
		},
		ifGiven(wholeNumber({})),
	),
	sentAs('custom_mail_subject', {
		displayName: 'Email Subject',
		name: 'emailSubject',
		type: 'string',
		default: '',
		description: 'The subject of the emails, instead of the one that Cortex XSIAM writes',
	}),
	sentAs(
		'slack',
		{
			displayName: 'Slack Channels',
			name: 'slackChannels',
			type: 'string',
			default: '',
			description: 'The Slack channels to write to, separated by commas',
		},
		textList.transform((channels) => (channels.length > 0 ? { channels } : undefined)),
	),
	sentAs(
		'syslog',
		{
			displayName: 'Syslog ID',
			name: 'syslogId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'The number of the syslog server to send to',
		},
		ifGiven(wholeNumber({})).transform((id) => (id === undefined ? undefined : { id })),
	),
] as const;

export type Content = ValuesOf<typeof contentParams>;

/**
 * A rule as the vendor takes it.
 *
 * @param before Where it has sent to so far; what is given is added.
 */
export function ruleOf(content: Content, before: IDataObject = {}): IDataObject {
	const { distribution_list, aggregation, custom_mail_subject, slack, syslog, ...rule } = content;
	const email = {
		...(before.email as IDataObject | undefined),
		...defined({ distribution_list, aggregation, custom_mail_subject }),
	};
	const targets = {
		...before,
		...(Object.keys(email).length > 0 && { email }),
		...defined({ slack, syslog }),
	};
	return defined({
		...rule,
		forward_source: Object.keys(targets).length > 0 ? targets : undefined,
	});
}

/** An email without an address is refused (contract: `distribution_list` is required). */
export function demandAddress(content: Content, context: z.RefinementCtx): void {
	const { distribution_list: emails, aggregation, custom_mail_subject: subject } = content;
	if (emails || (aggregation ?? subject) === undefined) return;
	context.addIssue({
		code: 'custom',
		path: ['emails'],
		message: 'must be given with a subject or an aggregation of emails',
	});
}

/** What the vendor says of a rule that it does not know. */
export const NO_SUCH_RULE: Meaning = {
	when: ({ extra }) =>
		/(could not find|not found|no).*\brule\b|rule.*not (exist|found)/i.test(extra),
	message: "'Rule' is not known to the tenant",
	description: 'Choose it from the list, or give its ID.',
};
