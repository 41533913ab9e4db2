import type { IDataObject } from 'n8n-workflow';
import { done } from '../../api/schemas';
import { Failure, inputFailure, nothingChanged } from '../../../shared/failure';
import { newName } from '../../../shared/nameParams';
import { asNumber, asObject, asText, asTexts } from '../../../shared/read';
import { clearableFields } from '../shared/clear';
import { idOf, notificationRules } from '../shared/directory';
import { contentParams, NO_SUCH_RULE, ruleOf, ruleParam } from './fields';
import { pathOfRule, readRule } from './rule';
import { defined } from '../shared/text';
import { item, operation } from '../shared/operation';

const CLEARABLE = [
	{ name: 'Applications', value: 'applications' },
	{ name: 'Description', value: 'description' },
	{ name: 'Email', value: 'emails' },
	{ name: 'Filter', value: 'filter' },
	{ name: 'Slack', value: 'slackChannels' },
	{ name: 'Syslog', value: 'syslogId' },
];

/**
 * `PUT /platform/notifications/v1/rule/{rule_uuid}`. Source: docs/api/cortex-xsiam.md, "Notification
 * rules".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update notification rule',
	description:
		'Change a notification rule. The rule is read first, since Cortex XSIAM replaces it as a whole.',
	byPerson: { targets: ['rule', 'updateFields'] },
	params: [
		ruleParam('The rule to change'),
		clearableFields(CLEARABLE, 'What to take out of the rule', newName, ...contentParams),
	],
	async run(api, { rule, updateFields: { clear, ...content } }) {
		const id = await idOf(api, notificationRules, rule);
		// Another item's change between reading and writing would be undone.
		return await api.inTurn(`rule/${id}`, async () => {
			const record = await readRule(api, id).catch(nothingChanged);
			const { targets, ...kept } = keptOf(record, clear);
			const changed = ruleOf(content, targets);
			const email = asObject(asObject(changed.forward_source)?.email);
			if (email && !email.distribution_list) {
				throw inputFailure(
					"'Email Addresses' must be given with a subject or an aggregation of emails",
					'The rule sends no emails so far.',
				);
			}
			const { body } = await api.change({
				method: 'PUT',
				path: pathOfRule(id),
				data: { ...kept, ...changed },
				answer: done,
				what: 'a confirmation that the notification rule was changed',
				repeatable: true,
				meanings: [NO_SUCH_RULE],
			});
			return {
				item: item('notificationRule', { id, updated: true }),
				raw: body,
			};
		});
	},
});

/** A rule as it may be written back: only what the call takes, and without what is to go. */
function keptOf(record: IDataObject, clear: Set<string>) {
	const forwardType = asText(record.forward_type);
	const name = asText(record.name);
	if (forwardType === null || name === null) throw unreadable('its name or what it forwards');
	const keep = <Value>(field: string, value: Value | null) =>
		clear.has(field) || value === null ? undefined : value;
	const applications = asTexts(record.applications);
	const filter = asObject(record.filter);
	return {
		name,
		forward_type: forwardType,
		...defined({
			description: keep('description', asText(record.description)),
			filter: keep('filter', filter && Object.keys(filter).length > 0 ? filter : null),
			applications: keep('applications', applications.length > 0 ? applications : null),
			time_zone: asText(record.time_zone) ?? undefined,
			mail_format: asText(record.mail_format) ?? undefined,
			syslog_format: asText(record.syslog_format) ?? undefined,
			slack_format: asText(record.slack_format) ?? undefined,
		}),
		targets: targetsOf(record.forward_source, keep),
	};
}

type Keep = <Value>(field: string, value: Value | null) => Value | undefined;

/**
 * Where a rule sends to, as it may be written back.
 *
 * @throws Failure where that is not understood: writing the rule back would lose it
 */
function targetsOf(value: unknown, keep: Keep): IDataObject {
	const { email, slack, syslog, ...others } = asObject(value) ?? {};
	const unknown = [
		...Object.keys(others).filter((name) => isThere(others[name])),
		...(isThere(email) && !asObject(email)?.distribution_list ? ['email'] : []),
		...(isThere(slack) && !asObject(slack)?.channels ? ['slack'] : []),
		...(isThere(syslog) && asNumber(asObject(syslog)?.id) === null ? ['syslog'] : []),
	];
	if (unknown.length > 0) throw unreadable(`where it sends to (${unknown.join(', ')})`);
	const mail = asObject(email);
	return defined({
		email: keep(
			'emails',
			isThere(mail)
				? defined({
						distribution_list: asTexts(mail?.distribution_list),
						aggregation: asNumber(mail?.aggregation) ?? undefined,
						custom_mail_subject: asText(mail?.custom_mail_subject) ?? undefined,
					})
				: null,
		),
		slack: keep(
			'slackChannels',
			isThere(slack) ? { channels: asTexts(asObject(slack)?.channels) } : null,
		),
		syslog: keep('syslogId', isThere(syslog) ? { id: asNumber(asObject(syslog)?.id) } : null),
	});
}

function isThere(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}

function unreadable(what: string): Failure {
	return new Failure(`The rule cannot be changed without losing a part of it: ${what}`, {
		kind: 'refused',
		description:
			'Cortex XSIAM replaces a rule as a whole, and this part of its answer is not of the documented form. Change the rule in the console.',
	});
}
