import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { fieldList, fieldResults } from '../shared/fieldList';

/** `GET /public_api/v1/case/schema`. Source: docs/api/cortex-xsiam.md, "Cases". */
export const getFields = operation({
	name: 'Get Fields',
	value: 'getFields',
	action: 'Get fields of cases',
	description: 'Get the fields that cases have in the tenant, custom ones among them',
	fields: listFields,
	input: z.object(listInput).transform(mostOf),
	async run(api: CortexXsiamApi, { most }) {
		const { value } = await api.read({
			method: 'GET',
			path: 'public_api/v1/case/schema',
			answer: fieldList,
			what: 'the fields of cases',
		});
		return fieldResults(value, 'caseField', most);
	},
});
