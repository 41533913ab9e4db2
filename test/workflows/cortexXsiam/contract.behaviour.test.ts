import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import type { CortexXsiamNotificationRule } from '../../simulators/cortexXsiam/state';
import { requestIssues } from '../../unit/cortexXsiam/contract';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/**
 * Every field of every operation is sent, one after the other, and each request is compared with the
 * contract that the vendor publishes.
 */

const tenant = simulatedTenant();

const byId = (value: string) => ({ mode: 'id', value });
const email = 'ivy@example.com';

/** What operations cannot do without. */
/** What both halves of a rotation need, whichever way the key is chosen. */
const rotation = {
	apiKey: byId('100'),
	comment: 'SIEM',
	lineage: '100',
	dueWithinDays: 1,
	storedSecret: `100:${foreignKey({ id: 100 }).secret}`,
	readAt: '={{ $now.toISO() }}',
};

const needed: Record<string, IDataObject> = {
	'apiKey.delete': { apiKey: byId('100') },
	'apiKey.generate': { roles: ['Investigator'], securityLevel: 'standard' },
	'apiKey.get': { apiKey: byId('100') },
	'apiKey.rotate': rotation,
	'apiKey.finishRotation': rotation,
	'apiKey.update': { apiKey: byId('100'), updateFields: { comment: 'SIEM' } },
	'case.getArtifacts': { case: byId('123') },
	'case.update': { case: byId('3'), status: 'NEW' },
	'dataset.create': {
		dataset: 'keys',
		columns: { column: [{ name: 'id', type: 'text' }] },
	},
	'dataset.delete': { dataset: 'keys' },
	'dataset.getRows': { dataset: 'keys' },
	'dataset.removeRows': { dataset: 'keys', match: '[{"id":"1"}]' },
	'dataset.upsertRows': { dataset: 'keys', rows: '[{"7":"1"}]' },
	'endpoint.getActionStatus': { actionId: '22519' },
	'endpoint.isolate': { endpoints: ['e1'] },
	'endpoint.unisolate': { endpoints: ['e1'] },
	'issue.create': { name: 'x', description: 'x', severity: 'LOW', domain: 'IT', category: 'x' },
	'issue.update': { issue: byId('1'), updateFields: { severity: 'LOW' } },
	'notificationRule.create': { name: 'x', forwardType: 'audit' },
	'notificationRule.delete': { rule: byId('a1b2') },
	'notificationRule.disable': { rule: byId('a1b2') },
	'notificationRule.enable': { rule: byId('a1b2') },
	'notificationRule.get': { rule: byId('a1b2') },
	'notificationRule.update': { rule: byId('a1b2'), updateFields: { name: 'x' } },
	'role.create': { name: 'x', permissions: ['papi_view'] },
	'role.delete': { role: byId('papi_viewer_01') },
	'role.get': { role: byId('papi_viewer_01') },
	'scope.get': { apiKey: byId('100'), user: byId(email), userGroup: byId('101') },
	'scope.set': {
		apiKey: byId('100'),
		user: byId(email),
		userGroup: byId('101'),
		updateFields: { assetsMode: 'scope' },
	},
	'user.get': { user: byId(email) },
	'user.removeRole': { users: [email] },
	'user.setRole': { users: [email], role: byId('investigator') },
	'user.update': { user: byId(email), updateFields: { status: 'Active' } },
	'userGroup.create': { name: 'x' },
	'userGroup.delete': { userGroup: byId('101') },
	'userGroup.update': { userGroup: byId('101'), updateFields: { name: 'x' } },
	'warRoomEntry.create': { recordId: '123', text: 'x' },
	'xql.runQuery': { query: 'dataset = xdr_data', length: 1, from: '2026-01-01', to: '2026-01-02' },
};

const rule: CortexXsiamNotificationRule = {
	rule_uuid: 'a1b2',
	name: 'Key events',
	description: '',
	forward_type: 'audit',
	filter: {},
	forward_source: {},
	applications: [],
	time_zone: 'UTC',
	mail_format: 'issue',
	syslog_format: 'issue',
	slack_format: 'issue',
	created_by: 'admin@example.com',
	status: 'enable',
};

