import { filters, param } from '../../../shared/param';
import { asBoolean } from '../../../shared/read';
import { choice, ifGiven } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { FILTERED_HERE, hasPart, textFilterParam } from '../../../shared/textFilter';
import { roles } from '../shared/directory';
import { operation } from '../shared/operation';
import { roleItem } from './roleItem';

/** `GET /platform/iam/v1/role`. Source: docs/api/cortex-xsiam.md, "Roles". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many roles',
	description: 'List the roles of the tenant, predefined and custom ones',
	params: [
		returnAllOrLimit,
		filters(
			param(
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
				ifGiven(choice(['custom', 'predefined'] as const)),
			),
			textFilterParam(
				{ displayName: 'Name Contains', name: 'name', placeholder: 'e.g. API' },
				'A part of the name',
			),
		),
	],
	async run(api, { most, filters: { kind, name } }) {
		const records = await api.all(roles.path, roles.many);
		const wanted = records.filter(
			(record) =>
				hasPart(name, record.pretty_name) &&
				(kind === undefined || asBoolean(record.is_custom) === (kind === 'custom')),
		);
		return first(wanted, most).map((record) => ({ item: roleItem(record), raw: record }));
	},
});
