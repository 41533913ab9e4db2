import { filters, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { textList, vendorValues } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { filterBy, filtersIn, sortParam, timeParams } from '../shared/search';
import { operation } from '../shared/operation';
import { auditLogItem } from './auditLogItem';

/**
 * The part of about 90 types that this package's users ask for most (docs/api/cortex-xsiam.md, "Audit
 * log").
 */
const TYPES = [
	{ name: 'Alert Management', value: 'ALERT_MANAGEMENT' },
	{ name: 'Allowed Domains', value: 'ALLOWED_DOMAINS' },
	{ name: 'API Key', value: 'API_KEY' },
	{ name: 'Authentication', value: 'AUTH' },
	{ name: 'Endpoint Management', value: 'ENDPOINT_MANAGEMENT' },
	{ name: 'Event Forwarding', value: 'EVENT_FORWARDING' },
	{ name: 'Incident Management', value: 'INCIDENT_MANAGEMENT' },
	{ name: 'Integrations', value: 'INTEGRATIONS' },
	{ name: 'Licensing', value: 'LICENSING' },
	{ name: 'MSSP', value: 'MSSP' },
	{ name: 'Permissions', value: 'PERMISSIONS' },
	{ name: 'Public API', value: 'PUBLIC_API' },
	{ name: 'Query', value: 'QUERY' },
	{ name: 'Response', value: 'RESPONSE' },
	{ name: 'Script Execution', value: 'SCRIPT_EXECUTION' },
	{ name: 'Security Settings', value: 'SECURITY_SETTINGS' },
	{ name: 'System', value: 'SYSTEM' },
	{ name: 'Tenant Configuration', value: 'TENANT_CONFIGURATION' },
	{ name: 'XSOAR', value: 'XSOAR' },
];

const SORTS = [
	{ name: 'Time', value: 'timestamp' },
	{ name: 'Result', value: 'result' },
	{ name: 'Sub Type', value: 'sub-type' },
	{ name: 'Type', value: 'type' },
];

/**
 * `POST /public_api/v1/audits/management_logs`. Source: docs/api/cortex-xsiam.md, "Audit log".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many audit logs',
	description: 'List what people and keys did in the tenant, from the management audit log',
	params: [
		returnAllOrLimit,
		filters(
			param(
				{
					displayName: 'Emails',
					name: 'emails',
					type: 'string',
					default: '',
					placeholder: 'e.g. user1@acme.com',
					description: 'Email addresses of those who acted, separated by commas',
				},
				filterBy('email', textList),
			),
			param(
				{
					displayName: 'Types',
					name: 'types',
					type: 'multiOptions',
					options: TYPES,
					default: [],
					description:
						'What it was about. Others of the about 90 types can be given in an expression, separated by commas.',
				},
				filterBy('type', vendorValues),
			),
			param(
				{
					displayName: 'Sub Types',
					name: 'subTypes',
					type: 'string',
					default: '',
					placeholder: 'e.g. Login',
					description: 'Sub types as the items show them, separated by commas',
				},
				filterBy('sub_type', textList),
			),
			param(
				{
					displayName: 'Results',
					name: 'results',
					type: 'string',
					default: '',
					placeholder: 'e.g. SUCCESS',
					description: 'Results, separated by commas',
				},
				filterBy('result', textList),
			),
			timeParams('timestamp', 'Time', 'time', 'was recorded'),
		),
		sortParam(SORTS),
	],
	async *run(api, { most, filters: wanted, sort }) {
		const records = api.list({
			path: 'public_api/v1/audits/management_logs',
			filters: filtersIn(wanted),
			sort,
			noun: 'audit logs',
			most,
			idOf: ({ AUDIT_ID }) => asId(AUDIT_ID),
		});
		for await (const record of records) yield { item: auditLogItem(record), raw: record };
	},
});
