import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { dsmSecrets } from '../../api/dsm';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { searchFilter, searchInput } from '../shared/search';
import { secretFields, withoutValues } from './secretItem';

/** `GET /iso/dapp/application`. Source: docs/api/senhasegura.md, "DevOps Secret Manager". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many secrets',
	description:
		'Get the secrets of the application that the authorization belongs to, without their values',
	fields: [...listFields, searchFilter('e.g. database', 'the identity or the name')],
	input: z.object({ ...listInput, filters: searchInput }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search } }) {
		const found = (await dsmSecrets(api))
			.map((secret) => ({
				item: secretFields(secret, api.serverTimeZone),
				raw: withoutValues(secret),
			}))
			.filter(({ item }) => hasPart(search, item.identity, item.name));
		return first(found, most);
	},
});
