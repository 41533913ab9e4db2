import { asId, asText } from '../../../shared/read';
import { newestList } from '../shared/lists';

export const issueList = newestList(
	'searchIssues',
	{
		path: 'public_api/v1/issue/search',
		sort: { field: 'observation_time', keyword: 'desc' },
		rows: 'issues',
		noun: 'issues',
		idOf: ({ id }) => asId(id),
	},
	'id',
	(record) => asText(record.name),
);
