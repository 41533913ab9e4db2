import { asId } from '../../shared/read';
import { issueItem } from '../resources/issue/issueItem';
import { issueSeverities } from '../resources/shared/words';
import { newRecords } from './newRecords';

/** From `POST /public_api/v1/issue/search` (docs/api/cortex-xsiam.md, "Issues"). */
export const issueCreated = newRecords({
	name: 'New Issue',
	value: 'issueCreated',
	action: 'On new issue',
	description: 'An issue came into the tenant, which was called alert before XSIAM 3',
	list: {
		path: 'public_api/v1/issue/search',
		// It cannot be sorted by the time of insertion, and IDs are given in turn.
		sort: { field: 'id', keyword: 'desc' },
		rows: 'issues',
		noun: 'issues',
		idOf: ({ id }) => asId(id),
	},
	severities: issueSeverities,
	itemOf: issueItem,
	time: { filter: '_insert_time', field: 'insertedAt' },
});