/** What a field cannot be sent without. */
const companions: Record<string, IDataObject> = {
	'apiKey.generate ifKeyExists': { idempotencyKey: 'x' },
	'issue.update resolutionComment': { status: 'Resolved', resolutionReason: 'RESOLVED_OTHER' },
	'issue.update resolutionReason': { status: 'Resolved' },
	'notificationRule.create emailAggregation': { emails: 'a@example.com' },
	'notificationRule.create emailSubject': { emails: 'a@example.com' },
	'notificationRule.update emailAggregation': { emails: 'a@example.com' },
	'notificationRule.update emailSubject': { emails: 'a@example.com' },
	'userGroup.update clear': { name: 'x' },
};

type Field = INodeProperties;

/** The fields of a collection. */
function innerOf({ type, options }: Field): Field[] | undefined {
	return type === 'collection' ? (options as Field[]) : undefined;
}

/** What a parameter takes that is more than an object. */
const JSONS: Record<string, string> = {
	scope: '{"assets":{"mode":"see_all"}}',
	otherFilters: '[{"field":"asset_names","operator":"in","value":["host-1"]}]',
};

/** Each value of a list to choose from; for others texts of which one is taken by most. */
function valuesOf({ name, type, options = [] }: Field): unknown[] {
	const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
	switch (type) {
		case 'boolean':
			return [true, false];
		case 'dateTime':
			return [new Date(Date.now() + 86_400_000).toISOString()];
		case 'fixedCollection':
			return (options as INodePropertyCollection[]).map(({ name: group, values }) => ({
				[group]: [Object.fromEntries(values.map((field) => [field.name, valuesOf(field)[0]]))],
			}));
		case 'json':
			return [JSONS[name] ?? '{}'];
		case 'multiOptions':
			if (choices.length > 0) return choices.map((choice) => [choice]);
			return [[{ users: email, groups: 'SOC', nestedGroups: 'SOC' }[name] ?? 'Investigator']];
		case 'number':
			return [14];
		case 'options':
			return choices;
		case 'resourceLocator':
			return [byId('investigator')];
		default:
			return [/^emails$/.test(name) ? 'a@example.com' : '7'];
	}
}

interface Variation {
	/** The field that is varied. */
	field: string;
	parameters: IDataObject;
}

/** Each field of an operation with each of its values, beside what the operation needs. */
function variationsOf(name: string, fields: Field[]): Variation[] {
	const base = needed[name] ?? {};
	const variations = fields.flatMap((field): Variation[] => {
		if (field.type === 'notice') return [];
		const shown = Object.entries(field.displayOptions?.show ?? {});
		const shows = Object.fromEntries(shown.map(([other, values]) => [other, values?.[0]]));
		const withThis = (value: unknown) =>
			({ ...base, ...shows, [field.name]: value }) as IDataObject;
		const innerFields = innerOf(field);
		if (!innerFields) {
			const values = field.name in base ? [base[field.name]] : valuesOf(field);
			return values.map((value) => ({ field: field.name, parameters: withThis(value) }));
		}
		return innerFields.flatMap((inner) =>
			valuesOf(inner).map((value) => ({
				field: inner.name,
				parameters: withThis({
					...(base[field.name] as IDataObject | undefined),
					...companions[`${name} ${inner.name}`],
					[inner.name]: value,
				}),
			})),
		);
	});
	return variations.length > 0 ? variations : [{ field: '', parameters: base }];
}

const operations = cortexXsiam.resources.flatMap((resource) =>
	resource.operations.map(({ value, fields }) => ({
		name: `${resource.value}.${value}`,
		resource: resource.value,
		operation: value,
		fields,
	})),
);

it.each(operations)(
	'$name sends nothing that the vendor does not publish',
	async ({ name, resource, operation, fields }) => {
		const variations = variationsOf(name, fields);
		const sent = new Set<string>();
		for (const { field, parameters } of variations) {
			tenant.sim.reset();
			const { keys, notificationRules } = tenant.sim.state;
			keys.set(100, foreignKey({ id: 100, comment: 'SIEM' }));
			notificationRules.push({ ...rule });
			const { nodeError } = await tenant.run(resource, operation, parameters);
			expect({ parameters, issues: tenant.sim.log.flatMap(requestIssues) }).toEqual({
				parameters,
				issues: [],
			});
			// What the node refuses itself was not sent as a whole.
			const isSent = tenant.sim.log.length > 0 && nodeError?.name !== 'NodeOperationError';
			if (isSent) sent.add(field);
		}
		expect(variations.map(({ field }) => field).filter((field) => !sent.has(field))).toEqual([]);
	},
);
