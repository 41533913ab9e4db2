import type { IDataObject } from 'n8n-workflow';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();

const creations: Array<[string, string, IDataObject, string]> = [
	['userGroup', 'create', { name: 'SOC', additionalFields: {} }, '/platform/iam/v1/user-group'],
	['role', 'create', { name: 'R', permissions: ['isolate'] }, '/platform/iam/v1/role'],
	['xql', 'runQuery', { query: 'dataset = xdr_data' }, '/public_api/v1/xql/start_xql_query'],
	[
		'notificationRule',
		'create',
		{ name: 'N', forwardType: 'audit' },
		'/platform/notifications/v1/',
	],
	['apiKey', 'generate', { roles: ['Investigator'] }, '/public_api/v1/api_keys/generate'],
];

describe.each(creations)(
	'%s: %s, whose answer is lost,',
	(resource, operation, parameters, path) => {
		it.each(['cutBeforeWork', 'status'] as const)(
			'declares nothing by which n8n would run it again: %s',
			async (kind) => {
				const { sim } = tenant;
				const match = { path, method: 'POST' };
				sim.trouble.add(kind === 'status' ? { kind, status: 503, match } : { kind, match });
				const result = await tenant.run(resource, operation, parameters);
				expect(said(result)).not.toBe('');
				expect(result.nodeError).not.toMatchObject({ failure: expect.anything() as unknown });
				const sent = sim.log.filter((one) => one.method === 'POST' && one.path.startsWith(path));
				expect(sent).toHaveLength(1);
			},
		);
	},
);
