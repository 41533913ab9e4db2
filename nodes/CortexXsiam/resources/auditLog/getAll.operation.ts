import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { textList } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { anyOf, between, moment, sortField, sortInput, timeFields } from '../shared/search';
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
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Emails',
				name: 'emails',
				type: 'string',
				default: '',
				placeholder: 'e.g. user1@acme.com',
				description: 'E-mail addresses of those who did it, separated by commas',
			},
			{
				displayName: 'Results',
				name: 'results',
				type: 'string',
				default: '',
				placeholder: 'e.g. SUCCESS',
				description: 'Results, separated by commas',
			},
			{
				displayName: 'Sub Types',
				name: 'subTypes',
				type: 'string',
				default: '',
				placeholder: 'e.g. Login',
				description: 'Sub types as the items show them, separated by commas',
			},
			...timeFields('Time', 'time', 'was recorded'),
			{
				displayName: 'Types',
				name: 'types',
				type: 'multiOptions',
				options: TYPES,
				default: [],
				description:
					'What it was about. Others of the about 90 types can be given in an expression, separated by commas.',
			},
		),
		sortField(SORTS),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				emails: textList,
				results: textList,
				subTypes: textList,
				types: textList,
				timeAfter: moment,
				timeBefore: moment,
			}),
			sort: sortInput(SORTS),
		})
		.transform(mostOf),
	async *run(api: CortexXsiamApi, { most, filters: wanted, sort }) {
		const records = api.list({
			path: 'public_api/v1/audits/management_logs',
			filters: [
				...anyOf('email', wanted.emails),
				...anyOf('type', wanted.types),
				...anyOf('sub_type', wanted.subTypes),
				...anyOf('result', wanted.results),
				...between('timestamp', wanted.timeAfter, wanted.timeBefore),
			],
			sort,
			noun: 'audit logs',
			most,
			idOf: ({ AUDIT_ID }) => asId(AUDIT_ID),
		});
		for await (const record of records) yield { item: auditLogItem(record), raw: record };
	},
});
