import { randomUUID } from 'node:crypto';
import { audit } from './audit';
import { type Call, inPath } from './call';
import { iamInvalid } from './errors';
import { fields, isText, oneOf, refuseUnknownProperties } from './fields';
import type { CortexXsiamNotificationRule } from './state';

const forwardTypes = ['alert', 'audit', 'agent_audit', 'case'] as const;

const texts = ['time_zone', 'mail_format', 'syslog_format', 'slack_format'] as const;

type Content = Omit<CortexXsiamNotificationRule, 'rule_uuid' | 'created_by' | 'status'>;

/** Reads a rule; what is left out gets the vendor's defaults. */
function contentOf({ data }: Call): Content {
	refuseUnknownProperties(data, [
		'name',
		'description',
		'forward_type',
		'filter',
		'forward_source',
		'applications',
		...texts,
	]);
	const { name, description = '', forward_type: type, applications = [] } = data;
	const { filter = {}, forward_source: source = {} } = data;
	if (!isText(name) || name === '') throw iamInvalid('name is missing');
	if (!isText(description)) throw iamInvalid('Invalid description');
	if (!oneOf(forwardTypes, type)) throw iamInvalid('Invalid forward_type');
	if (!Array.isArray(applications)) throw iamInvalid('Invalid applications');
	const targets = fields(source);
	if (!fields(filter) || !targets) throw iamInvalid('Invalid filter or forward_source');
	refuseUnknownProperties(targets, ['email', 'slack', 'syslog']);
	const odd = texts.find((one) => data[one] !== undefined && !isText(data[one]));
	if (odd) throw iamInvalid(`Invalid ${odd}`);
	const { time_zone, mail_format, syslog_format, slack_format } = data;
	return {
		name,
		description,
		forward_type: type,
		filter,
		forward_source: targets,
		applications,
		time_zone: time_zone ?? 'UTC',
		mail_format: mail_format ?? 'issue',
		syslog_format: syslog_format ?? 'issue',
		slack_format: slack_format ?? 'issue',
	};
}

/** GET /platform/notifications/v1/list-rules, docs/api/cortex-xsiam.md, "Notification rules". */
export function listRules({ context }: Call): object {
	const data = context.state.notificationRules;
	return { data, metadata: { total_count: data.length } };
}

function ruleInPath(call: Call): CortexXsiamNotificationRule {
	const id = inPath(call, 'rule_uuid');
	const rule = call.context.state.notificationRules.find((one) => one.rule_uuid === id);
	if (!rule) throw iamInvalid(`Could not find rule ${id}`);
	return rule;
}

/** GET /platform/notifications/v1/rule/{rule_uuid}, docs/api/cortex-xsiam.md, "Notification rules". */
export const getRule = (call: Call): object => ({ data: ruleInPath(call) });

/**
 * POST /platform/notifications/v1/rule, docs/api/cortex-xsiam.md, "Notification rules"; its answer is
 * not documented there.
 */
export function createRule(call: Call): object {
	const rule: CortexXsiamNotificationRule = {
		rule_uuid: randomUUID(),
		...contentOf(call),
		created_by: `Public API - ${call.key.id}`,
		status: 'enable',
	};
	call.context.state.notificationRules.push(rule);
	record(call, rule, 'Create');
	return { data: rule };
}

/**
 * PUT /platform/notifications/v1/rule/{rule_uuid}, docs/api/cortex-xsiam.md, "Notification rules": a
 * replace.
 */
export function putRule(call: Call): object {
	const rule = Object.assign(ruleInPath(call), contentOf(call));
	record(call, rule, 'Edit');
	return { data: rule };
}

/**
 * DELETE /platform/notifications/v1/rule/{rule_uuid}, docs/api/cortex-xsiam.md, "Notification rules":
 * no body.
 */
export function deleteRule(call: Call): undefined {
	const { notificationRules: rules } = call.context.state;
	const rule = ruleInPath(call);
	rules.splice(rules.indexOf(rule), 1);
	record(call, rule, 'Delete');
}

/**
 * PATCH /platform/notifications/v1/update-rule-status/{rule_uuid}, docs/api/cortex-xsiam.md,
 * "Notification rules": no body.
 */
export function updateRuleStatus(call: Call): undefined {
	const rule = ruleInPath(call);
	refuseUnknownProperties(call.data, ['status']);
	const { status } = call.data;
	if (!oneOf(['enable', 'disable'] as const, status)) throw iamInvalid('Invalid status');
	rule.status = status;
	record(call, rule, 'Edit');
}

function record(call: Call, { rule_uuid: id, name }: CortexXsiamNotificationRule, what: string) {
	const description = `${what} notification rule ${name}`;
	audit(call, { entity: 'EVENT_FORWARDING', subtype: what, description, objectId: id });
}
