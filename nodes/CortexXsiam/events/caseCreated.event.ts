import { asId } from '../../shared/read';
import { caseItem } from '../resources/case/caseItem';
import { caseSeverities } from '../resources/shared/words';
import { newRecords } from './newRecords';

/** From `POST /public_api/v1/case/search` (docs/api/cortex-xsiam.md, "Cases"). */
export const caseCreated = newRecords({
	name: 'New Case',
	value: 'caseCreated',
	action: 'On new case',
	description: 'A case was created, which was called incident before XSIAM 3',
	list: {
		path: 'public_api/v1/case/search',
		sort: { field: 'creation_time', keyword: 'desc' },
		noun: 'cases',
		idOf: ({ case_id: id }) => asId(id),
	},
	severities: caseSeverities,
	itemOf: caseItem,
	time: { filter: 'creation_time', field: 'createdAt' },
});
