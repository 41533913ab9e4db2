import type { IDataObject } from 'n8n-workflow';
import type { Meaning } from '../../api/errors';
import { param, picker, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { ifGiven, textList, wholeNumber } from '../../../shared/input';
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
	param({
		displayName: 'Filter',
		name: 'filter',
		type: 'json',
		default: '{}',
		description:
			"Which events are forwarded, in the form that 'Notification Rule: Get' shows for a rule made in the console",
	}),
	param(
		{
			displayName: 'Applications',
			name: 'applications',
			type: 'string',
			default: '',
			description: 'The applications that the rule is for, separated by commas',
		},
		textList,
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
	param(
		{
			displayName: 'Email Addresses',
			name: 'emails',
			type: 'string',
			default: '',
			placeholder: 'e.g. soc@acme.com, oncall@acme.com',
			description: 'Who gets an email, separated by commas',
		},
		textList,
	),
	param(
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
	param({
		displayName: 'Email Subject',
		name: 'emailSubject',
		type: 'string',
		default: '',
		description: 'The subject of the emails, instead of the one that Cortex XSIAM writes',
	}),
	param(
		{
			displayName: 'Slack Channels',
			name: 'slackChannels',
			type: 'string',
			default: '',
			description: 'The Slack channels to write to, separated by commas',
		},
		textList,
	),
	param(
		{
			displayName: 'Syslog ID',
			name: 'syslogId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'The number of the syslog server to send to',
		},
		ifGiven(wholeNumber({})),
	),
] as const;

export type Content = ValuesOf<typeof contentParams>;

/** The fields of a rule as the vendor takes them; what is not given is undefined, and left out. */
export function ruleOf(content: Content, before?: IDataObject) {
	const { description, filter, applications, ...others } = content;
	const { emails, emailAggregation, emailSubject, slackChannels, syslogId, ...formats } = others;
	const targets = { emails, emailAggregation, emailSubject, slackChannels, syslogId };
	return {
		description,
		filter: filter && Object.keys(filter).length > 0 ? filter : undefined,
		applications: listOf(applications),
		...formats,
		forward_source: targetsOf(targets, before),
	};
}

type Targets = Pick<
	Content,
	'emails' | 'emailAggregation' | 'emailSubject' | 'slackChannels' | 'syslogId'
>;

/** Where a rule sends to: what is given, added to what it had before. */
function targetsOf(content: Targets, before: IDataObject = {}): IDataObject | undefined {
	const email = {
		...(before.email as IDataObject | undefined),
		...defined({
			distribution_list: listOf(content.emails),
			aggregation: content.emailAggregation,
			custom_mail_subject: content.emailSubject,
		}),
	};
	const targets = defined({
		email: Object.keys(email).length > 0 ? email : undefined,
		slack: content.slackChannels.length > 0 ? { channels: content.slackChannels } : before.slack,
		syslog: content.syslogId === undefined ? before.syslog : { id: content.syslogId },
	});
	return Object.keys(targets).length > 0 ? targets : undefined;
}

/** An email without an address is refused (contract: `distribution_list` is required). */
export function demandAddress(content: Content, context: z.RefinementCtx): void {
	const { emails, emailAggregation, emailSubject } = content;
	if (emails.length > 0 || (emailAggregation ?? emailSubject) === undefined) return;
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
