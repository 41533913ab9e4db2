import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { iamRefusal, kit } from './kit';
import { published } from './published';

const ID = '3f0c1f6e-8a4f-4a53-9d0c-0a5a1a2b3c4d';
/** The fields that docs/api/cortex-xsiam.md, "Notification rules" names. */
const record = {
	rule_uuid: ID,
	name: 'Key events',
	description: 'Who makes keys',
	forward_type: 'audit',
	filter: { AND: [{ SEARCH_FIELD: 'type', SEARCH_TYPE: 'EQ', SEARCH_VALUE: 'API_KEY' }] },
	forward_source: {
		email: {
			distribution_list: ['soc@acme.com'],
			aggregation: 5,
			custom_mail_subject: 'Keys, keys',
		},
		slack: { channels: ['C1'] },
		syslog: { id: 7 },
	},
	applications: ['xsiam'],
	time_zone: 'UTC',
	mail_format: 'issue',
	syslog_format: 'issue',
	slack_format: 'issue',
	created_by: 'user1@acme.com',
	status: 'enable',
};
const item = {
	vendor: 'cortexXsiam',
	type: 'notificationRule',
	id: ID,
	name: 'Key events',
	description: 'Who makes keys',
	forwardType: 'audit',
	enabled: true,
	filter: record.filter,
	emails: ['soc@acme.com'],
	slackChannels: ['C1'],
	syslogId: '7',
	emailAggregation: 5,
	timeZone: 'UTC',
	createdBy: 'user1@acme.com',
};
const bare = { rule_uuid: 'b', name: 'Bare', forward_type: 'case', forward_source: null };
const bareItem = {
	...item,
	id: 'b',
	name: 'Bare',
	description: null,
	forwardType: 'case',
	enabled: null,
	filter: null,
	emails: [],
	slackChannels: [],
	syslogId: null,
	emailAggregation: null,
	timeZone: null,
	createdBy: null,
};
const list: Exchange = {
	method: 'GET',
	path: '/platform/notifications/v1/list-rules',
	reply: { data: [record, bare], metadata: { total_count: 2 } },
};
const byName = { mode: 'name', value: 'Key events' };

describeOperation(
	kit,
	'notificationRule',
	'getAll',
	published({
		cases: [
			{
				name: 'lists rules',
				parameters: {},
				exchanges: [list],
				items: [item, bareItem],
				raw: [record, bare],
			},
			{
				name: 'filters by what is forwarded and by name',
				parameters: { filters: { forwardType: 'audit', name: 'KEY' } },
				exchanges: [list],
				items: [item],
			},
			{
				name: 'tells a rule that is off, in whatever form',
				parameters: { returnAll: true },
				exchanges: [
					{
						...list,
						reply: { data: ['disabled', 'disable', false].map((status) => ({ ...bare, status })) },
					},
				],
				items: [1, 2, 3].map(() => ({ ...bareItem, enabled: false })),
			},
		],
	}),
);

const read: Exchange = {
	method: 'GET',
	path: `/platform/notifications/v1/rule/${ID}`,
	headers: { 'content-type': undefined },
	reply: { data: record },
};

describeOperation(
	kit,
	'notificationRule',
	'get',
	published({
		cases: [
			{
				name: 'gets a rule by its ID',
				parameters: { rule: ID },
				exchanges: [read],
				items: item,
				raw: record,
			},
			{
				name: 'gets a rule by its name',
				parameters: { rule: byName },
				exchanges: [list, read],
				items: item,
			},
		],
		refused: [['no rule', { rule: '={{ "" }}' }, "'Rule' is required"]],
		failures: [
			{
				name: 'a rule that is not there',
				exchanges: [{ ...read, ...iamRefusal(`Could not find rule ${ID}`) }],
				says: ["'Rule' is not known to the tenant"],
			},
			{
				name: 'another answer',
				exchanges: [{ ...read, reply: { data: [record] } }],
				says: ['answered without the notification rule'],
			},
			{
				name: 'another rule',
				exchanges: [{ ...read, reply: { data: bare } }],
				says: [`another notification rule than the one asked for (b instead of ${ID})`],
			},
		],
	}),
);

const create: Exchange = {
	method: 'POST',
	path: '/platform/notifications/v1/rule',
	body: '{"request_data":{"name":"Key events","forward_type":"audit","forward_source":{"email":{"distribution_list":["soc@acme.com"]}}}}',
	status: 201,
	reply: { data: { rule_uuid: ID } },
};
const created = {
	vendor: 'cortexXsiam',
	type: 'notificationRule',
	id: ID,
	name: 'Key events',
	forwardType: 'audit',
};
const wanted = {
	name: 'Key events',
	forwardType: 'audit',
	additionalFields: { emails: 'soc@acme.com' },
};

