import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { isSshKey, listCredentials, listedItem } from '../shared/listed';
import { fitsListed, listedFilterInput, listedFilters, olderThan } from '../shared/listFilters';

/** `GET pam/credential`, of which SSH keys are a part. Source: "GET | List all credentials"; 4, 5.1. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SSH keys',
	description: 'List SSH keys, without their secrets',
	fields: [...listFields, filters(...listedFilters, olderThan('keys'))],
	input: z.object({ ...listInput, filters: z.object(listedFilterInput) }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: wanted }) {
		const listed = await listCredentials(api);
		const zone = api.serverTimeZone;
		const keys = listed.filter((entry) => isSshKey(entry) && fitsListed(entry, wanted, zone));
		return first(keys, most).map((entry) => ({
			item: listedItem(entry, 'sshKey', zone),
			raw: entry,
		}));
	},
});
