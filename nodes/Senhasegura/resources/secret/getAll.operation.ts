import { dsmSecrets } from '../../api/dsm';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { searchFilter } from '../shared/search';
import { operation } from '../shared/operation';
import { secretFields, withoutValues } from './secretItem';

/** `GET /iso/dapp/application`. Source: docs/api/senhasegura.md, "DevOps Secret Manager". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many secrets',
	description:
		'Get the secrets of the application that the authorization belongs to, without their values',
	params: [returnAllOrLimit, searchFilter('e.g. database', 'the identity or the name')],
	async run(api, { most, filters: { search } }) {
		const found = (await dsmSecrets(api))
			.map((secret) => ({
				item: secretFields(secret, api.serverTimeZone),
				raw: withoutValues(secret),
			}))
			.filter(({ item }) => hasPart(search, item.identity, item.name));
		return first(found, most);
	},
});