describeOperation(
	kit,
	'notificationRule',
	'create',
	published({
		cases: [
			{
				name: 'creates a rule that sends emails',
				mayHave: "The rule 'Key events' may have been created",
				parameters: wanted,
				exchanges: [create],
				items: created,
			},
			{
				name: 'creates one with everything',
				parameters: {
					name: 'Key events',
					forwardType: 'agent_audit',
					additionalFields: {
						applications: 'xsiam',
						description: 'Who makes keys',
						emails: ['soc@acme.com', 'soc@acme.com'],
						emailAggregation: 5,
						emailSubject: 'Keys, keys',
						filter: '{"AND":[]}',
						mailFormat: 'issue',
						slackChannels: 'C1, C2',
						slackFormat: 'issue',
						syslogId: '7',
						syslogFormat: 'issue',
						timeZone: 'UTC',
					},
				},
				exchanges: [
					{
						...create,
						body: '{"request_data":{"name":"Key events","forward_type":"agent_audit","description":"Who makes keys","filter":{"AND":[]},"applications":["xsiam"],"time_zone":"UTC","mail_format":"issue","syslog_format":"issue","slack_format":"issue","forward_source":{"email":{"distribution_list":["soc@acme.com"],"aggregation":5,"custom_mail_subject":"Keys, keys"},"slack":{"channels":["C1","C2"]},"syslog":{"id":7}}}}',
						reply: { data: { message: `Rule ${ID} created` } },
					},
				],
				items: { ...created, forwardType: 'agent_audit' },
			},
			{
				name: 'sends no empty filter, and finds the ID by the name where no answer tells it',
				parameters: { ...wanted, additionalFields: { filter: '{}' } },
				exchanges: [
					{
						...create,
						body: '{"request_data":{"name":"Key events","forward_type":"audit"}}',
						reply: { data: { message: 'created' } },
					},
					list,
				],
				items: created,
			},
			{
				name: 'has no ID where two rules have the name',
				parameters: wanted,
				exchanges: [
					{ ...create, reply: {} },
					{ ...list, reply: { data: [record, record] } },
				],
				items: { ...created, id: null },
				hints: ["The rule 'Key events' was created, but Cortex XSIAM did not return its ID"],
			},
		],
		refused: [
			['no name', { name: '={{ "" }}' }, "'Name' is required"],
			[
				'a subject without anybody to write to',
				{ additionalFields: { emailSubject: 'Keys' } },
				"'Email Addresses' must be given with a subject or an aggregation",
			],
			[
				'a filter that is no object',
				{ additionalFields: { filter: '[1]' } },
				"'Filter' must be a JSON object",
			],
			[
				'a syslog server that is no number',
				{ additionalFields: { syslogId: 'main' } },
				"'Syslog ID' must be a whole number",
			],
		],
		failures: [
			{
				name: 'what the tenant does not take',
				exchanges: [{ ...create, ...iamRefusal('Invalid distribution_list') }],
				says: ['Invalid distribution_list'],
			},
		],
	}),
);

const put: Exchange = {
	method: 'PUT',
	path: `/platform/notifications/v1/rule/${ID}`,
	body: '{"request_data":{"name":"All key events","forward_type":"audit","description":"Who makes keys","filter":{"AND":[{"SEARCH_FIELD":"type","SEARCH_TYPE":"EQ","SEARCH_VALUE":"API_KEY"}]},"applications":["xsiam"],"time_zone":"UTC","mail_format":"issue","syslog_format":"issue","slack_format":"issue","forward_source":{"email":{"distribution_list":["soc@acme.com"],"aggregation":5,"custom_mail_subject":"Keys, keys"},"slack":{"channels":["C1"]},"syslog":{"id":7}}}}',
	reply: { data: { message: 'Rule updated' } },
};
const updated = { vendor: 'cortexXsiam', type: 'notificationRule', id: ID, updated: true };
const withSource = (forward_source: object) => ({
	...read,
	reply: { data: { ...bare, rule_uuid: ID, forward_source } },
});

