import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { vaultUsers } from '../../api/scim';
import { filters } from '../../../shared/description';
import { flag, optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { hasPart } from '../../../shared/textFilter';
import { searchField } from '../shared/search';
import { active } from './fields';
import { userResult } from './userItem';

/** `GET /iso/scim/v2/Users`, page by page. Source: docs/api/senhasegura.md, "SCIM". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Get the users of the vault through SCIM',
	fields: [
		...listFields,
		filters(
			{ ...active, description: 'Whether to return users that can log in, or the others' },
			searchField('e.g. smith', 'the username, the name or the email address'),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({ active: flag.optional(), search: optionalText }),
		})
		.transform(mostOf),
	async *run(api: SenhaseguraApi, { most, filters: wanted }) {
		const { search } = wanted;
		const isFiltered = search !== undefined || wanted.active !== undefined;
		let given = 0;
		for await (const user of vaultUsers(api, isFiltered ? Infinity : most)) {
			const result = userResult(user);
			const { username, name, email, active: isActive } = result.item;
			if (!hasPart(search, username, name, email)) continue;
			if (wanted.active !== undefined && isActive !== wanted.active) continue;
			yield result;
			if (++given === most) return;
		}
	},
});
