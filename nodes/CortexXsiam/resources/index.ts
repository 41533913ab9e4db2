import { CortexXsiamApi, CREDENTIAL_TYPE } from '../api/client';
import { itemOptions } from '../../shared/declare';
import { textIfAdded } from '../../shared/input';
import type { Vendor } from '../../shared/operation';
import { nullIfAdded, param } from '../../shared/param';
import { serverName } from '../../shared/url';
import { apiKey } from './apiKey';
import { auditLog } from './auditLog';
import { caseResource } from './case';
import { dataset } from './dataset';
import { endpoint } from './endpoint';
import { issue } from './issue';
import { notificationRule } from './notificationRule';
import { role } from './role';
import { scope } from './scope';
import { tenant } from './tenant';
import { user } from './user';
import { userGroup } from './userGroup';
import { warRoomEntry } from './warRoomEntry';
import { xql } from './xql';

const childTenant = nullIfAdded(
	param(
		{
			displayName: 'Child Tenant ID',
			name: 'childTenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9100000000001',
			description:
				'Managed services only: the child tenant to work in. Without it, the one in the credential.',
		},
		textIfAdded('Without it, the node works in the tenant of the credential.').refine(
			(id) => id === undefined || /^[\w.-]+$/.test(id),
			'must be the ID of a tenant',
		),
	),
);

export const cortexXsiam: Vendor<CortexXsiamApi> = {
	resources: [
		apiKey,
		auditLog,
		caseResource,
		dataset,
		endpoint,
		issue,
		notificationRule,
		role,
		scope,
		tenant,
		user,
		userGroup,
		warRoomEntry,
		xql,
	],
	// A tenant bears 10 requests a second over all its clients (docs/api/cortex-xsiam.md, "Limits").
	perSecond: 8,
	itemOptions: itemOptions(childTenant, (api: CortexXsiamApi, { childTenantId: id }) =>
		id === undefined ? api : api.inTenant(id),
	),
	rateKey: CortexXsiamApi.rateKey,
	credential: () => ({ type: CREDENTIAL_TYPE }),
	serverOf: ({ tenantName }) => serverName(tenantName),
	connect: CortexXsiamApi.connect,
};