describeOperation(
	kit,
	'notificationRule',
	'update',
	published({
		cases: [
			{
				name: 'keeps all of a rule but what changes',
				parameters: { rule: ID, updateFields: { name: 'All key events' } },
				exchanges: [read, put],
				items: updated,
			},
			{
				name: 'replaces addresses and channels, and keeps the subject',
				parameters: {
					rule: byName,
					updateFields: { emails: 'new@acme.com', slackChannels: ['C2'], filter: { OR: [] } },
				},
				exchanges: [
					list,
					read,
					{
						...put,
						body: '{"request_data":{"name":"Key events","forward_type":"audit","description":"Who makes keys","filter":{"OR":[]},"applications":["xsiam"],"time_zone":"UTC","mail_format":"issue","syslog_format":"issue","slack_format":"issue","forward_source":{"email":{"distribution_list":["new@acme.com"],"aggregation":5,"custom_mail_subject":"Keys, keys"},"slack":{"channels":["C2"]},"syslog":{"id":7}}}}',
					},
				],
				items: updated,
			},
			{
				name: 'takes out what is named',
				parameters: {
					rule: ID,
					updateFields: {
						clear: ['applications', 'description', 'emails', 'filter', 'slackChannels'],
					},
				},
				exchanges: [
					read,
					{
						...put,
						body: '{"request_data":{"name":"Key events","forward_type":"audit","time_zone":"UTC","mail_format":"issue","syslog_format":"issue","slack_format":"issue","forward_source":{"syslog":{"id":7}}}}',
					},
				],
				items: updated,
			},
			{
				name: 'writes a bare rule back as it is',
				parameters: { rule: ID, updateFields: { description: 'Now with a description' } },
				exchanges: [
					withSource({ email: {}, slack: null, syslog: '' }),
					{
						...put,
						body: '{"request_data":{"name":"Bare","forward_type":"case","description":"Now with a description"}}',
						reply: {},
					},
				],
				items: updated,
			},
		],
		refused: [
			[
				'an update of nothing',
				{ updateFields: { emails: '' } },
				"'Update Fields' has nothing to change",
			],
			[
				'addresses that are given and cleared',
				{ updateFields: { emails: 'a@acme.com', clear: ['emails'] } },
				"'Clear Fields' has a field",
			],
		],
		failures: [
			{
				name: 'another rule, which must not be written over this one',
				exchanges: [{ ...read, reply: { data: { ...record, rule_uuid: 'b' } } }],
				says: [
					`another notification rule than the one asked for (b instead of ${ID})`,
					'Nothing was changed.',
				],
			},
			...[
				{ pagerduty: { id: 1 } },
				{ email: ['soc@acme.com'] },
				{ slack: { workspace: 'W1' } },
				{ syslog: { name: 'main' } },
			].map((source) => ({
				name: `a rule that writing back would change: ${JSON.stringify(source)}`,
				exchanges: [withSource(source)],
				says: [
					'The rule cannot be changed without losing a part of it',
					Object.keys(source)[0] as string,
				],
			})),
			{
				name: 'a rule that does not say what it forwards',
				exchanges: [{ ...read, reply: { data: { ...record, forward_type: null } } }],
				says: ['its name or what it forwards'],
			},
			{
				name: 'a subject for a rule that writes to nobody',
				parameters: { updateFields: { emailSubject: 'Keys' } },
				exchanges: [withSource({})],
				says: ["'Email Addresses' must be given", 'The rule sends no emails so far'],
			},
		],
	}),
);

const done = { status: 204, reply: '' };

describeOperation(
	kit,
	'notificationRule',
	'delete',
	published({
		cases: [
			{
				name: 'deletes a rule',
				parameters: { rule: ID },
				exchanges: [{ method: 'DELETE', path: `/platform/notifications/v1/rule/${ID}`, ...done }],
				items: { vendor: 'cortexXsiam', type: 'notificationRule', id: ID, deleted: true },
				raw: {},
			},
		],
	}),
);

const status = (value: string): Exchange => ({
	method: 'PATCH',
	path: `/platform/notifications/v1/update-rule-status/${ID}`,
	body: `{"request_data":{"status":"${value}"}}`,
	...done,
});

describeOperation(
	kit,
	'notificationRule',
	'enable',
	published({
		cases: [
			{
				name: 'turns a rule on',
				parameters: { rule: ID },
				exchanges: [status('enable')],
				items: { vendor: 'cortexXsiam', type: 'notificationRule', id: ID, enabled: true },
				raw: {},
			},
		],
	}),
);

describeOperation(
	kit,
	'notificationRule',
	'disable',
	published({
		cases: [
			{
				name: 'turns a rule off',
				parameters: { rule: ID },
				exchanges: [status('disable')],
				items: { vendor: 'cortexXsiam', type: 'notificationRule', id: ID, enabled: false },
				raw: {},
			},
			{
				name: 'turns a rule off by its name',
				parameters: { rule: byName },
				exchanges: [list, status('disable')],
				items: { vendor: 'cortexXsiam', type: 'notificationRule', id: ID, enabled: false },
			},
		],
	}),
);
