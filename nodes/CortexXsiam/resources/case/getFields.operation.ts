import { returnAllOrLimit } from '../../../shared/list';
import { fieldList, fieldResults } from '../shared/fieldList';
import { operation } from '../shared/operation';

/** `GET /public_api/v1/case/schema`. Source: docs/api/cortex-xsiam.md, "Cases". */
export const getFields = operation({
	name: 'Get Fields',
	value: 'getFields',
	action: 'Get fields of cases',
	description: 'Get the fields that cases have in the tenant, custom ones among them',
	params: [returnAllOrLimit],
	async run(api, { most }) {
		const { value } = await api.read({
			method: 'GET',
			path: 'public_api/v1/case/schema',
			answer: fieldList,
			what: 'the fields of cases',
		});
		return fieldResults(value, 'caseField', most);
	},
});
