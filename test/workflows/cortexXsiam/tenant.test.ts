import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { kit } from './kit';

const licenses = {
	xsiam_premium_expiration: 12478046378,
	purchased_xsiam_premium: { users: 100, gb: 100, agents: 500 },
	pro_per_endpoint_expiration: 'Nov 7th 2025 07:59:59',
	prevent_expiration: 0,
};

describeOperation(kit, 'tenant', 'getInfo', {
	cases: [
		{
			name: 'gives the licenses as the tenant has them',
			parameters: {},
			exchanges: [
				{
					method: 'POST',
					path: '/public_api/v1/system/get_tenant_info',
					body: '{"request_data":{}}',
					headers: { 'content-type': 'application/json', 'x-child-tenant-id': undefined },
					reply: { reply: licenses },
				},
			],
			items: { vendor: 'cortexXsiam', type: 'tenant', licenses },
		},
		{
			name: 'works in the child tenant of the item',
			parameters: { options: { childTenantId: '={{ $json.tenant }}' } },
			input: { tenant: 9100000000001 },
			exchanges: [
				{
					method: 'POST',
					path: '/public_api/v1/system/get_tenant_info',
					body: '{"request_data":{}}',
					headers: { 'x-child-tenant-id': '9100000000001' },
					reply: { reply: licenses },
				},
			],
			items: { vendor: 'cortexXsiam', type: 'tenant', licenses },
		},
	],
	refused: [
		...['', '={{ " " }}', '={{ null }}', '={{ $json.tenant }}'].map((childTenantId): Refused => [
			`a child tenant that comes out empty (${JSON.stringify(childTenantId)})`,
			{ options: { childTenantId } },
			"'Child Tenant ID' is empty",
		]),
		[
			'a child tenant that is none',
			{ options: { childTenantId: 'a b' } },
			"'Child Tenant ID' must be the ID of a tenant",
		],
	],
	failures: [
		{
			name: 'no licenses in the answer',
			exchanges: [
				{
					method: 'POST',
					path: '/public_api/v1/system/get_tenant_info',
					body: '{"request_data":{}}',
					reply: { reply: null },
				},
			],
			says: ['Cortex XSIAM answered without the licenses of the tenant'],
		},
	],
});

const HEALTH = { method: 'GET' as const, path: '/public_api/v1/healthcheck' };

describeOperation(kit, 'tenant', 'healthCheck', {
	cases: [
		{
			name: 'tells that the tenant is there',
			parameters: {},
			exchanges: [
				{
					method: 'GET',
					path: '/public_api/v1/healthcheck',
					headers: { 'content-type': undefined },
					reply: { status: 'available' },
				},
			],
			items: { vendor: 'cortexXsiam', type: 'tenant', status: 'available', available: true },
		},
		{
			// The vendor's SDK for Go reads it there.
			name: 'reads the status within the reply',
			parameters: {},
			exchanges: [{ ...HEALTH, reply: { reply: { status: 'Available' } } }],
			items: { vendor: 'cortexXsiam', type: 'tenant', status: 'Available', available: true },
			raw: { reply: { status: 'Available' } },
		},
		{
			name: 'reads the status as the reply',
			parameters: {},
			exchanges: [{ ...HEALTH, reply: { reply: 'available' } }],
			items: { vendor: 'cortexXsiam', type: 'tenant', status: 'available', available: true },
		},
		{
			name: 'believes HTTP 200 where the body has no status that it knows, and keeps that',
			parameters: {},
			exchanges: [{ ...HEALTH, reply: { health: { db: 1 } } }],
			items: {
				vendor: 'cortexXsiam',
				type: 'tenant',
				status: null,
				statusText: '{"health":{"db":1}}',
				available: true,
			},
			hints: ["'status' came in a form that the node does not understand"],
		},
		{
			name: 'tells a tenant that is not available',
			parameters: {},
			exchanges: [{ ...HEALTH, reply: { reply: { status: 'maintenance' } } }],
			items: { vendor: 'cortexXsiam', type: 'tenant', status: 'maintenance', available: false },
		},
	],
	failures: [
		{
			name: 'the page of a proxy',
			exchanges: [{ ...HEALTH, reply: '<html></html>' }],
			says: ['Cortex XSIAM answered with a web page instead of JSON'],
		},
	],
});
