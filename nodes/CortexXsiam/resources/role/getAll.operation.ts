import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asBoolean } from '../../../shared/fields';
import { choice, ifGiven, optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { FILTERED_HERE, hasPart, textFilter } from '../../../shared/textFilter';
import { roles } from '../shared/directory';
import { roleItem } from './roleItem';

/** `GET /platform/iam/v1/role`. Source: docs/api/cortex-xsiam.md, "Roles". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many roles',
	description: 'List the roles of the tenant, predefined and custom ones',
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Custom', value: 'custom' },
					{ name: 'Predefined', value: 'predefined' },
				],
				default: 'custom',
				description: `Who made the role. ${FILTERED_HERE}.`,
			},
			textFilter(
				{ displayName: 'Name Contains', name: 'name', placeholder: 'e.g. API' },
				'A part of the name',
			),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				kind: ifGiven(choice(['custom', 'predefined'] as const)),
				name: optionalText,
			}),
		})
		.transform(mostOf),
	async run(api: CortexXsiamApi, { most, filters: { kind, name } }) {
		const records = await api.all(roles.path, roles.many);
		const wanted = records.filter(
			(record) =>
				hasPart(name, record.pretty_name) &&
				(kind === undefined || asBoolean(record.is_custom) === (kind === 'custom')),
		);
		return first(wanted, most).map((record) => ({ item: roleItem(record), raw: record }));
	},
});
