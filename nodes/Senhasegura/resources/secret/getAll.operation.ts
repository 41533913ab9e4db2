import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { dsmSecrets } from '../../api/dsm';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { secretFields, withoutValues } from './secretItem';

/** `GET /iso/dapp/application`. Source: senhasegura DSM API; fact sheet 10. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many secrets',
	description:
		'Get the secrets of the application that the authorization belongs to, without their values',
	fields: [
		...listFields,
		filters({
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. database',
			description:
				'A part of the identity or the name. The node applies it: the vault gives all secrets of the application.',
		}),
	],
	input: z.object({ ...listInput, filters: z.object({ search: optionalText }) }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search = '' } }) {
		const wanted = search.toLowerCase();
		const found = (await dsmSecrets(api))
			.map((secret) => ({
				item: secretFields(secret, api.serverTimeZone),
				raw: withoutValues(secret),
			}))
			.filter(({ item }) =>
				[item.identity, item.name].some((text) =>
					String(text ?? '')
						.toLowerCase()
						.includes(wanted),
				),
			);
		return first(found, most);
	},
});
