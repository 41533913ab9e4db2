import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import { nameOfNew } from '../../../shared/nameParams';
import { additionalFields, group } from '../../../shared/param';
import { asId, asObject } from '../../../shared/read';
import { Unread, oddPart, readId } from '../../../shared/item';
import { vendorValue } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { notificationRules } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { contentParams, demandAddress, ruleOf } from './fields';
import { forwardTypeParam } from './forwardTypes';
import { RULE } from './rule';

/** `POST /platform/notifications/v1/rule`. Source: docs/api/cortex-xsiam.md, "Notification rules". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create notification rule',
	description:
		'Create a rule that forwards events, for example of the management audit log, to email, Slack or syslog',
	issues: 'notification rule',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['emails', 'slackChannels', 'syslogId'] },
	params: [
		nameOfNew('e.g. API key events', 'The name of the rule'),
		forwardTypeParam('What the rule forwards; it cannot be changed later', vendorValue),
		additionalFields(group(...contentParams).check(demandAddress)),
	],
	async run(api, { name, forwardType, additionalFields: content }, call) {
		const lost = {
			mayHave: `The rule '${name}' may have been created`,
			find: "Look for it with 'Notification Rule: Get Many'",
		};
		const { body } = await sendOnce(call, lost, async (change) => {
			return await api.change({
				path: RULE,
				data: { name, forward_type: forwardType, ...ruleOf(content) },
				answer: done,
				what: 'the new notification rule',
				...change,
			});
		});
		const told = idIn(body);
		const id = typeof told === 'string' ? told : await idByName(api, name);
		return {
			item: item('notificationRule', {
				id: told instanceof Unread ? new Unread(told.text, id) : id,
				name,
				forwardType,
				...(id === null && oddPart('data', body.data)),
			}),
			raw: body,
			hints:
				id === null
					? [
							`The rule '${name}' was created, but Cortex XSIAM did not return its ID. Find it with 'Notification Rule: Get Many'.`,
						]
					: [],
		};
	},
});

const UUID = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;

/** What the answer holds is not documented: a rule, or a sentence as in the IAM calls. */
function idIn(body: IDataObject) {
	const data = asObject(body.data) ?? body;
	const told = readId(data.rule_uuid);
	return typeof told === 'string' ? told : (UUID.exec(JSON.stringify(data))?.[0] ?? told);
}

/** The ID of the only rule of this name; several may have the same. */
async function idByName(api: CortexXsiamApi, name: string): Promise<string | null> {
	const { path, many } = notificationRules;
	const rules = await api.all(path, many).catch(() => []);
	const found = rules.filter((rule) => rule.name === name);
	return found.length === 1 ? asId(found[0]?.rule_uuid) : null;
}
