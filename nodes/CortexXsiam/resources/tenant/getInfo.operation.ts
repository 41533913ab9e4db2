import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { item, operation } from '../shared/operation';

const tenantInfo = z.object({ reply: z.record(z.unknown()) });

/**
 * `POST /public_api/v1/system/get_tenant_info`. Source: docs/api/cortex-xsiam.md, "Tenant information".
 */
export const getInfo = operation({
	name: 'Get Info',
	value: 'getInfo',
	action: 'Get tenant info',
	description: 'Get the licenses of the tenant and what is used of them',
	params: [],
	async run(api) {
		const { value, body } = await api.read({
			path: 'public_api/v1/system/get_tenant_info',
			data: {},
			answer: tenantInfo,
			what: 'the licenses of the tenant',
		});
		return {
			item: item('tenant', {
				// The kinds of license differ by tenant, and so does how an expiration is written.
				licenses: value.reply as IDataObject,
			}),
			raw: body,
		};
	},
});
