import { returnAllOrLimit } from '../../../shared/list';
import { fieldList, fieldResults } from '../shared/fieldList';
import { operation } from '../shared/operation';

/** `POST /public_api/v1/issue/schema`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const getFields = operation({
	name: 'Get Fields',
	value: 'getFields',
	action: 'Get fields of issues',
	description: 'Get the fields that issues have in the tenant, custom ones among them',
	params: [returnAllOrLimit],
	async run(api, { most }) {
		const { value } = await api.read({
			path: 'public_api/v1/issue/schema',
			// The contract has no body, and tenants answer a POST without one with 415
			// (docs/api/cortex-xsiam.md, "Status codes").
			plain: {},
			answer: fieldList,
			what: 'the fields of issues',
		});
		return fieldResults(value, 'issueField', most);
	},
});
