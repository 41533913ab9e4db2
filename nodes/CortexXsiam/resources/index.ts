import { z } from 'zod';
import { CortexXsiamApi } from '../api/client';
import { ifGiven } from '../../shared/input';
import type { Vendor } from '../../shared/operation';
import { apiKey } from './apiKey';
import { auditLog } from './auditLog';
import { caseResource } from './case';
import { endpoint } from './endpoint';
import { issue } from './issue';
import { notificationRule } from './notificationRule';
import { role } from './role';
import { scope } from './scope';
import { tenant } from './tenant';
import { user } from './user';
import { userGroup } from './userGroup';
import { xql } from './xql';

const childTenant = z
	.union([z.string(), z.number()], { errorMap: () => ({ message: 'must be a text' }) })
	.transform((id) => String(id).trim())
	.pipe(z.string().regex(/^[\w.-]+$/, 'must be the ID of a tenant'));

export const cortexXsiam: Vendor<CortexXsiamApi> = {
	resources: [
		apiKey,
		auditLog,
		caseResource,
		endpoint,
		issue,
		notificationRule,
		role,
		scope,
		tenant,
		user,
		userGroup,
		xql,
	],
	// A tenant bears 10 requests a second over all its clients (fact sheet 3.3).
	perSecond: 8,
	itemOptions: {
		fields: [
			{
				displayName: 'Child Tenant ID',
				name: 'childTenantId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9100000000001',
				description:
					'Managed services only: the child tenant to work in. Without it, the one in the credential.',
			},
		],
		input: z.object({ childTenantId: ifGiven(childTenant) }),
		apply: (api, options) => {
			const { childTenantId } = options as { childTenantId?: string };
			return childTenantId === undefined ? api : api.inTenant(childTenantId);
		},
	},
	connect: CortexXsiamApi.connect,
};
